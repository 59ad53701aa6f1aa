import { afterAll, beforeAll, expect, it } from 'vitest'
import { runSync } from '../../src/engine/run-sync.ts'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { plain } from '../helpers/plain.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const SIRENS = ['242900314', '243500139', '200068120']
const RECORDS = 24
const all = { trigger: 'night', dryRun: false, epcis: null } as const
const FIGURES = ['Acteurs', 'EPCI', 'Diagnostics', 'Conditions de réussite', 'Historique']

describeProduction('the brake', (nocodb) => {
  let test: TestBase
  let ids: number[]
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'brake')
    const epcis = await test.insert(
      'EPCI',
      SIRENS.map((SIREN, at) => ({ Nom: `EPCI ${at}`, SIREN, Population: 50_000 })),
    )
    ids = await test.insert(
      'Acteurs',
      Array.from({ length: RECORDS }, (_, at) => ({
        ...{ Nom: `Lieu ${at}`, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200' },
        ...{ Horaires: 'Mo-Fr 09:00-12:00', 'Date de mise à jour': '2026-10-01' },
      })),
    )
    await test.link(
      'Acteurs',
      'EPCI',
      ids.map((id, at) => ({ id, target: epcis[at % 3]! })),
    )
    await runSync(test.parts, all)
  })
  afterAll(() => test.close())

  const sync = (more: object = {}) => runSync(test.parts, { ...all, ...more })
  const send = (method: 'PATCH' | 'DELETE', table: string, rows: readonly object[]) =>
    test.base.http.send({
      ...{ method, path: `/api/v2/tables/${test.base.table(table).id}/records`, body: rows },
    })
  const everything = async () =>
    Promise.all(FIGURES.map(async (table) => [table, [...(await test.cells(table))]]))
  const traces = async () => [...(await test.cells('Synchronisations')).values()]
  const portrea = (...args: string[]) =>
    cli(args, {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
      ...{ PORTREA_DATA_DIR: test.dataDir, LOG_LEVEL: 'warn' },
    })
  const counted = async () => [...(await test.cells('EPCI')).values()].map((row) => row["Nombre d'acteurs"])

  it('writes nothing after a bad import, says so in the base, and goes on by itself once it is undone', async () => {
    await send(
      'PATCH',
      'Acteurs',
      ids.map((Id) => ({ Id, Horaires: null })),
    )
    const before = await everything()
    const { held, counts } = await sync()
    expect(plain(held?.message ?? '')).toMatch(/« Horaires » de « Acteurs » n'est plus remplie nulle part/)
    expect(counts).toMatchObject({ rowsWritten: 0, cellsWritten: 0 })
    expect(await everything()).toEqual(before)
    expect((await traces()).at(-1)).toMatchObject({ Résultat: 'Retenue', Message: held?.message })
    await send(
      'PATCH',
      'Acteurs',
      ids.map((Id) => ({ Id, Horaires: 'Mo-Fr 09:00-12:00' })),
    )
    expect(await sync()).toMatchObject({ held: null, released: 'mended', counts: { cellsWritten: 0 } })
    expect(plain(String((await traces()).at(-1)?.['Message']))).toContain('Le frein est levé')
  })

  it('lets an EPCI go that a person deletes, its records staying', async () => {
    const [last] = [...(await test.cells('EPCI')).keys()].slice(-1)
    await send('DELETE', 'EPCI', [{ Id: last }])
    expect(await sync()).toMatchObject({ held: null, counts: { actorsRead: RECORDS, epcisRead: 2 } })
    expect((await sync()).counts.cellsWritten).toBe(0)
  })

  it('holds half of the records gone, in a run, a dry run and doctor, until a person accepts it once', async () => {
    await send(
      'DELETE',
      'Acteurs',
      ids.slice(0, RECORDS / 2).map((Id) => ({ Id })),
    )
    const [before, figures] = [await everything(), await counted()]
    const night = await portrea('sync')
    expect(night.code).toBe(1)
    expect(plain(night.stdout)).toMatch(
      /✋ Retenue par le frein[^]*n'a plus que 12 lignes : il y en avait 24/,
    )
    const shown = await portrea('sync', '--dry-run')
    expect(plain(shown.stdout)).toMatch(/Le frein retiendrait[^]*À écrire dans « EPCI »/)
    const doctor = await portrea('doctor', '--json')
    const { checks } = JSON.parse(doctor.stdout) as { checks: { key: string; ok: boolean; remedy: string }[] }
    expect(checks.find(({ key }) => key === 'brake')).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('sync --accept'),
    })
    expect(await everything()).toEqual(before)
    expect(await counted()).toEqual(figures)

    const accepted = await portrea('sync', '--accept', '--json')
    expect([accepted.code, JSON.parse(accepted.stdout)]).toMatchObject([
      0,
      { held: null, released: 'accepted' },
    ])
    expect(await counted()).not.toEqual(figures)
    expect(await sync()).toMatchObject({ held: null, released: null, counts: { cellsWritten: 0 } })
    await send(
      'DELETE',
      'Acteurs',
      ids.slice(RECORDS / 2, RECORDS - 4).map((Id) => ({ Id })),
    )
    expect((await sync()).held?.reasons).toMatchObject([{ code: 'rows.missing' }])
  })
})
