import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countInbox } from '../../src/store/inbox.ts'
import { recordsBetween } from '../../src/store/records.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import type { Call } from '../helpers/nocodb-double/answers.ts'
import type { Fault } from '../helpers/nocodb-double/double.ts'

const all = { trigger: 'command', dryRun: false, epcis: null } as const
const BREST = { Nom: 'Brest Métropole', SIREN: '242900314', Population: 213403 }
const RECORDS = 12

describe('live work where the base looks wrong', () => {
  let test: LiveDouble
  let service: LiveService
  let suspected: number

  beforeEach(async () => {
    test = await makeLiveDouble()
    suspected = 0
    test.double.table('EPCI').insert(BREST)
    for (let at = 0; at < RECORDS; at += 1)
      test.double.table('Acteurs').insert({
        ...{ Nom: `Lieu ${at}`, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200', EPCI_id: 1 },
        ...{ Téléphone: '+33298000000', Horaires: 'Mo 10:00-12:00', 'Date de mise à jour': '2026-10-01' },
      })
    await runSync(test.parts, all)
    service = await start()
    await service.settled()
    test.hooks(service.url)
  })
  afterEach(async () => {
    await service.stop()
    await test.close()
  })

  const start = () => {
    const { url, token } = test.double
    return startLiveService(test, { url, token }, { suspected: () => (suspected += 1) })
  }
  const until = async (check: () => unknown) => {
    await expect.poll(check, { timeout: 15_000 }).toBe(true)
  }
  const epci = () => test.double.table('EPCI').get(1)
  const actor = (id: number) => test.double.table('Acteurs').get(id)
  const remembered = async () => (await recordsBetween(test.parts.store, test.base.id, 0, 99)).size
  const send = (method: 'PATCH' | 'DELETE', rows: readonly object[]) =>
    test.base.http.send({
      method,
      path: `/api/v2/tables/${test.base.table('Acteurs').id}/records`,
      body: rows,
    })
  const ids = (upTo: number) => Array.from({ length: upTo }, (_, at) => ({ Id: at + 1 }))
  const lying = (call: Call): Fault | undefined => {
    if (call.method !== 'GET' || !call.path.includes(`/tables/${test.double.table('Acteurs').id}/records`))
      return
    const body = call.path.endsWith('/count') ? { count: 0 } : { list: [], pageInfo: { totalRows: 0 } }
    return { kind: 'answer', status: 200, body }
  }

  it('follows a bad import record by record, and keeps the figures of EPCI as they were until it is accepted', async () => {
    const before = epci()
    await send(
      'PATCH',
      ids(RECORDS).map((row) => ({ ...row, Horaires: null })),
    )
    await until(() => ids(RECORDS).every(({ Id }) => String(actor(Id)?.['À compléter']).includes('horaires')))
    await until(() => suspected > 0)
    expect(epci()).toEqual(before)
    expect((await runSync(test.parts, all)).held?.reasons).toMatchObject([{ code: 'column.emptied' }])
    expect(epci()).toEqual(before)
    await runSync(test.parts, { ...all, accept: true })
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
    expect(epci()?.['Complétude moyenne (%)']).not.toBe(before?.['Complétude moyenne (%)'])
    expect(suspected).toBe(1)
  })

  it('writes again by itself once a bad import is undone', async () => {
    await send(
      'PATCH',
      ids(RECORDS).map((row) => ({ ...row, Horaires: null })),
    )
    await until(() => suspected > 0)
    await send(
      'PATCH',
      ids(RECORDS).map((row) => ({ ...row, Horaires: 'Mo 10:00-12:00' })),
    )
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('forgets no record that a NocoDB denies which has lost them all, and spreads nothing', async () => {
    const before = epci()
    await service.stop()
    test.double.faults = lying
    service = await start() // looks at every id and link
    await until(() => suspected > 0)
    await test.base.http.send({
      ...{ method: 'PATCH', path: `/api/v2/tables/${test.base.table('EPCI').id}/records` },
      body: [{ Id: 1, 'Acteurs attendus': 30 }],
    })
    service.live.resync() // finds the new answer: the records of the EPCI are looked at
    await until(async () => (await countInbox(test.parts.store)).waiting > 0)
    await service.live.stop() // what was under way is done
    expect(await remembered()).toBe(RECORDS)
    expect(epci()).toMatchObject({ ...before, 'Acteurs attendus': 30, UpdatedAt: epci()?.['UpdatedAt'] })
    test.double.faults = () => undefined
    await service.stop()
    service = await start()
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('holds the figures where most records were deleted at once, until a person accepts', async () => {
    const before = epci()
    await send('DELETE', ids(8))
    await until(() => suspected > 0)
    expect(epci()).toEqual(before)
    expect(await remembered()).toBe(RECORDS)
    await runSync(test.parts, { ...all, accept: true })
    await service.settled()
    expect(epci()?.["Nombre d'acteurs"]).toBe(RECORDS - 8)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('follows a record that one person deletes', async () => {
    await send('DELETE', ids(1))
    await service.settled()
    expect(epci()?.["Nombre d'acteurs"]).toBe(RECORDS - 1)
    expect(suspected).toBe(0)
    expect(await leftToWrite(test)).toEqual([])
  })
})
