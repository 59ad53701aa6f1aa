import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBase } from '../../src/nocodb/base.ts'
import type { CallSettings, Route } from '../../src/config/nocodb-file.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { ROW_ID } from '../../src/nocodb/cells.ts'
import type { Cell, Row, RowId } from '../../src/nocodb/cells.ts'
import { insertRows } from '../../src/nocodb/insert-rows.ts'
import { setLinks } from '../../src/nocodb/links.ts'
import { countRows, readRows } from '../../src/nocodb/rows.ts'
import { keyName, idIn } from '../../src/nocodb/row-key.ts'
import type { Table } from '../../src/nocodb/schema.ts'
import { writeRows } from '../../src/nocodb/write-rows.ts'
import { changes } from './contract-changes.ts'
import { createContractBase } from './contract-base.ts'
import type { ContractBase, Keys, Server } from './contract-base.ts'

const log = pino({ level: 'silent' })
const READING_ROWS = 1250
const ALL: readonly Route[] = ['v1', 'v2', 'v3']

const WAYS: readonly { readonly routes: readonly Route[]; readonly foreignKeys: boolean }[] = [
  { routes: ALL, foreignKeys: true },
  { routes: ['v2', 'v3'], foreignKeys: true },
  { routes: ['v3'], foreignKeys: true },
  { routes: ALL, foreignKeys: false },
  { routes: ['v3'], foreignKeys: false },
]

/** The ways in which keys travel: rows written alike or each, links by their key or by the other end. */
export const KEY_WAYS: typeof WAYS = [
  { routes: ALL, foreignKeys: true },
  { routes: ['v2', 'v3'], foreignKeys: false },
  { routes: ['v3'], foreignKeys: true },
]

/** What the room promises, on one server, by every way that it may have to take. */
export function contract(
  name: string,
  openServer: () => Promise<Server>,
  { keys = null, ways = WAYS }: { readonly keys?: Keys | null; readonly ways?: typeof WAYS } = {},
): void {
  describe(name, () => {
    let server: Server
    let home: ContractBase
    beforeAll(async () => {
      server = await openServer()
      home = await createContractBase(server, READING_ROWS, keys)
    }, 120_000)
    const open = (settings: Partial<CallSettings>) =>
      openBase({ ...server, base: home.id }, settingsOf(settings), log)

    for (const way of ways) {
      describe(`by ${way.routes.join(', ')}${way.foreignKeys ? '' : ' without foreign keys'}`, () => {
        let base: Base
        beforeAll(async () => {
          base = await open(way)
        })
        afterAll(() => base.close())
        readings(() => base)
        writings(
          () => base,
          () => server.engine,
        )
        linkings(() => base)
        insertions(() => base)
      })
    }
    openings(
      () => server,
      () => home,
    )
    if (keys === null) for (const way of WAYS.slice(1, 3)) changes(way, () => server, log)
  })
}

function settingsOf(some: Partial<CallSettings>): CallSettings {
  const usual = { connections: 4, pageSize: 300, linkEpcis: true, wholeEveryDays: 7, timeLimitSeconds: 30 }
  return { routes: ALL, foreignKeys: true, ...usual, ...some }
}

async function all(base: Base, table: Table, columns: readonly string[], where?: string): Promise<Row[]> {
  const rows: Row[] = []
  const query = where === undefined ? { columns } : { columns, where }
  for await (const page of readRows(base, table, query)) rows.push(...page)
  return rows
}

