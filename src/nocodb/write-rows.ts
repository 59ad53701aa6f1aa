import type { Base } from './base.ts'
import { readBack, soundChanges } from './check-writes.ts'
import type { Refusal } from './check-writes.ts'
import { fillLinks } from './fill-links.ts'
import type { Filling } from './fill-links.ts'
import { groupWrites } from './group-writes.ts'
import type { Change, Piece } from './group-writes.ts'
import type { Table } from './schema.ts'
import { batchLimit, sendWrites } from './send-writes.ts'

export type { Change, Refusal }

/** What was written and kept (`rows`, `cells`), with how many writing requests, and what was not. */
export type WriteReport = {
  readonly rows: number
  readonly cells: number
  /** Rows of which the link was filled. */
  readonly filled?: readonly number[]
  readonly requests: number
  readonly refused: readonly Refusal[]
}

/** A first round with whole batches, a second with small ones, then row by row. */
const ROUNDS = [Infinity, 10] as const
/** When this many rows, tried one by one, are all refused, the cause is not in the rows: the rest is not tried. */
const SAMPLE = 50
const NOT_KEPT = 'NocoDB l’a accepté, mais la base ne l’a pas gardé'
const GONE = 'la ligne n’existe plus'

/**
 * Writes the cells by the fastest route there is and reads them back: on PostgreSQL NocoDB 0.301.3 answers 200 to
 * batches that the database threw away. What was not kept is tried again in smaller pieces, so that the good rows of a
 * refused batch go through and the bad ones are named. Links to fill go on their own, where they are empty still.
 * Throws NOCODB_UNAVAILABLE and NOCODB_FORBIDDEN.
 */
export async function writeRows(base: Base, table: Table, changes: readonly Change[]): Promise<WriteReport> {
  const cells = await writeCells(base, table, changes)
  const toFill = changes.filter((change): change is Filling => change.link !== undefined)
  if (toFill.length === 0) return cells.report
  const links = await fillLinks(
    base,
    table,
    toFill,
    async (some) => (await writeCells(base, table, some)).report,
  )
  const { report, written } = cells
  return {
    rows: report.rows + links.filled.filter((id) => !written.has(id)).length,
    cells: report.cells + 2 * links.filled.length, // the link and its trace
    filled: links.filled,
    requests: report.requests + links.requests,
    refused: [...report.refused, ...links.refused],
  }
}

/** The cells alone; `written` are the rows of which something was kept. */
async function writeCells(base: Base, table: Table, changes: readonly Change[]) {
  const { sound, refused } = soundChanges(table, changes)
  const job: Job = { base, table, requests: 0, refused, reasons: new Map() }
  let left: readonly Change[] = sound
  for (const size of ROUNDS) {
    const before = refused.length
    left = await round(job, left, size)
    // A row that is gone makes NocoDB refuse its whole batch: the others are worth a second try as they are.
    if (refused.length > before) left = await round(job, left, size)
  }
  left = await oneByOne(job, left)
  const split = left.filter(({ cells }) => Object.keys(cells).length > 1)
  const lost = [
    ...left.filter((change) => !split.includes(change)),
    ...(await round(job, split.flatMap(byColumn), 1)),
  ]
  for (const change of lost) refuse(job, change, job.reasons.get(change) ?? NOT_KEPT)
  return report(job, sound)
}

type Job = {
  readonly base: Base
  readonly table: Table
  requests: number
  readonly refused: Refusal[]
  /** Why the last try of a change failed. */
  readonly reasons: Map<Change, string>
}

/** Sends the changes in pieces of at most `size` rows; gives those that were not kept. */
async function round(job: Job, changes: readonly Change[], size: number): Promise<Change[]> {
  if (changes.length === 0) return []
  const { base, table } = job
  const { routes, batch } = base.capabilities
  const linked = [...table.columns.values()].some(({ kind }) => kind === 'link')
  const same = Math.min(size, batch.v1)
  const planned = groupWrites(changes, {
    bulk: routes.v1,
    linked,
    same,
    each: Math.min(size, batchLimit(base)),
  })
  const reasons = await send(job, planned)
  const { left, gone } = await readBack(base, table, changes)
  for (const change of gone) refuse(job, change, GONE)
  for (const { change, origin } of left) {
    job.reasons.set(change, withoutValues(reasons.get(origin) ?? NOT_KEPT, origin.cells))
  }
  return left.map(({ change }) => change)
}

/** Sends the pieces; of many, a few first: where the database keeps none of them, the others are not sent. */
async function send(job: Job, planned: readonly Piece[]): Promise<ReadonlyMap<Change, string>> {
  const { base, table } = job
  const first = planned.length > 2 * SAMPLE ? planned.slice(0, SAMPLE) : planned
  const { requests, reasons } = await sendWrites(base, table, first)
  job.requests += requests
  if (first === planned) return reasons
  const tried = first.flatMap((piece) =>
    piece.rows.map(({ id, cells }) => ({ id, cells: piece.shape === 'same' ? piece.cells : cells })),
  )
  const { left, gone } = await readBack(base, table, tried)
  if (left.length + gone.length === tried.length) return reasons
  const rest = await sendWrites(base, table, planned.slice(SAMPLE))
  job.requests += rest.requests
  return new Map([...reasons, ...rest.reasons])
}

async function oneByOne(job: Job, changes: readonly Change[]): Promise<Change[]> {
  const sample = changes.slice(0, SAMPLE)
  const rest = changes.slice(SAMPLE)
  const left = await round(job, sample, 1)
  if (rest.length === 0 || left.length < SAMPLE) return [...left, ...(await round(job, rest, 1))]
  const reason = `${job.reasons.get(left[0]!) ?? NOT_KEPT} (pas essayée seule : ${SAMPLE} lignes avant elle ont été refusées)`
  for (const change of rest) refuse(job, change, reason)
  return left
}

function byColumn({ id, cells }: Change): Change[] {
  return Object.entries(cells).map(([title, cell]) => ({ id, cells: { [title]: cell } }))
}

function refuse(job: Job, { id, cells }: Change, reason: string): void {
  job.refused.push({ id, columns: Object.keys(cells), reason })
}

/** NocoDB quotes the value it refuses; a report, which is logged, must not. */
export function withoutValues(reason: string, cells: Change['cells']): string {
  let words = reason
  for (const cell of Object.values(cells)) {
    for (const quote of ['"', "'"])
      words = words.replaceAll(`${quote}${String(cell)}${quote}`, `${quote}…${quote}`)
  }
  return words
}

function report({ requests, refused }: Job, sound: readonly Change[]) {
  const lost = new Map<number, Set<string>>()
  for (const { id, columns } of refused) {
    const titles = lost.get(id) ?? new Set()
    for (const title of columns) titles.add(title)
    lost.set(id, titles)
  }
  const written = new Set<number>()
  let cells = 0
  for (const change of sound) {
    const kept = Object.keys(change.cells).filter((title) => !lost.get(change.id)?.has(title)).length
    cells += kept
    if (kept > 0) written.add(change.id)
  }
  const told: WriteReport = { rows: written.size, cells, requests, refused }
  return { report: told, written }
}
