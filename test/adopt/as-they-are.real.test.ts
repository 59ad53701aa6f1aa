import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readColumns } from '../../src/config/columns-file.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { remove } from '../../src/nocodb/provision/remove.ts'
import { LIEUX } from './bases.ts'
import type { OwnBase } from './bases.ts'
import { stage } from './stage.ts'
import type { Owned } from './stage.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** Titles as spreadsheets, telephones and French typography make them. */
const TITLES = {
  nom: 'Nom ',
  commune: '📍 Commune',
  code_postal: 'Code\u202fpostal',
  adresse: ' Adresse',
  telephone: 'Téléphone  ',
  horaires: 'Horaires\n(été)',
  courriels: 'Courriel de l’accueil',
  step: 'Étape ',
} as const
const STRANGE: OwnBase = {
  name: 'As they are',
  tables: [
    {
      title: 'Lieux d’accueil ',
      columns: [...Object.values(TITLES), 'EPCI de l’acteur ', 'Note ', 'Note'].map((title) =>
        title === TITLES.step ? { title, uidt: 'SingleSelect', choices: ['Contacté'] } : { title },
      ),
      rows: LIEUX.map((one) => ({
        [TITLES.nom]: one.name,
        [TITLES.commune]: one.commune,
        [TITLES.code_postal]: one.postal,
        [TITLES.adresse]: one.street,
        [TITLES.telephone]: one.frenchPhone,
        [TITLES.horaires]: one.hours,
        [TITLES.courriels]: one.email,
        [TITLES.step]: 'Contacté',
        ...{ 'Note ': 'une note', Note: 'une autre' },
        'EPCI de l’acteur ': one.epci,
      })),
    },
  ],
  truth: {},
  fair: [],
}

describe('titles and keys as people have them (NocoDB on PostgreSQL)', () => {
  let test: Awaited<ReturnType<typeof stage>>
  let before: Owned
  beforeAll(async () => {
    test = await stage(inject('postgresNocodb'), STRANGE)
    before = await test.owned()
  })
  afterAll(() => test.close())

  it('are kept by NocoDB to the last space, adopted so, and completed beside', async () => {
    const { columns } = before[0]!
    const kept = (columns as { title: string }[]).map(({ title }) => title)
    expect(kept).toEqual(expect.arrayContaining(Object.values(TITLES)))
    expect((await test.portrea('adopt', '--yes')).code).toBe(0)
    const { actors } = readColumns(test.config)
    expect(actors.title).toBe('Lieux d’accueil ')
    const named = Object.keys(TITLES).map((key) => [key, actors.columns[key as keyof typeof TITLES].title])
    expect(Object.fromEntries(named)).toMatchObject({ ...TITLES })
    await provision(test.base, test.desired())
    expect((await provision(test.base, test.desired())).steps).toEqual([])
  })

  it('are read and written, with a key of another title beside a column « Id » of people', async () => {
    const { id } = test.base.table('Lieux d’accueil ')
    const table = (await test.meta.dbTable.read(id)) as unknown as { columns: Record<string, unknown>[] }
    const key = table.columns.find(({ pk }) => Boolean(pk))!
    await test.meta.dbTableColumn.update(String(key['id']), { ...key, title: 'N° de fiche' })
    await test.meta.dbTableColumn.create(id, {
      title: 'Id',
      column_name: 'their_id',
      uidt: 'SingleLineText',
    } as never)
    const { refused, counts, reported } = await test.sync()
    expect([refused, counts.actorsRead]).toEqual([[], LIEUX.length])
    expect(counts.cellsWritten).toBeGreaterThan(LIEUX.length)
    expect(reported.map(({ message }) => message).join()).not.toMatch(/N° de fiche/u)
    expect((await test.sync()).counts.cellsWritten).toBe(0)
    const done = JSON.parse(
      (await test.portrea('adopt', '--link-epcis', 'EPCI de l’acteur ', '--yes', '--json')).stdout,
    )
    expect(done).toMatchObject({ linked: LIEUX.length, refused: [] })
    const { list } = (await test.meta.dbDataTableRow.list(id, { limit: 100 })) as unknown as {
      list: Record<string, unknown>[]
    }
    expect(
      list.every((row) => row['Complétude (%)'] !== null && row['EPCI'] !== null && row['Id'] === null),
    ).toBe(true)
  })

  it('are what they were once Portrea is removed', async () => {
    const { kept } = await remove(test.base, test.desired())
    expect(kept).toEqual([])
    const columnsAndRows = (owned: Owned) =>
      owned.map(({ columns, rows }) => [
        (columns as { title: string }[]).map(({ title }) => title),
        (rows as Record<string, unknown>[])
          .map((row) => JSON.stringify(Object.values(TITLES).map((title) => row[title])))
          .toSorted(),
      ])
    expect(columnsAndRows(await test.owned())).toEqual(columnsAndRows(before))
  })
})
