import { UNKNOWN_FIT } from './criteria.ts'
import type { Criteria, Criterion, Value } from './criteria.ts'
import type { ChoiceKey, Referential, Situation } from './diagnostic.ts'
import { valueOf } from './maturity.ts'
import type { IndicatorKey } from './rules/maturity.ts'

/**
 * The smallest margin of one référentiel over each of the others, over every joint completion of what is unknown: each
 * unknown answer at each of its values, each unknown figure at its ends, the same unknown moving all of them at once
 * (DOMAIN.md section 3). Exact: scores are sums over indicators, so the minimum is the sum of the minima, other by
 * other; an answer that shuts a criterion is tried value by value, for what it shuts is no sum.
 */
export function guaranteedMargin(
  own: Referential,
  criteria: Readonly<Record<Referential, readonly Criterion[]>>,
  values: Criteria['values'],
  situation: Situation,
): number {
  const others = (Object.keys(criteria) as Referential[]).filter((key) => key !== own)
  const shutters = [
    ...new Set(
      Object.values(criteria)
        .flat()
        .flatMap(({ unless }) =>
          unless !== null && situation.answers[unless.answer] === null ? [unless.answer] : [],
        ),
    ),
  ]
  let smallest = Infinity
  for (const completed of completions(situation, shutters, values))
    for (const other of others)
      smallest = Math.min(smallest, smallestMargin(criteria[own], criteria[other], values, completed))
  return smallest
}

/** The situation with each combination of values of these answers. */
function* completions(
  situation: Situation,
  keys: readonly ChoiceKey[],
  values: Criteria['values'],
): Generator<Situation> {
  const [key, ...rest] = keys
  if (key === undefined) return yield situation
  for (const value of values(key))
    yield* completions({ ...situation, answers: { ...situation.answers, [key]: value } }, rest, values)
}

/** The shutting answers known, the margin is a sum over indicators. */
function smallestMargin(
  own: readonly Criterion[],
  other: readonly Criterion[],
  values: Criteria['values'],
  situation: Situation,
): number {
  const terms = new Map<IndicatorKey, (value: Value) => number>()
  let known = 0
  const collect = (criteria: readonly Criterion[], sign: 1 | -1) => {
    for (const { weight, parts, unless } of criteria) {
      if (unless !== null && situation.answers[unless.answer] === unless.is) continue
      for (const { key, share, fit } of parts) {
        const points = (value: Value) => sign * weight * share * (fit(value) ?? UNKNOWN_FIT)
        const value = valueOf(key, situation)
        if (value !== null && fit(value) !== null) {
          known += points(value)
          continue
        }
        const before = terms.get(key)
        terms.set(key, before === undefined ? points : (value) => before(value) + points(value))
      }
    }
  }
  collect(own, 1)
  collect(other, -1)
  let sum = known
  for (const [key, term] of terms) sum += Math.min(...values(key).map(term))
  return sum
}
