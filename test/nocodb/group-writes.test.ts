import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupWrites } from '../../src/nocodb/group-writes.ts'
import type { Change, Means, Piece } from '../../src/nocodb/group-writes.ts'

const BULK: Means = { bulk: true, linked: true, same: 300, each: 100 }

const rows = (count: number, cells: (index: number) => Change['cells']): Change[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, cells: cells(index) }))

/** What the database would hold after all the pieces. */
function written(pieces: readonly Piece[]): Map<number, Record<string, unknown>> {
  const base = new Map<number, Record<string, unknown>>()
  for (const piece of pieces) {
    for (const { id, cells } of piece.rows) {
      base.set(id, { ...base.get(id), ...(piece.shape === 'same' ? piece.cells : cells) })
    }
  }
  return base
}

describe('changes shared out among requests', () => {
  it('writes one value of many rows in one request', () => {
    const pieces = groupWrites(
      rows(600, () => ({ Fraîcheur: 'À jour' })),
      BULK,
    )
    expect(pieces.map(({ shape, rows: some }) => [shape, some.length])).toEqual([
      ['same', 300],
      ['same', 300],
    ])
  })

  it('writes columns that go together in the same requests', () => {
    const changes = rows(300, (index) => ({ Manque: `m${index % 3}`, Complétude: (index % 3) * 10 }))
    const pieces = groupWrites(changes, BULK)
    expect(pieces).toHaveLength(3)
    expect(pieces.every(({ shape }) => shape === 'same')).toBe(true)
  })

  it('writes columns that do not go together apart', () => {
    const changes = rows(900, (index) => ({ Un: index % 30, Deux: Math.floor(index / 30) }))
    expect(groupWrites(changes, BULK)).toHaveLength(60)
  })

  it('writes rows that share nothing in batches where those are cheap, else each by itself', () => {
    const changes = rows(250, (index) => ({ Nom: `n${index}`, Fraîcheur: 'À jour' }))
    expect(groupWrites(changes, BULK)).toHaveLength(250)
    const pieces = groupWrites(changes, { ...BULK, linked: false })
    expect(pieces.map(({ shape, rows: some }) => [shape, some.length])).toEqual([
      ['each', 100],
      ['each', 100],
      ['each', 50],
    ])
  })

  it('asks for larger groups where rows are cheap to write', () => {
    const changes = rows(60, (index) => ({ Nom: `n${index % 10}` }))
    expect(groupWrites(changes, BULK)[0]?.shape).toBe('same')
    expect(groupWrites(changes, { ...BULK, linked: false })[0]?.shape).toBe('each')
  })

  it('keeps to batches where there is no bulk-update-all', () => {
    const pieces = groupWrites(
      rows(25, () => ({ Nom: 'x' })),
      { ...BULK, bulk: false, each: 10 },
    )
    expect(pieces.map(({ rows: some }) => some.length)).toEqual([10, 10, 5])
  })

  it('writes every cell once, and nothing else', () => {
    const cell = fc.constantFrom('a', 'b', 1, null)
    const cells = fc.dictionary(fc.constantFrom('A', 'B', 'C'), cell, { minKeys: 1 })
    const means = fc.record({ bulk: fc.boolean(), linked: fc.boolean(), same: fc.nat(9), each: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 60 }), means, (all, sizes) => {
        const changes = rows(all.length, (index) => ({ ...all[index] }))
        const pieces = groupWrites(changes, { ...sizes, same: sizes.same + 1, each: sizes.each + 1 })
        expect(written(pieces)).toEqual(new Map(changes.map(({ id, cells: one }) => [id, one])))
        const sent = pieces.flatMap((piece) =>
          piece.rows.map(({ cells: one }) => Object.keys(piece.shape === 'same' ? piece.cells : one).length),
        )
        const wanted = changes.reduce((sum, { cells: one }) => sum + Object.keys(one).length, 0)
        expect(sent.reduce((sum, count) => sum + count, 0)).toBe(wanted)
      }),
    )
  })
})
