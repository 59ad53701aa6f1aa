import { FIELDS } from '../../domain/fields.ts'
import type { FieldName } from '../../domain/fields.ts'
import type { Cell } from '../../nocodb/cells.ts'

/** Of each field what its cell held before, and what was written there. */
export type WrittenCells = { readonly [Field in FieldName]?: readonly [from: Cell, to: Cell] }

/** What is noted on the row of a proposal before it is carried out, so that nothing is done twice and all can be undone. */
export type Attempt =
  | { readonly cells: WrittenCells }
  /** A record is made: it bears a number after this one. */
  | { readonly after: number }
  /** A person said that the place is this record. */
  | { readonly linked: number }

/** As a cell keeps it. */
export function attemptText(attempt: Attempt): string {
  return JSON.stringify(attempt)
}

/** What a cell tells; null: nothing, or nothing of ours. */
export function readAttempt(text: string | null): Attempt | null {
  let read: unknown
  try {
    read = JSON.parse(text ?? 'null')
  } catch {
    return null // a person wrote there
  }
  if (typeof read !== 'object' || read === null) return null
  if ('linked' in read && typeof read.linked === 'number') return { linked: read.linked }
  if ('after' in read && typeof read.after === 'number') return { after: read.after }
  if (!('cells' in read) || typeof read.cells !== 'object' || read.cells === null) return null
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every(isCell)
  const entries = Object.entries(read.cells)
  const sound = entries.every(
    ([field, pair]) => (FIELDS as readonly string[]).includes(field) && isPair(pair),
  )
  return sound && entries.length > 0 ? { cells: Object.fromEntries(entries) } : null
}

function isCell(cell: unknown): cell is Cell {
  return cell === null || ['string', 'number', 'boolean'].includes(typeof cell)
}
