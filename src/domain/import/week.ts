import { readPlainRule, rulesOf } from '../completeness/opening-hours.ts'

/**
 * The hours of each day of a week, in one way of writing; null: more is said than days and hours. As in OpenStreetMap a
 * rule takes the place of those before it on its days; closed on a day that nobody named says nothing.
 */
export function weekOf(hours: string): string | null {
  const days = new Map<number, string>()
  for (const text of rulesOf(hours).map((rule) => rule.trim())) {
    if (text === 'PH off') continue
    const closed = /^((?:[A-Z][a-z])(?:[,-][A-Z][a-z])*) (?:off|closed)$/u.exec(text)?.[1]
    const rule = readPlainRule(closed === undefined ? text : `${closed} 00:00-00:01`)
    if (rule === null) return null
    for (const day of rule.days)
      if (closed === undefined) days.set(day, joined(rule.spans.split(',').sort()).join())
      else days.delete(day)
  }
  return days.size === 0
    ? null
    : [...days]
        .sort(([one], [other]) => one - other)
        .map(([day, spans]) => `${day} ${spans}`)
        .join('; ')
}

/** Spans in their order, one in the place of two that meet: « 09:00-12:00,12:00-17:00 » is one of the whole day. */
function joined(spans: readonly string[]): readonly string[] {
  const whole: string[] = []
  for (const span of spans) {
    const [from, to] = [span.slice(0, 5), span.slice(6)]
    const [begun, until] = [whole.at(-1)?.slice(0, 5) ?? '', whole.at(-1)?.slice(6) ?? '']
    // One over midnight ends before it begins: it stands as it is.
    const meets = begun < until && from < to && from <= until
    if (meets) whole.splice(-1, 1, `${begun}-${to > until ? to : until}`)
    else whole.push(span)
  }
  return whole
}
