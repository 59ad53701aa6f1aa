import fc from 'fast-check'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { Answers, ChoiceKey, Drivers, Observed, Situation } from '../../src/domain/diagnostic.ts'

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null })
const percent = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null })
const count = fc.option(fc.nat(400), { nil: null })

/** Every question, each answered or not. */
export const anyAnswers: fc.Arbitrary<Answers> = fc.record({
  ...(Object.fromEntries(
    (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key) => [
      key,
      fc.option(fc.constantFrom<string>(...ANSWER_VALUES[key]), { nil: null }),
    ]),
  ) as { [Key in ChoiceKey]: fc.Arbitrary<Answers[Key]> }),
  meetingsPerYear: fc.option(fc.nat(12), { nil: null }),
})

const anyObserved: fc.Arbitrary<Observed> = fc.record({
  completeness: percent,
  freshness: percent,
  contactedShare: share,
  participationRate: share,
  communesCovered: share,
})

const anyDrivers: fc.Arbitrary<Drivers> = fc.record({
  expectedParticipationRate: share,
  actors: count,
})

/** Any situation that the contract accepts. */
export const anySituation: fc.Arbitrary<Situation> = fc.record({
  answers: anyAnswers,
  observed: anyObserved,
  drivers: anyDrivers,
  listed: fc.record({ referents: fc.option(fc.nat(3), { nil: null }) }),
})

/** A situation of which nothing is known, with what a test wants known. */
export function situation(known: {
  answers?: Partial<Answers>
  observed?: Partial<Observed>
  drivers?: Partial<Drivers>
  referents?: number
}): Situation {
  return {
    answers: { ...NO_ANSWERS, ...known.answers },
    observed: { ...NOTHING_OBSERVED, ...known.observed },
    drivers: {
      expectedParticipationRate: null,
      actors: null,
      ...known.drivers,
    },
    listed: { referents: known.referents ?? null },
  }
}

const NO_ANSWERS: Answers = {
  governance: null,
  roadmap: null,
  referents: null,
  network: null,
  meetingsPerYear: null,
  aim: null,
  commitment: null,
  tool: null,
  use: null,
  mastery: null,
}

const NOTHING_OBSERVED: Observed = {
  completeness: null,
  freshness: null,
  contactedShare: null,
  participationRate: null,
  communesCovered: null,
}
