import { describe, expect, it } from 'vitest'
import { counterfactuals, isAimChange } from '../../src/domain/counterfactual.ts'
import type { Answers, Observed, Referential } from '../../src/domain/diagnostic.ts'
import { outcomeOf } from '../../src/domain/scoring.ts'
import type { ObservedKey } from '../../src/domain/rules/maturity.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import type { CriterionRule } from '../../src/domain/rules/referentials.ts'
import { judgedBy, judgedByFigures, WORDS } from '../helpers/simple-rules.ts'
import { situation } from '../helpers/situations.ts'

/** What changes the recommendation, an aim left open on purpose aside: it hands the choice to « Généraliste ». */
function told(observed: Partial<Observed>, by: RecommendationRules, answers: Partial<Answers> = {}) {
  const one = situation({ answers: { aim: 'database', ...answers }, observed })
  const { recommended } = outcomeOf(one, by)
  return counterfactuals(one, recommended, by)
    .filter((found) => !isAimChange(found))
    .map(({ change, recommended, distance, margin }) => [
      ...[change, recommended, Number(distance.toFixed(9)), Number(margin.toFixed(9))],
    ])
}

const ONE_EACH = judgedByFigures({
  generaliste: { freshness: 100 },
  outil: { completeness: 100 },
  reseau: { contactedShare: 100 },
})

