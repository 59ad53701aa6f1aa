import { describe, expect, it } from 'vitest'
import type { Answers, Observed, Referential } from '../../src/domain/diagnostic.ts'
import { choose } from '../../src/domain/recommendation.ts'
import type { ObservedKey } from '../../src/domain/rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

type Weights = Partial<Record<ObservedKey, number>>
const WORDS = { yes: 'oui', rather: 'plutôt', hardly: 'guère', no: 'non' }

/** Rules in which each référentiel asks figures alone, and an aim that stands for it: points are weight × figure. */
function simple(
  weights: Readonly<Record<Referential, Weights>>,
  over: Partial<Pick<ReferentialRules, 'confidence' | 'general'>> = {},
): typeof rules {
  const { referentials } = rules.referentials
  const of = (key: Referential) => ({
    ...referentials[key],
    requires: [],
    criteria: Object.entries(weights[key]).map(([figure, weight]): CriterionRule => ({
      ...{ key: figure, mean: [figure as ObservedKey], weight, inverted: false, ...WORDS },
    })),
  })
  return {
    ...rules,
    referentials: {
      ...rules.referentials,
      ...over,
      referentials: { generaliste: of('generaliste'), outil: of('outil'), reseau: of('reseau') },
    },
  }
}

const known = (aim: Answers['aim'], observed: Partial<Observed>) => situation({ answers: { aim }, observed })
const BOUNDS = { high: 10, low: 3, coverage: 0.5 }

describe('the choice of a référentiel', () => {
  it('goes to the first of those with equal points: généraliste, outil, réseau', () => {
    const equal = simple({
      generaliste: { freshness: 100 },
      outil: { completeness: 100 },
      reseau: { completeness: 100 },
    })
    const of = (freshness: number) =>
      choose(known('database', { completeness: 80, freshness }), equal).recommended
    expect(of(0)).toBe('outil')
    expect(of(80)).toBe('generaliste')
  })

  describe('by an exception', () => {
    const weights = {
      generaliste: { freshness: 100 },
      outil: { completeness: 60, communesCovered: 40 },
      reseau: { freshness: 100 },
    }
    const seen = { completeness: 100, freshness: 20 } // communes unknown: coverage (1 + 0.6 + 1) / 3

    it('is told where it overrules more points, and only there', () => {
      const overruled = choose(known('none', seen), simple(weights))
      expect(overruled).toMatchObject({ recommended: 'generaliste', exception: 'aim_none' })
      expect(overruled.confidence.level).toBe('low')
      expect(overruled.confidence.heldBackBy).toContain('exception')
      const agreed = choose(
        known('none', { completeness: 0, freshness: 90, communesCovered: 0 }),
        simple(weights),
      )
      expect(agreed).toMatchObject({ recommended: 'generaliste', exception: null })
    })

    it('is made for an unknown aim where less is known than the bound, not where just as much is', () => {
      const at = (coverage: number) => choose(known(null, seen), simple(weights, { general: { coverage } }))
      const coverage = (1 + 0.6 + 1) / 3
      expect(at(coverage)).toMatchObject({ recommended: 'outil', exception: null, reading: 'a_priori' })
      expect(at(coverage + 0.01)).toMatchObject({ recommended: 'generaliste', exception: 'aim_unknown' })
      const answered = choose(known('database', seen), simple(weights, { general: { coverage: 1 } }))
      expect(answered).toMatchObject({ recommended: 'outil', exception: null, reading: 'aim' })
    })
  })

  describe('is as sure as', () => {
    /** Outil 50 and réseau 40 points, everything known. */
    const apart = (confidence: ReferentialRules['confidence']) =>
      choose(
        known('database', { completeness: 50, freshness: 40, communesCovered: 0.1 }),
        simple(
          { generaliste: { communesCovered: 100 }, outil: { completeness: 100 }, reseau: { freshness: 100 } },
          { confidence },
        ),
      ).confidence

    it.each([
      ['the margin reaches the high bound', { ...BOUNDS, high: 10 }, 'high', []],
      ['the margin is just under the high bound', { ...BOUNDS, high: 10.01 }, 'medium', ['margin']],
      ['the margin is the low bound', { ...BOUNDS, high: 20, low: 10 }, 'medium', ['margin']],
      ['the margin is under the low bound', { ...BOUNDS, high: 20, low: 10.01 }, 'low', ['margin']],
    ] as const)('%s', (_, bounds, level, heldBackBy) => {
      expect(apart(bounds)).toMatchObject({ level, margin: 10, guaranteed: 10, coverage: 1, heldBackBy })
    })

    /** Outil 75 points of [50, 100]; the others have `others` points, known. */
    const open = (confidence: ReferentialRules['confidence'], others = 50) =>
      choose(
        known('database', { completeness: 100, freshness: others }),
        simple(
          {
            generaliste: { freshness: 100 },
            outil: { completeness: 50, communesCovered: 50 },
            reseau: { freshness: 100 },
          },
          { confidence },
        ),
      ).confidence

    it('nothing unknown can change it: a tie at the worst is not sure', () => {
      expect(open(BOUNDS)).toMatchObject({
        level: 'medium',
        margin: 25,
        guaranteed: 0,
        heldBackBy: ['guaranteed'],
      })
      expect(open(BOUNDS, 49.9).level).toBe('high')
    })

    it('much is known, in the mean of the three: the bound itself is enough, less is weak whatever the margin', () => {
      const coverage = (1 + 0.5 + 1) / 3
      expect(open({ ...BOUNDS, coverage })).toMatchObject({ level: 'medium', coverage })
      expect(open({ ...BOUNDS, coverage: coverage + 0.01 })).toMatchObject({
        level: 'low',
        heldBackBy: ['coverage', 'guaranteed'],
      })
    })
  })

  it('moves the same unknown of both sides at once: what both share guarantees what the intervals alone would not', () => {
    const shared = simple({
      generaliste: { freshness: 100 },
      outil: { communesCovered: 80, completeness: 20 },
      reseau: { communesCovered: 80, freshness: 20 },
    })
    const { intervals, confidence } = choose(known('database', { completeness: 100, freshness: 0 }), shared)
    expect(intervals).toMatchObject({ outil: [20, 100], reseau: [0, 80] })
    expect(confidence.guaranteed).toBe(20)
  })
})

