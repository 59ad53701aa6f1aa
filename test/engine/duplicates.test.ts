import { describe, expect, it } from 'vitest'
import type { FieldName } from '../../src/domain/fields.ts'
import { atOnce } from '../../src/domain/steps.ts'
import type { ActorRow } from '../../src/nocodb/actor-rows.ts'
import type { AssessedRecord } from '../../src/engine/assess-records.ts'
import { dayRules } from '../../src/engine/day-rules.ts'
import { duplicateChanges, shownTexts, wholeCross } from '../../src/engine/whole-cross.ts'
import { actorOf, geography } from '../domain/completeness/records.ts'
import { ONE_TABLE } from '../helpers/one-table.ts'
import { recordState } from '../helpers/record-state.ts'
import { rules } from '../helpers/rules.ts'

const CELL = 'Doublons possibles'

type Given = Partial<Record<FieldName, string>> & { readonly cell?: string; readonly word?: string | number }
const PLACE = { nom: "Espace d'accueil", commune: 'Brest', code_postal: '29200', telephone: '0298000000' }

/** The cells that change, by row; rows are numbered from 1. */
function changes(given: readonly Given[], { crowd = rules.duplicates.crowd } = {}) {
  const own = { ...rules, duplicates: { ...rules.duplicates, crowd } }
  const day = dayRules({ rules: own, geography }, '2026-11-24', { text: (text) => text, salt: '', id: '' })
  const cross = wholeCross(day, ONE_TABLE)
  const shown = shownTexts()
  for (const [at, { cell, word, ...fields }] of given.entries()) {
    const id = at + 1
    const notDuplicateOf = word === undefined ? null : String(word)
    const actor = actorOf(fields, { id: String(id), notDuplicateOf })
    if (cell !== undefined) shown.add(id, cell)
    const row = { id, actor } as ActorRow
    const comparable = day.pairing.comparable(actor)
    cross.add({ row, comparable, state: recordState() } as AssessedRecord)
  }
  const most = own.duplicates.shown
  const found = [
    ...duplicateChanges(atOnce(cross.pairs()), shown, { titleOf: () => CELL, most, called: ONE_TABLE }),
  ]
  const texts = found.map(({ id, cells: changed }) => [id, changed[CELL]] as const)
  return { texts: new Map(texts), found }
}

const plain = (text: unknown) => String(text).replaceAll(/[\u00a0\u202f]/gu, ' ')

describe('the cell « Doublons possibles »', () => {
  it('names the other record by its name and « Identifiant », and says why', () => {
    const { texts } = changes([
      { ...PLACE, id: 'structure-1' },
      { ...PLACE, id: 'structure-2' },
    ])
    expect(plain(texts.get(1))).toBe(
      '« Espace d’accueil » (structure-2) : même nom, même téléphone, même commune.',
    )
    expect(plain(texts.get(2))).toContain('(structure-1)')
  })

  it('names it by its number where there is no « Identifiant », or the same one twice', () => {
    expect(plain(changes([PLACE, PLACE]).texts.get(1))).toContain('(fiche n° 2)')
    const twice = changes([
      { ...PLACE, id: 'structure-1' },
      { ...PLACE, id: 'structure-1' },
    ])
    expect(plain(twice.texts.get(1))).toContain('(structure-1, fiche n° 2)')
  })

  it('says the commune where it is another one', () => {
    const { texts } = changes([
      { ...PLACE, adresse: '1 rue de Siam' },
      { ...PLACE, adresse: '1, r. de Siam', commune: 'Guilers', id: 'structure-2' },
    ])
    expect(plain(texts.get(1))).toMatch(/^« Espace d’accueil » \(Guilers, structure-2\) : .*\.$/)
    expect(plain(texts.get(2))).toContain('(Brest, fiche n° 1)')
  })

  it('puts the likeliest first, and counts those beyond the lines that fit', () => {
    const near = { ...PLACE, id: 'near', adresse: '1 rue de Siam' }
    const others = Array.from({ length: rules.duplicates.shown + 1 }, () => PLACE)
    const lines = plain(
      changes([{ ...PLACE, adresse: '1 rue de Siam' }, ...others, near]).texts.get(1),
    ).split('\n')
    expect(lines).toHaveLength(rules.duplicates.shown + 1)
    expect(lines[0]).toContain('(near)')
    expect(lines[1]).toContain('(fiche n° 2)')
    expect(lines.at(-1)).toBe('… et 2 autres fiches.')
  })

  it('stays as it is when nothing changed, and is emptied when nothing looks alike any more', () => {
    const [one, other] = [changes([PLACE, PLACE]).texts.get(1), changes([PLACE, PLACE]).texts.get(2)]
    expect(
      changes([
        { ...PLACE, cell: String(one) },
        { ...PLACE, cell: String(other) },
      ]).found,
    ).toEqual([])
    expect(changes([{ ...PLACE, cell: String(one) }]).texts.get(1)).toBeNull()
  })

  it.each<[string, string | number]>([
    ['its « Identifiant »', 'structure-2'],
    ['its « Identifiant » among others', 'structure-9 | STRUCTURE-2'],
    ['its number, as older entries do', '7, 2'],
    ['its number, in a column of numbers', 2],
    ['the whole line of the cell', '« Espace d’accueil » (structure-2) : même nom, même téléphone.'],
  ])('is silent for good on a record that a person denied by %s', (_, word) => {
    const twin = { ...PLACE, id: 'structure-2' }
    expect(changes([{ ...PLACE, word }, twin]).found).toEqual([])
    expect(changes([{ ...PLACE, word }, twin, { ...PLACE, id: 'structure-3' }]).texts.size).toBe(3)
  })

  it('is silent too where the denial stands on the other record', () => {
    expect(changes([PLACE, { ...PLACE, word: '1' }]).found).toEqual([])
  })

  it('is not written for a crowd', () => {
    expect(changes([PLACE, PLACE, PLACE], { crowd: 2 }).found).toEqual([])
  })
})