describe('what would change the recommendation', () => {
  it('is the nearest whole percent of each figure, nearest first, and how far ahead that would be', () => {
    expect(told({ completeness: 50, freshness: 35, contactedShare: 0.2 }, ONE_EACH)).toEqual([
      [{ completeness: 35 }, 'generaliste', 0.15, 0],
      [{ freshness: 50 }, 'generaliste', 0.15, 0],
      [{ contactedShare: 0.51 }, 'reseau', 0.31, 1],
    ])
  })

  it('is the next whole percent where that is enough, of a figure between two', () => {
    const two = { completeness: 50.4, freshness: 50.2, contactedShare: 0 }
    expect(told(two, ONE_EACH)).toEqual([
      [{ completeness: 50 }, 'generaliste', 0.004, 0.2],
      [{ freshness: 51 }, 'generaliste', 0.008, 0.6],
      [{ contactedShare: 0.51 }, 'reseau', 0.51, 0.6],
    ])
  })

  it('is found up to the very ends of a figure, and not where they are not enough', () => {
    expect(told({ completeness: 99, freshness: 0, contactedShare: 0 }, ONE_EACH)).toEqual([
      [{ completeness: 0 }, 'generaliste', 0.99, 0],
      [{ freshness: 99 }, 'generaliste', 0.99, 0],
      [{ contactedShare: 1 }, 'reseau', 1, 1],
    ])
    expect(told({ completeness: 100, freshness: 20, contactedShare: 0 }, ONE_EACH)).toEqual([
      [{ completeness: 20 }, 'generaliste', 0.8, 0],
      [{ freshness: 100 }, 'generaliste', 0.8, 0],
    ])
  })

  it('is searched from where the figure stands, on either side of the middle', () => {
    expect(told({ completeness: 30, freshness: 20, contactedShare: 0 }, ONE_EACH)).toEqual([
      [{ completeness: 20 }, 'generaliste', 0.1, 0],
      [{ freshness: 30 }, 'generaliste', 0.1, 0],
      [{ contactedShare: 0.31 }, 'reseau', 0.31, 1],
    ])
    expect(told({ completeness: 80, freshness: 70, contactedShare: 0 }, ONE_EACH)).toEqual([
      [{ completeness: 70 }, 'generaliste', 0.1, 0],
      [{ freshness: 80 }, 'generaliste', 0.1, 0],
      [{ contactedShare: 0.81 }, 'reseau', 0.81, 1],
    ])
  })

  it('moves what is unknown from the middle', () => {
    expect(told({ completeness: 40, contactedShare: 0 }, ONE_EACH)).toEqual([
      [{ completeness: 51 }, 'outil', 0.11, 1],
      [{ freshness: 39 }, 'outil', 0.11, 1],
      [{ contactedShare: 0.51 }, 'reseau', 0.51, 1],
    ])
    expect(told({ completeness: 40, contactedShare: 0.6 }, ONE_EACH)).toEqual([
      [{ freshness: 60 }, 'generaliste', 0.1, 0],
      [{ contactedShare: 0.5 }, 'generaliste', 0.1, 0],
      [{ completeness: 60 }, 'outil', 0.2, 0],
    ])
  })

  it('is told of both sides of a figure where they lead to two référentiels', () => {
    const by = judgedBy((key) => {
      const figure = key === 'outil' ? 'freshness' : 'completeness'
      return [{ ...WORDS, key: figure, weight: 100, mean: [figure], inverted: key === 'generaliste' }]
    })
    expect(told({ completeness: 50, freshness: 60 }, by)).toEqual([
      [{ completeness: 40 }, 'generaliste', 0.1, 0],
      [{ freshness: 50 }, 'generaliste', 0.1, 0],
      [{ completeness: 61 }, 'reseau', 0.11, 1],
    ])
  })

  it('comes, of moves as long, in the order of the clearer result', () => {
    const by = judgedByFigures({
      generaliste: { freshness: 50, participationRate: 50 },
      outil: { completeness: 100 },
      reseau: { contactedShare: 100 },
    })
    const observed = { completeness: 50, freshness: 40, participationRate: 0.4, contactedShare: 0.31 }
    expect(told(observed, by)).toEqual([
      [{ completeness: 40 }, 'generaliste', 0.1, 0],
      [{ contactedShare: 0.51 }, 'reseau', 0.2, 1],
      [{ freshness: 60 }, 'generaliste', 0.2, 0],
      [{ participationRate: 0.6 }, 'generaliste', 0.2, 0],
    ])
  })

  it('comes, of results as clear, in the order of the référentiels, then of the figures', () => {
    const by = judgedByFigures({
      generaliste: { contactedShare: 100 },
      outil: { completeness: 100 },
      reseau: { freshness: 100 },
    })
    const found = told({ completeness: 50.5, freshness: 31, contactedShare: 0.31 }, by)
    expect(found.slice(1)).toEqual([
      [{ contactedShare: 0.51 }, 'generaliste', 0.2, 0.5],
      [{ freshness: 51 }, 'reseau', 0.2, 0.5],
    ])
  })

  describe('of an answer', () => {
    const fits = { none: 0, informal: 0.6, constituted: 0.7, facilitated: 0.8 }
    const by = judgedBy((key) => [
      key === 'reseau'
        ? { ...WORDS, key: 'network', weight: 100, answer: 'network', says: {}, fits }
        : { ...WORDS, key: 'data', weight: 100, mean: [key === 'outil' ? 'completeness' : 'freshness'] },
    ])
    const network = (answer: Answers['network'], own = by) =>
      told({ completeness: 50, freshness: 0 }, own, { network: answer }).filter(
        ([change]) => 'network' in (change as object),
      )

    it('is the nearest of those that lead to the same référentiel', () => {
      expect(network('none')).toEqual([[{ network: 'informal' }, 'reseau', 0.333_333_333, 10]])
      expect(network('informal')).toEqual([[{ network: 'none' }, 'outil', 0.333_333_333, 50]])
      expect(network('facilitated')).toEqual([[{ network: 'none' }, 'outil', 1, 50]])
    })

    it('starts from the middle where nobody knows it, or the rules do not hold what was answered', () => {
      const [, recommended, distance] = network(null)[0]!
      expect([recommended, distance]).toEqual(['reseau', 0.166_666_667])
      const steps = ['none', 'informal', 'constituted']
      const measured = (of: object) => {
        const { factors } = by.maturity
        const indicators = factors.network.indicators.flatMap((one) =>
          one.key !== 'network' ? one : 'none' in of ? [] : { ...one, ...of },
        )
        const network = { ...factors.network, indicators }
        return { ...by, maturity: { ...by.maturity, factors: { ...factors, network } } }
      }
      expect(network('facilitated', measured({ steps }))).toEqual([[{ network: 'none' }, 'outil', 0.5, 50]])
      // An answer that no factor measures is as far as can be from any other.
      expect(network('none', measured({ none: true }))).toEqual([
        [{ network: 'facilitated' }, 'reseau', 1, 30],
      ])
    })
  })

  it('comes last where it is the aim, however near', () => {
    const one = situation({
      answers: { aim: 'database' },
      observed: { completeness: 99, freshness: 0, contactedShare: 0 },
    })
    const found = counterfactuals(one, 'outil', ONE_EACH)
    expect(found.map((each) => [Object.keys(each.change)[0], each.distance.toFixed(2)])).toEqual([
      ...[
        ['completeness', '0.99'],
        ['freshness', '0.99'],
        ['contactedShare', '1.00'],
        ['aim', '1.00'],
      ],
    ])
    expect(found.map(isAimChange)).toEqual([false, false, false, true])
    expect(found.at(-1)).toMatchObject({ change: { aim: 'none' }, recommended: 'generaliste', margin: -99 })
    // From one aim to another is no step at all, and the answer and the figure still come first.
    const aims = { none: 0.5, mutual_knowledge: 0, database: 0, networking: 0 }
    const aimed = (key: Referential, data: ObservedKey, fits: typeof aims): CriterionRule[] => [
      { ...WORDS, key: 'aim', weight: 50, answer: 'aim', says: {}, fits },
      { ...WORDS, key, weight: 50, mean: [data] },
    ]
    const by = judgedBy((key) => {
      if (key === 'outil') return aimed(key, 'completeness', { ...aims, database: 1 })
      if (key === 'reseau') return aimed(key, 'freshness', { ...aims, networking: 1 })
      const fits = { none: 0, informal: 0, constituted: 1, facilitated: 1 }
      return [
        { ...WORDS, key: 'network', weight: 50, answer: 'network', says: {}, fits },
        { ...WORDS, key, weight: 50, mean: ['contactedShare'] },
      ]
    })
    const aimedAt = situation({
      answers: { aim: 'database', network: 'none' },
      observed: { completeness: 0, freshness: 0, contactedShare: 0 },
    })
    const ordered = counterfactuals(aimedAt, 'outil', by)
    expect(ordered.map(({ change }) => change)).toEqual([
      ...[
        { network: 'constituted' },
        { contactedShare: 1 },
        { aim: 'networking' },
        { aim: 'mutual_knowledge' },
      ],
    ])
    expect(ordered.map(({ distance }) => distance.toFixed(2))).toEqual(['0.67', '1.00', '0.00', '0.00'])
  })

  it('is told without what it was sorted by', () => {
    const one = situation({ answers: { aim: 'database' }, observed: { completeness: 50, freshness: 40 } })
    for (const found of counterfactuals(one, outcomeOf(one, ONE_EACH).recommended, ONE_EACH))
      expect(Object.keys(found).toSorted()).toEqual(['change', 'distance', 'margin', 'recommended'])
  })
})
