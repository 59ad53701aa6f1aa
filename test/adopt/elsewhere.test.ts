import { describe, expect, it } from 'vitest'
import { ELSEWHERE } from './elsewhere.ts'
import type { Elsewhere } from './elsewhere.ts'
import { LIEUX } from './bases.ts'
import { figures, liveTable, proposed, told } from './proposed.ts'

function measured({ table, columns }: Elsewhere) {
  const entries = Object.entries(columns)
  const live = liveTable(
    table,
    Object.fromEntries(entries.map(([title, [value]]) => [title, LIEUX.map(value)])),
  )
  const truth = Object.fromEntries(
    entries.flatMap(([title, [, key]]) => (key === null ? [] : [[`actors.${key}`, title]])),
  )
  return figures(told(proposed([live])), { ...truth, actors: table })
}

describe('columns as real lists of places name them', () => {
  it.each(ELSEWHERE)('$name: what is sure is right, what is asked begins with the right one', (list) => {
    const { wrong, askedWrong } = measured(list)
    expect([wrong, askedWrong]).toEqual([[], []])
  })

  it('finds seven places in ten without a question, and asks rightly about most of the others', () => {
    const all = ELSEWHERE.map(measured)
    const sum = (count: (one: (typeof all)[number]) => number) =>
      all.reduce((total, one) => total + count(one), 0)
    const places = sum((one) => one.places)
    expect(places).toBe(103)
    expect(sum(({ matched }) => matched) / places).toBeGreaterThan(0.7)
    expect(sum(({ matched, asked }) => matched + asked) / places).toBeGreaterThan(0.9)
  })
})
