import pMap from 'p-map'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import { wireCell } from './cells.ts'
import { answerOf, isRefusal } from './failures.ts'
import type { Change, Piece } from './group-writes.ts'
import { chunk } from './chunk.ts'
import { columnOf } from './reading.ts'
import { keyName, idIn } from './row-key.ts'
import type { Table } from './schema.ts'

/** What came of some pieces: how many requests they took, and why NocoDB refused whole changes. */
export type Sent = { requests: number; readonly reasons: Map<Change, string> }

/**
 * Sends pieces, a few at a time. A refusal is noted for every row of its piece, and the others go on.
 * Throws NOCODB_UNAVAILABLE and NOCODB_FORBIDDEN.
 */
export async function sendWrites(base: Base, table: Table, planned: readonly Piece[]): Promise<Sent> {
  const sent: Sent = { requests: 0, reasons: new Map() }
  await pMap(planned, (piece) => sendPiece(base, table, piece, sent), {
    concurrency: base.settings.connections,
  })
  return sent
}

async function sendPiece(base: Base, table: Table, piece: Piece, sent: Sent): Promise<void> {
  sent.requests++
  try {
    if (piece.shape === 'same') await sendSame(base, table, piece.rows, piece.cells)
    else await sendEach(base, table, piece.rows)
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (piece.shape === 'each' && learnBatchLimit(base, error, piece.rows.length)) {
      for (const rows of chunk(piece.rows, batchLimit(base))) {
        await sendPiece(base, table, { shape: 'each', rows }, sent)
      }
      return
    }
    for (const change of piece.rows) sent.reasons.set(change, answerOf(error)?.message ?? error.message)
  }
}

/** v1 bulk-update-all: unlike v2, it says so when the database refuses (measured on PostgreSQL). */
async function sendSame(
  base: Base,
  table: Table,
  rows: readonly Change[],
  cells: Change['cells'],
): Promise<void> {
  const written = await base.http.send<unknown>({
    method: 'PATCH',
    path: `/api/v1/db/data/bulk/noco/${base.id}/${table.id}/all`,
    query: {
      where: idIn(
        table,
        rows.map(({ id }) => id),
      ),
    },
    body: wireCells(table, cells),
  })
  if (typeof written === 'number' && written > rows.length) {
    const text = `NocoDB a écrit dans ${written} lignes de « ${table.title} », où ${rows.length} étaient nommées : retirez v1 des routes de config/nocodb.yaml.`
    throw new PortreaError('INTERNAL', text)
  }
}

async function sendEach(base: Base, table: Table, rows: readonly Change[]): Promise<void> {
  if (base.capabilities.routes.v2) {
    const key = keyName(table)
    const body = rows.map(({ id, cells }) => ({ ...wireCells(table, cells), [key]: id }))
    await base.http.send({ method: 'PATCH', path: `/api/v2/tables/${table.id}/records`, body })
  } else {
    const body = rows.map(({ id, cells }) => ({ id, fields: wireCells(table, cells) }))
    await base.http.send({ method: 'PATCH', path: `/api/v3/data/${base.id}/${table.id}/records`, body })
  }
}

/** Cells as they travel; those that cannot be sent were set aside before. */
export function wireCells(table: Table, cells: Change['cells']): Record<string, unknown> {
  const wired: Record<string, unknown> = {}
  for (const [title, cell] of Object.entries(cells)) {
    const column = columnOf(table, title)
    const result = wireCell(column, cell)
    if ('wire' in result) wired[column.wire] = result.wire
  }
  return wired
}

/** Rows in one batch, as far as we know. */
export function batchLimit({ capabilities }: Base): number {
  return capabilities.routes.v2 ? capabilities.batch.v2 : capabilities.batch.v3
}

/** Learns the limit that a refusal tells of ("Maximum 10 entities are allowed"); false when it is about something else. */
export function learnBatchLimit(base: Base, error: unknown, tried: number): boolean {
  const answer = answerOf(error)
  if (answer?.errorCode !== 'ERR_MAX_PAYLOAD_LIMIT_EXCEEDED' || tried === 1) return false
  const told = Number(/\d+/.exec(answer.message)?.[0])
  const limit = told > 0 && told < tried ? told : Math.ceil(tried / 2)
  base.capabilities.batch[base.capabilities.routes.v2 ? 'v2' : 'v3'] = limit
  base.log.info({ limit }, 'learnt how many rows NocoDB takes in one request')
  return true
}
