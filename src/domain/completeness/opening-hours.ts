/**
 * The grammar of OpenStreetMap's `opening_hours`, as far as the national standard uses it: weekdays with their
 * ranks, public and school holidays, weeks, months, years, several spans, open ends, off, comments in quotes.
 * (The npm package of that name was weighed: 46 ms and 22 MB to load, 1.3 ms a value, and it takes « 9h à 12h ».)
 */
export function isOpeningHours(value: string): boolean {
  const rules = value.match(/(?:"[^"]*"|[^;"])+/gu) ?? []
  return value.length <= LONGEST && rules.length > 0 && rules.join(';') === value && rules.every(isRule)
}

/** The spans that end before they begin, « 14:00-08:00 »: over midnight, which is more often a slip. */
export function overnightSpans(value: string): readonly string[] {
  return [...value.matchAll(/\b(\d\d:\d\d)-(\d\d:\d\d)/gu)]
    .filter(([, from = '', to = '']) => to <= from)
    .map(([span]) => span)
}

const LONGEST = 2000

const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`
const end = String.raw`(?:(?:[0-3]\d|4[0-7]):[0-5]\d|48:00)`
const sun = String.raw`(?:(?:dawn|dusk|sunrise|sunset)|\((?:dawn|dusk|sunrise|sunset)[+-]\d\d:\d\d\))`
const span = String.raw`(?:(?:${time}|${sun})(?:-(?:${end}|${sun})\+?|\+))`
const spans = `${span}(?:,${span})*`

const weekday = '(?:Mo|Tu|We|Th|Fr|Sa|Su)'
const rank = String.raw`\[-?[1-5](?:-[1-5])?(?:,-?[1-5](?:-[1-5])?)*\]`
const offset = String.raw`(?: [+-]\d+ days?)?`
const holiday = `(?:PH|SH)${offset}`
const days = `(?:${weekday}(?:-${weekday}|${rank}${offset})?|${holiday})`
const weekdays = `(?:(?:${holiday}(?:,${holiday})* )?${days}(?:,${days})*)`

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const date = String.raw`(?:(?:\d{4} )?(?:${month}(?: (?:0?[1-9]|[12]\d|3[01]))?|easter)${offset})`
const dates = String.raw`(?:${date}(?:-(?:${date}|(?:0?[1-9]|[12]\d|3[01])))?)`
const weeks = String.raw`(?:week \d\d?(?:-\d\d?(?:\/\d\d?)?)?(?:,\d\d?(?:-\d\d?(?:\/\d\d?)?)?)*)`
const years = String.raw`(?:\d{4}(?:-\d{4}|\+)?(?:,\d{4}(?:-\d{4})?)*)`
const state = '(?:open|off|closed|unknown)'

/** One rule: its parts in their order, each with the space before it. */
const parts = [years, `${dates}(?:,${dates})*`, weeks, weekdays, `(?:24/7|${spans})`, state, '"[^"]+"']
const rule = `(?= \\S)${parts.map((part) => `(?: ${part})?`).join('')}`
/** « , » begins a rule of its own only with days: « 09:00-12:00, 14:00-18:00 » is a slip. */
const RULE = new RegExp(`^${rule}(?:(?:,(?! \\d\\d:)| \\|\\|)${rule})*$`, 'u')

function isRule(text: string, at: number): boolean {
  return RULE.test(at > 0 && text.startsWith(' ') ? text : ` ${text}`)
}
