import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { readSettings } from '../../src/app.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { openStore } from '../../src/store/database.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import type { SyncOptions } from '../../src/sync/run-sync.ts'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { CONFIG } from '../helpers/rules.ts'

const settings = readSettings(CONFIG)
const geography = loadGeography()
const log = pino({ level: 'silent' })
const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }
const brest = { Nom: 'Brest Métropole', SIREN: '242900314' }
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A base on a double: the rows of each table, columns of another type than ours, tables that are missing. */
async function strangeBase(
  rows: Readonly<Record<string, readonly Values[]>>,
  {
    types = {},
    without = [],
  }: { types?: Readonly<Record<string, string>>; without?: readonly string[] } = {},
) {
  const { tables, links } = desiredSchema(settings.columns, settings.rules.completeness)
  const double = await startNocodbDouble({
    tables: tables
      .filter(({ title }) => !without.includes(title))
      .map(({ title, columns }) => ({
        title,
        rows: rows[title] ?? [],
        fields: columns.map((column) => ({
          title: column.title,
          type: types[`${title}.${column.title}`] ?? column.uidt,
          options: { choices: column.options },
        })),
      })),
    links: links.filter(({ parent, childTitle }) => parent === childTitle),
  })
  closing.push(() => double.stop())
  const folder = await mkdtemp(join(tmpdir(), 'portrea-strange-'))
  closing.push(() => rm(folder, { recursive: true }))
  const store = await openStore({ dataDir: folder })
  closing.push(() => store.close())
  const base = await openBase(
    { url: double.url, token: double.token, base: double.baseId },
    settings.nocodb,
    log,
  )
  closing.push(() => base.close())
  const { rules, columns } = settings
  const now = () => new Date('2026-11-24T10:00:00Z')
  return {
    double,
    sync: (options = all) => runSync({ base, store, log, rules, columns, geography, now }, options),
  }
}

describe('a synchronisation of a base that is not quite ours', () => {
  it('reads a journée kept as a moment as its day in Paris, and then has nothing more to write', async () => {
    const { double, sync } = await strangeBase(
      { EPCI: [brest], Journées: [{ Date: '2027-05-05 22:30:00+00:00', EPCI_id: 1 }] },
      { types: { 'Journées.Date': 'DateTime' } },
    )
    await sync()
    expect(double.table('EPCI').get(1)?.['Prochaine journée']).toBe('2027-05-06')
    expect((await sync()).counts.cellsWritten).toBe(0)
  })

  it.each([
    ['SingleLineText', '15/01/2020'],
    ['DateTime', '2020-01-15 10:00:00+00:00'],
  ])(
    'believes a date of update in a column of type %s, not the day NocoDB touched the row',
    async (type, said) => {
      const { double, sync } = await strangeBase(
        { Acteurs: [{ Nom: 'Espace', 'Date de mise à jour': said }] },
        { types: { 'Acteurs.Date de mise à jour': type } },
      )
      await sync()
      expect(double.table('Acteurs').get(1)?.['Fraîcheur']).toBe('À actualiser')
    },
  )

  it('does not believe a date of update that says nothing: the day NocoDB touched the row is better', async () => {
    const { double, sync } = await strangeBase({
      Acteurs: [
        { Nom: 'Espace', 'Date de mise à jour': '1970-01-01', UpdatedAt: '2026-11-01 10:00:00+00:00' },
      ],
    })
    await sync()
    expect(double.table('Acteurs').get(1)?.['Fraîcheur']).toBe('À jour')
  })

  it('takes a population of 0 for one that nobody wrote, and whole numbers of expected actors', async () => {
    const { sync } = await strangeBase({
      EPCI: [
        { ...brest, Population: 0 },
        { Nom: 'Rennes Métropole', SIREN: '243500139', 'Acteurs attendus': 12.4 },
      ],
    })
    const { reports } = await sync()
    const brestToday = geography.epci('242900314')!.population
    const expected = reports.map(({ prefill }) => prefill.expected)
    expect(expected).toEqual([
      Math.round((brestToday * settings.rules.referentials.expectedPer10000) / 10_000),
      12,
    ])
  })

  it('says that the table of its runs is missing before it writes anything', async () => {
    const { double, sync } = await strangeBase({ EPCI: [brest] }, { without: ['Synchronisations'] })
    await expect(sync()).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      message: expect.stringMatching(/"Synchronisations" is missing.*run provision/),
    })
    expect(double.table('EPCI').get(1)?.['Référentiel recommandé']).toBeNull()
  })

  it('plans a row once, and no table that stays as it is', async () => {
    const twin = { Nom: 'Espace', Commune: 'Brest', 'Code INSEE': '29019', Téléphone: '02 98 00 00 00' }
    const { sync } = await strangeBase({ Acteurs: [twin, twin] })
    const { plan } = await sync({ ...all, dryRun: true })
    expect(plan?.map(({ table }) => table)).toEqual(['Acteurs'])
    expect(plan?.[0]?.changes.map(({ id }) => id)).toEqual([1, 2])
    expect(plan?.[0]?.changes[0]?.cells).toHaveProperty('Doublons possibles')
  })
})
