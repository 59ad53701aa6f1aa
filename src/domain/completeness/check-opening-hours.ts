import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { emptySpans } from './empty-spans.ts'
import { hoursFromFrench } from './hours-in-french.ts'
import { isOpeningHours, overnightSpans, replacedRule } from './opening-hours.ts'

/** Hours in OpenStreetMap's way; those in French are right in substance where they can be turned safely. */
export const openingHours: CheckKind = {
  reasons: () => ({
    notation: [],
    syntax: [],
    overnight: ['spans'],
    replaced: ['rule'],
    empty_span: ['spans'],
  }),
  remember: true,
  make: () => (value) => {
    if (isOpeningHours(value)) return doubts(value)
    const suggestion = rewritten(value)
    return found(suggestion === null ? 'syntax' : 'notation', suggestion)
  },
}

/** What is odd in hours that are well written. */
function doubts(value: string): readonly Found[] {
  const empty = emptySpans(value)
  const none =
    empty === null ? NOTHING : found('empty_span', empty.without, { spans: empty.spans.join(', ') })
  const spans = overnightSpans(value)
  if (spans.length > 0) return [...none, ...found('overnight', null, { spans: spans.join(', ') })]
  const replaced = empty === null ? replacedRule(value) : null
  return replaced === null ? none : found('replaced', replaced.merged, { rule: replaced.rule })
}

/** Where nobody writes so much about hours, nothing is read. */
const LONGEST = 2000

/** The same hours, well written; null where they cannot be read whole, or this check would doubt them. */
function rewritten(value: string): string | null {
  if (value.length > LONGEST) return null
  const tidy = value
    .replace(/\s+/gu, ' ')
    .replace(/ ?; ?/gu, '; ')
    .replace(/(?<=\d) ?- ?(?=\d)/gu, '-')
    .replace(/(?<=\d\d:\d\d), (?=\d)/gu, ',')
    .replace(/(?<![\d:])(\d:\d\d)/gu, '0$1')
    .replace(/[;\s]+$/u, '')
    .trim()
  const sound = (hours: string | null): boolean =>
    hours !== null && isOpeningHours(hours) && doubts(hours).length === 0
  if (isOpeningHours(tidy)) return sound(tidy) ? tidy : null
  const converted = hoursFromFrench(value)
  return sound(converted) ? converted : null
}
