import { afterAll, beforeAll, expect, it } from 'vitest'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncOptions } from '../../src/engine/run-sync.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { writeRows } from '../../src/nocodb/write-rows.ts'
import { writtenTitles } from '../../src/nocodb/provision/desired-schema.ts'
import { listHistory } from '../../src/store/history.ts'
import { replay } from '../../src/engine/replay.ts'
import { lastSnapshots } from '../../src/store/snapshots.ts'
import { getReport } from '../../src/store/reports.ts'
import { tryLock } from '../../src/store/locks.ts'
import { listRuns } from '../../src/store/runs.ts'
import { describeEngines } from '../helpers/engines.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const BREST = '242900314'
const RENNES = '243500139'
const QUIMPER = '200068120'
const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }
const HUMAN_TABLES = [
  'Acteurs',
  'EPCI',
  'Diagnostics',
  'Journées',
  'Référents',
  'Participants',
  'Conditions de réussite',
]

describeEngines('a synchronisation', (nocodb) => {
  let test: TestBase
  let epcis: number[]
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'sync')
    epcis = await seed(test)
  })
  afterAll(() => test.close())

  const row = async (siren: string) =>
    [...(await test.cells('EPCI')).values()].find((one) => one['SIREN'] === siren) as Record<string, unknown>
  const snapshot = async () =>
    Object.fromEntries(
      await Promise.all(HUMAN_TABLES.map(async (table) => [table, [...(await test.cells(table)).values()]])),
    )

  it('prints a plan and writes nothing in a dry run', async () => {
    const before = await snapshot()
    const { plan, counts } = await runSync(test.parts, { ...all, dryRun: true })
    expect(plan?.map(({ table, changes, inserts }) => [table, changes.length, inserts.length])).toEqual([
      ['Acteurs', 6, 0],
      ['EPCI', 3, 0],
      ['Diagnostics', 2, 0],
      ['Conditions de réussite', 0, 39],
      ['Historique', 0, 3],
    ])
    expect(counts.cellsWritten).toBe(0)
    expect(await snapshot()).toEqual(before)
    expect((await test.cells('Synchronisations')).size).toBe(0)
  })

  it('writes only the EPCI it is limited to, and their actors', async () => {
    await runSync(test.parts, { ...all, epcis: [QUIMPER] })
    expect((await row(QUIMPER))['Référentiel recommandé']).not.toBeNull()
    expect((await row(BREST))['Référentiel recommandé']).toBeNull()
    const actors = [...(await test.cells('Acteurs')).values()]
    expect(actors.filter((one) => one['Complétude (%)'] !== null).map((one) => one['Nom'])).toEqual([
      'Espace Quimper',
    ])
  })

  it('writes recommendation, reasons and workload for every EPCI, and leaves what people wrote', async () => {
    const before = await snapshot()
    const { counts, refused, reported } = await runSync(test.parts, all)
    expect(refused).toEqual([])
    expect(counts.epcisRead).toBe(3)
    const brest = await row(BREST)
    expect(brest).toMatchObject({
      'Référentiel recommandé': 'Outil',
      'Charge selon': 'Retenu',
      "Nombre d'acteurs": 4,
      'Charge référents min (j)': 9,
      'Charge référents max (j)': 14,
      'Prochaine journée': '2027-01-12',
      'Fiches attendues': 10,
    })
    expect(brest['Pourquoi']).toContain('base de données complète')
    expect(await row(RENNES)).toMatchObject({
      'Référentiel recommandé': 'Généraliste',
      Confiance: 'Faible',
      "Nombre d'acteurs": 0,
    })
    expect((await row(RENNES))['Complétude moyenne (%)']).toBeNull()
    expect(reported.map(({ code }) => code).sort()).toEqual([
      'actor.no_epci',
      'actor.other_epci',
      'actor.unlinked',
      'diagnostic.repeated_date',
      'epci.no_actors',
      'epci.no_siren',
      'epci.repeated_siren',
      'store.new', // the records of the limited run are remembered by nobody: their cells are filled already
    ])
    sameHumanCells(before, await snapshot())
  })

  it('writes no cell the second time, only its row in Synchronisations', async () => {
    const [before, runs] = [await snapshot(), (await test.cells('Synchronisations')).size]
    const { counts } = await runSync(test.parts, all)
    expect(counts).toMatchObject({ cellsWritten: 0, rowsWritten: 0 })
    expect(await snapshot()).toEqual(before)
    expect((await test.cells('Synchronisations')).size).toBe(runs + 1)
  })

  it('dates a record by what people changed, not by its own writes', async () => {
    const freshness = async () => [...(await test.cells('Acteurs')).values()].map((one) => one['Fraîcheur'])
    expect(await freshness()).toContain('À actualiser')
    const later = { ...test.parts, now: () => new Date('2027-09-01T10:00:00Z') }
    await runSync(later, all)
    expect(await freshness()).not.toContain('À jour')
    await runSync(test.parts, all)
  })

  it('keeps the last report and the history of each EPCI, and no personal data', async () => {
    const report = await getReport(test.parts.store, BREST)
    expect(report?.report).toMatchObject({ siren: BREST, actors: 4, retained: 'reseau' })
    expect(JSON.stringify(report)).not.toContain('brest@example.org')
    expect(await listHistory(test.parts.store, BREST)).toHaveLength(2)
    const kept = await lastSnapshots(test.parts.store, BREST, { upTo: '9999-12-31', limit: 10 })
    expect(kept.map(({ day, decision }) => [day, decision.recommended])).toEqual([
      ['2027-09-01', 'outil'],
      ['2026-11-24', 'outil'],
    ])
    expect(JSON.stringify(kept)).not.toMatch(/brest@example|Brest|29019/i)
    expect(await replay(test.parts.store, settings.rules, BREST, '2026-12-01')).toMatchObject({ same: true })
  })

  it('is refused while another one holds the lock', async () => {
    const lock = await tryLock(test.parts.store, 'sync')
    await expect(runSync(test.parts, all)).rejects.toMatchObject({ code: 'SYNC_RUNNING' })
    await lock?.release()
  })

  it('does nothing where another has done meanwhile what it was needed for, and holds no lock after', async () => {
    const before = await listRuns(test.parts.store, 100)
    const needed = async () => false
    await expect(runSync(test.parts, { ...all, needed })).rejects.toMatchObject({ code: 'SYNC_RUNNING' })
    expect(await listRuns(test.parts.store, 100)).toEqual(before)
    const lock = await tryLock(test.parts.store, 'sync')
    expect(lock).not.toBeNull()
    await lock?.release()
  })

  it.each([
    { routes: ['v2', 'v3'], foreignKeys: true },
    { routes: ['v3'], foreignKeys: true },
    { routes: ['v3'], foreignKeys: false },
  ] as const)('comes to the same state by %o', async (route) => {
    const cells = settings.columns.epcis.columns
    const target = [...(await test.cells('EPCI')).values()].find((one) => one['SIREN'] === BREST)!
    const actor = [...(await test.cells('Acteurs')).values()][0]!
    const spoilt = { [cells.why.title]: 'effacé', [cells.referentDays.title]: 1 }
    await writeRows(test.base, test.base.table('EPCI'), [{ id: target['Id'] as number, cells: spoilt }])
    await writeRows(test.base, test.base.table('Acteurs'), [
      { id: actor['Id'] as number, cells: { 'À compléter': 'faux' } },
    ])
    const { url, token } = nocodb
    const base = await openBase(
      { url, token, base: test.base.id },
      { ...settings.nocodb, ...route, routes: [...route.routes] },
      test.parts.log,
    )
    const { counts, refused } = await runSync({ ...test.parts, base }, all)
    await base.close()
    expect(refused).toEqual([])
    expect(counts).toMatchObject({ rowsWritten: 2, cellsWritten: 3 }) // « Calculé le » says this very minute already
    expect((await runSync(test.parts, all)).counts.cellsWritten).toBe(0)
  })

  it('forgets an actor that was deleted, and follows one that moved', async () => {
    const moved = [...(await test.cells('Acteurs')).values()].find((one) => one['Nom'] === 'Espace Quimper')!
    await test.link('Acteurs', 'EPCI', [{ id: moved['Id'] as number, target: epcis[1]! }])
    await runSync(test.parts, all)
    expect(await row(RENNES)).toMatchObject({ "Nombre d'acteurs": 1 })
    expect(await row(QUIMPER)).toMatchObject({ "Nombre d'acteurs": 0 })
  })
})

