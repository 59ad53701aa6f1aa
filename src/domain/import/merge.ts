import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import { isValidated } from '../indicators/tally.ts'
import { counted, typeset } from '../typography.ts'
import type { Difference } from './match.ts'
import { grouped } from './proposal.ts'
import type { Proposal } from './proposal.ts'

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

/**
 * What a merge proposes: what the record that stays lacks and the other says; where both say something else, the one that
 * stays is right. The place of the pair is its two records.
 */
export function mergeProposals(
  { kept, other, differences }: Merge,
  { score, reason }: { readonly score: number; readonly reason: string },
  shown: (record: string) => string,
): readonly Proposal[] {
  const why = typeset(
    `Même lieu que ${shown(other)}${reason === '' ? '' : ` : ${reason}`}. ${shown(kept)} reste : validée, plus complète ou plus récente.`,
  )
  const lacking = grouped(differences).filter((some) => some.every(({ kind }) => kind === 'completion'))
  return lacking.map((changes) => ({
    ...{ kind: 'merge' as const, key: `${kept} ${other}`, record: kept, changes, why },
    confidence: Math.round(Math.min(100, Math.max(0, score))),
  }))
}

/** The record that the other one of a pair is, by the key of a proposal to merge it; null: it is none of ours. */
export function mergedFrom(key: string): string | null {
  return /^\d+ (\d+)$/u.exec(key)?.[1] ?? null
}

/** What was found of sure duplicates, a French sentence for each thing that there is. */
export function mergeSentences({
  pairs,
  toComplete,
  refusedBefore,
  refused,
}: {
  readonly pairs: number
  readonly toComplete: number
  readonly refusedBefore: number
  readonly refused: readonly string[]
}): string[] {
  return [
    pairs === 0 ? 'aucun doublon sûr' : counted(pairs, 'doublon sûr', 'doublons sûrs'),
    ...(toComplete === 0
      ? []
      : [`${counted(toComplete, 'donnée')} que la fiche qui reste n’a pas, et que l’autre dit`]),
    ...(refusedBefore === 0
      ? []
      : [
          counted(
            refusedBefore,
            'proposition déjà refusée, ou changée depuis',
            'propositions déjà refusées, ou changées depuis',
          ),
        ]),
    ...(refused.length === 0
      ? []
      : [`NocoDB a refusé ${counted(refused.length, 'proposition')} : ${refused[0]}`]),
  ].map(typeset)
}
