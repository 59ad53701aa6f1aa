import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import type { Shift } from './changes.ts'
import { maturity } from './maturity.ts'
import { choose } from './scoring.ts'
import type { Confidence } from './scoring.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { workloads } from './workload.ts'

/** What is stored of one EPCI, and needed to decide on it again. */
export type StoredInput = {
  readonly siren: string | null
  readonly name: string
  readonly situation: Situation
  /** The human choice, which the days follow; null: none. */
  readonly retained: Referential | null
}

type Level = Confidence['level']

/** What proposed rules would change of one EPCI. */
export type EpciImpact = {
  readonly siren: string | null
  readonly name: string
  readonly retained: Referential | null
  readonly recommended: Shift<Referential>
  readonly confidence: Shift<Level>
  /** Person-days, of the référentiel retained, else of the recommended one. */
  readonly referentDays: Shift<number>
  readonly officerDays: Shift<number>
}

/** What proposed rules would change of all of them. */
export type Impact = {
  readonly epcis: number
  /** Those of which the recommendation, the confidence or the days would change, as given. */
  readonly changed: readonly EpciImpact[]
  /** How many have each référentiel, each confidence; person-days of all. */
  readonly recommended: Readonly<Record<Referential, Shift<number>>>
  readonly confidence: Readonly<Record<Level, Shift<number>>>
  readonly referentDays: Shift<number>
  readonly officerDays: Shift<number>
}

const LEVELS = ['low', 'medium', 'high'] as const

/** Decides on every EPCI by the rules at hand and by those proposed, and holds the two against each other. Applies nothing. */
export function rulesImpact(
  inputs: readonly StoredInput[],
  now: RecommendationRules,
  proposed: RecommendationRules,
): Impact {
  const all = inputs.map((input): EpciImpact => {
    const [before, after] = [outcomeOf(input, now), outcomeOf(input, proposed)]
    const shift = <Key extends keyof Outcome>(key: Key) => ({ before: before[key], after: after[key] })
    return {
      ...{ siren: input.siren, name: input.name, retained: input.retained },
      recommended: shift('recommended'),
      confidence: shift('confidence'),
      referentDays: shift('referentDays'),
      officerDays: shift('officerDays'),
    }
  })
  const sum = (key: 'referentDays' | 'officerDays'): Shift<number> => ({
    before: all.reduce((total, one) => total + one[key].before, 0),
    after: all.reduce((total, one) => total + one[key].after, 0),
  })
  return {
    epcis: all.length,
    changed: all.filter(isChanged),
    recommended: counts(REFERENTIALS, (key, end) => all.filter((one) => one.recommended[end] === key).length),
    confidence: counts(LEVELS, (key, end) => all.filter((one) => one.confidence[end] === key).length),
    referentDays: sum('referentDays'),
    officerDays: sum('officerDays'),
  }
}

type Outcome = {
  readonly recommended: Referential
  readonly confidence: Level
  readonly referentDays: number
  readonly officerDays: number
}

function outcomeOf({ situation, retained }: StoredInput, rules: RecommendationRules): Outcome {
  const { recommended, confidence } = choose(situation, rules)
  const days = workloads(situation, maturity(situation, rules.maturity), rules.referentials)
  const { referents, deploymentOfficer } = days[retained ?? recommended]
  return {
    ...{ recommended, confidence: confidence.level },
    ...{ referentDays: referents.estimate, officerDays: deploymentOfficer.estimate },
  }
}

function isChanged({ recommended, confidence, referentDays, officerDays }: EpciImpact): boolean {
  return [recommended, confidence, referentDays, officerDays].some(({ before, after }) => before !== after)
}

function counts<Key extends string>(
  keys: readonly Key[],
  of: (key: Key, end: 'before' | 'after') => number,
): Readonly<Record<Key, Shift<number>>> {
  return Object.fromEntries(
    keys.map((key) => [key, { before: of(key, 'before'), after: of(key, 'after') }]),
  ) as Record<Key, Shift<number>>
}
