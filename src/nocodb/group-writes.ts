import type { Cell, RowId } from './cells.ts'
import { chunk } from './chunk.ts'

/** Cells to write in one row, by title of column; and a link that is to be filled where it is empty still. */
export type Change = {
  readonly id: RowId
  readonly cells: Readonly<Record<string, Cell>>
  readonly link?: LinkToFill
}

/** A link to one record, by title, and the cell that says it was us who filled it. */
export type LinkToFill = {
  readonly title: string
  readonly target: RowId
  readonly trace: { readonly title: string; readonly text: string }
}

/** One request to come: one set of values for many rows (v1 bulk-update-all), or rows with each their own. */
export type Piece =
  | { readonly shape: 'same'; readonly rows: readonly Change[]; readonly cells: Change['cells'] }
  | { readonly shape: 'each'; readonly rows: readonly Change[] }

export type Means = {
  /** Whether the server has bulk-update-all. */
  readonly bulk: boolean
  /** Whether each row written in a batch is slow: it is linked to one of another table, which NocoDB reads again. */
  readonly linked: boolean
  /** Rows at most in one request of each shape. */
  readonly same: number
  readonly each: number
}

/**
 * What NocoDB 0.301.3 on PostgreSQL 18 needs, in ms of its one core, on Acteurs as we provision it (49 columns, one link
 * to EPCI; 2026-11-24): nearly all of it is NocoDB reading its own description of the columns. A row in a batch makes it
 * read those of the linked table too, and costs a little more than a request of its own, which four connections share;
 * without such a link, it hardly costs.
 */
const BULK_REQUEST = 9
const BULK_ROW = 0.1
const BATCH_ROW = { linked: 9, plain: 1 }
/** Beyond this many columns values seldom repeat, and trying which ones go together costs more than it saves. */
const MOST_COLUMNS = 12

/**
 * Shares the changes out among requests. Columns whose values go together are written together; a row goes with its
 * groups when its part of their cost is less than its own in a batch.
 */
export function groupWrites(changes: readonly Change[], means: Means): Piece[] {
  if (!means.bulk) return inBatches(changes, means.each)
  if (means.same === 1) return oneByOne(changes)
  const clusters = clusterColumns(changes)
  const shared = paying(changes, clusters, means)
  const alone = changes.filter((change) => !shared.has(change))
  const groups = clusters.flatMap((columns) => groupsOf([...shared], columns))
  return [
    ...groups.flatMap(({ rows, cells }) =>
      chunk(rows, means.same).map((part): Piece => ({ shape: 'same', rows: part, cells })),
    ),
    ...(means.linked ? oneByOne(alone) : inBatches(alone, means.each)),
  ]
}

function oneByOne(changes: readonly Change[]): Piece[] {
  return changes.map((change) => ({ shape: 'same', rows: [change], cells: change.cells }))
}

function inBatches(changes: readonly Change[], size: number): Piece[] {
  return chunk(changes, size).map((rows) => ({ shape: 'each', rows }))
}

type Group = { readonly rows: Change[]; readonly cells: Record<string, Cell> }

/** Rows by the values that they take in these columns; those that take none are in no group. */
function groupsOf(changes: readonly Change[], columns: readonly string[]): Group[] {
  const groups = new Map<string, Group>()
  for (const change of changes) {
    const key = keyOf(change, columns)
    if (key === null) continue
    const group = groups.get(key)
    if (group !== undefined) group.rows.push(change)
    else groups.set(key, { rows: [change], cells: pick(change, columns) })
  }
  return [...groups.values()]
}

function keyOf({ cells }: Change, columns: readonly string[]): string | null {
  if (!columns.some((column) => column in cells)) return null
  return JSON.stringify(columns.map((column) => (column in cells ? [cells[column]] : 0)))
}

function pick({ cells }: Change, columns: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(columns.flatMap((column) => (column in cells ? [[column, cells[column]!]] : [])))
}

/** Merges columns as long as writing them in the same requests costs less than apart. */
function clusterColumns(changes: readonly Change[]): string[][] {
  const columns = [...new Set(changes.flatMap(({ cells }) => Object.keys(cells)))]
  if (columns.length > MOST_COLUMNS) return [columns]
  let clusters = columns.map((column) => ({ columns: [column], cost: costOf(changes, [column]) }))
  for (;;) {
    const best = bestMerge(changes, clusters)
    if (best === null) return clusters.map((cluster) => cluster.columns)
    clusters = [...clusters.filter((cluster) => cluster !== best.one && cluster !== best.other), best.merged]
  }
}

type Cluster = { readonly columns: string[]; readonly cost: number }

function bestMerge(changes: readonly Change[], clusters: readonly Cluster[]) {
  let best: { one: Cluster; other: Cluster; merged: Cluster; gain: number } | null = null
  for (const [index, one] of clusters.entries()) {
    for (const other of clusters.slice(index + 1)) {
      const columns = [...one.columns, ...other.columns]
      const merged = { columns, cost: costOf(changes, columns) }
      const gain = one.cost + other.cost - merged.cost
      if (gain > (best?.gain ?? 0)) best = { one, other, merged, gain }
    }
  }
  return best
}

function costOf(changes: readonly Change[], columns: readonly string[]): number {
  const keys = new Set<string>()
  let rows = 0
  for (const change of changes) {
    const key = keyOf(change, columns)
    if (key === null) continue
    rows++
    keys.add(key)
  }
  return keys.size * BULK_REQUEST + rows * BULK_ROW
}

/** The rows whose share of their groups' requests is less than their cost in a batch. */
function paying(changes: readonly Change[], clusters: readonly string[][], { linked }: Means): Set<Change> {
  const limit = linked ? BATCH_ROW.linked : BATCH_ROW.plain
  let kept = changes
  // Rows that leave make the groups smaller: a second look at those that stay is enough in practice.
  for (let look = 0; look < 2; look++) {
    const cost = new Map<Change, number>()
    for (const columns of clusters) {
      for (const { rows } of groupsOf(kept, columns)) {
        const share = BULK_REQUEST / rows.length + BULK_ROW
        for (const row of rows) cost.set(row, (cost.get(row) ?? 0) + share)
      }
    }
    kept = kept.filter((change) => (cost.get(change) ?? 0) < limit)
  }
  return new Set(kept)
}