function readings(base: () => Base): void {
  const lecture = () => base().table('Lecture')

  it('reads every row once, in the order of the Ids, over several pages', async () => {
    const rows = await all(base(), lecture(), ['Effectif'])
    expect(rows.map((row) => row[ROW_ID])).toEqual(
      Array.from({ length: READING_ROWS }, (_, index) => index + 1),
    )
    expect(rows.every((row) => row['Effectif'] === row[ROW_ID] - 1)).toBe(true)
  })

  it('gives the columns asked for and no other', async () => {
    const [row] = await all(base(), lecture(), ['Nom'], `(${keyName(lecture())},eq,7)`)
    expect(row).toMatchObject({ [ROW_ID]: 7, Nom: 'Ligne 6' })
  })

  it('gives a link as the id it leads to, for one row as for all', async () => {
    const wanted = (Id: RowId) => ((Id - 1) % 3 === 0 ? null : (Id - 1) % 3)
    const rows = await all(base(), lecture(), ['EPCI'])
    expect(rows.filter((row) => row['EPCI'] !== wanted(row[ROW_ID]))).toEqual([])
    const few = await all(base(), lecture(), ['EPCI'], idIn(lecture(), [1, 2, 3]))
    expect(few.map(({ EPCI }) => EPCI)).toEqual([null, 1, 2])
  })

  it('reads and counts what a condition matches, whatever its form', async () => {
    const where = '((Effectif,lt,2)~or(Effectif,gte,1240))'
    expect(await countRows(base(), lecture(), where)).toBe(12)
    expect(await countRows(base(), lecture())).toBe(READING_ROWS)
    expect((await all(base(), lecture(), [], where)).map((row) => row[ROW_ID]).slice(0, 3)).toEqual([
      1, 2, 1241,
    ])
    expect(await all(base(), lecture(), ['Nom'], '(Effectif,gt,400)')).toHaveLength(READING_ROWS - 401)
    expect(await all(base(), lecture(), ['Nom'], '(Effectif,gt,9999)')).toEqual([])
  })

  it('names a column or a table that is missing', async () => {
    await expect(all(base(), lecture(), ['Nulle part'])).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
    expect(() => base().table('Nulle part')).toThrow(/«\s*Nulle part\s*» manque.*Lecture/u)
  })
}

let codes = 0
/** Fresh rows for one test; their Ids, rising. */
async function fresh(base: Base, count: number, cells: Record<string, Cell> = {}): Promise<RowId[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    Nom: `Acteur ${index}`,
    Code: `c${++codes}`,
    ...cells,
  }))
  const { ids, refused } = await insertRows(base, base.table('Acteurs'), rows)
  expect(refused).toEqual([])
  return ids.filter((id) => id !== null).toSorted((one, other) => one - other)
}

