import { type CheckKind, found, NOTHING } from './check.ts'
import { hoursFromFrench } from './hours-in-french.ts'
import { isOpeningHours, overnightSpans, replacedRule } from './opening-hours.ts'

/** Hours in OpenStreetMap's way; those in French are right in substance where they can be turned safely. */
export const openingHours: CheckKind = {
  reasons: () => ({ notation: [], syntax: [], overnight: ['spans'], replaced: ['rule'] }),
  remember: true,
  make: () => (value) => {
    if (isOpeningHours(value)) {
      const spans = overnightSpans(value)
      if (spans.length > 0) return found('overnight', null, { spans: spans.join(', ') })
      const replaced = replacedRule(value)
      return replaced === null ? NOTHING : found('replaced', replaced.merged, { rule: replaced.rule })
    }
    const suggestion = rewritten(value)
    return found(suggestion === null ? 'syntax' : 'notation', suggestion)
  },
}

function rewritten(value: string): string | null {
  const tidy = value
    .replace(/\s+/gu, ' ')
    .replace(/\s*([;])\s*/gu, '$1 ')
    .replace(/(?<=\d) ?- ?(?=\d)/gu, '-')
    .replace(/(?<=\d\d:\d\d), (?=\d)/gu, ',')
    .replace(/(?<![\d:])(\d:\d\d)/gu, '0$1')
    .replace(/[;\s]+$/u, '')
    .trim()
  if (isOpeningHours(tidy)) return tidy
  const converted = hoursFromFrench(value)
  return converted !== null && isOpeningHours(converted) ? converted : null
}
