import pMap from 'p-map'
import { setImmediate as turn } from 'node:timers/promises'
import type { Columns } from '../config/columns-file.ts'
import type { RecordId } from '../domain/record-id.ts'
import { cellText } from './actor-fields.ts'
import { actorReading, rowIdOf, stampIn } from './actor-rows.ts'
import type { ActorRow } from './actor-rows.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { ActorTable, ActorTables } from './actor-tables.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { RowId } from './cells.ts'
import type { EpciSirens } from './epci-identity.ts'
import { childrenOf } from './linked-ids.ts'
import { columnOf } from './reading.ts'
import { idIn } from './row-key.ts'
import { countRows, readByIds, readMatching, readRows } from './rows.ts'

/** Which rows of a table of actors; null: none of them. */
export type Where = (table: ActorTable) => string | null

/**
 * Every row of every table of actors, in the order of the records, a page at a time: only the columns that are needed.
 * @param sirens those of the rows of the table EPCI, to read the link; where they are still being read, the pages of
 * actors are asked for meanwhile
 */
export async function* readActors(
  base: Base,
  columns: Columns,
  sirens: EpciSirens | Promise<EpciSirens>,
): AsyncGenerator<ActorRow[]> {
  const all = actorTables(base, columns)
  for (const from of all.tables) {
    const { titles, reader } = actorReading(all, from)
    let toRow: ReturnType<typeof reader> | undefined
    for await (const page of readRows(base, from.table, { columns: titles })) {
      toRow ??= reader(await sirens)
      await turn() // The next requests leave before this page is worked on: the server is never idle.
      yield page.map(toRow)
    }
  }
}

/** The records of these ids, those that exist. */
export async function readActorsByIds(
  base: Base,
  columns: Columns,
  sirens: EpciSirens,
  ids: readonly RecordId[],
): Promise<ActorRow[]> {
  const all = actorTables(base, columns)
  const rows: ActorRow[] = []
  for (const [from, own] of byTable(all, ids, (id) => id)) {
    const { titles, reader } = actorReading(all, from)
    rows.push(...(await readByIds(base, from.table, own.map(all.rowOf), titles)).map(reader(sirens)))
  }
  return rows
}

/** The ids of the records that people linked to one of these rows of the table EPCI. */
export async function linkedActors(
  base: Base,
  columns: Columns,
  epcis: readonly RowId[],
): Promise<RecordId[]> {
  if (epcis.length === 0) return []
  const ids: RecordId[] = []
  for (const from of actorTables(base, columns).tables) {
    const where = linkedTo(from, epcis)
    if (where === null) ids.push(...(await childrenOfAll(base, from, epcis)).map(from.idOf))
    else
      for await (const page of readMatching(base, from.table, { columns: [], where }))
        ids.push(...page.map((row) => from.idOf(row[ROW_ID])))
  }
  return ids
}

/** What tells whether a row changed: NocoDB's own instants, and the row of the table EPCI that it is linked to. */
export type ActorStamp = {
  readonly id: RecordId
  readonly stamp: string | null
  readonly link: RowId | null
}

/**
 * It of each record that matches, a page at a time and nothing more of it: a sixth of the time of a full reading. A
 * second instant would cost NocoDB as much as the rest of it together (2026-11-30), so « created at » is asked for only of
 * the rows that nobody has changed yet.
 */
export async function* readActorStamps(
  base: Base,
  columns: Columns,
  where?: Where,
): AsyncGenerator<readonly ActorStamp[]> {
  for (const from of actorTables(base, columns).tables) {
    const some = where?.(from)
    if (some === null) continue
    const { title } = from.names.epci
    const query = { columns: [title, 'UpdatedAt'], ...(some === undefined ? {} : { where: some }) }
    for await (const page of readRows(base, from.table, query)) {
      const untouched = page.flatMap((row) => (cellText(row['UpdatedAt']) === null ? [row[ROW_ID]] : []))
      const created = await readByIds(base, from.table, untouched, ['CreatedAt'])
      const stamps = new Map(created.map((row) => [row[ROW_ID], stampIn(row)]))
      yield page.map((row) => ({
        ...{ id: from.idOf(row[ROW_ID]), link: rowIdOf(row[title]) },
        stamp: cellText(row['UpdatedAt']) ?? stamps.get(row[ROW_ID]) ?? null,
      }))
    }
  }
}

/** How many records there are. */
export async function countActors(base: Base, columns: Columns): Promise<number> {
  const { tables } = actorTables(base, columns)
  const counts = await Promise.all(tables.map(({ table }) => countRows(base, table)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The rows that were made or changed since `instant`, by NocoDB's own clock. Links set by the API alone are not told. */
export function touchedSince(instant: string): Where {
  return ({ table }) => {
    const [updated, created] = ['UpdatedAt', 'CreatedAt'].map((title) => columnOf(table, title).wire)
    return `(${updated},gte,exactDate,${instant})~or((${updated},blank)~and(${created},gte,exactDate,${instant}))`
  }
}

/** The `where` of the rows that are linked to one of these rows of the table EPCI; null: the table has no column for it. */
export function linkedTo({ table, names }: ActorTable, epcis: readonly RowId[]): string | null {
  const key = table.foreignKeys.get(names.epci.title)
  if (key === undefined || epcis.length === 0) return null
  return `(${columnOf(table, key).id || key},in,${epcis.join(',')})`
}

/** The rows of these records, a few hundred at most. */
export function withIds(ids: readonly RecordId[], { of, rowOf }: ActorTables): Where {
  return ({ part, table }) => {
    const own = ids.filter((id) => of(id)?.part === part)
    return own.length === 0 ? null : idIn(table, own.map(rowOf))
  }
}

async function childrenOfAll(
  base: Base,
  { table, names }: ActorTable,
  epcis: readonly RowId[],
): Promise<RowId[]> {
  const inverse = table.inverses.get(names.epci.title)
  const parents = [...base.tables.values()].find(({ id }) => id === inverse?.tableId)
  if (inverse === undefined || parents === undefined) return []
  const lists = await pMap(epcis, (epci) => childrenOf(base, parents, inverse.columnId, epci), {
    concurrency: base.settings.connections,
  })
  return lists.flat()
}
