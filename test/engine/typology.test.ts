import { describe, expect, it } from 'vitest'
import { listComputed } from '../../src/store/computed.ts'
import { FIGURES } from '../../src/store/inbox.ts'
import { saveNeedFigures } from '../../src/store/need-figures.ts'
import { getReport } from '../../src/store/reports.ts'
import { markStaleEpcis } from '../../src/engine/stale-epcis.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import type { DoubleBase } from '../helpers/double-base.ts'
import { PREFILLED } from '../helpers/prefilled-actor.ts'

const BREST = '242900314'
const RENNES = '243500139'
const NOTHING_THERE = {
  ...{
    Date: '2026-09-01',
    Gouvernance: 'Aucune',
    'Feuille de route': 'Aucune',
    'Référent·e·s désigné·e·s': 'Aucun',
  },
  ...{ "Réseau d'acteurs": 'Aucun', 'Rencontres par an': 0, Objectif: 'Pas encore défini' },
  ...{
    'Engagement politique': 'Aucun',
    Outil: 'Aucun',
    "Usage de l'outil": 'Aucun',
    "Maîtrise de l'outil": 'Aucune',
  },
}
const rows = {
  EPCI: [
    { Nom: 'Brest Métropole', SIREN: BREST, Population: 213_403 },
    { Nom: 'Rennes Métropole', SIREN: RENNES },
  ],
  Diagnostics: [{ ...NOTHING_THERE, EPCI_id: 1 }],
  Acteurs: [{ ...PREFILLED, EPCI_id: 1 }],
}
const type = ({ double }: DoubleBase, id = 1) => double.table('EPCI').get(id)?.['Type de territoire']
const imports = ({ parts }: DoubleBase, value: number) =>
  saveNeedFigures(
    parts.store,
    { columns: ['total'], sirens: [BREST] },
    new Map([[BREST, [{ column: 'total', value, source: 'La Mednum', year: 2023 }]]]),
    '2026-11-24T10:00:00.000Z',
  )

describe('« Type de territoire »', () => {
  it('is written, follows a person’s « Fragilité », and a second run writes nothing', async () => {
    const base = await doubleBase(rows)
    await base.sync()
    expect([type(base), type(base, 2)]).toEqual(['Trop peu connu', 'Trop peu connu'])
    base.double.table('EPCI').update(1, { 'Fragilité (1–10)': 7.5 })
    expect((await base.sync()).counts.refused).toBe(0)
    expect(type(base)).toBe('À amorcer')
    expect((await base.sync()).counts.cellsWritten).toBe(0)
    expect(base.double.table('EPCI').get(1)?.['Fragilité (1–10)']).toBe(7.5)
  })

  it('follows an imported figure, which no cell shows, and gives way to what a person writes', async () => {
    const base = await doubleBase(rows)
    await base.sync()
    await imports(base, 8)
    await base.sync()
    expect(type(base)).toBe('À amorcer')
    expect(base.double.table('EPCI').get(1)?.['Fragilité (1–10)'] ?? null).toBeNull()
    expect(await getReport(base.parts.store, BREST)).toMatchObject({
      report: {
        typology: {
          degree: 1,
          need: { figures: [{ value: 8, from: 'import', source: 'La Mednum', year: 2023 }, {}] },
        },
        imported: [{ column: 'total', value: 8 }],
      },
    })
    base.double.table('EPCI').update(1, { 'Fragilité (1–10)': 3.2 })
    await base.sync()
    expect(await getReport(base.parts.store, BREST)).toMatchObject({
      report: { typology: { degree: 0.4, need: { figures: [{ value: 3.2, from: 'person' }, {}] } } },
    })
  })

  it('says that a fragility off its scale does not count', async () => {
    const base = await doubleBase({ ...rows, EPCI: [{ ...rows.EPCI[0], 'Fragilité (1–10)': 55 }] })
    const { reported } = await base.sync()
    expect(reported).toContainEqual(
      expect.objectContaining({
        code: 'epci.odd_fragility',
        count: 1,
        rows: [1],
        message: expect.stringMatching(/Fragilité/),
      }),
    )
    expect(type(base)).toBe('Trop peu connu')
  })

  it('is looked at again, between two nights, where figures were imported', async () => {
    const base = await doubleBase(rows)
    await base.sync(all)
    const { store } = base.parts
    expect((await listComputed(store, base.parts.base.id)).size).toBe(2)
    expect(await markStaleEpcis(base.parts)).toBe(0)
    await imports(base, 8)
    expect(await markStaleEpcis(base.parts)).toBe(1)
    const due = await store.db.selectFrom('inbox').select(['about', 'record']).execute()
    expect(due).toEqual([{ about: FIGURES, record: BREST }])
  })
})
