import { describe, expect, it } from 'vitest'
import { cellReader, linkedReader, sameCell, wireCell } from '../../src/nocodb/cells.ts'
import type { Cell } from '../../src/nocodb/cells.ts'
import type { Column, ColumnKind } from '../../src/nocodb/schema.ts'

const column = (kind: ColumnKind): Column => ({
  id: 'c1',
  title: 'Colonne',
  wire: 'Colonne',
  uidt: 'X',
  kind,
  options: [],
  relatedTableId: null,
  system: false,
})

describe('a cell read', () => {
  it.each<[ColumnKind, unknown, Cell]>([
    ['text', '', null],
    ['text', ' a ', ' a '],
    ['number', '12.50', 12.5],
    ['number', null, null],
    ['number', '', null],
    ['boolean', 1, true],
    ['boolean', 0, false],
    ['boolean', null, false],
    ['multiselect', 'Eau,Énergie', 'Eau|Énergie'],
    ['multiselect', ['Eau', 'Énergie'], 'Eau|Énergie'],
    ['multiselect', [], null],
    ['date', '2026-11-23', '2026-11-23'],
    ['datetime', '2026-11-23 22:50:26+00:00', '2026-11-23T22:50:26Z'],
    ['datetime', '2026-11-23T23:50:26.123+01:00', '2026-11-23T22:50:26Z'],
    ['link', { id: 3, fields: {} }, 3],
    ['link', null, null],
    ['links', 12, 12],
    ['other', { a: 1 }, '{"a":1}'],
  ])('of kind %s: %j is %j', (kind, raw, cell) => {
    expect(cellReader(kind)(raw)).toBe(cell)
  })
})

describe('the record at the other end of a link', () => {
  it.each([
    ['Id', { Id: 3, Nom: 'x' }, 3],
    ['N° fiche', { 'N° fiche': 3, Id: 'EPCI 12' }, 3],
    ['id', { id: 3, fields: {} }, 3],
    ['Id', [{ Id: 3 }], 3],
    ['Id', { Nom: 'x' }, null],
    ['Id', null, null],
  ])('is told by the key « %s »: %j leads to %j', (key, raw, id) => {
    expect(linkedReader(key)(raw)).toBe(id)
  })
})

describe('a cell to write', () => {
  it.each<[ColumnKind, Cell]>([
    ['number', 'beaucoup'],
    ['number', true],
    ['boolean', 'oui'],
    ['date', '23/11/2026'],
    ['date', '2026-13-45'],
    ['datetime', 'hier'],
    ['link', 3],
  ])('of kind %s cannot be %j', (kind, cell) => {
    expect(wireCell(column(kind), cell)).toHaveProperty('fault')
  })

  it('is empty in one way only', () => {
    expect(wireCell(column('text'), '')).toEqual({ wire: null })
    expect(wireCell(column('number'), null)).toEqual({ wire: null })
    expect(wireCell(column('boolean'), null)).toEqual({ wire: false })
  })
})

describe('a cell kept', () => {
  it.each<[ColumnKind, Cell, Cell]>([
    ['number', 12, 12],
    ['text', '', null],
    ['boolean', null, false],
    ['multiselect', 'a|b', 'b|a'],
    ['datetime', '2026-01-02T04:04:05+01:00', '2026-01-02T03:04:05Z'],
    ['date', '2026-01-02T00:00:00Z', '2026-01-02'],
  ])('of kind %s: %j is the same as %j', (kind, sent, kept) => {
    expect(sameCell(kind, sent, kept)).toBe(true)
  })

  it.each<[ColumnKind, Cell, Cell]>([
    ['number', 12, null],
    ['number', 12, 12.5],
    ['text', 'a', 'a '],
    ['multiselect', 'a|b', 'a'],
    ['boolean', true, false],
  ])('of kind %s: %j is not %j', (kind, sent, kept) => {
    expect(sameCell(kind, sent, kept)).toBe(false)
  })
})
