import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Request } from '../../src/nocodb/http.ts'
import { tryLock } from '../../src/store/locks.ts'
import { enqueue, countInbox, listFailed, retryFailed } from '../../src/store/inbox.ts'
import { getReport } from '../../src/store/reports.ts'
import { lastDoneRun, startRun } from '../../src/store/runs.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { plain } from '../helpers/plain.ts'
import { PREFILLED } from '../helpers/prefilled-actor.ts'
import { leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import type { Fault } from '../helpers/nocodb-double/double.ts'
import type { Call } from '../helpers/nocodb-double/answers.ts'

const BREST = '242900314'
const all = { trigger: 'command', dryRun: false, epcis: null } as const
const isWrite = ({ method, path }: Call) => method === 'PATCH' && !path.includes('where=')

describe('live work', () => {
  let test: LiveDouble
  let service: LiveService
  const opened: LiveService[] = []

  beforeEach(async () => {
    test = await makeLiveDouble()
    const { double } = test
    double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: BREST, Population: 213403 })
    for (let at = 0; at < 6; at += 1)
      double
        .table('Acteurs')
        .insert({ Nom: `Lieu ${at}`, 'Code INSEE': '29019', 'Date de mise à jour': '2026-10-01' })
    await runSync(test.parts, all)
    service = await start()
  })
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.stop()
    await test.close()
  })

  async function start(more = {}) {
    const { url, token } = test.double
    const started = await startLiveService(test, { url, token }, more)
    opened.push(started)
    await started.settled()
    test.double.hooks.length = 0
    test.hooks(started.url)
    return started
  }
  const edit = (Id: number, cells: object, table = 'Acteurs') =>
    test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/tables/${test.base.table(table).id}/records`,
      body: [{ Id, ...cells }],
    })
  const actor = (id: number) => test.double.table('Acteurs').get(id)
  const writes = (table: string) => {
    const { id } = test.double.table(table)
    return test.double.calls.filter((call) => isWrite(call) && call.path.includes(id))
  }
  const until = async (check: () => Promise<boolean> | boolean) => {
    await expect.poll(check, { timeout: 10_000 }).toBe(true)
  }

  it('leaves a trace, to the minute, of a recalculation that changes nothing, and of no other', async () => {
    const row = () => test.double.table('EPCI').get(1)
    const stamp = () => row()?.['Calculé le']
    expect(stamp()).toBe('2026-11-24 10:00:00+00:00')
    const begin = performance.now()
    const now = () => new Date(Date.parse('2026-11-24T10:42:01Z') + (performance.now() - begin) / 10) // slow: one minute
    await service.stop()
    opened.length = 0
    service = await start({ now })
    expect(stamp()).toBe('2026-11-24 10:00:00+00:00')
    const { store } = test.parts
    const about = test.base.table('EPCI').id
    const asked = { base: test.base.id, about, record: '1', event: 'trigger' } as const
    await enqueue(store, [asked], now())
    await service.settled()
    expect(stamp()).toBe('2026-11-24 10:42:00+00:00')
    const before = writes('EPCI').length
    await enqueue(store, [asked], now()) // and again in the same minute
    await service.settled()
    expect(writes('EPCI')).toHaveLength(before)
    expect((await runSync(test.parts, all)).counts.cellsWritten).toBe(0)
  })

  it('tells what was recommended as soon as people choose, and forgets it when they take their choice back', async () => {
    const told = () => test.double.table('EPCI').get(1)?.['Au moment du choix'] ?? null
    await edit(1, { 'Référentiel retenu': 'Réseau' }, 'EPCI')
    await until(() => told() !== null)
    expect(plain(String(told()))).toBe(
      '« Réseau » retenu le 24 novembre 2026. Portrea recommandait alors « Généraliste » (confiance faible).',
    )
    await edit(1, { 'Référentiel retenu': null }, 'EPCI')
    await until(() => told() === null)
  })

  it('gives up, with its reason and no value, a record that NocoDB refuses over and over; the others go on', async () => {
    const { id, key } = test.double.table('Acteurs')
    const spoils = ({ query, body }: Call) =>
      query.get('where') === `(${key.id},in,1)` ||
      (Array.isArray(body) && body.some((row) => row[key.id] === 1))
    test.double.faults = (call): Fault | undefined =>
      isWrite(call) && call.path.includes(id) && call.path.includes('/bulk/') && spoils(call)
        ? { kind: 'answer', status: 400, body: { msg: 'This row is "locked"' } }
        : undefined
    await edit(1, { Horaires: 'Mo 10:00-12:00', Téléphone: 'faux' })
    await edit(2, { Horaires: 'Mo 10:00-12:00' })
    await until(async () => (await countInbox(test.parts.store)).failed === 1)
    expect(await listFailed(test.parts.store, 9)).toMatchObject([
      { about: id, record: '1', attempts: 3, reason: expect.stringContaining('This row is "locked"') },
    ])
    expect(actor(2)?.['À compléter']).not.toContain('horaires')
    expect(service.live.counts()).toMatchObject({ failed: 1, postponed: 2 })
    const told = service.log.lines.filter(({ msg }) => String(msg).startsWith('live: '))
    expect(told.map(({ record }) => record)).toEqual(['1', '1', '1'])

    test.double.faults = () => undefined
    expect(await retryFailed(test.parts.store, new Date())).toEqual({ failed: 1, waiting: 0 })
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
    expect((await countInbox(test.parts.store)).failed).toBe(0)
  })

  it('counts a record in its EPCI even where its own cells are refused', async () => {
    const { id } = test.double.table('Acteurs')
    test.double.faults = (call) =>
      isWrite(call) && call.path.includes('/bulk/') && call.path.includes(id)
        ? { kind: 'answer', status: 400, body: { msg: 'no' } }
        : undefined
    const before = test.double.table('EPCI').get(1)?.['Complétude moyenne (%)'] as number
    await edit(1, { Horaires: 'Mo 10:00-12:00' })
    await until(() => (test.double.table('EPCI').get(1)?.['Complétude moyenne (%)'] as number) > before)
  })

  it.each<[string, Fault]>([
    ['answers 503', { kind: 'answer', status: 503 }],
    ['answers with a page', { kind: 'answer', status: 200, body: '<html>' }],
    ['cuts the connection', { kind: 'cut-before' }],
    ['works, then cuts the connection', { kind: 'cut-after' }],
    ['refuses the token', { kind: 'answer', status: 401, body: { msg: 'Unauthorized' } }],
  ])('loses nothing while NocoDB %s, and goes on when it is back', async (_, fault) => {
    await edit(1, { Horaires: 'Mo 10:00-12:00' })
    test.double.faults = () => fault
    const { store } = test.parts
    const about = test.double.table('Acteurs').id
    test.double.table('Acteurs').update(2, { Horaires: 'Tu 10:00-12:00' })
    await enqueue(store, [{ base: test.base.id, about, record: '2', event: 'update' }], new Date())
    service.live.notify()
    await sleep(1500)
    expect(await countInbox(store)).toMatchObject({ failed: 0 })
    test.double.faults = () => undefined
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
    expect(service.live.counts()).toMatchObject({ failed: 0, postponed: 0 })
  })

  it('tries again what NocoDB accepted and did not write', async () => {
    let lost = 0
    test.double.faults = (call) => (isWrite(call) && (lost += 1) <= 8 ? { kind: 'lose' } : undefined)
    test.double.table('Acteurs').update(1, { Horaires: 'Mo 10:00-12:00' })
    const about = test.double.table('Acteurs').id
    await enqueue(test.parts.store, [{ base: test.base.id, about, record: '1', event: 'update' }], new Date())
    service.live.notify()
    await service.settled()
    expect(lost).toBeGreaterThan(1)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('steps aside for a whole run, loses no hint of that time, and writes nothing twice', async () => {
    test.double.table('Acteurs').update(3, { Horaires: 'We 10:00-12:00' }) // no hook: the run finds it
    const [writing, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const send = async <T>(request: Request): Promise<T> => {
      if (request.method === 'PATCH') {
        writing.resolve()
        await go.promise
      }
      return test.base.http.send<T>(request)
    }
    const base = { ...test.base, http: { ...test.base.http, send } }
    const run = runSync({ ...test.parts, base }, all)
    await writing.promise
    test.double.calls.length = 0
    const { done } = service.live.counts()
    await edit(3, { Horaires: null }) // what the run is about to write is no longer true
    await sleep(500)
    expect((await countInbox(test.parts.store)).waiting).toBe(1)
    expect(service.live.counts().done).toBe(done)
    go.resolve()
    await run
    expect(actor(3)?.['À compléter']).not.toContain('horaires')
    await service.settled()
    expect(actor(3)?.['À compléter']).toContain('horaires')
    const third = `(${test.double.table('Acteurs').key.id},in,3)`
    expect(writes('Acteurs').map(({ query }) => query.get('where'))).toEqual([null, third, third])
    expect(await leftToWrite(test)).toEqual([])
  })

  it('does nothing while a whole run of another process holds the lock', async () => {
    const lock = await tryLock(test.parts.store, 'sync')
    await startRun(test.parts.store, {
      ...{ id: 'elsewhere', startedAt: '2026-11-24T10:00:00Z', trigger: 'night', dryRun: false },
      ...{ rules: test.parts.rules.fingerprint, epcis: null, base: test.base.id },
    })
    await sleep(1200) // both loops have stepped aside
    const alone = await tryLock(test.parts.store, 'live')
    expect(alone).not.toBeNull()
    const before = writes('Acteurs').length
    await edit(1, { Horaires: 'Mo 10:00-12:00' })
    await sleep(800)
    expect(writes('Acteurs').length).toBe(before + 1) // the edit itself
    await alone?.release()
    await lock?.release()
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('closes the trace of a run whose process died, and has the whole job done anew', async () => {
    let abandoned = 0
    await service.stop()
    opened.length = 0
    service = await start({ abandoned: () => (abandoned += 1) })
    await startRun(test.parts.store, {
      ...{ id: 'dead', startedAt: '2026-11-24T10:00:00Z', trigger: 'night', dryRun: false },
      ...{ rules: test.parts.rules.fingerprint, epcis: null, base: test.base.id },
    })
    await edit(1, { Horaires: 'Mo 10:00-12:00' })
    await service.settled()
    expect(abandoned).toBe(1)
    expect((await lastDoneRun(test.parts.store))?.id).not.toBe('dead')
    expect(await leftToWrite(test)).toEqual([])
  })

  it('finds, when it starts, what happened while it was stopped: edits, new and deleted records, links, answers', async () => {
    await service.stop()
    opened.length = 0
    const { double } = test
    double.hooks.length = 0
    double.table('EPCI').insert({ Nom: 'Rennes Métropole', SIREN: '243500139', Population: 470000 })
    double.table('Acteurs').update(1, { Horaires: 'Mo 10:00-12:00' })
    double.table('Acteurs').link(2, 'EPCI_id', 2) // as the links endpoint: UpdatedAt does not move
    double.table('Acteurs').delete(3)
    double.table('Acteurs').insert({ Nom: 'Nouveau', 'Code INSEE': '35238' })
    double.table('Diagnostics').insert({ Date: '2026-11-01', Objectif: 'Base de données', EPCI_id: 2 })
    expect((await leftToWrite(test)).length).toBeGreaterThan(3)
    service = await start()
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
    expect(double.table('EPCI').get(2)?.['Référentiel recommandé']).toBe('Outil')
  })

  it('finds soon what was told and could not be kept', async () => {
    test.double.hooks.length = 0
    await edit(1, { Horaires: 'Mo 10:00-12:00' })
    service.live.resync()
    await until(async () => (await leftToWrite(test)).length === 0)
  })

  it('follows an EPCI that was given another SIREN, and one that is gone', async () => {
    const key = { EPCI_id: 1 }
    await edit(1, key)
    await service.settled()
    await edit(1, { SIREN: '243500139', Nom: 'Rennes Métropole' }, 'EPCI')
    await service.settled()
    expect(await getReport(test.parts.store, BREST)).toBeNull()
    // All six are linked to that row: one by a person, five by the service, for their commune was in it.
    expect(await getReport(test.parts.store, '243500139')).toMatchObject({ report: { actors: 6 } })
    expect(await leftToWrite(test)).toEqual([])
  })

  it('renews the expected records of the others when enough EPCI have done their pre-fill', async () => {
    const { double } = test
    const inBrittany = ['243500139', '200068120', '200069409', '200065928', '200067460']
    for (const [at, SIREN] of inBrittany.entries()) {
      const expected = at === 4 ? 90 : 1
      double.table('EPCI').insert({ Nom: SIREN, SIREN, Population: 10_000, 'Acteurs attendus': expected })
      double.table('Acteurs').insert({ ...PREFILLED, Nom: `Rempli ${at}`, EPCI_id: at + 2 })
    }
    await runSync(test.parts, all)
    const expected = () => double.table('EPCI').get(1)?.['Fiches attendues']
    expect(expected()).toBe(64) // 213 403 inhabitants, 3 for 10 000
    await edit(6, { 'Acteurs attendus': 1 }, 'EPCI')
    await until(() => expected() === 21) // 1 for 10 000, the median of five that are done
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('gives a territory its type when a person says how fragile it is', async () => {
    const nothing = {
      ...{ Gouvernance: 'Aucune', 'Feuille de route': 'Aucune', 'Référent·e·s désigné·e·s': 'Aucun' },
      ...{ "Réseau d'acteurs": 'Aucun', 'Rencontres par an': 0, Objectif: 'Pas encore défini' },
      ...{ 'Engagement politique': 'Aucun', Outil: 'Aucun', "Usage de l'outil": 'Aucun' },
    }
    test.double.table('Diagnostics').insert({ ...nothing, Date: '2026-11-20', EPCI_id: 1 })
    const type = () => test.double.table('EPCI').get(1)?.['Type de territoire']
    await runSync(test.parts, all)
    expect(type()).toBe('Trop peu connu')
    await edit(1, { 'Fragilité (1–10)': 7.5 }, 'EPCI')
    await until(() => type() === 'À amorcer')
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('keeps nothing of what a row holds, in its store and its log', async () => {
    await edit(1, { Nom: 'Jeanne Kerjean', Courriels: 'jeanne@example.org', Téléphone: '+33298112233' })
    await service.settled()
    const kept = JSON.stringify([
      await test.parts.store.db.selectFrom('records').selectAll().execute(),
      await test.parts.store.db.selectFrom('inbox').selectAll().execute(),
      await test.parts.store.db.selectFrom('reports').selectAll().execute(),
      service.log.lines,
    ])
    expect(kept).not.toMatch(/Jeanne|jeanne|33298112233/u)
  })
})
