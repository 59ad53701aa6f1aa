import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { Row, RowId } from './cells.ts'
import { and, countRows, readPage } from './pages.ts'
import type { Page } from './pages.ts'
import { prepareReading } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Table } from './schema.ts'

export { countRows }

/** What to read: titles of columns (a link by its title gives the linked Id), and a NocoDB `where`. */
export type Query = { readonly columns: readonly string[]; readonly where?: string }

/**
 * The rows in the order of their Id, a page at a time, with canonical cells. A few pages are read at once and no
 * more are held. What is given is held against the server's count; throws NOCODB_UNAVAILABLE when rows are missing.
 */
export async function* readRows(base: Base, table: Table, query: Query): AsyncGenerator<Row[]> {
  const reading = await prepareReading(base, table, query)
  const limit = base.capabilities.pageSize
  const { fields } = reading
  const [first, last, total] = await Promise.all([
    readPage(base, table, { fields, where: query.where, limit }),
    readPage(base, table, { fields: [], where: query.where, limit: 1, lastFirst: true }),
    base.capabilities.routes.v2 ? null : countRows(base, table, query.where),
  ])
  const expected = first.total ?? total ?? first.records.length
  let given = first.records.length
  if (given > 0) yield first.records.map(reading.toRow)
  const from = first.records.at(-1)?.id
  const upTo = last.records[0]?.id
  if (!first.more || from === undefined || upTo === undefined) return
  for await (const page of windows(base, table, query.where, reading, {
    from,
    upTo,
    rows: expected - given,
    limit,
  })) {
    given += page.records.length
    if (page.records.length > 0) yield page.records.map(reading.toRow)
  }
  if (given !== expected) yield* readMoved(base, table, query, reading, { upTo, given, expected })
}

type Span = { readonly from: RowId; readonly upTo: RowId; readonly rows: number; readonly limit: number }

/**
 * Pages by windows of Id, not by offset: nothing moves under them when a row is deleted, and a window deep in the
 * table costs no more than the first one. Their width follows how dense the Ids are.
 */
async function* windows(
  base: Base,
  table: Table,
  where: string | undefined,
  { fields }: Reading,
  { from, upTo, rows, limit }: Span,
): AsyncGenerator<Page> {
  const density = rows / (upTo - from)
  const width = Math.max(1, Math.floor(density >= 1 ? limit : (0.95 * limit) / density))
  const read = (after: RowId, end: RowId) => {
    const window = `(Id,gt,${after})~and(Id,le,${end})`
    const page = readPage(base, table, { fields, where: and(where, window), limit })
    page.catch(() => {}) // Its failure is thrown where it is awaited; until then it must not end the process.
    return { end, page }
  }
  const reading: ReturnType<typeof read>[] = []
  let after = from
  const fill = () => {
    while (reading.length < base.settings.connections && after < upTo) {
      const end = Math.min(upTo, after + width)
      reading.push(read(after, end))
      after = end
    }
  }
  for (fill(); reading.length > 0; fill()) {
    const { end, page } = reading.shift()!
    const got = await page
    const reached = got.records.at(-1)?.id
    if (got.more && reached !== undefined) reading.unshift(read(reached, end))
    else fill()
    yield got
  }
}

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
  const left = await countRows(base, table, and(query.where, `(Id,le,${upTo})`))
  if (left > given && query.where === undefined) {
    throw new PortreaError(
      'NOCODB_UNAVAILABLE',
      `NocoDB counts ${left} rows in table "${table.title}" and gave ${given}; run again, and if it stays so, take a route out of config/nocodb.yaml.`,
    )
  }
  const where = and(query.where, `(Id,gt,${upTo})`)
  const limit = base.capabilities.pageSize
  for (let page = await readPage(base, table, { fields: reading.fields, where, limit }); ;) {
    if (page.records.length > 0) yield page.records.map(reading.toRow)
    const reached = page.records.at(-1)?.id
    if (!page.more || reached === undefined) return
    page = await readPage(base, table, {
      fields: reading.fields,
      where: and(query.where, `(Id,gt,${reached})`),
      limit,
    })
  }
}
