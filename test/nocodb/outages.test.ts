import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBase } from '../../src/nocodb/base.ts'
import type { CallSettings } from '../../src/config/nocodb-file.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { ROW_ID } from '../../src/nocodb/cells.ts'
import type { Row } from '../../src/nocodb/cells.ts'
import { insertRows } from '../../src/nocodb/insert-rows.ts'
import { readRows } from '../../src/nocodb/rows.ts'
import { writeRows } from '../../src/nocodb/write-rows.ts'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Call } from '../helpers/nocodb-double/answers.ts'
import type { Double, DoubleOptions, Fault } from '../helpers/nocodb-double/double.ts'

const log = pino({ level: 'silent' })
const SETTINGS: CallSettings = {
  routes: ['v1', 'v2', 'v3'],
  foreignKeys: true,
  connections: 3,
  pageSize: 100,
  linkEpcis: true,
  wholeEveryDays: 7,
  timeLimitSeconds: 5,
}

let running: { double: Double; base: Base } | null = null
let double: Double
let base: Base
/** Starts a double (in the place of the one there is) and opens its base. */
async function start(options: DoubleOptions = {}, settings: Partial<CallSettings> = {}): Promise<void> {
  await stop()
  double = await startNocodbDouble({
    tables: [
      { title: 'EPCI', fields: ['Nom'], rows: [{ Nom: 'Un' }, { Nom: 'Deux' }] },
      {
        title: 'Acteurs',
        fields: ['Nom', { title: 'Code', unique: true }],
        rows: Array.from({ length: 950 }, (_, index) => ({
          Nom: `Acteur ${index}`,
          EPCI_id: (index % 2) + 1,
        })),
      },
    ],
    links: [{ parent: 'EPCI', title: 'Acteurs', child: 'Acteurs' }],
    ...options,
  })
  base = await openBase({ ...double, base: double.baseId }, { ...SETTINGS, ...settings }, log)
  running = { double, base }
}
async function stop(): Promise<void> {
  await running?.base.close()
  await running?.double.stop()
  running = null
}
beforeEach(() => start())
afterEach(stop)

async function read(columns: readonly string[], onPage?: (page: number) => void): Promise<Row[]> {
  const rows: Row[] = []
  let page = 0
  for await (const some of readRows(base, base.table('Acteurs'), { columns })) {
    rows.push(...some)
    onPage?.(++page)
  }
  return rows
}
const isWrite = ({ method }: Call) => method !== 'GET'
/** The first call that matches fails. */
function failOnce(matches: (call: Call) => boolean, fault: Fault): void {
  let done = false
  double.faults = (call) => {
    if (done || !matches(call)) return undefined
    done = true
    return fault
  }
}

