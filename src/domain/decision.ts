import { REFERENTIALS } from './diagnostic.ts'
import type { Referential } from './diagnostic.ts'
import type { Choice } from './scoring.ts'
import type { Recommendation } from './recommendation.ts'
import type { Days } from './workload.ts'

/** The figures of one role's days. */
export type DecidedDays = Pick<Days, 'estimate' | 'driver' | 'default'>

/** What a recommendation comes down to: figures and keys only, no sentence, no personal data. */
export type Decision = Pick<Choice, 'recommended' | 'scores' | 'confidence'> & {
  readonly days: Readonly<
    Record<Referential, { readonly referents: DecidedDays; readonly deploymentOfficer: DecidedDays }>
  >
}

/** The decision of a report. */
export function decisionOf({ recommended, scores, confidence, workloads }: Recommendation): Decision {
  const days = REFERENTIALS.map((key) => {
    const { referents, deploymentOfficer } = workloads[key]
    return [key, { referents: figures(referents), deploymentOfficer: figures(deploymentOfficer) }] as const
  })
  return { recommended, scores, confidence, days: Object.fromEntries(days) as Decision['days'] }
}

/**
 * Every figure that a recommendation rests on, to the last bit, as one text: two recommendations are the same when
 * their texts are. Sentences are left out: they may be reworded without anything having changed.
 */
export function decisionText(report: Recommendation): string {
  const { intervals, aPriori, contributions, factors } = report
  return JSON.stringify({ ...decisionOf(report), intervals, aPriori, contributions, factors })
}

function figures({ estimate, driver, default: unknown }: Days): DecidedDays {
  return { estimate, driver, default: unknown }
}
