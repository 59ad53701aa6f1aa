import { describe, expect, it } from 'vitest'
import { scoreColumn } from '../../../src/domain/adoption/column-score.ts'
import { SHAPES } from '../../../src/domain/rules/adoption.ts'
import type { ShapeKey } from '../../../src/domain/rules/adoption.ts'
import { adoption } from '../../adopt/proposed.ts'

const profile = (shares: Partial<Record<ShapeKey, number>>, filled = 50) => ({
  filled,
  shapes: Object.fromEntries(SHAPES.map((shape) => [shape, shares[shape] ?? 0])) as Record<
    (typeof SHAPES)[number],
    number
  >,
  accepted: new Map<string, number>(),
})
const pivot = { key: 'pivot', shapes: ['siret'] as const, anything: false }
const adresse = { key: 'adresse', shapes: ['street'] as const, anything: false }
const exact = { name: 'SIRET', likeness: 1 }
const { threshold, doubtful } = adoption

describe('scoreColumn', () => {
  it('takes a known name without values at its word', () => {
    expect(scoreColumn(pivot, exact, null, adoption).score).toBe(adoption.evidence.exact)
    expect(scoreColumn(pivot, exact, profile({}, 2), adoption).score).toBe(adoption.evidence.exact)
  })

  it('is surer of a name that values confirm, and doubts one that they contradict', () => {
    const confirmed = scoreColumn(pivot, exact, profile({ siret: 0.97 }), adoption)
    expect(confirmed.score).toBeGreaterThan(adoption.evidence.exact)
    expect(confirmed.evidence[1]).toMatchObject({ shape: 'siret', share: 0.97, verdict: 'confirms' })
    const contradicted = scoreColumn(pivot, exact, profile({ siret: 0 }), adoption)
    expect(contradicted.score).toBeLessThan(threshold)
    expect(contradicted.score).toBeGreaterThan(doubtful)
    expect(contradicted.evidence[1]).toMatchObject({ verdict: 'contradicts' })
  })

  it('asks about a column of 14-digit numbers whatever its name, and never takes it for sure', () => {
    const { score } = scoreColumn(pivot, null, profile({ siret: 1 }), adoption)
    expect(score).toBeGreaterThan(doubtful)
    expect(score).toBeLessThan(threshold)
  })

  it('doubts « Adresse » that holds e-mails, though nothing says what an address looks like', () => {
    const { score, evidence } = scoreColumn(
      adresse,
      { name: 'Adresse', likeness: 1 },
      profile({ email: 1 }),
      adoption,
    )
    expect(score).toBeLessThan(threshold)
    expect(evidence.at(-1)).toMatchObject({ kind: 'values', verdict: 'contradicts' })
  })

  it('never falls as more values look as they should', () => {
    const shares = Array.from({ length: 21 }, (_, step) => step / 20)
    const scores = shares.map((siret) => scoreColumn(pivot, exact, profile({ siret }), adoption).score)
    expect(scores).toEqual(scores.toSorted((one, other) => one - other))
  })
})
