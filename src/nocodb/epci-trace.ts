import type { Cell, RowId } from './cells.ts'

/** What the service noted of a link that it filled: the row of the table EPCI, and whether it saw the link stand. */
export type EpciTrace = { readonly row: RowId; readonly sure: boolean }

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

/** What a cell tells; null: the service never filled the link of this record, or somebody wrote there. */
export function readTrace(cell: Cell | undefined): EpciTrace | null {
  const found = typeof cell === 'string' ? /\(n° (\d+)\)( \?)?$/u.exec(cell) : null
  return found === null ? null : { row: Number(found[1]), sure: found[2] === undefined }
}
