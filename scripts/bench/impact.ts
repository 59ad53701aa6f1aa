import { configDirectory } from '../../src/app.ts'
import { readRules } from '../../src/config/rules-file.ts'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { ChoiceKey, Situation } from '../../src/domain/diagnostic.ts'
import { rulesImpact } from '../../src/domain/rules-impact.ts'

/** As many as there are in France. */
const EPCIS = 1255

/** How long it takes to hold proposed rules against those at hand, for every EPCI of France, from stored inputs. */
const rules = readRules(configDirectory())
const { generaliste } = rules.referentials.referentials
const [first, second, ...others] = generaliste.criteria
const criteria = [
  { ...first!, weight: first!.weight - 15 },
  { ...second!, weight: second!.weight + 15 },
  ...others,
]
const referentials = { ...rules.referentials.referentials, generaliste: { ...generaliste, criteria } }
const proposed = { ...rules, referentials: { ...rules.referentials, referentials } }
const inputs = Array.from({ length: EPCIS }, (_, at) => ({
  ...{ siren: String(200_000_000 + at), name: `EPCI ${at + 1}`, retained: null },
  situation: situationOf(at),
}))
const begin = performance.now()
const { changed } = rulesImpact(inputs, rules, proposed)
const milliseconds = performance.now() - begin
console.log(JSON.stringify({ epcis: EPCIS, changed: changed.length, milliseconds: Math.round(milliseconds) }))

/** A third of the questions unanswered, the other answers in turn. */
function situationOf(at: number): Situation {
  const answers = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key, place) => {
    const values = ANSWER_VALUES[key]
    return [key, (at + place) % 3 === 0 ? null : values[(at * 7 + place * 3) % values.length]] as const
  })
  const share = ((at * 37) % 100) / 100
  return {
    answers: { ...Object.fromEntries(answers), meetingsPerYear: at % 5 } as Situation['answers'],
    observed: {
      ...{ completeness: 100 * share, freshness: (at * 13) % 100, contactedShare: share },
      ...{ participationRate: at % 4 === 0 ? null : 1 - share, communesCovered: share },
    },
    drivers: { expectedParticipationRate: share, actors: at % 90 },
    listed: { referents: at % 3 },
  }
}
