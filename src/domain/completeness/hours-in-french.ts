import { type Group, PUBLIC_HOLIDAYS, type Span, written } from './hours-groups.ts'
import { fold } from './text.ts'

type Token =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'time'; readonly minutes: number; readonly bare: boolean }
  | {
      readonly kind:
        | 'to'
        | 'and'
        | 'end'
        | 'closed'
        | 'except'
        | 'appointment'
        | 'every'
        | 'holidays'
        | 'always'
    }

const WORDS: readonly (readonly [RegExp, (found: RegExpExecArray) => Token | null])[] = [
  [/(?:chaque|tous les) (?=lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)/y, () => null],
  [/(?:lundis?|lun|lu|mo)\b\.?/y, () => day(0)],
  [/(?:mardis?|mar|ma|tu)\b\.?/y, () => day(1)],
  [/(?:mercredis?|mer|me|we)\b\.?/y, () => day(2)],
  [/(?:jeudis?|jeu|je|th)\b\.?/y, () => day(3)],
  [/(?:vendredis?|ven|ve|fr)\b\.?/y, () => day(4)],
  [/(?:samedis?|sam|sa)\b\.?/y, () => day(5)],
  [/(?:dimanches?|dim|di|su)\b\.?/y, () => day(6)],
  [/(?:jours? )?feries?\b/y, () => ({ kind: 'holidays' })],
  [/tous les jours\b|7 ?(?:j(?:ours)?)? ?(?:\/|sur) ?7(?: ?j(?:ours)?)?\b/y, () => ({ kind: 'every' })],
  [/24 ?(?:h(?:eures)?)? ?(?:\/|sur) ?24(?: ?h(?:eures)?)?\b/y, () => ({ kind: 'always' })],
  [/midi\b/y, () => time(12, 0)],
  [/minuit\b/y, () => time(24, 0)],
  [
    // « 12h 14h »: a number after a space is minutes only where it is no hour itself.
    /(\d{1,2}) ?(?:heures?|h|:)(?: ?([0-5]\d)(?! ?(?:heures?|h|:)|\d))?(?!\d)/y,
    ([, hours, minutes]) => time(Number(hours), Number(minutes ?? 0)),
  ],
  [/\d{1,2}(?![\d:.h])/y, ([hours]) => time(Number(hours), 0, true)],
  [/(?:uniquement |seulement )?sur (?:rendez[- ]vous|rdv)\b/y, () => ({ kind: 'appointment' })],
  [/fermee?s?\b|fermeture\b|off\b|closed\b/y, () => ({ kind: 'closed' })],
  [/sauf\b|excepte\b|hors\b/y, () => ({ kind: 'except' })],
  [/au public\b/y, () => null],
  [/jusqu'a\b|jusqu'au\b|au\b|a\b|->?/y, () => ({ kind: 'to' })],
  [/et\b|puis\b|ainsi que\b|[,/&+]/y, () => ({ kind: 'and' })],
  [/[;.|\n]/y, () => ({ kind: 'end' })],
  [
    /(?:du|de|des|les|le|la|ouverte?s?|ouverture|horaires?|d'ouverture|accueil|public)\b|[\s:()]/y,
    () => null,
  ],
]

/** Nobody writes so much about hours, and what is read only in part is not read. */
const LONGEST = 2000
const BY_APPOINTMENT =
  /^(?:uniquement |seulement |exclusivement )?sur (?:rendez[- ]vous|rdv)(?: uniquement| seulement)?\.?$/u

/**
 * Hours as people write them in French (« du lundi au vendredi de 9h à 12h et de 14h à 17h30 ») in OpenStreetMap's
 * way; null wherever a word is not known, a day is not said, or a span does not rise: a wrong guess is worse than none.
 */
export function hoursFromFrench(value: string): string | null {
  if (value.length > LONGEST) return null
  if (BY_APPOINTMENT.test(fold(value))) return '"sur rendez-vous"'
  const tokens = tokenize(value.split(/\n/u).map(fold).join('\n'))
  const groups = tokens === null ? null : readGroups(tokens)
  return groups === null || groups.length === 0 ? null : written(groups)
}

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
    const apart = tokens[reader.at - 1]?.kind === 'end'
    const more = readGroup(reader, groups.length === 0, apart)
    if (more === null) return null
    groups.push(...more)
  }
  return groups
}

