import { describe, expect, it } from 'vitest'
import type { FactorKey, Referential } from '../../src/domain/diagnostic.ts'
import type { Maturity } from '../../src/domain/maturity.ts'
import { choose } from '../../src/domain/recommendation.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

type Weights = Partial<Record<FactorKey, number>>

/** Rules in which each référentiel asks factors alone: its points are the sum of weight × score / 100. */
function simple(
  weights: Readonly<Record<Referential, Weights>>,
  over: Partial<Pick<ReferentialRules, 'confidence' | 'general'>> = {},
): ReferentialRules {
  const { referentials } = rules.referentials
  const criteriaOf = (own: Weights) =>
    Object.entries(own).map(([factor, weight]) => ({
      ...{ key: factor, factor: factor as FactorKey, weight, inverted: false },
      ...{ yes: 'oui', partly: 'plutôt', no: 'non' },
    }))
  return {
    ...rules.referentials,
    ...over,
    referentials: {
      generaliste: { ...referentials.generaliste, criteria: criteriaOf(weights.generaliste) },
      outil: { ...referentials.outil, criteria: criteriaOf(weights.outil) },
      reseau: { ...referentials.reseau, criteria: criteriaOf(weights.reseau) },
    },
  }
}

/** Factors with these scores; those that are left out are unknown. */
function factors(scores: Partial<Record<FactorKey, number>>): Maturity {
  const of = (key: FactorKey) => ({ score: scores[key] ?? null, level: null, coverage: 1, indicators: [] })
  return {
    governance: of('governance'),
    network: of('network'),
    orientation: of('orientation'),
    tooling: of('tooling'),
  }
}

const aim = (value: 'none' | 'database' | null) => situation({ answers: { aim: value } })
const BOUNDS = { high: 10, low: 3, coverage: 0.5 }

describe('the choice of a référentiel', () => {
  it('goes to the first of those with equal points: généraliste, outil, réseau', () => {
    const equal = simple({
      generaliste: { network: 100 },
      outil: { governance: 100 },
      reseau: { governance: 100 },
    })
    expect(choose(aim('database'), factors({ governance: 80, network: 0 }), equal).recommended).toBe('outil')
    expect(choose(aim('database'), factors({ governance: 80, network: 80 }), equal).recommended).toBe(
      'generaliste',
    )
  })

  describe('by an exception', () => {
    const weights = {
      generaliste: { network: 100 },
      outil: { governance: 60, tooling: 40 },
      reseau: { network: 100 },
    }
    const known = factors({ governance: 100, network: 20 }) // tooling unknown: coverage 0.6

    it('is told where it overrules more points, and only there', () => {
      const overruled = choose(aim('none'), known, simple(weights))
      expect(overruled).toMatchObject({ recommended: 'generaliste', exception: 'aim_none' })
      expect(overruled.confidence.level).toBe('low')
      const agreed = choose(aim('none'), factors({ governance: 0, network: 90, tooling: 0 }), simple(weights))
      expect(agreed).toMatchObject({ recommended: 'generaliste', exception: null })
    })

    it('is made for an unknown aim where less is known than the bound, not where just as much is', () => {
      const at = (coverage: number) => choose(aim(null), known, simple(weights, { general: { coverage } }))
      expect(at(0.6)).toMatchObject({ recommended: 'outil', exception: null })
      expect(at(0.61)).toMatchObject({ recommended: 'generaliste', exception: 'aim_unknown' })
      const answered = choose(aim('database'), known, simple(weights, { general: { coverage: 1 } }))
      expect(answered).toMatchObject({ recommended: 'outil', exception: null })
    })
  })

  describe('is as sure as', () => {
    /** Outil 50 and réseau 40 points, everything known. */
    const apart = (confidence: ReferentialRules['confidence']) =>
      choose(
        aim('database'),
        factors({ governance: 50, network: 40, orientation: 10 }),
        simple(
          { generaliste: { orientation: 100 }, outil: { governance: 100 }, reseau: { network: 100 } },
          { confidence },
        ),
      ).confidence

    it.each([
      ['the margin reaches the high bound', { ...BOUNDS, high: 10 }, 'high'],
      ['the margin is just under the high bound', { ...BOUNDS, high: 10.01 }, 'medium'],
      ['the margin is the low bound', { ...BOUNDS, high: 20, low: 10 }, 'medium'],
      ['the margin is under the low bound', { ...BOUNDS, high: 20, low: 10.01 }, 'low'],
    ] as const)('%s', (_, bounds, level) => {
      expect(apart(bounds)).toMatchObject({ level, margin: 10, guaranteed: 10, coverage: 1 })
    })

    /** Outil 75 points of [50, 100], coverage 0.5; the others 50, known. */
    const open = (confidence: ReferentialRules['confidence'], others = 50) =>
      choose(
        aim('database'),
        factors({ governance: 100, network: others }),
        simple(
          { generaliste: { network: 100 }, outil: { governance: 50, tooling: 50 }, reseau: { network: 100 } },
          { confidence },
        ),
      ).confidence

    it('nothing unknown can change it: a tie at the worst is not sure', () => {
      expect(open(BOUNDS)).toMatchObject({ level: 'medium', margin: 25, guaranteed: 0 })
      expect(open(BOUNDS, 49.9).level).toBe('high')
    })

    it('much is known: the bound itself is enough, less is weak whatever the margin', () => {
      expect(open({ ...BOUNDS, coverage: 0.5 })).toMatchObject({ level: 'medium', coverage: 0.5 })
      expect(open({ ...BOUNDS, coverage: 0.51 }).level).toBe('low')
    })
  })
})
