import { describe, expect, it } from 'vitest'
import type { SyncContext } from '../../src/engine/sync-context.ts'
import { eventsAfter } from '../../src/store/events.ts'
import { readBrake } from '../../src/store/brake.ts'
import { lastRecommended, saveHistory } from '../../src/store/history.ts'
import { recordsBetween } from '../../src/store/records.ts'
import { listRuns } from '../../src/store/runs.ts'
import { all, doubleBase, settings } from '../helpers/double-base.ts'
import type { DoubleBase } from '../helpers/double-base.ts'
import type { Call } from '../helpers/nocodb-double/answers.ts'
import type { Fault } from '../helpers/nocodb-double/double.ts'
import { plain } from '../helpers/plain.ts'

const SIRENS = ['242900314', '243500139', '200068120', '200067932', '242200715', '245600440', '200069409']
const accept = { ...all, accept: true }
const dry = { ...all, dryRun: true }
const isWrite = ({ method, path }: Call) =>
  ['PATCH', 'POST', 'PUT', 'DELETE'].includes(method) && !path.includes('auth')

/** Twenty records of the first of seven EPCI, each with a diagnostic; synchronised once. */
async function synchronised(): Promise<DoubleBase> {
  const base = await doubleBase({
    EPCI: SIRENS.map((SIREN, at) => ({ Nom: `EPCI ${at + 1}`, SIREN, Population: 40_000 + at })),
    Acteurs: Array.from({ length: 20 }, (_, at) => ({
      ...{ Nom: `Espace ${at + 1}`, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200' },
      ...{ Adresse: `${at + 1} rue de Siam`, 'Date de mise à jour': '2026-10-01', EPCI_id: 1 },
    })),
    Diagnostics: SIRENS.map((_, at) => ({
      Date: '2026-09-01',
      EPCI_id: at + 1,
      Objectif: 'Base de données',
    })),
  })
  expect(await base.sync()).toMatchObject({ held: null, released: null })
  return base
}

/** Every row of the base but those of « Synchronisations ». */
function rowsOf({ double }: DoubleBase): unknown {
  return double.all
    .filter(({ title }) => title !== 'Synchronisations')
    .map((table) => [table.title, [...table.rows()]])
}

/** What the service remembers of the records: when each last changed, above all. */
function remembered({ parts: { store, base } }: DoubleBase) {
  return recordsBetween(store, base.id, 0, 1000)
}

const lastRow = ({ double }: DoubleBase) => {
  const table = double.table('Synchronisations')
  return table.get(table.lastId)
}
const actors = ({ double }: DoubleBase) => double.table('Acteurs')
const each = (base: DoubleBase, upTo: number, act: (id: number) => void) => {
  for (let id = 1; id <= upTo; id++) act(id)
  return base
}
/** The answers of a NocoDB that loses the rows of a table, and says nothing of it. */
const empty =
  (base: DoubleBase, table: string) =>
  (call: Call): Fault | undefined => {
    if (call.method !== 'GET' || !call.path.includes(`/tables/${base.double.table(table).id}/records`)) return
    const body = call.path.endsWith('/count') ? { count: 0 } : { list: [], pageInfo: { totalRows: 0 } }
    return { kind: 'answer', status: 200, body }
  }
const turn = async ({ parts }: DoubleBase, count: number) => {
  const former = await lastRecommended(parts.store)
  const figures = { actors: 0, completeness: null, publishable: null, freshness: null, confidence: 'low' }
  await saveHistory(
    parts.store,
    '2026-11-24',
    SIRENS.slice(0, count).map((siren) => ({
      ...{ ...figures, siren, prefilled: 0, expected: null },
      recommended: former.get(siren) === 'reseau' ? 'outil' : 'reseau',
    })),
  )
}

describe('the brake', () => {
  it.each<[string, (base: DoubleBase) => unknown, RegExp]>([
    [
      'no rows',
      (base) => (base.double.faults = empty(base, 'Acteurs')),
      /« Acteurs » n'a plus aucune ligne : il y en avait 20/,
    ],
    [
      'half of the rows',
      (base) => each(base, 10, (id) => actors(base).delete(id)),
      /« Acteurs » n'a plus que 10 lignes/,
    ],
    [
      'a column emptied by a bad import',
      (base) => each(base, 20, (id) => actors(base).update(id, { 'Code postal': null })),
      /« Code postal » de « Acteurs » n'est plus remplie nulle part : elle l'était sur 20/,
    ],
    [
      'a column half emptied',
      (base) => each(base, 10, (id) => actors(base).update(id, { Adresse: '' })),
      /« Adresse » de « Acteurs » n'est plus remplie que sur 10/,
    ],
    [
      'links that are gone, their EPCI there',
      (base) => each(base, 20, (id) => actors(base).link(id, 'EPCI_id', null)),
      /« EPCI » de « Acteurs »/,
    ],
    ['no EPCI', (base) => (base.double.faults = empty(base, 'EPCI')), /« EPCI » n'a plus aucune ligne/],
    [
      'no answers',
      (base) => (base.double.faults = empty(base, 'Diagnostics')),
      /« Diagnostics » n'a plus aucune ligne/,
    ],
    [
      'answers that say nothing any more',
      (base) => each(base, 7, (id) => base.double.table('Diagnostics').update(id, { Objectif: 'BDD' })),
      /« Objectif » de « Diagnostics »/,
    ],
    ['recommendations that turn', (base) => turn(base, 3), /changerait pour 3 EPCI sur 7/],
  ])(
    'holds a run that would see %s: it writes nothing, says so, and a dry run shows what',
    async (_, spoil, said) => {
      const base = await synchronised()
      await spoil(base)
      const [rows, known, traces] = [
        rowsOf(base),
        await remembered(base),
        base.double.table('Synchronisations').size,
      ]

      const planned = await base.sync(dry)
      expect(planned.held?.reasons.map(({ sentence }) => plain(sentence)).join()).toMatch(said)
      expect(base.double.table('Synchronisations').size).toBe(traces)

      const held = await base.sync()
      expect(plain(held.held?.message ?? '')).toMatch(said)
      expect(held).toMatchObject({ counts: { rowsWritten: 0, cellsWritten: 0 }, released: null, plan: null })
      expect(rowsOf(base)).toEqual(rows)
      expect(await remembered(base)).toEqual(known)
      expect(base.double.table('Synchronisations').size).toBe(traces + 1)
      expect(lastRow(base)).toMatchObject({ Résultat: 'Retenue', 'Cellules écrites': 0 })
      expect(plain(String(lastRow(base)?.['Message']))).toMatch(said)
      const runs = await listRuns(base.parts.store, 99)
      const run = runs.find(({ status }) => status === 'held')
      expect(run).toMatchObject({ status: 'held', error: null, held: held.held })
      const events = await eventsAfter(base.parts.store, 0, 99)
      expect(events.at(-1)).toMatchObject({ type: 'sync.held', data: { reasons: held.held?.reasons } })

      expect((await base.sync()).held?.reasons).toEqual(held.held?.reasons) // and the next night
      expect(rowsOf(base)).toEqual(rows)
    },
  )

  it('sends nothing but its own row while it holds', async () => {
    const base = await synchronised()
    each(base, 10, (id) => actors(base).delete(id))
    base.double.calls.length = 0
    await base.sync()
    const written = base.double.calls.filter(isWrite).map(({ path }) => path)
    expect(written).toEqual([expect.stringContaining(base.double.table('Synchronisations').id)])
  })

  it.each<[string, (base: DoubleBase) => unknown, Partial<SyncContext>]>([
    [
      'an EPCI is deleted',
      (base) => {
        base.double.table('EPCI').delete(1)
        each(base, 20, (id) => actors(base).link(id, 'EPCI_id', null))
        base.double.table('Diagnostics').link(1, 'EPCI_id', null)
      },
      {},
    ],
    ['a record is deleted', (base) => actors(base).delete(3), {}],
    [
      'records come',
      (base) => {
        for (let at = 0; at < 40; at++) actors(base).insert({ Nom: `Nouveau ${at}` })
      },
      {},
    ],
    [
      'the rules change',
      (base) => turn(base, 7),
      { rules: { ...settings.rules, fingerprint: 'sha256:other' } },
    ],
    [
      'answers change',
      async (base) => {
        await turn(base, 7)
        each(base, 7, (id) =>
          base.double.table('Diagnostics').update(id, { Date: '2026-11-01', Gouvernance: 'Active' }),
        )
      },
      {},
    ],
    ['one recommendation of seven turns', (base) => turn(base, 1), {}],
    [
      'thresholds are wider',
      (base) => each(base, 10, (id) => actors(base).delete(id)),
      {
        brake: { ...settings.nocodb.brake, records: { keep: 0.1, atLeast: 2 } },
      },
    ],
  ])('holds nothing where %s', async (_, change, parts) => {
    const base = await synchronised()
    await change(base)
    const done = await base.sync(all, parts)
    expect(done).toMatchObject({ held: null, released: null })
    expect((await base.sync(all, parts)).counts.cellsWritten).toBe(0)
  })

  it('holds no first run, whatever the base', async () => {
    const { sync } = await doubleBase({ EPCI: [], Acteurs: [] })
    expect(await sync()).toMatchObject({ held: null, released: null })
  })

  it('lets go by itself of a base that was mended, says so, and has kept the day each record changed', async () => {
    const base = await synchronised()
    const known = await remembered(base)
    base.double.faults = empty(base, 'Acteurs')
    expect((await base.sync()).held).not.toBeNull()
    base.double.faults = () => undefined
    const done = await base.sync()
    expect(done).toMatchObject({ held: null, released: 'mended', counts: { cellsWritten: 0 } })
    expect(plain(String(lastRow(base)?.['Message']))).toContain('Le frein est levé')
    expect(await remembered(base)).toEqual(known)
    expect(await readBrake(base.parts.store, base.parts.base.id)).toMatchObject({ held: null })
    expect((await base.sync()).released).toBeNull()
  })

  it('is released once by a person, for what they saw, and not for good', async () => {
    const base = await synchronised()
    each(base, 10, (id) => actors(base).delete(id))
    await base.sync()
    const done = await base.sync(accept)
    expect(done).toMatchObject({ held: null, released: 'accepted' })
    expect(done.counts.cellsWritten).toBeGreaterThan(0)
    expect(plain(String(lastRow(base)?.['Message']))).toContain('levé par `sync --accept`')
    expect(base.double.table('EPCI').get(1)?.["Nombre d'acteurs"]).toBe(10)
    expect(await base.sync()).toMatchObject({ held: null, released: null, counts: { cellsWritten: 0 } })

    each(base, 15, (id) => actors(base).delete(id))
    expect((await base.sync()).held?.reasons).toMatchObject([{ code: 'rows.missing' }])
  })

  it('holds what has grown worse since a person saw it, even where they accept', async () => {
    const base = await synchronised()
    each(base, 10, (id) => actors(base).delete(id))
    await base.sync()
    base.double.faults = empty(base, 'Acteurs')
    const again = await base.sync(accept)
    expect(plain(again.held?.message ?? '')).toContain("n'a plus aucune ligne : il y en avait 10")
    base.double.faults = () => undefined
    await base.sync()
    expect(await base.sync(accept)).toMatchObject({ held: null, released: 'accepted' })
  })

  it('lets a person accept what no run was held for yet', async () => {
    const base = await synchronised()
    each(base, 10, (id) => actors(base).delete(id))
    expect(await base.sync(accept)).toMatchObject({ held: null, released: 'accepted' })
  })

  it('holds a run of some EPCI as well, and one of some does not release them all', async () => {
    const base = await synchronised()
    each(base, 10, (id) => actors(base).delete(id))
    const some = { ...all, epcis: SIRENS.slice(0, 1) }
    expect((await base.sync(some)).held).not.toBeNull()
    expect(await base.sync({ ...some, accept: true })).toMatchObject({ held: null, released: 'accepted' })
    expect((await base.sync()).held).not.toBeNull()
  })

  it('leaves its trace as a failure where the base has no option for a held run yet', async () => {
    const base = await doubleBase(
      { EPCI: [{ Nom: 'Brest', SIREN: SIRENS[0] }], Acteurs: [{ Nom: 'a' }, { Nom: 'b' }, { Nom: 'c' }] },
      { options: { 'Synchronisations.Résultat': ['Réussie', 'Échouée'] } },
    )
    await base.sync()
    each(base, 2, (id) => actors(base).delete(id))
    await base.sync()
    expect(lastRow(base)).toMatchObject({ Résultat: 'Échouée', Message: expect.stringContaining('frein') })
  })
})
