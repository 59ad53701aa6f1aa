import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sql } from 'kysely'
import { lookAtRecords } from '../../src/engine/process-row-jobs.ts'
import { liveMemory } from '../../src/engine/live-memory.ts'
import { reconcile } from '../../src/engine/reconcile.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'

const MINUTE = 60_000
const BREST = { Nom: 'Brest Métropole', SIREN: '242900314' }
const RENNES = { Nom: 'Rennes Métropole', SIREN: '243500139' }
const TO_BREST = { 'Code INSEE': '29019', Commune: 'Brest', 'Code postal': '29200', EPCI_id: 1 }
const TWIN = {
  ...TO_BREST,
  Nom: 'Espace numérique du port',
  Courriels: 'port@example.org',
  Téléphone: '+33298000000',
}
const SHOWN = 'Doublons possibles'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T10:00:00Z') }))
afterEach(() => void vi.useRealTimers())

async function settledBase(actors: readonly Values[]) {
  const base = await doubleBase({ EPCI: [BREST, RENNES], Acteurs: actors })
  const now = () => new Date()
  const sync = (options = all) => base.sync(options, { now })
  const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds)
  for (let times = 0; times < 2; times++) {
    await sync()
    pass(10 * MINUTE)
  }
  const table = base.double.table('Acteurs')
  const live = { ...base.parts, now, memory: liveMemory(), suspect: () => undefined }
  return {
    ...base,
    ...{ sync, pass, table },
    shown: (id: number) => table.get(id)?.[SHOWN] ?? null,
    anomalies: (id: number) => String(table.get(id)?.['Anomalies'] ?? ''),
    ...{
      look: (...ids: number[]) => lookAtRecords(live, ids),
      reconcile: () => reconcile(live, { links: true }),
    },
    /** What a run that reads every record would still write. */
    async left() {
      const { plan } = await sync({ ...all, dryRun: true, whole: true })
      return (plan ?? []).filter(({ changes, inserts }) => changes.length + inserts.length > 0)
    },
  }
}

describe('« Doublons possibles »', () => {
  it('stay as they stand where the store that knew the others is lost, until all are read', async () => {
    const { parts, look, shown, anomalies, table } = await settledBase([TWIN, TWIN])
    const before = [shown(1), anomalies(1)]
    expect(before[0]).toContain('fiche n° 2')
    for (const name of ['records', 'blocking_keys', 'duplicate_pairs', 'watermarks'])
      await sql`delete from ${sql.table(name)}`.execute(parts.store.db)
    table.update(1, { Adresse: '1 quai du Port' })
    await look(1)
    expect([shown(1), anomalies(1)]).toEqual(before)
  })

  it('names no record that was deleted', async () => {
    const { table, sync, shown, left } = await settledBase([TWIN, TWIN, { ...TO_BREST, Nom: 'Mairie' }])
    expect(shown(1)).toContain('fiche n° 2')
    table.delete(2)
    await sync()
    expect(shown(1)).toBeNull()
    expect(await left()).toEqual([])
  })

  it('is written where a run of other EPCI left it, though live work looked at the base meanwhile', async () => {
    const {
      table,
      sync,
      shown,
      pass,
      reconcile: look,
      left,
    } = await settledBase([TWIN, { ...TO_BREST, Nom: 'Mairie', EPCI_id: 2 }])
    table.update(2, { ...TWIN, EPCI_id: 1 })
    await sync({ ...all, epcis: [RENNES.SIREN] })
    expect(shown(1)).toBeNull()
    pass(10 * MINUTE)
    table.update(2, { Source: 'saisie' })
    await look()
    pass(10 * MINUTE)
    await sync()
    expect(shown(1)).toContain('fiche n° 2')
    expect(await left()).toEqual([])
  })

  it('is written where a run of other EPCI that read all records left it', async () => {
    const alone = { ...TWIN, Téléphone: null }
    const { table, sync, shown, pass, left } = await settledBase([
      alone,
      { ...TO_BREST, Nom: 'Mairie', EPCI_id: 2 },
    ])
    table.update(2, { ...alone, EPCI_id: 2 })
    await sync({ ...all, epcis: [RENNES.SIREN], whole: true })
    expect(shown(1)).toBeNull()
    pass(10 * MINUTE)
    await sync()
    expect(shown(1)).toContain('fiche n° 2')
    expect(await left()).toEqual([])
  })
})

it('fills a column again that was deleted and made again, and reads one whose choices or type changed', async () => {
  const { table, sync, left, pass } = await settledBase([TWIN])
  const before = table.get(1)?.['Complétude (%)']
  expect(before).not.toBeNull()
  const field = table.fields.find(({ title }) => title === 'Complétude (%)')!
  table.fields.splice(table.fields.indexOf(field), 1, { ...field, id: `${field.id}x` })
  table.update(1, { 'Complétude (%)': null, UpdatedAt: table.get(1)?.['UpdatedAt'] })
  await sync()
  expect(table.get(1)?.['Complétude (%)']).toBe(before)
  expect(await left()).toEqual([])
  pass(10 * MINUTE)
  const step = table.fields.find(({ title }) => title === 'Étape')!
  step.choices = [...step.choices, 'À relancer']
  const { counts } = await sync()
  expect(counts.differing).toBeDefined()
})