function writings(base: () => Base, engine: () => Server['engine']): void {
  const actors = () => base().table('Acteurs')
  const cellsOf = async (id: RowId, columns: readonly string[]) => {
    const [row] = await all(base(), actors(), columns, idIn(actors(), [id]))
    return row
  }

  it('writes every kind of cell and reads it back in one form', async () => {
    const [id = 0] = await fresh(base(), 1)
    const cells = {
      Nom: 'Maison du « numérique »',
      'Présentation (détail)': 'Deux\nlignes, et une virgule',
      Effectif: 12,
      'Complétude (%)': 61.5,
      Actif: true,
      Fraîcheur: 'À revoir',
      Services: 'Former|Équiper',
      'Mise à jour': '2026-03-04',
      Vu: '2026-01-02T03:04:05Z',
      Courriel: 'accueil@example.org',
      Site: 'https://example.org',
      Téléphone: '+33296000000',
    }
    const report = await writeRows(base(), actors(), [{ id, cells }])
    expect(report).toMatchObject({ rows: 1, cells: 12, refused: [] })
    expect(await cellsOf(id, Object.keys(cells))).toMatchObject({ [ROW_ID]: id, ...cells })
    const empty = Object.fromEntries(
      Object.keys(cells).map((title) => [title, title === 'Actif' ? false : null]),
    )
    expect(await writeRows(base(), actors(), [{ id, cells: empty }])).toMatchObject({
      cells: 12,
      refused: [],
    })
    expect(await cellsOf(id, Object.keys(cells))).toMatchObject({ [ROW_ID]: id, ...empty })
  })

  it('writes many rows, some with the same values and some with their own', async () => {
    const ids = await fresh(base(), 130)
    const changes = ids.map((id, index) => ({
      id,
      cells: {
        Fraîcheur: 'À jour',
        'Complétude (%)': index % 5,
        Nom: index < 100 ? 'Même nom' : `Nom ${index}`,
      },
    }))
    const report = await writeRows(base(), actors(), changes)
    expect(report).toMatchObject({ rows: 130, cells: 390, refused: [] })
    const rows = await all(base(), actors(), ['Fraîcheur', 'Complétude (%)', 'Nom'], idIn(actors(), ids))
    expect(rows).toMatchObject(changes.map(({ id, cells }) => ({ [ROW_ID]: id, ...cells })))
  })

  it('sends nothing when there is nothing to write', async () => {
    expect(await writeRows(base(), actors(), [])).toEqual({ rows: 0, cells: 0, requests: 0, refused: [] })
    const report = await writeRows(base(), actors(), [{ id: 1, cells: {} }])
    expect(report).toEqual({ rows: 0, cells: 0, requests: 0, refused: [] })
  })

  it('leaves cells that were not given as they are', async () => {
    const [id = 0] = await fresh(base(), 1, { Effectif: 3 })
    await writeRows(base(), actors(), [{ id, cells: { Nom: 'Autre' } }])
    expect(await cellsOf(id, ['Nom', 'Effectif'])).toMatchObject({ [ROW_ID]: id, Nom: 'Autre', Effectif: 3 })
  })

  it('names the cell with an option that does not exist, and writes all the others', async () => {
    const ids = await fresh(base(), 24)
    const changes = ids.map((id, index) => ({
      id,
      cells: { Nom: `Nom ${index}`, Fraîcheur: index === 11 ? 'Inconnue' : 'À jour' },
    }))
    const report = await writeRows(base(), actors(), changes)
    expect(report).toMatchObject({ rows: 24, cells: 47 })
    expect(report.refused).toMatchObject([{ id: ids[11], columns: ['Fraîcheur'] }])
    expect(report.refused[0]?.reason).toMatch(/option|Invalid value/i)
    expect(report.refused[0]?.reason).not.toContain('Inconnue')
    const rows = await all(base(), actors(), ['Nom', 'Fraîcheur'], idIn(actors(), ids))
    expect(rows.map(({ Nom }) => Nom)).toEqual(ids.map((_, index) => `Nom ${index}`))
    expect(rows.filter(({ Fraîcheur }) => Fraîcheur === 'À jour')).toHaveLength(23)
  })

  it('refuses what cannot be in a column, and a column that does not exist', async () => {
    const [id = 0, other = 0] = await fresh(base(), 2, { Effectif: 1 })
    const report = await writeRows(base(), actors(), [
      { id, cells: { Effectif: 'beaucoup', Nom: 'Bon' } },
      { id: other, cells: { 'Nulle part': 'x', UpdatedAt: '2020-01-01', Effectif: 2 } },
    ])
    expect(report.refused.flatMap(({ columns }) => columns).toSorted()).toEqual([
      'Effectif',
      'Nulle part',
      'UpdatedAt',
    ])
    expect(await cellsOf(id, ['Nom', 'Effectif'])).toMatchObject({ [ROW_ID]: id, Nom: 'Bon', Effectif: 1 })
    expect(await cellsOf(other, ['Effectif'])).toMatchObject({ [ROW_ID]: other, Effectif: 2 })
  })

  it('names the row whose value must be unique, and writes the other rows of its batch', async (test) => {
    test.skip(engine() === 'SQLite', 'NocoDB does not enforce unique columns on SQLite')
    const ids = await fresh(base(), 23, { Effectif: 1 })
    const taken = (await cellsOf(ids[0]!, ['Code']))?.Code ?? null
    const changes = ids
      .slice(1)
      .map((id, index) => ({ id, cells: { Effectif: 2, Code: index === 9 ? taken : `n${id}` } }))
    const report = await writeRows(base(), actors(), changes)
    expect(report).toMatchObject({ rows: 22, cells: 43, refused: [{ id: ids[10], columns: ['Code'] }] })
    expect(report.refused[0]?.reason).toMatch(/unique|ne l’a pas gardé/)
    const rows = await all(base(), actors(), ['Effectif', 'Code'], idIn(actors(), ids.slice(1)))
    expect(rows.every(({ Effectif }) => Effectif === 2)).toBe(true)
  })

  it('names the cell that the database cannot hold', async (test) => {
    test.skip(engine() === 'SQLite', 'SQLite holds any number')
    const ids = await fresh(base(), 3)
    const changes = ids.map((id, index) => ({
      id,
      cells: { Effectif: index === 1 ? 1e20 : 5, Nom: 'Gardé' },
    }))
    const report = await writeRows(base(), actors(), changes)
    expect(report).toMatchObject({ rows: 3, cells: 5, refused: [{ id: ids[1], columns: ['Effectif'] }] })
  })

  it('says that a row exists no more, and writes the others', async () => {
    const ids = await fresh(base(), 3)
    const changes = [...ids, 999_999].map((id, index) => ({ id, cells: { Nom: `Encore là ${index}` } }))
    const report = await writeRows(base(), actors(), changes)
    expect(report).toMatchObject({ rows: 3, refused: [{ id: 999_999, columns: ['Nom'], reason: /no more/ }] })
    expect((await all(base(), actors(), ['Nom'], idIn(actors(), ids))).map(({ Nom }) => Nom)).toEqual([
      'Encore là 0',
      'Encore là 1',
      'Encore là 2',
    ])
  })
}

