import pMap from 'p-map'
import type { Base } from './base.ts'
import { ROW_ID, sameCell } from './cells.ts'
import type { Cell, RowId } from './cells.ts'
import { answerOf, isRefusal } from './failures.ts'
import { columnOf } from './reading.ts'
import { idIn } from './row-key.ts'
import { readByIds } from './rows.ts'
import type { ColumnKind, Table } from './schema.ts'
import { sendWrites, wireCells } from './send-writes.ts'
import { withoutValues } from './write-rows.ts'

type Cells = Readonly<Record<string, Cell>>

/** Cells to write in a row where, and only where, they still hold what they held when it was read (`were`). */
export type Exchange = { readonly id: RowId; readonly were: Cells; readonly cells: Cells }

/** `kept`: it stands there; `refused`: nothing moved, NocoDB's reason; `changed`: something else stands there; `gone`: the row does not. */
export type Exchanged =
  | { readonly kind: 'kept' | 'changed' | 'gone' }
  | { readonly kind: 'refused'; readonly reason: string | null }

/**
 * Writes what still is as it was read, as well as NocoDB allows: it knows no condition on a write but the `where` of v1
 * bulk-update-all, in which an empty cell and plain texts can be named; for the rest the cells are read right before. Each
 * is sent once and never again over what a person wrote meanwhile, and read back. One exchange a row.
 * Throws NOCODB_UNAVAILABLE and NOCODB_FORBIDDEN.
 */
export async function exchangeCells(
  base: Base,
  table: Table,
  exchanges: readonly Exchange[],
): Promise<ReadonlyMap<Exchange, Exchanged>> {
  const titles = [...new Set(exchanges.flatMap(({ cells }) => Object.keys(cells)))]
  const read = async () => {
    const ids = exchanges.map(({ id }) => id)
    const rows = await readByIds(base, table, ids, titles)
    return new Map(rows.map((row) => [row[ROW_ID], row]))
  }
  const holds = (row: Cells | undefined, cells: Cells) =>
    row !== undefined &&
    Object.entries(cells).every(([title, cell]) =>
      isHeld(columnOf(table, title).kind, cell, row[title] ?? null),
    )
  if (exchanges.length === 0) return new Map()
  const before = await read()
  const open = exchanges.filter(({ id, were, cells }) => {
    const row = before.get(id)
    return holds(row, were) && !holds(row, cells)
  })
  const reasons = new Map<Exchange, string>()
  await pMap(
    open,
    async (one) => {
      const reason = await send(base, table, one)
      if (reason !== null) reasons.set(one, withoutValues(reason, one.cells))
    },
    { concurrency: base.settings.connections },
  )
  const after = open.length === 0 ? before : await read()
  return new Map(
    exchanges.map((one): [Exchange, Exchanged] => {
      const row = after.get(one.id)
      if (row === undefined) return [one, { kind: 'gone' }]
      if (holds(row, one.cells)) return [one, { kind: 'kept' }]
      if (holds(row, one.were)) return [one, { kind: 'refused', reason: reasons.get(one) ?? null }]
      return [one, { kind: 'changed' }]
    }),
  )
}

/** Whether a cell says this; a number may stand there as the database rounds it, to a metre where it is a coordinate. */
function isHeld(kind: ColumnKind, cell: Cell, found: Cell): boolean {
  if (sameCell(kind, cell, found)) return true
  if (kind !== 'number' || cell === null || found === null) return false
  const decimals = /\.(\d+)$/u.exec(String(found))?.[1]?.length ?? 0
  return decimals >= ROUNDED && Math.abs(Number(cell) - Number(found)) <= 0.5001 * 10 ** -decimals
}

/** Decimals that a rounded number keeps at least. */
const ROUNDED = 5

/** Sends it once; gives the reason of a refusal. */
async function send(base: Base, table: Table, { id, were, cells }: Exchange): Promise<string | null> {
  const conditions = Object.entries(were).map(([title, cell]) => condition(table, title, cell))
  if (!base.capabilities.routes.v1 || conditions.includes(null)) {
    const change = { id, cells }
    const { reasons } = await sendWrites(base, table, [{ shape: 'each', rows: [change] }])
    return reasons.get(change) ?? null
  }
  try {
    await base.http.send({
      method: 'PATCH',
      path: `/api/v1/db/data/bulk/noco/${base.id}/${table.id}/all`,
      query: { where: [idIn(table, [id]), ...conditions].join('~and') },
      body: wireCells(table, cells),
    })
    return null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return answerOf(error)?.message ?? error.message
  }
}

/** « It still holds this », as a `where` says it; null: it cannot be said so. */
function condition(table: Table, title: string, cell: Cell): string | null {
  const { id, wire, kind } = columnOf(table, title)
  const name = id || wire
  if (cell === null || cell === '') return kind === 'boolean' ? null : `(${name},blank)`
  if (kind === 'number' && Number.isSafeInteger(cell)) return `(${name},eq,${cell})`
  const isPlain = typeof cell === 'string' && /^[\p{L}\p{N}@._+·-]+(?: [\p{L}\p{N}@._+·-]+)*$/u.test(cell)
  return (kind === 'text' || kind === 'select') && isPlain ? `(${name},eq,${cell})` : null
}
