import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { nearTie } from '../../src/domain/near-tie.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plain } from '../helpers/plain.ts'

const { workloads } = recommend(situation({}), rules)
const tie = (scores: readonly [number, number, number]) => {
  const [generaliste, outil, reseau] = scores
  const choice = { recommended: 'generaliste', scores: { generaliste, outil, reseau } } as const
  return nearTie(choice, workloads, rules.referentials)?.referentials ?? null
}

describe('near a tie', () => {
  it.each([
    [[60, 55, 20], null],
    [
      [60, 55.01, 20],
      ['generaliste', 'outil'],
    ],
    [
      [60, 20, 60],
      ['generaliste', 'reseau'],
    ],
    [
      [60, 56, 58],
      ['generaliste', 'reseau', 'outil'],
    ],
    [
      [40, 90, 20],
      ['generaliste', 'outil'],
    ],
  ] as const)('with the points %j the days of %j are shown', (scores, shown) => {
    expect(tie(scores)).toEqual(shown)
  })

  it('is not told as a small lead where an exception put the recommended one first', () => {
    const choice = { recommended: 'generaliste', scores: { generaliste: 45, outil: 60, reseau: 20 } } as const
    const told = plain(nearTie(choice, workloads, rules.referentials)!.sentence)
    expect(told).toMatch(/^« Généraliste » n'a pas le plus de points : la charge serait/u)
  })

  it('is told exactly where the margin is under the one that makes a confidence low, with the days of each', () => {
    fc.assert(
      fc.property(anySituation, (known) => {
        const report = recommend(known, rules)
        const { confidence, nearTie: found, why } = report
        expect(found === null).toBe(confidence.margin >= rules.referentials.confidence.low)
        if (found === null) return
        expect(found.referentials[0]).toBe(report.recommended)
        expect(why.at(-1)).toBe(found.sentence)
        const said = plain(found.sentence).match(/(\d+(?:,\d)?) (?:jours? pour les référent·e·s )?et/g) ?? []
        expect(said.map((text) => Number(text.split(' ')[0]!.replace(',', '.')))).toEqual(
          found.referentials.map((key) => report.workloads[key].referents.estimate),
        )
      }),
    )
  })

  it('names each référentiel once at most', () => {
    expect(new Set(tie([50, 50, 50])).size).toBe(REFERENTIALS.length)
  })
})
