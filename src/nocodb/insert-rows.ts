import pMap from 'p-map'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import { ROW_ID, sameCell } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { cellFault } from './check-writes.ts'
import { answerOf, isRefusal } from './failures.ts'
import { existingTargets, setLinks } from './links.ts'
import { readPage } from './pages.ts'
import { chunk } from './chunk.ts'
import { columnOf } from './reading.ts'
import { idIs, readId } from './row-key.ts'
import { readRows } from './rows.ts'
import type { Table } from './schema.ts'
import { batchLimit, learnBatchLimit, wireCells } from './send-writes.ts'
import { withoutValues } from './write-rows.ts'

type Cells = Readonly<Record<string, Cell>>

/** Ids in the order of the rows given (null: refused), and the reason of each refusal. */
export type InsertReport = {
  readonly ids: readonly (RowId | null)[]
  readonly refused: readonly { readonly index: number; readonly reason: string }[]
}

/**
 * Inserts rows; a link is given by its title and the id it leads to. The good rows of a refused batch go in. When a
 * connection breaks, the rows that went in all the same are found again: nothing is inserted twice.
 * Throws NOCODB_UNAVAILABLE and NOCODB_FORBIDDEN.
 */
export async function insertRows(base: Base, table: Table, rows: readonly Cells[]): Promise<InsertReport> {
  if (rows.length === 0) return { ids: [], refused: [] }
  const job: Job = {
    base,
    table,
    ids: rows.map(() => null),
    refused: [],
    unsure: [],
    before: await lastId(base, table),
  }
  const entries = await soundEntries(job, rows)
  const batches = chunk(entries, batchLimit(base))
  await pMap(batches, (batch) => insertBatch(job, batch), { concurrency: base.settings.connections })
  await settle(job)
  await linkInserted(job, entries)
  return { ids: job.ids, refused: job.refused.toSorted((one, other) => one.index - other.index) }
}

type Entry = { readonly index: number; readonly cells: Cells; readonly links: Cells }
type Job = {
  readonly base: Base
  readonly table: Table
  readonly ids: (RowId | null)[]
  readonly refused: { index: number; reason: string }[]
  /** Entries of which we do not know whether they went in. */
  readonly unsure: Entry[]
  readonly before: RowId
}

/** Sets aside the rows that cannot go in; puts links apart, or on their foreign key. */
async function soundEntries(job: Job, rows: readonly Cells[]): Promise<Entry[]> {
  const { base, table } = job
  const missing = await missingTargets(base, table, rows)
  return rows.flatMap((row, index) => {
    const cells: Record<string, Cell> = {}
    const links: Record<string, Cell> = {}
    for (const [title, cell] of Object.entries(row)) {
      const isLink = table.columns.get(title)?.kind === 'link'
      const key = table.foreignKeys.get(title)
      const reason = isLink
        ? missing.get(title)?.has(cell)
          ? `"${title}": no such record`
          : null
        : cellFault(table, title, cell)
      if (reason !== null) return refuse(job, index, reason)
      if (!isLink) cells[title] = cell
      else if (key !== undefined) cells[key] = cell
      else if (cell !== null) links[title] = cell
    }
    return [{ index, cells, links }]
  })
}

/** Of each link, the ids given that lead nowhere: a foreign key would take them without a word. */
async function missingTargets(
  base: Base,
  table: Table,
  rows: readonly Cells[],
): Promise<Map<string, Set<Cell>>> {
  const missing = new Map<string, Set<Cell>>()
  for (const { title, kind } of table.columns.values()) {
    if (kind !== 'link') continue
    const asked = [...new Set(rows.map((row) => row[title] ?? null).filter((cell) => cell !== null))]
    if (asked.length === 0) continue
    const found = await existingTargets(base, columnOf(table, title), asked.map(Number))
    missing.set(title, new Set(asked.filter((id) => !found.has(Number(id)))))
  }
  return missing
}

function refuse(job: Job, index: number, reason: string): [] {
  job.refused.push({ index, reason })
  return []
}