describe('what a référentiel asks for', () => {
  const asked = (answers: Partial<Answers>) => {
    const { preconditions } = choose(situation({ answers }), rules)
    return Object.fromEntries(preconditions.map(({ key, met }) => [key, met]))
  }

  it.each([
    [{}, { 'outil.referents': null, 'reseau.network': null }],
    [
      { referents: 'none', network: 'none' },
      { 'outil.referents': false, 'reseau.network': false },
    ],
    [
      { referents: 'one', network: 'informal' },
      { 'outil.referents': true, 'reseau.network': false },
    ],
    [
      { referents: 'pair', network: 'constituted' },
      { 'outil.referents': true, 'reseau.network': true },
    ],
    [{ network: 'facilitated' }, { 'outil.referents': null, 'reseau.network': true }],
  ] as const)('of %o is %o', (answers, met) => {
    expect(asked(answers)).toEqual(met)
  })

  it('is said first, and keeps the confidence from being high', () => {
    const answers = { aim: 'networking', network: 'informal', commitment: 'funded' } as const
    const { recommended, confidence, preconditions } = choose(situation({ answers }), rules)
    expect(recommended).toBe('reseau')
    expect(confidence.heldBackBy).toContain('precondition:reseau.network')
    expect(preconditions.find(({ key }) => key === 'reseau.network')?.sentence).toMatch(
      /^Préalable.: constituer/u,
    )
  })
})

describe('answers that contradict each other', () => {
  const told = (answers: Partial<Answers>, referents?: number) => {
    const known = situation({ answers, ...(referents === undefined ? {} : { referents }) })
    return choose(known, rules).contradictions.map(({ key }) => key)
  }

  it.each([
    [{ network: 'none', meetingsPerYear: 3 }, ['network.meetings']],
    [{ network: 'none', meetingsPerYear: 0 }, []],
    [{ network: 'informal', meetingsPerYear: 3 }, []],
    [{ network: 'none' }, []],
    [{ network: 'facilitated', meetingsPerYear: 0 }, ['network.never_meets']],
    [{ tool: 'none', use: 'occasional' }, ['tool.use']],
    [{ tool: 'none', use: 'none', mastery: 'autonomous' }, ['tool.mastery']],
    [{ tool: 'spreadsheet', use: 'regular', mastery: 'autonomous' }, []],
    [{ governance: 'none', roadmap: 'adopted' }, ['governance.roadmap']],
    [{ governance: 'planned', roadmap: 'adopted' }, []],
  ] as const)('%o: %o', (answers, keys) => {
    expect(told(answers)).toEqual(keys)
  })

  it('are also those of the form and of the table « Référents », where it is known to name nobody', () => {
    expect(told({ referents: 'pair' }, 0)).toEqual(['referents.listed'])
    expect(told({ referents: 'pair' }, 2)).toEqual([])
    expect(told({ referents: 'pair' })).toEqual([])
    expect(told({ referents: 'none' }, 0)).toEqual([])
  })
})
