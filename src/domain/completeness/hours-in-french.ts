import { fold } from './text.ts'

type Token =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'time'; readonly minutes: number; readonly bare: boolean }
  | { readonly kind: 'to' | 'and' | 'end' | 'closed' | 'appointment' | 'every' }
type Span = { readonly from: number; readonly to: number }
/** Some days and their spans; none: closed. */
type Group = { readonly days: string; readonly spans: readonly Span[]; readonly appointment: boolean }

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const WORDS: readonly (readonly [RegExp, (found: RegExpExecArray) => Token | null])[] = [
  [/(?:lundi|lun|lu|mo)\b\.?/y, () => day(0)],
  [/(?:mardi|mar|ma|tu)\b\.?/y, () => day(1)],
  [/(?:mercredi|mer|me|we)\b\.?/y, () => day(2)],
  [/(?:jeudi|jeu|je|th)\b\.?/y, () => day(3)],
  [/(?:vendredi|ven|ve|fr)\b\.?/y, () => day(4)],
  [/(?:samedi|sam|sa)\b\.?/y, () => day(5)],
  [/(?:dimanche|dim|di|su)\b\.?/y, () => day(6)],
  [/tous les jours\b|7 ?j(?:ours)? ?(?:\/|sur) ?7(?: ?j)?\b/y, () => ({ kind: 'every' })],
  [/midi\b/y, () => time(12, 0)],
  [/minuit\b/y, () => time(24, 0)],
  [
    /(\d{1,2}) ?(?:heures?|h|:) ?([0-5]\d)?(?!\d)/y,
    ([, hours, minutes]) => time(Number(hours), Number(minutes ?? 0)),
  ],
  [/\d{1,2}(?![\d:.h])/y, ([hours]) => time(Number(hours), 0, true)],
  [/(?:uniquement |seulement )?sur (?:rendez[- ]vous|rdv)\b/y, () => ({ kind: 'appointment' })],
  [/fermee?s?\b|fermeture\b|off\b|closed\b/y, () => ({ kind: 'closed' })],
  [/au public\b/y, () => null],
  [/jusqu'a\b|jusqu'au\b|au\b|a\b|->?/y, () => ({ kind: 'to' })],
  [/et\b|puis\b|ainsi que\b|[,/&+]/y, () => ({ kind: 'and' })],
  [/[;.|\n]/y, () => ({ kind: 'end' })],
  [
    /(?:du|de|des|les|le|la|ouverte?s?|ouverture|horaires?|d'ouverture|accueil|public)\b|[\s:()]/y,
    () => null,
  ],
]

/**
 * Hours as people write them in French (« du lundi au vendredi de 9h à 12h et de 14h à 17h30 ») in OpenStreetMap's
 * way; null wherever a word is not known, a day is not said, or a span does not rise: a wrong guess is worse than none.
 */
export function hoursFromFrench(value: string): string | null {
  if (/^sur (?:rendez[- ]vous|rdv)\.?$/u.test(fold(value))) return BY_APPOINTMENT
  const tokens = tokenize(value.split(/\n/u).map(fold).join('\n'))
  const groups = tokens === null ? null : readGroups(tokens)
  if (groups === null || groups.length === 0 || repeats(groups)) return null
  return groups.map(write).join('; ')
}

const BY_APPOINTMENT = '"sur rendez-vous"'

function day(at: number): Token {
  return { kind: 'day', day: at }
}

function time(hours: number, minutes: number, bare = false): Token {
  return { kind: 'time', minutes: hours * 60 + minutes, bare }
}

function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const next = readToken(text, at)
    if (next === null) return null
    if (next.token !== null) tokens.push(next.token)
    at = next.end
  }
  return tokens
}

function readToken(text: string, at: number): { token: Token | null; end: number } | null {
  for (const [word, make] of WORDS) {
    word.lastIndex = at
    const found = word.exec(text)
    if (found !== null) return { token: make(found), end: word.lastIndex }
  }
  return null
}

