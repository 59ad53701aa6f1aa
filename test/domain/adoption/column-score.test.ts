import { describe, expect, it } from 'vitest'
import { scoreColumn } from '../../../src/domain/adoption/column-score.ts'
import { adoption } from '../../adopt/proposed.ts'
import { profile } from './profiles.ts'

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

  it('weighs a near name by how near it is, and says which it was', () => {
    const { near } = adoption.evidence
    const named = scoreColumn(pivot, { name: 'SIRET', likeness: 0.5 }, null, adoption)
    expect(named).toEqual({ score: near * 0.5, evidence: [{ kind: 'name', name: 'SIRET', exact: false }] })
    expect(scoreColumn(pivot, null, null, adoption)).toEqual({ score: 0, evidence: [] })
  })

  it('hears values from as many on as are wanted', () => {
    const { least } = adoption.sample
    const of = (filled: number) => scoreColumn(pivot, null, profile({ siret: 1 }, filled), adoption).score
    expect([of(least - 1), of(least) > 0]).toEqual([0, true])
  })

  it('goes in proportion between what contradicts and what confirms', () => {
    const { agree, contradict, contradicted, exact: known } = adoption.evidence
    const share = (agree + contradict) / 2
    const { score, evidence } = scoreColumn(pivot, exact, profile({ siret: share }), adoption)
    const confirmed = 1 - (1 - known) * (1 - adoption.shapes.siret.tells * share)
    expect(score).toBeCloseTo((confirmed + known * contradicted) / 2, 9)
    expect(evidence.at(-1)).toEqual({ kind: 'values', shape: 'siret', share, verdict: 'doubts' })
    const at = (one: number) => scoreColumn(pivot, exact, profile({ siret: one }), adoption).evidence.at(-1)
    expect([at(agree), at(contradict)]).toMatchObject([{ verdict: 'confirms' }, { verdict: 'contradicts' }])
  })

  it('goes by the shape that tells most where several are expected', () => {
    const both = { key: 'siren', shapes: ['siren', 'epci_siren'] as const, anything: false }
    const shapeOf = (shares: Parameters<typeof profile>[0]) =>
      scoreColumn(both, null, profile(shares), adoption).evidence.at(-1)
    expect(shapeOf({ siren: 1, epci_siren: 1 })).toMatchObject({ shape: 'epci_siren', share: 1 })
    expect(shapeOf({ siren: 1, epci_siren: 0.1 })).toMatchObject({ shape: 'siren', share: 1 })
    expect(shapeOf({ siren: 0, epci_siren: 0 })).toMatchObject({ shape: 'siren', share: 0 })
  })

  it('is contradicted only by values of most rows, of a shape that tells much, where they have no place', () => {
    const byName = adoption.evidence.exact
    const free = { key: 'remarque', shapes: [], anything: false }
    const of = (shares: Parameters<typeof profile>[0], place: Parameters<typeof scoreColumn>[0] = free) =>
      scoreColumn(place, exact, profile(shares), adoption).score
    const { agree, contradicted } = adoption.evidence
    expect(of({ email: agree })).toBe(byName * contradicted)
    expect(of({ email: agree - 0.01 })).toBe(byName)
    expect(of({ date: 1 })).toBe(byName)
    expect(of({ latitude: 1 })).toBe(byName * contradicted)
    expect(of({ email: 1 }, { ...free, anything: true })).toBe(byName)
    expect(of({})).toBe(byName)
  })

  it('looks for what our own column accepts', () => {
    const typologie = { key: 'typologie', shapes: ['accepted'] as const, anything: false }
    const values = { ...profile({}), accepted: new Map([['typologie', 0.9]]) }
    expect(scoreColumn(typologie, null, values, adoption).evidence).toEqual([
      { kind: 'values', shape: 'accepted', share: 0.9, verdict: 'confirms' },
    ])
    const other = { ...typologie, key: 'itinerance' }
    expect(scoreColumn(other, null, values, adoption)).toEqual({ score: 0, evidence: [] })
  })
})