async function insertBatch(job: Job, entries: readonly Entry[]): Promise<void> {
  try {
    const ids = await post(job.base, job.table, entries)
    for (const [place, { index }] of entries.entries()) job.ids[index] = ids[place] ?? null
  } catch (error) {
    if (error instanceof PortreaError && error.code === 'NOCODB_UNAVAILABLE') {
      job.unsure.push(...entries)
    } else if (!isRefusal(error)) {
      throw error
    } else if (entries.length > 1) {
      const size = learnBatchLimit(job.base, error, entries.length)
        ? batchLimit(job.base)
        : entries.length > 10
          ? 10
          : 1
      for (const batch of chunk(entries, size)) await insertBatch(job, batch)
    } else {
      refuse(
        job,
        entries[0]!.index,
        withoutValues(answerOf(error)?.message ?? error.message, entries[0]!.cells),
      )
    }
  }
}

async function post(
  { http, id, capabilities }: Base,
  table: Table,
  entries: readonly Entry[],
): Promise<RowId[]> {
  if (capabilities.routes.v2) {
    const body = entries.map(({ cells }) => wireCells(table, cells))
    const path = `/api/v2/tables/${table.id}/records`
    const added = await http.send<unknown[]>({ method: 'POST', path, body, expects: Array.isArray })
    return added.map(addedId)
  }
  type Answer = { records: { id: RowId }[] }
  const body = entries.map(({ cells }) => ({ fields: wireCells(table, cells) }))
  const path = `/api/v3/data/${id}/${table.id}/records`
  const expects = (answer: unknown) => Array.isArray((answer as Answer).records)
  return (await http.send<Answer>({ method: 'POST', path, body, expects })).records.map((record) =>
    readId(record.id),
  )
}

/** v2 tells of a new row its key and nothing else. */
function addedId(added: unknown): RowId {
  return readId(typeof added === 'object' && added !== null ? Object.values(added)[0] : added)
}

/** The key of the newest row; of an empty table, less than any. */
export async function lastId(base: Base, table: Table): Promise<RowId> {
  const { records } = await readPage(base, table, { fields: [], limit: 1, lastFirst: true })
  return records[0]?.id ?? Number.MIN_SAFE_INTEGER
}

/** Finds, among the rows added since, those of which the answer was lost; the others are reported, never sent again. */
async function settle(job: Job): Promise<void> {
  const { base, table, unsure, before } = job
  if (unsure.length === 0) return
  const known = new Set(job.ids)
  const columns = [...new Set(unsure.flatMap(({ cells }) => Object.keys(cells)))]
  const found: Row[] = []
  for await (const page of readRows(base, table, { columns, where: idIs(table, 'gt', before) })) {
    found.push(...page.filter((row) => !known.has(row[ROW_ID])))
  }
  for (const { index, cells } of unsure) {
    const place = found.findIndex((row) => isOf(table, row, cells))
    if (place >= 0) job.ids[index] = found.splice(place, 1)[0]![ROW_ID]
    else refuse(job, index, 'the connection broke while it was inserted, and it is not in the table')
  }
}

function isOf(table: Table, row: Row, cells: Cells): boolean {
  return Object.entries(cells).every(([title, cell]) =>
    sameCell(table.columns.get(title)?.kind ?? 'other', cell, row[title] ?? null),
  )
}

/** Without foreign keys, links are set once the rows are there. */
async function linkInserted(job: Job, entries: readonly Entry[]): Promise<void> {
  const titles = new Set(entries.flatMap(({ links }) => Object.keys(links)))
  for (const title of titles) {
    const pairs = entries.flatMap(({ index, links }) => {
      const id = job.ids[index]
      const target = links[title]
      return typeof id === 'number' && typeof target === 'number' ? [{ id, target }] : []
    })
    const { refused } = await setLinks(job.base, job.table, title, pairs)
    for (const { id, reason } of refused)
      refuse(job, job.ids.indexOf(id), `inserted, but not linked: ${reason}`)
  }
}
