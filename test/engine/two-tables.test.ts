import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { partOf, rowOf } from '../../src/domain/record-id.ts'
import { actorTables } from '../../src/nocodb/actor-tables.ts'
import { rememberNames } from '../../src/engine/known-base.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { backUp } from '../../src/store/backup.ts'
import { openStore } from '../../src/store/database.ts'
import { recordsBetween } from '../../src/store/records.ts'
import { all, doubleBase, settings } from '../helpers/double-base.ts'
import type { DoubleBase } from '../helpers/double-base.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import { planLeft, startLiveService } from '../helpers/live-service.ts'
import { plain } from '../helpers/plain.ts'
import { ASSOCIATIONS, columnsWith, TWO_TABLES } from '../helpers/two-tables.ts'

const EPCI = [
  { Nom: 'Brest Métropole', SIREN: '242900314' },
  { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
]
const place = (nom: string, more: Values = {}): Values => ({
  Nom: nom,
  Commune: 'Brest',
  'Code INSEE': '29019',
  'Code postal': '29200',
  EPCI_id: 1,
  ...more,
})
const association = (nom: string, more: Values = {}): Values => ({
  Dénomination: nom,
  Ville: 'Brest',
  CP: '29200',
  EPCI_id: 1,
  ...more,
})

async function twoTables(acteurs: readonly Values[], associations: readonly Values[]) {
  const base = await doubleBase(
    { EPCI, Acteurs: acteurs, Associations: associations },
    { columns: TWO_TABLES },
  )
  const cell = (table: string, id: number, title: string) =>
    plain(String(base.double.table(table).get(id)?.[title] ?? ''))
  const report = async (siren = '242900314') =>
    (await base.sync({ ...all, dryRun: true })).reports.find((one) => one.siren === siren)
  return { ...base, cell, report }
}

describe('two tables of actors', () => {
  it('are one census: each row has its own cells, an EPCI its figures over both', async () => {
    const { sync, cell, double } = await twoTables(
      [place('Médiathèque'), place('Mairie')],
      [association('Emmaüs Connect'), association('Club informatique', { Tél: '02 98' })],
    )
    const { reports, counts } = await sync()
    expect(counts.actorsRead).toBe(4)
    expect(reports.map(({ siren, actors, records }) => [siren, actors, records])).toEqual([
      ['242900314', 4, 4],
      ['200068120', 0, 0],
    ])
    for (const id of [1, 2]) {
      expect(Number(cell('Associations', id, 'Complétude (%)'))).toBeGreaterThan(0)
    }
    expect(cell('Associations', 1, 'À compléter')).toMatch(
      /^Il manque au moins un moyen de contact et le numéro SIRET ou RNA\. \d+ autres informations attendues n'ont pas de colonne dans cette table\.$/u,
    )
    expect(cell('Associations', 1, 'Anomalies')).toBe('')
    expect(cell('Associations', 2, 'Anomalies')).toContain('[telephone.invalid]')
    expect(cell('Associations', 1, 'Anomalies') + cell('Acteurs', 1, 'Anomalies')).not.toContain('telephone')
    expect(double.table('EPCI').get(1)?.["Nombre d'acteurs"]).toBe(4)
    expect((await sync()).counts.cellsWritten).toBe(0)
    expect((await sync({ ...all, whole: true })).counts).toMatchObject({ cellsWritten: 0, differing: 0 })
  })

  it('is judged row by row: an edit of one never touches the row of the same number in the other', async () => {
    const { sync, cell, double } = await twoTables([place('Médiathèque')], [association('Emmaüs Connect')])
    await sync()
    const before = double.table('Acteurs').get(1)
    double.table('Associations').update(1, { Tél: '02 98' })
    const { counts } = await sync()
    expect(counts.rowsWritten).toBeLessThanOrEqual(2) // the row, and its EPCI
    expect(cell('Associations', 1, 'Anomalies')).toContain('[telephone.invalid]')
    expect(double.table('Acteurs').get(1)).toEqual(before)
    expect((await sync()).counts.cellsWritten).toBe(0)
  })

  it('fills the empty link of a row to its EPCI in whichever table it is, once', async () => {
    const without = association('Emmaüs Connect', { EPCI_id: null })
    const { sync, cell, double } = await twoTables([place('Médiathèque')], [without])
    expect((await sync()).counts.linked).toBe(1)
    expect(double.table('Associations').get(1)?.['EPCI_id']).toBe(1)
    expect(cell('Associations', 1, 'EPCI rattaché par Portrea')).toBe('Brest Métropole (n° 1)')
    await sync()
    double.table('Associations').update(1, { EPCI_id: null })
    await sync()
    expect(double.table('Associations').get(1)?.['EPCI_id']).toBeNull()
    expect(cell('Associations', 1, 'À compléter')).toContain('retiré à la main')
  })

  it('keeps the place of a table where config/columns.yaml names it in another order or by another title', async () => {
    const clubs = { title: 'Clubs', columns: { nom: 'Nom' } }
    const [one, other] = [columnsWith(ASSOCIATIONS, clubs), columnsWith(clubs, ASSOCIATIONS)]
    const { double, parts, sync } = await doubleBase(
      {
        EPCI,
        Acteurs: [place('Médiathèque')],
        Associations: [association('Emmaüs')],
        Clubs: [{ Nom: 'Club' }],
      },
      { columns: one },
    )
    await sync()
    const ids = [...(await recordsBetween(parts.store, parts.base.id, 0, Number.MAX_SAFE_INTEGER)).keys()]
    expect(ids.map(rowOf)).toEqual([1, 1, 1])
    expect(ids.map(partOf).filter((part) => part === 0)).toHaveLength(1)
    const { counts } = await sync({ ...all, whole: true }, { columns: other })
    expect(counts).toMatchObject({ actorsRead: 3, cellsWritten: 0, differing: 0 })
    expect([
      ...(await recordsBetween(parts.store, parts.base.id, 0, Number.MAX_SAFE_INTEGER)).keys(),
    ]).toEqual(ids)
    expect(double.table('Clubs').get(1)?.['Complétude (%)']).toBeGreaterThan(0)
  })
})

describe('tables of actors that cannot be one census', () => {
  it('say so of a row whose number is too great to stand beside those of the other', async () => {
    const { parts } = await twoTables([place('Médiathèque')], [association('Emmaüs')])
    const [, second] = actorTables(parts.base, TWO_TABLES).tables
    expect(() => second?.idOf(2 ** 32)).toThrow(
      /La ligne 4294967296 de «.Associations.» a un numéro .* trop grand/u,
    )
    const [only] = actorTables(parts.base, settings.columns).tables
    expect(only?.idOf(2 ** 32)).toBe(2 ** 32)
  })
})

describe('one place in two tables', () => {
  const same = { Téléphone: '02 98 00 00 00', Courriels: 'port@example.org' }
  const twin = { Tél: '02 98 00 00 00', Mail: 'port@example.org' }
  const filler = place('Mairie annexe')

  it('is proposed on both sides, by number and table, and counts once in its EPCI', async () => {
    const { sync, cell } = await twoTables(
      [filler, place('Espace du Port', same)],
      [association('Espace du Port', twin)],
    )
    const { reports } = await sync()
    expect(cell('Acteurs', 2, 'Doublons possibles')).toContain('(fiche n° 1 de « Associations »)')
    expect(cell('Associations', 1, 'Doublons possibles')).toContain('(fiche n° 2 de « Acteurs »)')
    expect(cell('Acteurs', 1, 'Doublons possibles')).toBe('')
    expect(reports[0]).toMatchObject({ actors: 2, records: 3 })
    expect((await sync()).counts.cellsWritten).toBe(0)
    expect((await sync({ ...all, whole: true })).counts).toMatchObject({ cellsWritten: 0, differing: 0 })
  })

  it('names its « Identifiant », and where it stands', async () => {
    const { sync, cell } = await twoTables(
      [place('Espace du Port', { ...same, Identifiant: 'structure-7' })],
      [association('Espace du Port', twin)],
    )
    await sync()
    expect(cell('Associations', 1, 'Doublons possibles')).toContain(
      '(structure-7, fiche n° 1 de « Acteurs »)',
    )
  })

  it.each([
    ['Acteurs', 2, 'fiche n° 1 de « Associations »'],
    ['Acteurs', 2, 'Associations 1'],
    ['Acteurs', 2, '12 | 1 (associations)'],
    ['Associations', 1, '« Espace du Port » (fiche n° 2 de « Acteurs ») : même nom, même téléphone'],
    ['Associations', 1, "n°2 d'Acteurs"],
  ])('is two where a row of « %s » says so: %s %s', async (table, id, word) => {
    const { sync, cell, double } = await twoTables(
      [filler, place('Espace du Port', same)],
      [association('Espace du Port', twin)],
    )
    await sync()
    double.table(table).update(id, { 'Pas un doublon de': word })
    const { reports } = await sync()
    expect([cell('Acteurs', 2, 'Doublons possibles'), cell('Associations', 1, 'Doublons possibles')]).toEqual(
      ['', ''],
    )
    expect(reports[0]).toMatchObject({ actors: 3, records: 3 })
    expect((await sync({ ...all, whole: true })).counts).toMatchObject({ cellsWritten: 0, differing: 0 })
  })

  it.each([
    ['Acteurs', 2, '1'],
    ['Acteurs', 2, 'fiche n° 1'],
    ['Associations', 1, '2'],
    ['Associations', 1, '1 de « Acteurs »'],
  ])(
    'stays one where a number names a row of the table where it stands: %s %s %s',
    async (table, id, word) => {
      const { sync, cell, double } = await twoTables(
        [filler, place('Espace du Port', same)],
        [association('Espace du Port', twin)],
      )
      await sync()
      double.table(table).update(id, { 'Pas un doublon de': word })
      await sync()
      expect(cell('Acteurs', 2, 'Doublons possibles')).toContain('Associations')
    },
  )

  it('is gone from the other side when one of them is deleted', async () => {
    const { sync, cell, double } = await twoTables(
      [filler, place('Espace du Port', same)],
      [association('Espace du Port', twin), association('Club')],
    )
    await sync()
    double.table('Associations').delete(1)
    const { reports } = await sync()
    expect(cell('Acteurs', 2, 'Doublons possibles')).toBe('')
    expect(reports[0]).toMatchObject({ actors: 3, records: 3 })
  })
})

describe('a second table of actors that people rename', () => {
  type Double = DoubleBase['double']
  const column = (double: Double) => {
    const table = double.table('Associations')
    table.rename(
      table.fields.find(({ title }) => title === 'Tél')!,
      'Téléphone du bureau',
    )
  }
  const table = (double: Double) => void (double.table('Associations').title = 'Clubs')

  it.each<[string, (double: Double) => void, RegExp, string]>([
    [
      'a column',
      column,
      /La colonne «.Tél.» de «.Associations.» s.appelle maintenant «.Téléphone du bureau.»/u,
      'Associations',
    ],
    ['the table', table, /La table «.Associations.» s.appelle maintenant «.Clubs.»/u, 'Clubs'],
  ])('is followed, and it is said: %s', async (_, rename, said, title) => {
    const { sync, parts, double } = await twoTables(
      [place('Médiathèque')],
      [association('Emmaüs', { Tél: '02 98 00 00 00' })],
    )
    await sync()
    await rememberNames(parts.store, parts.base)
    rename(double)
    await parts.base.refresh()
    const { counts, reported } = await sync({ ...all, whole: true })
    expect(counts).toMatchObject({ actorsRead: 2, cellsWritten: 0, differing: 0 })
    expect(reported.find(({ code }) => code === 'schema.renamed')?.message).toMatch(said)
    double.table(title).update(1, { Ville: 'Nulle part' })
    await sync()
    expect(String(double.table(title).get(1)?.['Anomalies'])).toContain('[commune.')
  })
})

describe('a table of actors that goes', () => {
  const rows = [association('Emmaüs Connect'), association('Club informatique')]

  it('stops the run where it left the base, and says so', async () => {
    const { sync, parts } = await twoTables([place('Médiathèque')], rows)
    await sync()
    const { base } = parts
    const tables = new Map([...base.tables].filter(([title]) => title !== 'Associations'))
    const away = {
      ...base,
      tables,
      drifts: [{ kind: 'missing', known: true, table: 'Associations', column: null }],
    }
    await expect(sync(all, { base: away as never })).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [expect.stringMatching(/La table «\sAssociations\s» n.est plus dans NocoDB/u)],
    })
  })

  it('is held by the brake where config/columns.yaml names it no more; once accepted, its records count no more', async () => {
    const { sync, double, parts } = await twoTables([place('Médiathèque')], rows)
    await sync()
    const { columns } = settings
    const { held } = await sync(all, { columns })
    expect(held?.reasons).toMatchObject([
      {
        code: 'table.left',
        sentence: expect.stringMatching(/«\sAssociations\s» n.est plus parmi .* 2\sfiches/u),
      },
    ])
    expect(double.table('EPCI').get(1)?.["Nombre d'acteurs"]).toBe(3)
    const { reports } = await sync({ ...all, accept: true }, { columns })
    expect(reports[0]).toMatchObject({ actors: 1, records: 1 })
    expect(double.table('EPCI').get(1)?.["Nombre d'acteurs"]).toBe(1)
    expect((await recordsBetween(parts.store, parts.base.id, 0, Number.MAX_SAFE_INTEGER)).size).toBe(1)
    expect((await sync(all, { columns })).counts.cellsWritten).toBe(0)
  })

  it('is held where all its rows went at once, however few of the census they are', async () => {
    const many = Array.from({ length: 40 }, (_, at) => place(`Lieu ${at}`))
    const { sync, double } = await twoTables(many, rows)
    await sync()
    for (const id of [1, 2]) double.table('Associations').delete(id)
    const { held } = await sync()
    expect(held?.reasons.map(({ sentence }) => plain(sentence))).toEqual([
      "« Associations » n'a plus aucune ligne : il y en avait 2.",
    ])
  })

  it('is held where one of its columns was emptied, by its own name', async () => {
    const clubs = Array.from({ length: 6 }, (_, at) =>
      association(`Club ${at}`, { Mail: `c${at}@example.org` }),
    )
    const { sync, double } = await twoTables([place('Médiathèque')], clubs)
    await sync()
    for (let id = 1; id <= 6; id++) double.table('Associations').update(id, { Mail: null })
    const { held } = await sync()
    expect(held?.reasons.map(({ sentence }) => plain(sentence))).toEqual([
      expect.stringContaining("La colonne « Mail » de « Associations » n'est plus remplie nulle part"),
    ])
  })
})

