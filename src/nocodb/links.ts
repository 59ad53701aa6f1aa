import pMap from 'p-map'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { RowId } from './cells.ts'
import type { Refusal } from './check-writes.ts'
import { answerOf, isRefusal } from './failures.ts'
import type { Method } from './http.ts'
import { chunk } from './chunk.ts'
import { columnOf } from './reading.ts'
import { MADE_BY_NOCODB, rowKey, idIn } from './row-key.ts'
import { readRows } from './rows.ts'
import type { Column, Table } from './schema.ts'
import { writeRows } from './write-rows.ts'
import type { WriteReport } from './write-rows.ts'

export type Pair = { readonly id: RowId; readonly target: RowId | null }

/**
 * Links each row to its target (null: unlinks) and reads the links back; a link that is right already costs nothing.
 * A target that does not exist is refused here, for a foreign key would take it. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN and SCHEMA_MISMATCH.
 */
export async function setLinks(
  base: Base,
  table: Table,
  linkTitle: string,
  pairs: readonly Pair[],
): Promise<WriteReport> {
  const link = columnOf(table, linkTitle)
  if (link.kind !== 'link') {
    const text = `La colonne « ${linkTitle} » de « ${table.title} » n’est pas un lien vers une seule ligne : vérifiez config/columns.yaml.`
    throw new PortreaError('SCHEMA_MISMATCH', text)
  }
  const found = await existingTargets(
    base,
    link,
    pairs.flatMap(({ target }) => target ?? []),
  )
  const before = await byId(base, table, [...new Set(pairs.map(({ id }) => id))], [linkTitle])
  const refused: Refusal[] = []
  const moves: Move[] = []
  for (const { id, target } of new Map(pairs.map((pair) => [pair.id, pair])).values()) {
    const from = (before.get(id)?.[linkTitle] ?? null) as RowId | null
    if (!before.has(id)) refused.push(refusal(link, id, 'la ligne n’existe plus'))
    else if (target !== null && !found.has(target))
      refused.push(refusal(link, id, 'la ligne à relier n’existe pas'))
    else if (from !== target) moves.push({ id, from, to: target })
  }
  const key = table.foreignKeys.get(linkTitle)
  const report =
    key === undefined
      ? await linkByEndpoint(base, table, link, moves)
      : await linkByForeignKey(base, table, link, key, moves)
  return { ...report, refused: [...refused, ...report.refused] }
}

type Move = { readonly id: RowId; readonly from: RowId | null; readonly to: RowId | null }

/** Which of these ids exist at the other end of a link. */
export async function existingTargets(base: Base, link: Column, ids: readonly RowId[]): Promise<Set<RowId>> {
  const related = [...base.tables.values()].find(({ id }) => id === link.relatedTableId)
  if (related === undefined) {
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      `La table vers laquelle mène « ${link.title} » n’est pas dans la base « ${base.title} ».`,
    )
  }
  return new Set((await byId(base, related, [...new Set(ids)], [])).keys())
}

/** The rows of these ids, a few hundred in one reading. */
async function byId(base: Base, table: Table, ids: readonly RowId[], columns: readonly string[]) {
  const rows = new Map<RowId, Readonly<Record<string, unknown>>>()
  await pMap(
    chunk(ids, 500),
    async (some) => {
      for await (const page of readRows(base, table, { columns, where: idIn(table, some) }))
        for (const row of page) rows.set(row[ROW_ID], row)
    },
    { concurrency: base.settings.connections },
  )
  return rows
}

async function linkByForeignKey(
  base: Base,
  table: Table,
  link: Column,
  key: string,
  moves: readonly Move[],
): Promise<WriteReport> {
  const changes = moves.map(({ id, to }) => ({ id, cells: { [key]: to } }))
  const report = await writeRows(base, table, changes)
  return { ...report, refused: report.refused.map(({ id, reason }) => refusal(link, id, reason)) }
}