/** Every cell but those the service writes, of every row that was there. */
function sameHumanCells(
  before: Record<string, Record<string, unknown>[]>,
  after: Record<string, Record<string, unknown>[]>,
): void {
  const written = new Set([
    ...writtenTitles(settings.columns, 'actors'),
    ...writtenTitles(settings.columns, 'epcis'),
    ...writtenTitles(settings.columns, 'conditions'),
    ...writtenTitles(settings.columns, 'diagnostics'),
    'UpdatedAt',
  ])
  const human = (rows: Record<string, unknown>[]) =>
    rows.map((one) => Object.fromEntries(Object.entries(one).filter(([title]) => !written.has(title))))
  for (const table of HUMAN_TABLES) {
    const known = new Set(before[table]!.map((one) => one['Id']))
    expect(human(after[table]!.filter((one) => known.has(one['Id'])))).toEqual(human(before[table]!))
  }
}

async function seed(test: TestBase): Promise<number[]> {
  const epcis = await test.insert('EPCI', [
    {
      Nom: 'Brest Métropole',
      SIREN: BREST,
      Population: 213403,
      'Acteurs attendus': 10,
      'Référentiel retenu': 'Réseau',
    },
    { Nom: 'Rennes Métropole', SIREN: RENNES, Population: 470000 },
    { Nom: 'Quimper Bretagne Occidentale', SIREN: QUIMPER, Population: 100000 },
    { Nom: 'Brest, saisi deux fois', SIREN: BREST },
    { Nom: 'Sans SIREN', SIREN: 'à compléter' },
  ])
  const brest = { Commune: 'Brest', 'Code postal': '29200', 'Code INSEE': '29019' }
  const actors = await test.insert('Acteurs', [
    {
      Nom: 'Espace numérique de Brest',
      ...brest,
      Courriels: 'brest@example.org',
      Adresse: '1 rue de Siam',
      'Date de mise à jour': '2024-01-10',
    },
    {
      Nom: 'Médiathèque de Brest',
      ...brest,
      Téléphone: '+33298000000',
      Services: 'Aide aux démarches administratives',
    },
    { Nom: 'Saisi sous le second Brest', ...brest },
    { Nom: 'Lié à Brest, situé à Rennes', Commune: 'Rennes', 'Code postal': '35000', 'Code INSEE': '35238' },
    { Nom: 'Espace Quimper', Commune: 'Quimper', 'Code postal': '29000', 'Code INSEE': '29232' },
    { Nom: 'Nulle part' },
  ])
  await test.link('Acteurs', 'EPCI', [
    { id: actors[0]!, target: epcis[0]! },
    { id: actors[2]!, target: epcis[3]! },
    { id: actors[3]!, target: epcis[0]! },
  ])
  const forms = await test.insert('Diagnostics', [
    { Date: '2025-01-01', Objectif: 'Mise en réseau' },
    {
      Date: '2026-03-01',
      Objectif: 'Base de données',
      Gouvernance: 'Active',
      "Réseau d'acteurs": 'Constitué',
    },
    { Date: '2026-03-01', Objectif: 'Base de données', Gouvernance: 'Installée' },
  ])
  await test.link(
    'Diagnostics',
    'EPCI',
    forms.map((id) => ({ id, target: epcis[0]! })),
  )
  const days = await test.insert('Journées', [
    { Date: '2026-05-05', 'Personnes invitées': 40, 'Personnes présentes': 10 },
    { Date: '2027-01-12', 'Personnes invitées': 40, 'Personnes attendues': 30 },
  ])
  await test.link(
    'Journées',
    'EPCI',
    days.map((id) => ({ id, target: epcis[0]! })),
  )
  return epcis
}
