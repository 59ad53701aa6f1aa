import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identity, planImport } from '../../scripts/demo/import-actors.ts'
import { readActorFile } from '../../src/config/actor-file.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { Column, ColumnKind, Table } from '../../src/nocodb/schema.ts'

const columns = readColumns('config')
const parts = {
  table: actorsTable(),
  columns,
  geography: loadGeography(),
  epcis: new Map([['243500139', 7]]),
}

describe('a file loaded into the demo', () => {
  it('becomes rows under the names of the base, linked to the EPCI of their commune', () => {
    const { rows, faults } = planImport(file('a,Le Lieu,35238,BIB|RFS,"48,11",2024-04-02'), parts)
    expect(faults).toEqual([])
    expect(rows).toEqual([
      {
        Identifiant: 'a',
        Nom: 'Le Lieu',
        'Code INSEE': '35238',
        Typologie: 'BIB|RFS',
        Latitude: 48.11,
        'Date de mise à jour': '2024-04-02',
        EPCI: 7,
      },
    ])
  })

  it('tells, record by record, each value that its column cannot hold', () => {
    const { rows, faults } = planImport(file('b,Le Lieu,99999,BIB|Bibliobus,NC,30/02/2024'), parts)
    expect(rows).toEqual([
      { Identifiant: 'b', Nom: 'Le Lieu', 'Code INSEE': '99999', Typologie: 'BIB', EPCI: null },
    ])
    expect(faults).toHaveLength(3)
    for (const [index, value] of ['NC', 'Bibliobus', '30/02/2024'].entries()) {
      expect(faults[index]).toContain('Fiche b')
      expect(faults[index]).toContain(value)
    }
  })

  it('reads a day written the French way', () => {
    const { rows } = planImport(file('c,Le Lieu,35238,BIB,,02/04/2024'), parts)
    expect(rows[0]).toMatchObject({ 'Date de mise à jour': '2024-04-02' })
  })

  it('leaves alone the records that the base has already, by identifier or by name and place', () => {
    const named = identity({ id: null, nom: 'Sans identifiant', commune: null, adresse: null })
    const { rows } = planImport(
      file('a,Le Lieu,35238,,,\n,Sans identifiant,,,,\nd,Un autre,35238,,,'),
      parts,
      new Set(['a', named]),
    )
    expect(rows.map((row) => row['Nom'])).toEqual(['Un autre'])
  })
})

function file(lines: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'portrea-import-')), 'actors.csv')
  writeFileSync(path, `id,nom,code_insee,typologie,latitude,date_maj\n${lines}\n`)
  return readActorFile(path)
}

function actorsTable(): Table {
  const kinds: Partial<Record<string, ColumnKind>> = {
    latitude: 'number',
    longitude: 'number',
    date_maj: 'date',
    typologie: 'multiselect',
  }
  const made = FIELDS.map((field): [string, Column] => {
    const { title } = columns.actors.columns[field]
    const options = field === 'typologie' ? ['BIB', 'RFS'] : []
    const kind = kinds[field] ?? 'text'
    return [
      title,
      { id: field, title, wire: title, uidt: kind, kind, options, relatedTableId: null, system: false },
    ]
  })
  return {
    ...{ id: 't', title: 'Acteurs', keys: null, form: '', columns: new Map(made) },
    ...{ display: null, foreignKeys: new Map(), inverses: new Map() },
  }
}