describe('a reading', () => {
  it('gives each row once when rows are deleted and added meanwhile', async () => {
    const rows = await read(['Nom'], (page) => {
      if (page !== 1) return
      for (const id of [50, 150, 500, 949]) double.table('Acteurs').delete(id)
      double.table('Acteurs').insert({ Nom: 'Nouveau' })
    })
    const ids = rows.map((row) => row[ROW_ID])
    expect(new Set(ids).size).toBe(ids.length)
    const there = [...double.table('Acteurs').rows()].map(([id]) => id)
    expect(there.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('stops when the server counts rows that it does not give', async () => {
    const isWindow = ({ path, query }: Call) =>
      path.endsWith('/records') && /gt,[35]00/.test(query.get('where') ?? '')
    double.faults = (call) =>
      isWindow(call)
        ? { kind: 'answer', status: 200, body: { list: [], pageInfo: { totalRows: 0 } } }
        : undefined
    await expect(read(['Nom'])).rejects.toMatchObject({ code: 'NOCODB_UNAVAILABLE', message: /counts 950/ })
  })

  it('goes on after a broken connection and after too many requests', async () => {
    let calls = 0
    double.faults = () => (++calls % 4 === 0 ? { kind: 'cut-before' } : undefined)
    expect(await read(['Nom', 'EPCI'])).toHaveLength(950)
  })

  it('follows a server that cuts pages shorter than asked', async () => {
    await start({ maxPage: 40 }, { routes: ['v3'] })
    expect((await read(['EPCI'])).map(({ EPCI }) => EPCI)).toHaveLength(950)
  })

  it('holds no more than a few pages, however large the table', async () => {
    await start({
      tables: [
        {
          title: 'Acteurs',
          fields: ['Nom'],
          generate: { count: 200_000, row: (id) => ({ Nom: `Acteur ${id}` }) },
        },
      ],
      links: [],
    })
    let most = 0
    let given = 0
    for await (const page of readRows(base, base.table('Acteurs'), { columns: ['Nom'] })) {
      given += page.length
      const asked = double.calls.filter(({ query }) => query.get('limit') === '100').length
      most = Math.max(most, asked * 100 - given)
      if (given > 20_000) break
    }
    expect(most).toBeLessThanOrEqual(100 * (SETTINGS.connections + 2))
  })
})

describe('a server of another version', () => {
  it('is used by v3 alone when v1, v2 and the meta of v2 are gone', async () => {
    await start({ missing: ['v1', 'v2', 'v2meta'] })
    expect(base.capabilities).toMatchObject({
      routes: { v1: false, v2: false, v3: true },
      foreignKeys: false,
      metaViews: false,
      metaHooks: false,
      metaTokens: false,
    })
    const rows = await read(['Nom', 'EPCI'])
    expect(rows.filter((row) => row['EPCI'] !== ((row[ROW_ID] - 1) % 2) + 1)).toEqual([])
    const report = await writeRows(base, base.table('Acteurs'), [{ id: 3, cells: { Nom: 'Trois' } }])
    expect(report).toMatchObject({ rows: 1, refused: [] })
  })

  it('is asked for smaller batches once it has refused one', async () => {
    await start({ limits: { v2: 20, v3: 10 } }, { routes: ['v2'] })
    const changes = Array.from({ length: 100 }, (_, index) => ({
      id: index + 1,
      cells: { Nom: `N${index}` },
    }))
    expect(await writeRows(base, base.table('Acteurs'), changes)).toMatchObject({ rows: 100, refused: [] })
    expect(base.capabilities.batch.v2).toBe(20)
    const { ids } = await insertRows(
      base,
      base.table('Acteurs'),
      changes.map(({ cells }) => cells),
    )
    expect(ids.filter((id) => id !== null)).toHaveLength(100)
  })

  it('is not trusted with bulk-update-all when it does not say how many rows matched', async () => {
    await start({ faults: ({ path }) => (path.includes('/bulk/') ? { kind: 'lose' } : undefined) })
    expect(base.capabilities.routes.v1).toBe(false)
  })
})

describe('a writing', () => {
  const changes = Array.from({ length: 120 }, (_, index) => ({ id: index + 1, cells: { Nom: `N${index}` } }))

  it('goes on with the other rows of a batch when one of them is gone', async () => {
    await start({}, { routes: ['v2'] })
    double.table('Acteurs').delete(60)
    const before = double.calls.filter(isWrite).length
    const report = await writeRows(base, base.table('Acteurs'), changes)
    expect(report).toMatchObject({ rows: 119, refused: [{ id: 60, reason: 'la ligne n’existe plus' }] })
    expect(double.calls.filter(isWrite).length - before).toBe(3)
  })

  it('stops when bulk-update-all wrote to more rows than were named', async () => {
    failOnce(isWrite, { kind: 'answer', status: 200, body: 950 })
    const same = changes.map(({ id }) => ({ id, cells: { Nom: 'Même' } }))
    await expect(writeRows(base, base.table('Acteurs'), same)).rejects.toThrow(/950 lignes.*120.*v1/u)
  })

  it('is found out and done again when the server answered 200 and wrote nothing', async () => {
    failOnce(isWrite, { kind: 'lose' })
    const report = await writeRows(base, base.table('Acteurs'), changes)
    expect(report).toMatchObject({ rows: 120, cells: 120, refused: [] })
    expect(double.table('Acteurs').get(7)?.Nom).toBe('N6')
  })

  it('is done once more, with the same values, after a broken connection', async () => {
    failOnce(isWrite, { kind: 'cut-after' })
    expect(await writeRows(base, base.table('Acteurs'), changes)).toMatchObject({ rows: 120, refused: [] })
  })

  it('names the lost row where NocoDB says nothing of it', async () => {
    await start({}, { routes: ['v2'] })
    double.table('Acteurs').update(900, { Code: 'pris' })
    const some = [1, 2, 3].map((id) => ({ id, cells: { Nom: 'Bon', Code: id === 2 ? 'pris' : `c${id}` } }))
    const report = await writeRows(base, base.table('Acteurs'), some)
    expect(report).toMatchObject({ rows: 3, cells: 5 })
    expect(report.refused).toEqual([
      { id: 2, columns: ['Code'], reason: 'NocoDB l’a accepté, mais la base ne l’a pas gardé' },
    ])
  })

  it('stops trying row by row when none of many goes through', async () => {
    double.faults = (call) => (isWrite(call) ? { kind: 'lose' } : undefined)
    const before = double.calls.length
    const many = Array.from({ length: 600 }, (_, index) => ({ id: index + 1, cells: { Nom: `N${index}` } }))
    const report = await writeRows(base, base.table('Acteurs'), many)
    expect(report).toMatchObject({ rows: 0, cells: 0 })
    expect(report.refused).toHaveLength(600)
    expect(double.calls.length - before).toBeLessThan(200)
  })

  it('stops with the reason when the rights are gone', async () => {
    const body = { error: 'ERR_FORBIDDEN', message: 'Forbidden' }
    double.faults = (call) => (isWrite(call) ? { kind: 'answer', status: 403, body } : undefined)
    const writing = writeRows(base, base.table('Acteurs'), changes)
    await expect(writing).rejects.toMatchObject({ code: 'NOCODB_FORBIDDEN' })
  })
})

describe('an insertion whose answer was lost', () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({ Nom: index % 2 === 0 ? 'Jumeau' : `N${index}` }))
  const isInsert = ({ method }: Call) => method === 'POST'

  it('is found again, and not made twice', async () => {
    failOnce(isInsert, { kind: 'cut-after' })
    const { ids, refused } = await insertRows(base, base.table('Acteurs'), rows)
    expect(refused).toEqual([])
    expect(new Set(ids).size).toBe(30)
    expect(double.table('Acteurs').size).toBe(980)
  })

  it('is reported when it did not go in', async () => {
    failOnce(isInsert, { kind: 'cut-before' })
    const { ids, refused } = await insertRows(base, base.table('Acteurs'), rows)
    expect(refused).toHaveLength(30)
    expect(ids.every((id) => id === null)).toBe(true)
    expect(double.table('Acteurs').size).toBe(950)
  })
})
