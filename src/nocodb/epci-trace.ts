import type { Cell, RowId } from './cells.ts'

/**
 * What stands beside the link of a record: the row of the table EPCI that the service linked it to, and whether it saw
 * the link stand. Without a row: other words, by which the link is a person's to choose.
 */
export type EpciTrace = { readonly row: RowId | null; readonly sure: boolean }

/**
 * The text beside a record whose link the service filled. The name is for people; the number of the row tells the
 * service which link was its own, and a later change of name or SIREN does not make it somebody's.
 */
export function traceText(name: string, row: RowId): string {
  return `${name} (n° ${row})`
}

/** The same while the link is not there yet: where it cannot be written in one gesture with its trace. */
export function unsureText(text: string): string {
  return `${text}${UNSURE}`
}

const UNSURE = ' ?'

/** What a cell tells; null: it is empty. */
export function readTrace(cell: Cell | undefined): EpciTrace | null {
  if (cell === null || cell === undefined) return null
  const found = /\(n° (\d+)\)( \?)?$/u.exec(String(cell))
  return found === null ? { row: null, sure: true } : { row: Number(found[1]), sure: found[2] === undefined }
}
