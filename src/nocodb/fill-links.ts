import pMap from 'p-map'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { RowId } from './cells.ts'
import type { Refusal } from './check-writes.ts'
import { unsureText } from './epci-trace.ts'
import { answerOf, isRefusal } from './failures.ts'
import type { Change, LinkToFill } from './group-writes.ts'
import { existingTargets, setLinks } from './links.ts'
import { chunk } from './chunk.ts'
import { columnOf } from './reading.ts'
import { idIn } from './row-key.ts'
import { readByIds } from './rows.ts'
import type { Column, Table } from './schema.ts'

/** A change whose link is to be filled. */
export type Filling = Change & { readonly link: LinkToFill }

/** Writes plain cells, verified; handed in, for it calls us for the links among its changes. */
export type WriteCells = (changes: readonly Change[]) => Promise<{
  readonly requests: number
  readonly refused: readonly Refusal[]
}>

/** The rows of which the link was filled, in how many writing requests, and those that NocoDB refused. */
export type FillReport = {
  readonly filled: readonly RowId[]
  readonly requests: number
  readonly refused: readonly Refusal[]
}

/**
 * Fills links to one record where they are empty at that very moment, each with its trace, and reads them back. Where the
 * server can, link and trace go in one statement that names the empty ones alone: nobody's choice is written over, and
 * an answer that is lost leaves both or neither. A link that somebody set meanwhile is theirs, and no refusal.
 * Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN and SCHEMA_MISMATCH.
 */
export async function fillLinks(
  base: Base,
  table: Table,
  changes: readonly Filling[],
  writeCells: WriteCells,
): Promise<FillReport> {
  const filled: RowId[] = []
  const refused: Refusal[] = []
  let requests = 0
  for (const [title, same] of Map.groupBy(changes, ({ link }) => link.title)) {
    const link = columnOf(table, title)
    const wanted = same.map((change) => change.link.target)
    const there = await existingTargets(base, link, wanted)
    for (const { id } of same.filter((change) => !there.has(change.link.target)))
      refused.push({ id, columns: [title], reason: 'la ligne à relier n’existe pas' })
    const job = { base, table, link, writeCells, reasons: new Map<RowId, string>() }
    const sound = same.filter((change) => there.has(change.link.target))
    requests += await send(job, sound)
    const after = await linksOf(job, sound)
    for (const { id, link: asked } of sound) {
      const row = after.get(id)
      if (row === undefined) refused.push({ id, columns: [title], reason: 'la ligne n’existe plus' })
      else if (row.target === asked.target && row.trace === asked.trace.text) filled.push(id)
      else if (row.target === null)
        refused.push({ id, columns: [title], reason: job.reasons.get(id) ?? 'NocoDB did not keep the link' })
    }
  }
  return { filled, requests, refused }
}

type Job = {
  readonly base: Base
  readonly table: Table
  readonly link: Column
  readonly writeCells: WriteCells
  readonly reasons: Map<RowId, string>
}

function send(job: Job, changes: readonly Filling[]): Promise<number> {
  const key = job.table.foreignKeys.get(job.link.title)
  if (key === undefined) return byEndpoint(job, changes)
  return job.base.capabilities.routes.v1 ? inOneStatement(job, key, changes) : byForeignKey(job, key, changes)
}

/** v1 bulk-update-all sets one set of values: the rows of one target go together. */
async function inOneStatement(
  { base, table, link, reasons }: Job,
  key: string,
  changes: readonly Filling[],
): Promise<number> {
  const groups = Map.groupBy(changes, (change) => `${change.link.target} ${change.link.trace.text}`)
  const calls = [...groups.values()].flatMap((group) => chunk(group, base.capabilities.batch.v1))
  await pMap(
    calls,
    async (rows) => {
      const { target, trace } = rows[0]!.link
      const ids = rows.map(({ id }) => id)
      try {
        await base.http.send({
          method: 'PATCH',
          path: `/api/v1/db/data/bulk/noco/${base.id}/${table.id}/all`,
          query: { where: `${idIn(table, ids)}~and(${link.id},blank)` },
          body: { [key]: target, [trace.title]: trace.text },
        })
      } catch (error) {
        if (!isRefusal(error)) throw error
        for (const { id } of rows) reasons.set(id, answerOf(error)?.message ?? error.message)
      }
    },
    { concurrency: base.settings.connections },
  )
  return calls.length
}

/** Without that route: the empty ones are looked for right before; link and trace are cells of one row. */
async function byForeignKey(job: Job, key: string, changes: readonly Filling[]): Promise<number> {
  const cells = (await stillEmpty(job, changes)).map(({ id, link: { target, trace } }) => ({
    id,
    cells: { [key]: target, [trace.title]: trace.text },
  }))
  const { requests, refused } = await job.writeCells(cells)
  for (const { id, reason } of refused) job.reasons.set(id, reason)
  return requests
}

/** Links without foreign keys stand apart from cells: the trace goes first, unsure, and is confirmed by what was seen. */
async function byEndpoint(job: Job, changes: readonly Filling[]): Promise<number> {
  const { base, table, link, writeCells, reasons } = job
  const rows = await stillEmpty(job, changes)
  const trace = (some: readonly Filling[], text: (text: string) => string | null) =>
    writeCells(
      some.map(({ id, link: { trace: cell } }) => ({ id, cells: { [cell.title]: text(cell.text) } })),
    )
  const noted = await trace(rows, unsureText)
  const pairs = rows.map(({ id, link: { target } }) => ({ id, target }))
  const linked = await setLinks(base, table, link.title, pairs)
  for (const { id, reason } of linked.refused) reasons.set(id, reason)
  const lost = new Set(linked.refused.map(({ id }) => id))
  const sure = await trace(
    rows.filter(({ id }) => !lost.has(id)),
    (text) => text,
  )
  const undone = await trace(
    rows.filter(({ id }) => lost.has(id)),
    () => null,
  )
  return noted.requests + linked.requests + sure.requests + undone.requests
}

async function stillEmpty(job: Job, changes: readonly Filling[]): Promise<Filling[]> {
  const now = await linksOf(job, changes)
  return changes.filter(({ id }) => now.get(id)?.target === null)
}

async function linksOf({ base, table, link }: Job, changes: readonly Filling[]) {
  const traces = [...new Set(changes.map(({ link: { trace } }) => trace.title))]
  const ids = changes.map(({ id }) => id)
  const rows = await readByIds(base, table, ids, [link.title, ...traces])
  const traceOf = new Map(changes.map(({ id, link: { trace } }) => [id, trace.title]))
  return new Map(
    rows.map((row) => {
      const target = row[link.title]
      const trace = row[traceOf.get(row[ROW_ID]) ?? ''] ?? null
      return [row[ROW_ID], { target: typeof target === 'number' ? target : null, trace }] as const
    }),
  )
}
