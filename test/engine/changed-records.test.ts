import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordsByIds, saveRecords } from '../../src/store/records.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import type { DoubleBase } from '../helpers/double-base.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'

const MINUTE = 60_000
/** Columns that a scan asks for. */
const NARROW = 4
const DAY = 24 * 60 * MINUTE
const BREST = { Nom: 'Brest Métropole', SIREN: '242900314' }
const QUIMPER = { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' }
const TO_BREST = { 'Code INSEE': '29019', Commune: 'Brest', 'Code postal': '29200', EPCI_id: 1 }
const named = (Nom: string, more: Values = {}): Values => ({ Nom, ...TO_BREST, ...more })

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T10:00:00Z') }))
afterEach(() => void vi.useRealTimers())

/** A base of which every record was seen as it was written; time stands still but where it is made to pass. */
async function settledBase(actors: readonly Values[]) {
  const base = await doubleBase({ EPCI: [BREST, QUIMPER], Acteurs: actors })
  const sync = (options = all) => base.sync(options, { now: () => new Date() })
  const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds)
  await sync()
  pass(10 * MINUTE)
  await sync()
  return {
    ...base,
    ...{ sync, pass },
    actors: base.double.table('Acteurs'),
    /** Ids of the rows that a synchronisation reads whole; 'all': page by page. */
    async reads(options = all) {
      const before = base.double.calls.length
      const { counts } = await sync(options)
      return { read: wholeReads(base, before), counts }
    },
  }
}

function wholeReads({ double, parts }: DoubleBase, from: number): 'all' | number[] {
  const path = `/api/v2/tables/${parts.base.table('Acteurs').id}/records`
  const asked = double.calls
    .slice(from)
    .filter((call) => call.method === 'GET' && call.path === path)
    .filter(({ query }) => (query.get('fields') ?? '').split(',').length > NARROW)
    .map(({ query }) => query.get('where') ?? '')
  if (asked.includes('')) return 'all'
  const ids = asked.flatMap((where) => /^\(\w+,in,([\d,]+)\)/u.exec(where)?.[1]?.split(',') ?? [])
  return [...new Set(ids.map(Number))].sort((one, other) => one - other)
}

const places = [
  named('Médiathèque', { 'Date de mise à jour': '2026-09-01' }),
  named('Mairie', { Téléphone: '+33298000000' }),
  named('Centre social', { Téléphone: '+33298111111' }),
]

describe('the records that a synchronisation reads whole', () => {
  it('are all of them the first time, then those that changed', async () => {
    const { reads, actors, pass } = await settledBase(places)
    expect(await reads()).toMatchObject({ read: [], counts: { actorsRead: 3, cellsWritten: 0 } })
    actors.update(2, { Nom: 'Mairie annexe' })
    expect((await reads()).read).toEqual([2])
    pass(10 * MINUTE)
    await reads()
    expect((await reads()).read).toEqual([])
  })

  it('are a new one, and none of those that are gone', async () => {
    const { reads, actors, parts } = await settledBase(places)
    const id = actors.insert(named('Maison France services'))
    expect((await reads()).read).toEqual([id])
    actors.delete(3)
    expect((await reads()).counts.actorsRead).toBe(3)
    expect([...(await recordsByIds(parts.store, parts.base.id, [1, 2, 3, id])).keys()]).toEqual([1, 2, id])
  })

  it('are one that was linked elsewhere, though its row says nothing of it', async () => {
    const { reads, actors } = await settledBase(places)
    actors.update(1, { EPCI_id: 2, UpdatedAt: actors.get(1)?.['UpdatedAt'] ?? null })
    expect((await reads()).read).toContain(1)
  })

  it('are those of an EPCI whose row bears another SIREN now', async () => {
    const { reads, double } = await settledBase([...places, named('Sans EPCI', { EPCI_id: 2 })])
    double.table('EPCI').update(2, { SIREN: '200067932', Nom: 'Golfe du Morbihan - Vannes agglomération' })
    expect((await reads()).read).toEqual([4])
  })

  it('are those that the calendar makes older than a bound', async () => {
    const { reads, pass } = await settledBase([
      named('Médiathèque', { 'Date de mise à jour': '2026-05-27' }),
      named('Mairie', { 'Date de mise à jour': '2026-11-01' }),
    ])
    pass(2 * DAY)
    expect((await reads()).read).toEqual([])
    pass(DAY)
    expect((await reads()).read).toEqual([1])
    pass(10 * MINUTE)
    expect((await reads()).read).toEqual([1]) // what was written is seen once
    expect((await reads()).read).toEqual([])
  })

  it('are those of which another tells something else now, and nobody beside', async () => {
    const { reads, actors } = await settledBase([...places, named('Loin')])
    actors.update(3, { Téléphone: '+33298000000' })
    const { read } = await reads()
    expect(read).toContain(2)
    expect(read).toContain(3)
    expect(read).not.toContain(4)
  })

  it('are all of them where it is asked for, by other rules, and once a week', async () => {
    const { reads, sync, parts, pass } = await settledBase(places)
    expect((await reads({ ...all, whole: true })).read).toBe('all')
    expect((await reads()).read).toEqual([])
    pass(8 * DAY)
    expect((await reads()).read).toBe('all')
    expect((await reads()).read).toEqual([])
    const rules = { ...parts.rules, fingerprint: 'sha256:other' }
    const { counts } = await sync(all)
    expect(counts.differing).toBeUndefined()
    expect((await runBy(parts, rules)).differing).toBe(0)
  })
})

describe('a whole synchronisation', () => {
  it('tells how many records the store was wrong about, and mends them', async () => {
    const { sync, parts, reads } = await settledBase(places)
    const known = await recordsByIds(parts.store, parts.base.id, [2])
    const state = known.get(2)!
    await saveRecords(parts.store, parts.base.id, [{ ...state, id: 2, changedOn: '2020-01-01' }])
    expect((await sync()).counts.differing).toBeUndefined()
    const { counts, reported } = await sync({ ...all, whole: true })
    expect(counts.differing).toBe(1)
    expect(reported.find(({ code }) => code === 'actor.differs')).toMatchObject({ count: 1, rows: [2] })
    expect((await reads({ ...all, whole: true })).counts.differing).toBe(0)
  })
})

async function runBy(parts: DoubleBase['parts'], rules: DoubleBase['parts']['rules']) {
  const { runSync } = await import('../../src/engine/run-sync.ts')
  const { counts } = await runSync({ ...parts, rules }, all)
  return counts
}