function linkings(base: () => Base): void {
  const actors = () => base().table('Acteurs')
  const linksOf = async (ids: readonly RowId[]) =>
    (await all(base(), actors(), ['EPCI'], idIn(actors(), ids))).map(({ EPCI }) => EPCI)

  it('links, moves and unlinks, and leaves alone what is right', async () => {
    const ids = await fresh(base(), 4)
    const set = (targets: (number | null)[]) =>
      setLinks(
        base(),
        actors(),
        'EPCI',
        ids.map((id, index) => ({ id, target: targets[index] ?? null })),
      )
    expect(await set([1, 1, 2, null])).toMatchObject({ rows: 3, refused: [] })
    expect(await linksOf(ids)).toEqual([1, 1, 2, null])
    expect(await set([1, 3, null, 2])).toMatchObject({ rows: 3, refused: [] })
    expect(await linksOf(ids)).toEqual([1, 3, null, 2])
    expect(await set([1, 3, null, 2])).toMatchObject({ rows: 0, requests: 0, refused: [] })
  })

  it('fills the links that are empty, with their trace, and no other', async () => {
    const ids = await fresh(base(), 5)
    const taken = { id: ids[4]!, target: 2 }
    await setLinks(base(), actors(), 'EPCI', [taken])
    const fill = (id: number, target: number) => ({
      ...{ id, cells: {} },
      link: { title: 'EPCI', target, trace: { title: 'Nom', text: `Rempli (n° ${target})` } },
    })
    const [one, two, three, four, five] = ids as [number, number, number, number, number]
    const filled = [
      { ...fill(one, 1), cells: { Effectif: 7 } },
      ...[fill(two, 1), fill(three, 3), fill(four, 777), fill(five, 1), fill(999_999, 1)],
    ]
    const { rows, filled: done, refused } = await writeRows(base(), actors(), filled)
    expect([rows, done]).toEqual([3, [one, two, three]])
    expect(refused.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([four, 999_999])
    const after = await all(base(), actors(), ['EPCI', 'Nom', 'Effectif'], idIn(actors(), ids))
    expect(after.map(({ EPCI }) => EPCI)).toEqual([1, 1, 3, null, 2])
    const traces = after.map(({ Nom }) => /\(n° \d+\).*$/u.exec(String(Nom))?.[0] ?? null)
    expect(traces).toEqual(['(n° 1)', '(n° 1)', '(n° 3)', null, null])
    expect(after[0]?.['Effectif']).toBe(7)
  })

  it('refuses a target or a row that does not exist', async () => {
    const [id = 0] = await fresh(base(), 1)
    const pairs = [
      { id, target: 777 },
      { id: 999_999, target: 1 },
    ]
    const { refused } = await setLinks(base(), actors(), 'EPCI', pairs)
    expect(refused).toMatchObject([
      { id, columns: ['EPCI'] },
      { id: 999_999, columns: ['EPCI'] },
    ])
    expect(await linksOf([id])).toEqual([null])
  })

  it('refuses a column that is no link', async () => {
    await expect(setLinks(base(), actors(), 'Nom', [{ id: 1, target: 1 }])).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
    })
  })
}

