import type { Lost } from './fix-guard.ts'
import { fold } from './text.ts'

/** Where nobody writes so much about hours, nothing is read. */
const LONGEST = 2000
const OFF = 'off'

/** What is said of each day: the minutes of the day named beside it, or that it is closed; and every other word. */
type Said = { readonly days: ReadonlyMap<string, ReadonlySet<string>>; readonly words: readonly string[] }

/**
 * Hours say, day by day, each hour named; days that are closed; and whatever else is written. They are read on purpose in
 * another way than they are turned: word by word, without any grammar, so that a slip of one is not a slip of the other.
 */
export const saidByHours: Lost = (before, after) => {
  if (before.length > LONGEST) return [before]
  const [old, now, kept] = [read(before), read(after), inForce(after)]
  const lost = [...old.days].flatMap(([day, said]) => {
    const own = kept.get(day) ?? new Set()
    const wanted = said.has(OFF) ? [OFF] : [...said]
    return wanted.filter((one) => !own.has(one)).map((one) => `${day} ${one}`)
  })
  return [...lost, ...old.words.filter((word) => !now.words.includes(word))]
}

/** Day by day, what a week holds: after a semicolon a rule takes the place of those before it, after « , » it adds. */
function inForce(hours: string): Said['days'] {
  const days = new Map<string, ReadonlySet<string>>()
  const parts = hours.split(/(;\s*|(?<=\d), (?=[A-Z]))/u)
  for (let at = 0; at < parts.length; at += 2) {
    const rule = read(parts[at] ?? '')
    // A rule of some months or weeks leaves the others as they are.
    const adds = parts[at - 1]?.startsWith(',') === true || rule.words.length > 0
    for (const [day, said] of rule.days)
      days.set(day, new Set([...(adds ? (days.get(day) ?? []) : []), ...said]))
  }
  return days
}

const NAMES: readonly (readonly string[])[] = [
  ['lundi', 'lundis', 'lun', 'lu', 'mo'],
  ['mardi', 'mardis', 'mar', 'ma', 'tu'],
  ['mercredi', 'mercredis', 'mer', 'me', 'we'],
  ['jeudi', 'jeudis', 'jeu', 'je', 'th'],
  ['vendredi', 'vendredis', 'ven', 've', 'fr'],
  ['samedi', 'samedis', 'sam', 'sa'],
  ['dimanche', 'dimanches', 'dim', 'di', 'su'],
]
const DAYS = new Map(NAMES.flatMap((names, day) => names.map((name) => [name, day] as const)))
const HOLIDAYS: Readonly<Record<string, string>> = { ph: 'PH', ferie: 'PH', feries: 'PH', sh: 'SH' }
const CLOSED = new Set([
  'ferme',
  'fermee',
  'fermes',
  'fermees',
  'fermeture',
  'off',
  'closed',
  'sauf',
  'hors',
  'excepte',
])
/** Words that say nothing by themselves beside hours. */
const SILENT = new Set(
  [
    'du de des d le la les l et a au aux en puis ainsi que jusqu sur tous toutes jour jours chaque',
    'ouvert ouverte ouverts ouvertes ouverture horaire horaires accueil public uniquement seulement vous',
  ].flatMap((words) => words.split(' ')),
)
const TOKEN =
  /24 ?\/ ?7|24 ?h? ?\/ ?24 ?h?|(?:tous les jours|7 ?j?(?:ours)? ?(?:\/|sur) ?7(?: ?j\b)?)|(\d{1,2}) ?(?:heures?|h|:) ?([0-5]\d(?! ?(?:h|:)|\d))?|\p{L}+|\d+|[->;|\n]/gu

function read(hours: string): Said {
  const state: State = { days: new Map(), words: [], early: [], ...NOBODY }
  const text = hours
    .split('\n')
    .map(fold)
    .join('\n')
    .replace(/rendez[- ]vous/gu, 'rdv')
  for (const [token, hour, minutes] of text.matchAll(TOKEN)) {
    if (hour === undefined) readWord(state, token)
    else say(state, Number(hour) * 60 + Number(minutes ?? 0))
  }
  const stray = state.days.size === 0 ? state.early.map(String) : []
  return { days: state.days, words: [...state.words, ...stray] }
}

/** Which days are spoken of while the words go by. */
type State = {
  readonly days: Map<string, Set<string>>
  readonly words: string[]
  /** Hours that stand before any day. */
  readonly early: number[]
  current: readonly string[]
  /** Whether something was said of these days: the next day is then another matter. */
  told: boolean
  /** The day that a range may go on from, and whether it does. */
  from: number | null
  range: boolean
  /** « fermé » came before the days. */
  closed: boolean
}
const NOBODY = { current: [], told: false, from: null, range: false, closed: false }

function readWord(state: State, word: string): void {
  const day = DAYS.get(word)
  const holiday = HOLIDAYS[word]
  if (day !== undefined) openDay(state, day)
  else if (holiday !== undefined) open(state, holiday)
  else if (word.startsWith('24')) readAlways(state, word)
  else if (/^(?:7|tous les)/u.test(word)) NAMES.forEach((_, at) => open(state, String(at)))
  else if (word === 'midi') say(state, 12 * 60)
  else if (word === 'minuit') say(state, 24 * 60)
  else if (/^\d+$/u.test(word)) say(state, Number(word) * 60)
  else if (CLOSED.has(word)) close(state)
  else if (/^[;|\n]$/u.test(word)) state.closed = false
  else if (/^(?:au?|-|>)$/u.test(word)) state.range = state.from !== null
  else if (!SILENT.has(word)) state.words.push(word)
}

function openDay(state: State, day: number): void {
  const from = state.range && state.from !== null ? (state.from + 1) % 7 : day
  for (let at = from; ; at = (at + 1) % 7) {
    open(state, String(at))
    if (at === day) break
  }
  state.from = day
}

/** Adds a day to those spoken of; they are others than before where something was said of those. */
function open(state: State, day: string): void {
  state.current = state.told ? [day] : [...state.current, day]
  Object.assign(state, { told: false, range: false })
  for (const minutes of state.early) note(state, day, String(minutes))
  if (state.closed) note(state, day, OFF)
}

function close(state: State): void {
  if (state.current.length === 0 || state.told) state.closed = true
  else tell(state, OFF)
}

/** « 24h/24 »; « 24/7 » says the days too. */
function readAlways(state: State, word: string): void {
  if (word.endsWith('7')) NAMES.forEach((_, at) => open(state, String(at)))
  say(state, 0)
  say(state, 24 * 60)
}

function say(state: State, minutes: number): void {
  if (state.current.length === 0) state.early.push(minutes)
  tell(state, String(minutes))
  state.closed = false
}

function tell(state: State, what: string): void {
  for (const day of state.current) note(state, day, what)
  Object.assign(state, { told: state.current.length > 0, from: null, range: false })
}

function note({ days }: State, day: string, what: string): void {
  days.set(day, (days.get(day) ?? new Set()).add(what))
}