function readGroup(reader: Reader, alone: boolean, apart: boolean): readonly Group[] | null {
  if (take(reader, 'closed') || (!alone && take(reader, 'except'))) return closedGroup(reader)
  const first = readSpans(reader)
  if (first === null || (first.length > 0 && !alone)) return null
  const days = readDays(reader)
  if (days === null) return null
  const without = take(reader, 'except') ? readDays(reader) : []
  if (without === null) return null
  if (first.length > 0) skip(reader, 'end')
  const spans = first.length > 0 ? first : readSpans(reader)
  if (spans === null) return null
  const appointment = take(reader, 'appointment')
  // « lundi 9h-12h, mardi 14h-17h sur rendez-vous »: on Tuesday, or on both? Nobody knows.
  if (appointment && !alone && !apart) return null
  if (spans.length === 0 && !take(reader, 'closed')) return null
  if (first.length > 0 && !onlyExceptions(reader)) return null
  return [{ days, spans, appointment }, ...(without.length === 0 ? [] : [closed(without)])]
}

/** « fermé le mercredi », « sauf jours fériés »: whole days. */
function closedGroup(reader: Reader): readonly Group[] | null {
  const days = readDays(reader)
  return days === null || timeFollows(reader) ? null : [closed(days)]
}

function closed(days: Group['days']): Group {
  return { days, spans: [], appointment: false }
}

/** Whether nothing but days that are closed is left: hours that came first are then those of all the days before. */
function onlyExceptions({ tokens, at }: Reader): boolean {
  const next = tokens.slice(at).find(({ kind }) => kind !== 'end' && kind !== 'and')
  return next === undefined || next.kind === 'except' || next.kind === 'closed'
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
function readDays(reader: Reader): Group['days'] | null {
  if (take(reader, 'every')) return [[0, 6]]
  const parts: (readonly [number, number])[] = []
  for (let from = takeDay(reader); from !== null; from = takeDay(reader)) {
    const ranged = from !== PUBLIC_HOLIDAYS && take(reader, 'to')
    const to = ranged ? takeDay(reader) : from
    if (to === null || (ranged && (to <= from || to === PUBLIC_HOLIDAYS))) return null
    parts.push([from, to])
    if (dayFollows(reader)) take(reader, 'and')
  }
  return parts.length === 0 ? null : parts
}

function takeDay(reader: Reader): number | null {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'day' && token?.kind !== 'holidays') return null
  reader.at += 1
  return token.kind === 'day' ? token.day : PUBLIC_HOLIDAYS
}

function dayFollows({ tokens, at }: Reader): boolean {
  const next = tokens[at + 1]?.kind
  return tokens[at]?.kind === 'and' && (next === 'day' || next === 'holidays')
}

/** « 9h à 12h et 14h à 17h »; empty: no hour here; null: hours that cannot be right. */
function readSpans(reader: Reader): readonly Span[] | null {
  if (reader.tokens[reader.at + 1]?.kind === 'always') take(reader, 'and')
  if (take(reader, 'always')) {
    if (reader.tokens[reader.at + 1]?.kind === 'every') take(reader, 'and')
    return timeFollows(reader) ? null : [{ from: 0, to: 24 * 60 }]
  }
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
  const next = tokens[at]?.kind === 'and' ? tokens[at + 1] : tokens[at]
  return next?.kind === 'time' || next?.kind === 'always'
}

function takeTime(reader: Reader): Extract<Token, { kind: 'time' }> | null {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'time') return null
  reader.at += 1
  return token
}
