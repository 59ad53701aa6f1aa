/**
 * The grammar of OpenStreetMap's `opening_hours`, as far as the national standard uses it: weekdays with their
 * ranks, public and school holidays, weeks, months, years, several spans, open ends, off, comments in quotes.
 * (The npm package of that name was weighed: 46 ms and 22 MB to load, 1.3 ms a value, and it takes « 9h à 12h ».)
 */
export function isOpeningHours(value: string): boolean {
  if (value.length > LONGEST) return false
  const rules = rulesOf(value)
  return rules.length > 0 && rules.join(';') === value && rules.every(isRule)
}

/** The rules of hours as they stand; a semicolon between quotes parts nothing. */
export function rulesOf(value: string): readonly string[] {
  return value.match(/(?:"[^"]*"|[^;"]+)+/gu) ?? []
}

/** The spans that end before they begin, « 14:00-08:00 »: over midnight, which is more often a slip. */
export function overnightSpans(value: string): readonly string[] {
  return [...value.matchAll(/\b(\d\d:\d\d)-(\d\d:\d\d)/gu)]
    .filter(([, from = '', to = '']) => to < from)
    .map(([span]) => span)
}

/** A rule of weekdays and hours that those after it replace whole, and the hours with both put together if they can be. */
export type Replaced = { readonly rule: string; readonly merged: string | null }

/**
 * « Mo-Fr 08:30-12:00; Mo-Fr 13:30-17:00 » opens in the afternoon only: after a semicolon a rule takes the place of
 * those before it, on its days. null: every rule counts on one day at least.
 */
export function replacedRule(value: string): Replaced | null {
  const rules = value.split(';').map((text) => readPlainRule(text.trim()))
  for (const [at, rule] of rules.entries()) {
    if (rule === null) continue
    const later = rules.slice(at + 1).flatMap((one) => (one === null ? [] : [one]))
    if (later.length === 0 || !rule.days.every((day) => later.some(({ days }) => days.includes(day))))
      continue
    return { rule: rule.text, merged: merged(value, rules, at) }
  }
  return null
}

/** Weekdays (Monday 0) and spans, and nothing else. */
export type PlainRule = {
  readonly text: string
  readonly selector: string
  readonly spans: string
  readonly days: readonly number[]
}

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

/** A rule of weekdays and spans; null: a rule of another kind. */
export function readPlainRule(text: string): PlainRule | null {
  const read = /^((?:[A-Z][a-z])(?:[,-][A-Z][a-z])*) (\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)$/u.exec(
    text,
  )
  if (read === null) return null
  const [, selector = '', spans = ''] = read
  const days = selector.split(',').flatMap(daysOf)
  return days.includes(-1) ? null : { text, selector, spans, days }
}

/** « Mo-We » → 0, 1, 2; over the end of the week too. -1: no weekday (a public holiday). */
function daysOf(range: string): readonly number[] {
  const [from = -1, to = from] = range.split('-').map((day) => DAYS.indexOf(day))
  if (from < 0 || to < 0) return [-1]
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => (from + at) % 7)
}

/** Both rules as one, where they name the same days in the same words and their hours follow one another. */
function merged(value: string, rules: readonly (PlainRule | null)[], at: number): string | null {
  const rule = rules[at]
  const twin = rules.findIndex((one, place) => place > at && one?.selector === rule?.selector)
  const other = rules[twin]
  if (rule === null || rule === undefined || other === null || other === undefined) return null
  const spans = [...rule.spans.split(','), ...other.spans.split(',')].sort()
  if (spans.some((span, place) => place > 0 && span.slice(0, 5) < (spans[place - 1] ?? '').slice(6)))
    return null
  const parts = value.split(';').map((part) => part.trim())
  parts[at] = `${rule.selector} ${spans.join(',')}`
  parts.splice(twin, 1)
  return parts.join('; ')
}

const LONGEST = 2000

const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`
const end = String.raw`(?:(?:[0-3]\d|4[0-7]):[0-5]\d|48:00)`
const sun = String.raw`(?:(?:dawn|dusk|sunrise|sunset)|\((?:dawn|dusk|sunrise|sunset)[+-]0\d:[0-5]\d\))`
const span = String.raw`(?:(?:${time}|${sun})(?:-(?:${end}|${sun})\+?|\+))`
const spans = `${span}(?:,${span})*`

const weekday = '(?:Mo|Tu|We|Th|Fr|Sa|Su)'
const rank = String.raw`\[-?[1-5](?:-[1-5])?(?:,-?[1-5](?:-[1-5])?)*\]`
const offset = String.raw`(?: [+-]\d+ days?)?`
const holiday = `(?:PH|SH)${offset}`
const days = `(?:${weekday}(?:-${weekday}|${rank}${offset})?|${holiday})`
const weekdays = `(?:(?:${holiday}(?:,${holiday})* )?${days}(?:,${days})*)`

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const dayOfMonth = String.raw`(?:0?[1-9]|[12]\d|3[01])`
const date = `(?:${month}(?: ${dayOfMonth})?|easter)${offset}`
const dates = String.raw`(?:${date}(?:-(?:${date}|${dayOfMonth}))?|\d{4} ${date}(?:-(?:(?:\d{4} )?${date}|${dayOfMonth}))?)`
const weekNumber = String.raw`(?:0?[1-9]|[1-4]\d|5[0-3])`
const weekSpan = String.raw`${weekNumber}(?:-${weekNumber}(?:\/\d\d?)?)?`
const weeks = `(?:week ${weekSpan}(?:,${weekSpan})*)`
const years = String.raw`(?:\d{4}(?:-\d{4}|\+)?(?:,\d{4}(?:-\d{4})?)*)`
const state = '(?:open|off|closed|unknown)'

/** One rule: its parts in their order, each with the space before it. */
const parts = [years, `${dates}(?:,${dates})*`, weeks, weekdays, `(?:24/7|${spans})`, state, '"[^"]+"']
const rule = `(?= \\S)${parts.map((part) => `(?: ${part})?`).join('')}`
/** « , » adds to hours a rule of its own, which begins with days: « 09:00-12:00, 14:00-18:00 » is a slip. */
const RULE = new RegExp(
  `^${rule}(?:(?:(?<=:\\d\\d|[+)nkte]),(?= (?:${weekday}|[PS]H)\\b)| \\|\\|)${rule})*$`,
  'u',
)

function isRule(text: string, at: number): boolean {
  return RULE.test(at > 0 && text.startsWith(' ') ? text : ` ${text}`)
}
