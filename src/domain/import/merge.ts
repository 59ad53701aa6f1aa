import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import { isValidated } from '../indicators/tally.ts'
import type { Difference } from './match.ts'

/** Two records of the base that are one place: which one stays, and what it would take from the other, field by field. */
export type Merge = {
  readonly kept: string
  readonly other: string
  readonly differences: readonly Difference[]
}

/**
 * Proposes how to merge a pair; nothing is merged by itself. The record that people validated stays, else the more complete
 * one, else the one changed last, else that of the lesser id: the order of the two changes nothing.
 */
export function mergeOf(
  judge: (actor: Actor) => ActorAssessment,
  differences: (record: Actor, other: Actor) => readonly Difference[],
): (one: Actor, other: Actor) => Merge {
  return (one, other) => {
    const [kept, left] = isKept(one, other, judge) ? [one, other] : [other, one]
    return { kept: kept.id, other: left.id, differences: differences(kept, left) }
  }
}

/** Whether the first one stays. */
function isKept(one: Actor, other: Actor, judge: (actor: Actor) => ActorAssessment): boolean {
  const [left, right] = [one, other].map((actor) => [
    Number(isValidated(actor)),
    judge(actor).completeness,
    Date.parse(actor.changedOn ?? '') || 0,
  ]) as [number[], number[]]
  for (const [at, value] of left.entries()) if (value !== right[at]) return value > right[at]!
  return one.id.localeCompare(other.id, 'en', { numeric: true }) <= 0
}
