import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { Row, RowId } from './cells.ts'
import { chunk } from './chunk.ts'
import { and, countRows, readPage } from './pages.ts'
import type { Page, RawRecord } from './pages.ts'
import { prepareReading } from './reading.ts'
import type { Reading } from './reading.ts'
import { idIs, idIn } from './row-key.ts'
import type { Table } from './schema.ts'

export { countRows }

/** What to read: titles of columns (a link by its title gives the id it leads to), and a NocoDB `where`. */
export type Query = { readonly columns: readonly string[]; readonly where?: string }

/**
 * The rows in the order of their Id, a page at a time, with canonical cells. A few pages are read at once and no
 * more are held. What is given is held against the server's count; throws NOCODB_UNAVAILABLE when rows are missing.
 */
export async function* readRows(base: Base, table: Table, query: Query): AsyncGenerator<Row[]> {
  const reading = await prepareReading(base, table, query)
  const { where } = query
  const limit = base.capabilities.pageSize
  const first = quiet(readPage(base, table, { fields: reading.fields, where, limit }))
  const [last, counted] = await Promise.all([
    readPage(base, table, { fields: [], where, limit: 1, lastFirst: true }),
    base.capabilities.routes.v2 ? null : countRows(base, table, where),
  ])
  const total = last.total ?? counted ?? 0
  const lastId = last.records[0]?.id
  if (lastId === undefined) return
  const cut = await firstCut(first, { total, lastId, limit })
  let given = 0
  for await (const page of pages(base, table, query, reading, { first, cut, lastId, total, limit })) {
    given += page.length
    if (page.length > 0) yield page.map(reading.toRow)
  }
  if (given !== total) yield* readMoved(base, table, query, reading, { upTo: lastId, given, expected: total })
}

/** NocoDB works on one thing at a time: so many rows keep it for some 40 ms from what else is asked of it. */
const GENTLE_PAGE = 300

/**
 * The rows that match, in the order of their Id, one page after the other: the cheapest way where few are expected, and
 * the one that lets others in between where they are many.
 */
export async function* readMatching(base: Base, table: Table, query: Query): AsyncGenerator<Row[]> {
  const { fields, toRow } = await prepareReading(base, table, query)
  const limit = Math.min(GENTLE_PAGE, base.capabilities.pageSize)
  for (let after: RowId | undefined; ;) {
    const where = after === undefined ? query.where : and(query.where, idIs(table, 'gt', after))
    const { records, more } = await readPage(base, table, { fields, where, limit })
    after = records.at(-1)?.id
    if (records.length > 0) yield records.map(toRow)
    if (!more || after === undefined) return
  }
}

/** These columns of every row of a table, read as gently, where the rows are few. */
export async function readEveryRow(base: Base, table: Table, columns: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of readMatching(base, table, { columns })) rows.push(...page)
  return rows
}

/** The rows of these Ids, those that exist. */
export async function readByIds(
  base: Base,
  table: Table,
  ids: readonly RowId[],
  columns: readonly string[],
): Promise<Row[]> {
  const some = chunk([...new Set(ids)], Math.min(GENTLE_PAGE, base.capabilities.pageSize))
  const rows: Row[] = []
  for (const piece of some)
    for await (const page of readMatching(base, table, { columns, where: idIn(table, piece) }))
      rows.push(...page)
  return rows
}

/** Its failure is thrown where it is awaited; until then it must not end the process. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

type Bounds = { readonly total: number; readonly lastId: RowId; readonly limit: number }

/**
 * The Id at which the first page ends and the windows begin. Where hardly an Id is missing it is known before the page
 * is there (its last Id cannot be less than its length), and the windows need not wait for it.
 */
async function firstCut(first: Promise<Page>, { total, lastId, limit }: Bounds): Promise<RowId> {
  if (total <= limit) return lastId
  if (lastId <= 1.1 * total) return limit
  return (await first).records.at(-1)?.id ?? lastId
}

/**
 * Pages by windows of Id, not by offset: nothing moves under them when a row is deleted, and a window deep in the
 * table costs no more than the first one. Their width follows how dense the Ids are.
 */
async function* pages(
  base: Base,
  table: Table,
  { where }: Query,
  { fields }: Reading,
  { first, cut, lastId, total, limit }: Bounds & { readonly first: Promise<Page>; readonly cut: RowId },
): AsyncGenerator<readonly RawRecord[]> {
  const density = (total - limit) / (lastId - cut)
  const width = Math.max(1, Math.floor(density >= 1 ? limit : (0.95 * limit) / density))
  const { connections } = base.settings
  const queue: Window[] = []
  let after = cut
  const asked = new Set<Promise<Page>>()
  const most = connections + AHEAD
  const ask = (end: RowId, page: Promise<Page>): Window => {
    asked.add(page)
    const answered = () => {
      asked.delete(page)
      fill()
    }
    page.then(answered, answered)
    return { end, page }
  }
  const read = (from: RowId, end: RowId) => {
    const window = and(where, `${idIs(table, 'gt', from)}~and${idIs(table, 'le', end)}`)
    return ask(end, readPage(base, table, { fields, where: window, limit }))
  }
  // The page whose turn it is may come late: others are asked for meanwhile, so that the server is never idle.
  const fill = () => {
    while (asked.size < connections && queue.length < most && after < lastId) {
      const from = after
      after = Math.min(lastId, after + width)
      queue.push(read(from, after))
    }
  }
  queue.push(ask(cut, first))
  try {
    for (fill(); queue.length > 0; fill()) {
      const { end, page } = queue.shift()!
      const { records, more } = await page
      const reached = records.at(-1)?.id
      if (more && reached !== undefined && reached < end) queue.unshift(read(reached, end))
      fill()
      yield reached !== undefined && reached > end ? records.filter(({ id }) => id <= end) : records
    }
  } finally {
    after = lastId // nobody listens any more: nothing more is asked for
  }
}

/** A window that was asked for: the last Id that it may hold, and its page. */
type Window = { readonly end: RowId; readonly page: Promise<Page> }
/** Pages that may wait for their turn beside those on their way: each is a few MB. */
const AHEAD = 2

type Moved = { readonly upTo: RowId; readonly given: number; readonly expected: number }

/** The base moved while it was read: gives the rows added since, and makes sure that no older one is missing. */
async function* readMoved(
  base: Base,
  table: Table,
  query: Query,
  reading: Reading,
  { upTo, given, expected }: Moved,
): AsyncGenerator<Row[]> {
  base.log.warn({ table: table.title, expected, read: given }, 'rows came or went while they were read')
  const left = await countRows(base, table, and(query.where, idIs(table, 'le', upTo)))
  if (left > given && query.where === undefined) {
    throw new PortreaError(
      'NOCODB_UNAVAILABLE',
      `NocoDB compte ${left} lignes dans « ${table.title} » et en a donné ${given} : relancez ; si cela dure, retirez une route de config/nocodb.yaml.`,
    )
  }
  const where = and(query.where, idIs(table, 'gt', upTo))
  const limit = base.capabilities.pageSize
  for (let page = await readPage(base, table, { fields: reading.fields, where, limit }); ;) {
    if (page.records.length > 0) yield page.records.map(reading.toRow)
    const reached = page.records.at(-1)?.id
    if (!page.more || reached === undefined) return
    page = await readPage(base, table, {
      fields: reading.fields,
      where: and(query.where, idIs(table, 'gt', reached)),
      limit,
    })
  }
}
