import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lostFrom, tooFewRows, turnedTooMany } from '../../src/domain/brake.ts'
import type { BaseCounts } from '../../src/domain/brake.ts'
import { brakeSentence, heldSentence, releasedSentence } from '../../src/domain/brake-sentences.ts'
import { BrakeRules } from '../../src/domain/rules/brake.ts'
import { plain } from '../helpers/plain.ts'

const rules = BrakeRules.parse({})
const base = (actors: number, filled: Readonly<Record<string, number>> = {}, epcis = 5): BaseCounts => ({
  actors: { rows: actors, filled },
  epcis: { rows: epcis, filled: {} },
})

describe('what is gone from a base', () => {
  it.each([
    ['a record in ten', 100, 90, false],
    ['more than a record in ten', 100, 89, true],
    ['half of the records', 100, 50, true],
    ['every record', 100, 0, true],
    ['one record of a few', 4, 3, false],
    ['two records of a few', 4, 2, true],
    ['nothing of nothing', 0, 0, false],
    ['records that came', 100, 500, false],
  ])('%s', (_, before, now, held) => {
    const codes = lostFrom(base(before), base(now), rules).map(({ code }) => code)
    expect(codes).toEqual(held ? ['rows.missing'] : [])
  })

  it.each([
    ['a column emptied', 100, 0, true],
    ['a third of its cells', 100, 69, true],
    ['fewer of its cells', 100, 70, false],
    ['two cells of two', 2, 0, false],
    ['three cells of three', 3, 0, true],
    ['a column that was empty', 0, 0, false],
    ['cells that were filled', 10, 100, false],
  ])('%s', (_, before, now, held) => {
    const found = lostFrom(base(100, { siret: before }), base(100, { siret: now }), rules)
    expect(found).toEqual(
      held ? [{ code: 'column.emptied', table: 'actors', column: 'siret', before, now }] : [],
    )
  })

  it('holds a table of few rows to less: half of its rows', () => {
    expect(lostFrom(base(9, {}, 10), base(9, {}, 5), rules)).toEqual([])
    expect(lostFrom(base(9, {}, 10), base(9, {}, 4), rules)).toMatchObject([{ table: 'epcis', now: 4 }])
  })

  it('takes no link for emptied that went with the EPCI it led to', () => {
    const before = base(30, { epci: 30, nom: 30 }, 3)
    expect(lostFrom(before, base(30, { epci: 10, nom: 30 }, 2), rules)).toEqual([])
    expect(lostFrom(before, base(30, { epci: 10, nom: 30 }, 3), rules)).toMatchObject([{ column: 'epci' }])
    expect(lostFrom(before, base(30, { epci: 10, nom: 10 }, 2), rules)).toMatchObject([{ column: 'nom' }])
  })

  it('says nothing of what was not counted the last time, or is not now', () => {
    const before = { actors: { rows: 10, filled: { nom: 10 } } }
    const now = { actors: { rows: 10, filled: { siret: 0 } }, days: { rows: 0, filled: {} } }
    expect(lostFrom(before, now, rules)).toEqual([])
    expect(lostFrom({ days: { rows: 9, filled: {} } }, {}, rules)).toEqual([])
  })

  const counts = fc.record({
    actors: table('nom', 'siret', 'epci'),
    epcis: table('siren'),
    diagnostics: table('aim', 'epci'),
  })

  it('never holds a base that lost nothing, however it grew', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const grown = Object.fromEntries(
          Object.entries(one).map(([key, { rows, filled }]) => {
            const more = other[key as keyof typeof other]
            return [
              key,
              {
                rows: rows + more.rows,
                filled: Object.fromEntries(
                  Object.entries(filled).map(([name, cells]) => [name, cells + (more.filled[name] ?? 0)]),
                ),
              },
            ]
          }),
        )
        expect(lostFrom(one, one, rules)).toEqual([])
        expect(lostFrom(one, grown, rules)).toEqual([])
      }),
    )
  })

  it('holds what is worse wherever it holds what is better', () => {
    const row = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(row, row, row, (before, now, less) => {
        const worse = Math.min(now, less)
        if (tooFewRows('actors', before, now, rules))
          expect(tooFewRows('actors', before, worse, rules)).toBe(true)
        const emptied = (cells: number) =>
          lostFrom(base(5000, { nom: before }), base(5000, { nom: cells }), rules).length > 0
        if (emptied(now)) expect(emptied(worse)).toBe(true)
      }),
    )
  })

  it('never lets an answer of no rows through, where there were two', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 100_000 }), (some, rows) => {
        const before = { ...some, actors: { ...some.actors, rows } }
        const now = { ...some, actors: { rows: 0, filled: {} } }
        expect(lostFrom(before, now, rules)).toContainEqual({
          ...{ code: 'rows.missing', table: 'actors', before: rows, now: 0 },
        })
      }),
    )
  })
})

describe('recommendations that turn', () => {
  it.each([
    [50, 10, false],
    [50, 11, true],
    [3, 1, false],
    [3, 2, true],
    [0, 0, false],
  ])('of %i EPCI, %i: held %s', (epcis, turned, held) => {
    expect(turnedTooMany({ epcis, turned }, rules)).toEqual(
      held ? [{ code: 'recommendations.turned', epcis, turned }] : [],
    )
  })
})

describe('what people read of it', () => {
  const title = (table: string, column: string | null) =>
    ({ actors: 'Fiches', siret: 'SIRET ou RNA' })[column ?? table] ?? '?'

  it.each([
    [
      { code: 'rows.missing', table: 'actors', before: 1200, now: 0 } as const,
      "« Fiches » n'a plus aucune ligne : il y en avait 1 200.",
    ],
    [
      { code: 'rows.missing', table: 'actors', before: 1200, now: 7 } as const,
      "« Fiches » n'a plus que 7 lignes : il y en avait 1 200.",
    ],
    [
      { code: 'column.emptied', table: 'actors', column: 'siret', before: 1200, now: 0 } as const,
      "La colonne « SIRET ou RNA » de « Fiches » n'est plus remplie nulle part : elle l'était sur 1 200 lignes.",
    ],
    [
      { code: 'column.emptied', table: 'actors', column: 'siret', before: 1200, now: 12 } as const,
      "La colonne « SIRET ou RNA » de « Fiches » n'est plus remplie que sur 12 lignes : elle l'était sur 1 200 lignes.",
    ],
    [
      { code: 'recommendations.turned', epcis: 59, turned: 20 } as const,
      'Le référentiel recommandé changerait pour 20 EPCI sur 59, sans que ni les règles ni les réponses aient changé.',
    ],
  ])('tells %o in the words of the base', (reason, sentence) => {
    expect(plain(brakeSentence(reason, title))).toBe(sentence)
  })

  it('says what, why, and both ways out', () => {
    const said = heldSentence(
      [{ code: 'rows.missing', table: 'actors', before: 9, now: 0 }],
      { rows: 2, cells: 5 },
      title,
    )
    expect(said.split('\n')).toHaveLength(3)
    expect(plain(said)).toMatch(
      /rien n'a été écrit[^]*5 cellules sur 2 lignes[^]*--dry-run[^]*--accept[^]*réparez/,
    )
    expect(releasedSentence('accepted')).toContain('sync --accept')
    expect(releasedSentence('mended')).toContain('de nouveau')
  })
})

function table(...columns: readonly string[]) {
  return fc.integer({ min: 0, max: 3000 }).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      filled: fc.record(Object.fromEntries(columns.map((key) => [key, fc.integer({ min: 0, max: rows })]))),
    }),
  )
}