describe('live work on two tables of actors', () => {
  it('changes the figures of an EPCI a moment after an edit in either, by their webhooks', async () => {
    const test = await makeLiveDouble(TWO_TABLES)
    onTestFinished(() => test.close())
    const { double, base } = test
    for (const row of EPCI) double.table('EPCI').insert(row)
    double.table('Acteurs').insert(place('Médiathèque', { EPCI_id: 1 }))
    double.table('Associations').insert(association('Emmaüs Connect', { EPCI_id: 1 }))
    await runSync(test.parts, all)
    const service = await startLiveService(test, double)
    onTestFinished(() => service.stop())
    await service.settled()
    test.hooks(service.url)
    const before = double.table('Acteurs').get(1)
    const send = (method: 'POST' | 'PATCH' | 'DELETE', body: object) =>
      base.http.send({
        ...{ method, body: [body] },
        path: `/api/v2/tables/${base.table('Associations').id}/records`,
      })
    const actors = (epci: number) => double.table('EPCI').get(epci)?.["Nombre d'acteurs"]
    await send('PATCH', { Id: 1, Tél: '02 98' })
    await service.settled()
    expect(String(double.table('Associations').get(1)?.['Anomalies'])).toContain('[telephone.invalid]')
    expect(double.table('Acteurs').get(1)).toEqual(before)
    await send('POST', association('Club informatique', { EPCI_id: 2 }))
    await service.settled()
    expect([actors(1), actors(2)]).toEqual([2, 1])
    const copy = join(test.dataDir, 'copy', 'portrea.sqlite')
    mkdirSync(dirname(copy))
    await backUp(test.dataDir, copy)
    await send('DELETE', { Id: 1 })
    await service.settled()
    expect([actors(1), actors(2)]).toEqual([1, 1])
    expect(await planLeft(test)).toEqual([])
    const former = await openStore({ dataDir: dirname(copy) })
    onTestFinished(() => former.close())
    expect(await planLeft(test, { store: former }), 'by a copy made meanwhile').toEqual([])
  })

  it('holds the figures where the second was emptied at once, and forget none of its records', async () => {
    const test = await makeLiveDouble(TWO_TABLES)
    onTestFinished(() => test.close())
    const { double, base, parts } = test
    for (const row of EPCI) double.table('EPCI').insert(row)
    for (let at = 0; at < 30; at++) double.table('Acteurs').insert(place(`Lieu ${at}`))
    for (let at = 0; at < 3; at++) double.table('Associations').insert(association(`Club ${at}`))
    await runSync(parts, all)
    let suspected = 0
    const service = await startLiveService(test, double, { suspected: () => void (suspected += 1) })
    onTestFinished(() => service.stop())
    await service.settled()
    test.hooks(service.url)
    await base.http.send({
      method: 'DELETE',
      path: `/api/v2/tables/${base.table('Associations').id}/records`,
      body: [{ Id: 1 }, { Id: 2 }, { Id: 3 }],
    })
    await expect.poll(() => suspected, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(double.table('EPCI').get(1)?.["Nombre d'acteurs"]).toBe(33)
    expect((await recordsBetween(parts.store, base.id, 0, Number.MAX_SAFE_INTEGER)).size).toBe(33)
  })
})
