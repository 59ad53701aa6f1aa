import { isOpeningHours, overnightSpans, readPlainRule, replacedRule, rulesOf } from './opening-hours.ts'

/** Spans that end as they begin, and the hours without them where those can be told. */
export type EmptySpans = { readonly spans: readonly string[]; readonly without: string | null }

/**
 * « 00:00-00:00,13:30-17:00 »: the same hour at both ends is the empty half-day of an export. null: there is none. Nothing
 * is proposed where no hours would be left, or where a rule would be left without hours and another speaks of its days.
 */
export function emptySpans(value: string): EmptySpans | null {
  const empty = [...value.matchAll(/\b(\d\d:\d\d)-\1(?!\d)/gu)].map(([span]) => span)
  if (empty.length === 0) return null
  const rules = rulesOf(value).map((text) => text.trim())
  const kept = rules.filter((rule) => withoutEmpty(rule) !== null)
  const gone = rules.filter((rule) => withoutEmpty(rule) === null)
  const without = kept.map(withoutEmpty).join('; ')
  const right =
    isOpeningHours(without) &&
    overnightSpans(without).length === 0 &&
    replacedRule(without) === null &&
    gone.every((rule) => kept.every((other) => areApart(rule, other)))
  return { spans: [...new Set(empty)], without: right ? without : null }
}

const SPANS = /\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*/gu

/** A rule without its empty spans; null: it has no others. */
function withoutEmpty(rule: string): string | null {
  let none = false
  const left = rule.replace(SPANS, (spans) => {
    const real = spans.split(',').filter((span) => span.slice(0, 5) !== span.slice(6))
    none ||= real.length === 0
    return real.join(',')
  })
  return none ? null : left
}

/** Whether two rules speak of other days, as far as can be told. */
function areApart(one: string, other: string): boolean {
  const [first, second] = [readPlainRule(one), readPlainRule(other)]
  return first !== null && second !== null && !first.days.some((day) => second.days.includes(day))
}
