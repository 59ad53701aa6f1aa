import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { shareOf } from './indicators/shares.ts'
import type { Share } from './indicators/shares.ts'
import { outcomeOf } from './scoring.ts'
import type { IndicatorRules } from './rules/indicators.ts'
import type { RecommendationRules } from './rules/recommendation.ts'

/** One EPCI of which people chose the référentiel. */
export type Choice = { readonly situation: Situation; readonly retained: Referential }

/** The choices among these EPCI. */
export function choicesOf(
  epcis: readonly { readonly situation: Situation; readonly retained: Referential | null }[],
): Choice[] {
  return epcis.flatMap(({ situation, retained }) => (retained === null ? [] : [{ situation, retained }]))
}

/** What is recommended × what is retained: by the recommended one, how many retained each. */
export type AgreementTable = Readonly<Record<Referential, Readonly<Record<Referential, number>>>>

/** How far the recommendations and the choices of people agree. */
export type Agreement = { readonly choices: number; readonly table: AgreementTable; readonly agreed: Share }

/** A weight that would be another. */
export type WeightShift = {
  readonly referential: Referential
  readonly criterion: string
  readonly before: number
  readonly after: number
}

/** Weights nearer to the choices, and how many of these they agree with; nothing is applied by itself. */
export type WeightProposal = {
  readonly weights: readonly WeightShift[]
  readonly agreedNow: number
  readonly agreedThen: number
  /** The same on choices that the weights were not drawn from. */
  readonly unseenThen: number
}

/** too_early: too few choices; fits: no better weights were found; proposed: better ones, for people to decide. */
export type Learning = Agreement & {
  readonly atLeast: number
  readonly verdict: 'too_early' | 'fits' | 'proposed'
  readonly proposal: WeightProposal | null
}

type Rules = RecommendationRules & { readonly indicators: Pick<IndicatorRules, 'learning' | 'shares'> }

/** The table of the recommended and the retained. */
export function agreement(choices: readonly Choice[], rules: Rules): Agreement {
  const pairs = choices.map(({ situation, retained }) => ({
    recommended: outcomeOf(situation, rules).recommended,
    retained,
  }))
  const count = (recommended: Referential, retained: Referential) =>
    pairs.filter((one) => one.recommended === recommended && one.retained === retained).length
  const row = (recommended: Referential) =>
    Object.fromEntries(REFERENTIALS.map((retained) => [retained, count(recommended, retained)]))
  const agreed = pairs.filter(({ recommended, retained }) => recommended === retained).length
  return {
    choices: choices.length,
    table: Object.fromEntries(REFERENTIALS.map((key) => [key, row(key)])) as AgreementTable,
    agreed: shareOf(agreed, choices.length, rules.indicators.shares.few),
  }
}

/**
 * What the choices of people say of the weights. From enough of them on, points go step by step from one criterion to
 * another of the same référentiel (their sum stays 100) as long as one more choice is agreed with; of equals, the first.
 * Proposed only where weights so drawn would also have agreed better with choices that they were not drawn from (k-fold
 * cross-validation).
 */
export function learn(choices: readonly Choice[], rules: Rules): Learning {
  const { atLeast, folds } = rules.indicators.learning
  const found = { ...agreement(choices, rules), atLeast }
  if (choices.length < atLeast) return { ...found, verdict: 'too_early', proposal: null }
  const now = found.agreed.count
  const better = fitted(choices, rules)
  const weights = shifts(rules, better)
  const unseen = Array.from({ length: folds }, (_, fold) => {
    const [left, others] = [
      choices.filter(isIn(fold, folds)),
      choices.filter((one, at) => !isIn(fold, folds)(one, at)),
    ]
    return agreedWith(left, fitted(others, rules))
  }).reduce((sum, one) => sum + one, 0)
  if (weights.length === 0 || unseen <= now) return { ...found, verdict: 'fits', proposal: null }
  const proposal = { weights, agreedNow: now, agreedThen: agreedWith(choices, better), unseenThen: unseen }
  return { ...found, verdict: 'proposed', proposal }
}

function isIn(fold: number, folds: number) {
  return (_: unknown, at: number) => at % folds === fold
}

function agreedWith(choices: readonly Choice[], rules: RecommendationRules): number {
  return choices.filter(({ situation, retained }) => outcomeOf(situation, rules).recommended === retained)
    .length
}

/** The rules with the weights that agree best, one step after another from those at hand. */
function fitted(choices: readonly Choice[], rules: Rules): RecommendationRules {
  let best: RecommendationRules = rules
  let agreed = agreedWith(choices, rules)
  for (;;) {
    const before = agreed
    for (const moved of neighbours(best, rules.indicators.learning.step)) {
      const count = agreedWith(choices, moved)
      if (count > agreed) [best, agreed] = [moved, count]
    }
    if (agreed === before) return best
  }
}

/** Every set of rules in which some points went from one criterion to another of one référentiel. */
function* neighbours(rules: RecommendationRules, step: number): Generator<RecommendationRules> {
  const { referentials } = rules.referentials
  for (const key of REFERENTIALS) {
    const { criteria } = referentials[key]
    for (const from of criteria)
      for (const to of criteria) {
        if (from === to || from.weight <= step) continue
        const moved = criteria.map((one) =>
          one === from
            ? { ...one, weight: one.weight - step }
            : one === to
              ? { ...one, weight: one.weight + step }
              : one,
        )
        yield {
          ...rules,
          referentials: {
            ...rules.referentials,
            referentials: { ...referentials, [key]: { ...referentials[key], criteria: moved } },
          },
        }
      }
  }
}

function shifts(now: RecommendationRules, then: RecommendationRules): WeightShift[] {
  return REFERENTIALS.flatMap((referential) =>
    now.referentials.referentials[referential].criteria.flatMap(({ key: criterion, weight: before }, at) => {
      const after = then.referentials.referentials[referential].criteria[at]!.weight
      return after === before ? [] : [{ referential, criterion, before, after }]
    }),
  )
}