/** Unlinks, links, reads back. */
async function linkByEndpoint(
  base: Base,
  table: Table,
  link: Column,
  moves: readonly Move[],
): Promise<WriteReport> {
  if (moves.length === 0) return { rows: 0, cells: 0, requests: 0, refused: [] }
  const off = moves.map(({ id, from }) => ({ id, target: from }))
  const on = moves.map(({ id, to }) => ({ id, target: to }))
  const reasons = new Map<RowId, string>()
  const requests =
    (await callLinks(base, table, link, 'DELETE', off, reasons)) +
    (await callLinks(base, table, link, 'POST', on, reasons))
  const after = await byId(
    base,
    table,
    moves.map(({ id }) => id),
    [link.title],
  )
  const refused = moves
    .filter(({ id, to }) => after.get(id)?.[link.title] !== to)
    .map(({ id }) => refusal(link, id, reasons.get(id) ?? 'NocoDB l’a accepté, mais le lien n’y est pas'))
  const done = moves.length - refused.length
  return { rows: done, cells: done, requests, refused }
}

/** By the other end when it is known (many rows in one request), else row by row. Gives the number of requests. */
async function callLinks(
  base: Base,
  table: Table,
  link: Column,
  method: Method,
  pairs: readonly Pair[],
  reasons: Map<RowId, string>,
): Promise<number> {
  const inverse = table.inverses.get(link.title)
  const calls: Call[] = []
  const byTarget = Map.groupBy(pairs, ({ target }) => target)
  for (const [target, group] of byTarget) {
    if (target === null) continue
    const rows = group.map(({ id }) => id)
    if (inverse === undefined) {
      const related = [...base.tables.values()].find(({ id }) => id === link.relatedTableId)
      const own = { tableId: table.id, columnId: link.id, key: keyTitle(related) }
      for (const id of rows) calls.push({ ...own, record: id, ends: [target], rows: [id] })
    } else {
      const other = { ...inverse, key: keyTitle(table) }
      for (const some of chunk(rows, 100)) calls.push({ ...other, record: target, ends: some, rows: some })
    }
  }
  let requests = 0
  const send = async (call: Call): Promise<void> => {
    requests++
    try {
      await sendLinks(base, method, call)
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (call.ends.length === 1) {
        for (const id of call.rows) reasons.set(id, answerOf(error)?.message ?? error.message)
        return
      }
      const size = call.ends.length > 10 ? 10 : 1
      for (const some of chunk(call.ends, size)) await send({ ...call, ends: some, rows: some })
    }
  }
  await pMap(calls, send, { concurrency: base.settings.connections })
  return requests
}

type Call = {
  readonly tableId: string
  readonly columnId: string
  /** What the ends are named by. */
  readonly key: string
  readonly record: RowId
  readonly ends: readonly RowId[]
  /** The rows of the caller's table that this call is about. */
  readonly rows: readonly RowId[]
}

/** Unlike the other bodies of v2, one that names the ends of links knows a key by its title alone (0.301.3). */
function keyTitle(table: Table | undefined): string {
  return ((table === undefined ? null : rowKey(table)) ?? MADE_BY_NOCODB).wire
}

/** Linking twice changes nothing, so a POST may be sent again. */
async function sendLinks(
  base: Base,
  method: Method,
  { tableId, columnId, key, record, ends }: Call,
): Promise<void> {
  const v2 = base.capabilities.routes.v2
  await base.http.send({
    method,
    path: v2
      ? `/api/v2/tables/${tableId}/links/${columnId}/records/${record}`
      : `/api/v3/data/${base.id}/${tableId}/links/${columnId}/${record}`,
    body: v2 ? ends.map((id) => ({ [key]: id })) : ends.map((id) => ({ id })),
    idempotent: true,
  })
}

function refusal(link: Column, id: RowId, reason: string): Refusal {
  return { id, columns: [link.title], reason }
}
