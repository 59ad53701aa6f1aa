import { describe, expect, it } from 'vitest'
import type { Answers, Observed } from '../../src/domain/diagnostic.ts'
import { choose } from '../../src/domain/scoring.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { rules } from '../helpers/rules.ts'
import { judgedByFigures } from '../helpers/simple-rules.ts'
import { situation } from '../helpers/situations.ts'

const known = (aim: Answers['aim'], observed: Partial<Observed>) => situation({ answers: { aim }, observed })
const BOUNDS = { high: 10, low: 3, coverage: 0.5 }

describe('the choice of a référentiel', () => {
  describe('is as sure as', () => {
    /** Outil 75 points of [50, 100]; the others have `others` points, known. */
    const open = (confidence: ReferentialRules['confidence'], others = 50) =>
      choose(
        known('database', { completeness: 100, freshness: others }),
        judgedByFigures(
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
    const shared = judgedByFigures({
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