function insertions(base: () => Base): void {
  const actors = () => base().table('Acteurs')

  it('inserts many rows with their links, and names the bad ones', async () => {
    const rows: Record<string, Cell>[] = Array.from({ length: 25 }, (_, index) => ({
      Nom: `Nouveau ${index}`,
      Services: 'Aider|Former',
      EPCI: (index % 3) + 1,
    }))
    rows[4] = { ...rows[4], Fraîcheur: 'Inconnue' }
    rows[5] = { ...rows[5], EPCI: 777 }
    rows[6] = { ...rows[6], 'Nulle part': 1 }
    const { ids, refused } = await insertRows(base(), actors(), rows)
    expect(refused.map(({ index }) => index)).toEqual([4, 5, 6])
    const inserted = ids.filter((id) => id !== null)
    expect(inserted).toHaveLength(22)
    const read = new Map(
      (await all(base(), actors(), ['Nom', 'Services', 'EPCI'], idIn(actors(), inserted))).map((row) => [
        row[ROW_ID],
        row,
      ]),
    )
    for (const [index, id] of ids.entries()) {
      if (id !== null) expect(read.get(id)).toMatchObject({ [ROW_ID]: id, ...rows[index] })
    }
  })

  it('does nothing for no row', async () => {
    expect(await insertRows(base(), actors(), [])).toEqual({ ids: [], refused: [] })
  })
}

function openings(server: () => Server, home: () => ContractBase): void {
  it('finds a base by its title as by its id, and says what the server can do', async () => {
    const base = await openBase({ ...server(), base: home().title }, settingsOf({ pageSize: 5000 }), log)
    expect(base.id).toBe(home().id)
    expect(base.capabilities).toMatchObject({
      edition: 'community',
      routes: { v1: true, v2: true, v3: true },
      pageSize: 1000,
      foreignKeys: true,
      metaViews: true,
      metaHooks: true,
      metaTokens: true,
    })
    await base.close()
  })

  it('uses no route that the settings leave out', async () => {
    const base = await openBase(
      { ...server(), base: home().id },
      settingsOf({ routes: ['v3'], foreignKeys: false }),
      log,
    )
    expect(base.capabilities).toMatchObject({
      routes: { v1: false, v2: false, v3: true },
      foreignKeys: false,
    })
    await base.close()
  })

  it('says that the token is not accepted', async () => {
    const opening = openBase({ ...server(), token: 'not-a-token', base: home().id }, settingsOf({}), log)
    await expect(opening).rejects.toMatchObject({ code: 'NOCODB_FORBIDDEN', message: /NOCODB_TOKEN/ })
  })

  it('says which bases the token sees when the one asked for is not there', async () => {
    const opening = openBase({ ...server(), base: 'Nulle part' }, settingsOf({}), log)
    await expect(opening).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      message: /"Nulle part".*Contract/,
    })
  })
}