it('sees the day come that a spreadsheet gave as a number', async () => {
  const { table, sync, pass, anomalies, left } = await settledBase([
    { ...TWIN, 'Date de mise à jour': '46352' },
  ])
  expect(anomalies(1)).toContain('[date_maj.invalid]')
  for (let day = 0; day < 3; day++) {
    pass(24 * 60 * MINUTE)
    await sync()
  }
  expect(table.get(1)).toBeDefined()
  expect(anomalies(1)).toContain('[date_maj.serial]')
  expect(await left()).toEqual([])
})

it('what a copied row says that others tell of it goes where nothing tells it', async () => {
  const { table, sync, anomalies, left } = await settledBase([TWIN])
  const line = 'À vérifier — Ce SIRET est aussi celui de 2 autres fiches. [pivot.shared]'
  const id = table.insert({ ...TO_BREST, Nom: 'Copie', Anomalies: line })
  await sync()
  expect(anomalies(id)).not.toContain('pivot.shared')
  expect(await left()).toEqual([])
})

it('a sentence that came and went within one run is not written', async () => {
  const SIRET = '43493312300029'
  const filler = Array.from({ length: 320 }, (_, at) => ({ ...TO_BREST, Nom: `Lieu ${at}` }))
  const shared = { 'SIRET ou RNA': SIRET }
  const rows = filler.map((row, at) => (at < 2 ? { ...row, ...shared } : row))
  const { table, sync, anomalies, left } = await settledBase(rows)
  const before = anomalies(1)
  expect(before).toContain('pivot.shared')
  for (let id = 2; id <= 320; id++) table.update(id, { Source: 'saisie' })
  table.update(1, { Source: 'saisie' })
  table.update(2, { 'SIRET ou RNA': null })
  table.update(320, shared)
  await sync()
  expect(anomalies(1)).toBe(before)
  expect(await left()).toEqual([])
})

describe('what records tell of each other', () => {
  it('is found again where the store failed while it learnt it', async () => {
    const { parts, table, sync, shown, left } = await settledBase([
      TWIN,
      TWIN,
      { ...TO_BREST, Nom: 'Mairie' },
    ])
    table.update(2, { Nom: 'Piscine', Courriels: null, Téléphone: null })
    const { db } = parts.store
    const refuse = `create trigger refuse before insert on records begin select raise(abort, 'no'); end`
    await sql.raw(refuse).execute(db)
    await expect(sync()).rejects.toBeInstanceOf(Error)
    await sql.raw('drop trigger refuse').execute(db)
    await sync()
    expect(shown(1)).toBeNull()
    expect(await left()).toEqual([])
  })

  it('is found of two that are looked at at once', async () => {
    const { table, look, left } = await settledBase([
      { ...TO_BREST, Nom: 'Mairie' },
      { ...TO_BREST, Nom: 'Piscine' },
    ])
    const shared = { 'SIRET ou RNA': '43493312300029' }
    for (const id of [1, 2]) table.update(id, shared)
    await Promise.all([look(1), look(2)])
    await look(1, 2) // each told of the other
    expect((await left()).filter(({ table: title }) => title === 'Acteurs')).toEqual([])
  })

  it('is not forgotten by a look at the whole base meanwhile', async () => {
    const {
      table,
      look,
      pass,
      reconcile: lookAtAll,
      left,
    } = await settledBase([
      { ...TO_BREST, Nom: 'Mairie', 'SIRET ou RNA': '43493312300029' },
      { ...TO_BREST, Nom: 'Piscine' },
    ])
    for (let round = 0; round < 5; round++) {
      table.update(1, { Source: `saisie ${round}` })
      await look(1)
      pass(10 * MINUTE)
      table.update(2, { 'SIRET ou RNA': round % 2 === 0 ? '43493312300029' : null })
      await Promise.all([lookAtAll(), look(2)])
      await look(1, 2)
      expect((await left()).filter(({ table: title }) => title === 'Acteurs')).toEqual([])
    }
  })
})

it('a word that parts two records has the figures of their EPCI computed', async () => {
  const { parts, table, look } = await settledBase([TWIN, TWIN])
  const { db } = parts.store
  for (const id of [1, 2]) table.update(id, { Source: 'saisie' })
  await look(1, 2)
  await look(1, 2)
  await db.deleteFrom('inbox').execute()
  table.update(1, { 'Pas un doublon de': '2' })
  table.update(2, { 'Pas un doublon de': '1' })
  await look(1, 2)
  const marked = await db.selectFrom('inbox').select('record').where('about', '=', 'figures').execute()
  expect(marked).toEqual([{ record: BREST.SIREN }])
})

it('names a source as it is read, on a day when nobody touched its records', async () => {
  const given = (Source: string) => ({ ...TO_BREST, Nom: `Lieu ${Source}`, Source })
  const rows = [given('Conseil\u200b départemental'), given('Conseil\u200b départemental'), given('Hub')]
  const { sync, pass } = await settledBase(rows)
  const named = async (options = all) => (await sync(options)).reports[0]?.sources.map(({ source }) => source)
  pass(24 * 60 * MINUTE)
  expect(await named()).toEqual(['Conseil départemental', 'Hub'])
  expect(await named({ ...all, whole: true })).toEqual(['Conseil départemental', 'Hub'])
})

it('counts the cells of all records where an older Portrea had counted those of some', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({ ...TO_BREST, Nom: `Lieu ${at}` }))
  const { parts, sync } = await settledBase(rows)
  const { db } = parts.store
  await db
    .updateTable('records')
    .set({ filled: null, assessedBy: null, stamp: null })
    .where('id', '<', 9)
    .execute()
  await db.deleteFrom('watermarks').where('name', '=', 'whole').execute()
  expect((await sync()).held).toBeNull()
})
