import { counterfactual } from './counterfactual.ts'
import type { Answers, Referential, Situation } from './diagnostic.ts'
import { maturity } from './maturity.ts'
import type { Maturity } from './maturity.ts'
import { choose } from './recommendation.ts'
import type { Choice } from './recommendation.ts'
import type { MaturityRules } from './rules/maturity.ts'
import type { ReferentialRules } from './rules/referentials.ts'
import { counterfactualSentence, reasons } from './sentences.ts'
import { typeset } from './typography.ts'
import { workloads } from './workload.ts'
import type { Workload } from './workload.ts'

/** What the service recommends for one EPCI, with all that explains it. The public JSON of `recommend`, less the hash. */
export type TerritoryReport = Omit<Choice, 'exception'> & {
  /** French, strongest first. */
  readonly reasons: readonly string[]
  readonly method: readonly string[]
  readonly counterfactual: {
    readonly change: Partial<Answers>
    readonly recommended: Referential
    readonly sentence: string
  } | null
  readonly factors: Maturity
  /** Of the recommended référentiel. */
  readonly workload: Workload
  readonly workloads: Readonly<Record<Referential, Workload>>
}

/** The one entrance: what is known of an EPCI → recommendation, reasons and workload. Pure: same input, same bytes. */
export function assessTerritory(
  situation: Situation,
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
): TerritoryReport {
  const factors = maturity(situation, rules.maturity)
  const { exception, ...choice } = choose(situation, factors, rules.referentials)
  const nearest = counterfactual(situation, choice.recommended, rules)
  const all = workloads(situation, factors, rules.referentials)
  return {
    recommended: choice.recommended,
    scores: choice.scores,
    intervals: choice.intervals,
    contributions: choice.contributions,
    confidence: choice.confidence,
    reasons: reasons({ ...choice, exception }, situation.answers, rules),
    method: rules.referentials.referentials[choice.recommended].method.map(typeset),
    counterfactual: nearest === null ? null : { ...nearest, sentence: counterfactualSentence(nearest) },
    factors,
    workload: all[choice.recommended],
    workloads: all,
  }
}