/** Days then spans, again and again; the hours may come first where there is one group only. */
function readGroups(tokens: readonly Token[]): readonly Group[] | null {
  const reader = { tokens, at: 0 }
  const groups: Group[] = []
  while (skip(reader, 'end', 'and')) {
    const closedBefore = take(reader, 'closed')
    const first = closedBefore ? [] : readSpans(reader)
    if (first === null || (first.length > 0 && groups.length > 0)) return null
    const days = readDays(reader)
    if (days === null) return null
    if (first.length > 0) skip(reader, 'end')
    const spans = first.length > 0 || closedBefore ? first : readSpans(reader)
    const appointment = take(reader, 'appointment')
    const closed = closedBefore || (spans?.length === 0 && take(reader, 'closed'))
    if (spans === null || (spans.length === 0) !== closed) return null
    groups.push({ days, spans, appointment })
    if (first.length > 0 && skip(reader, 'end')) return null
  }
  return groups
}

type Reader = { readonly tokens: readonly Token[]; at: number }

/** Passes over tokens of these kinds; whether anything is left. */
function skip(reader: Reader, ...kinds: readonly Token['kind'][]): boolean {
  while (kinds.some((kind) => take(reader, kind)));
  return reader.at < reader.tokens.length
}

function take(reader: Reader, kind: Token['kind']): boolean {
  if (reader.tokens[reader.at]?.kind !== kind) return false
  reader.at += 1
  return true
}

/** « lundi », « lundi au vendredi », « lundi, mardi et jeudi »; null: no day here. */
function readDays(reader: Reader): string | null {
  if (take(reader, 'every')) return 'Mo-Su'
  const parts: string[] = []
  for (let from = takeDay(reader); from !== null; from = takeDay(reader)) {
    const ranged = take(reader, 'to')
    const to = ranged ? takeDay(reader) : null
    if (ranged && (to === null || to <= from)) return null
    parts.push(to === null ? (DAYS[from] ?? '') : `${DAYS[from]}-${DAYS[to]}`)
    if (dayFollows(reader)) take(reader, 'and')
  }
  return parts.length === 0 ? null : parts.join(',')
}

function takeDay(reader: Reader): number | null {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'day') return null
  reader.at += 1
  return token.day
}

function dayFollows({ tokens, at }: Reader): boolean {
  return tokens[at]?.kind === 'and' && tokens[at + 1]?.kind === 'day'
}

/** « 9h à 12h et 14h à 17h »; empty: no hour here; null: hours that cannot be right. */
function readSpans(reader: Reader): readonly Span[] | null {
  const spans: Span[] = []
  while (timeFollows(reader)) {
    if (spans.length > 0) take(reader, 'and')
    const from = takeTime(reader)
    const to = take(reader, 'to') ? takeTime(reader) : null
    if (from === null || to === null || to.bare || from.minutes >= to.minutes || to.minutes > 24 * 60)
      return null
    if (from.minutes < (spans.at(-1)?.to ?? 0)) return null
    spans.push({ from: from.minutes, to: to.minutes })
  }
  return spans
}

function timeFollows({ tokens, at }: Reader): boolean {
  return tokens[at]?.kind === 'time' || (tokens[at]?.kind === 'and' && tokens[at + 1]?.kind === 'time')
}

function takeTime(reader: Reader): Extract<Token, { kind: 'time' }> | null {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'time') return null
  reader.at += 1
  return token
}

/** The same days twice: the second would replace the first. */
function repeats(groups: readonly Group[]): boolean {
  return new Set(groups.map(({ days }) => days)).size < groups.length
}

function write({ days, spans, appointment }: Group): string {
  const hours = spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(',')
  return `${days} ${spans.length === 0 ? 'off' : hours}${appointment ? ` ${BY_APPOINTMENT}` : ''}`
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
