/**
 * Which record of the census this is, whatever table of actors it is in: the number of its row, and a part that tells the
 * table. The part of the first table is 0, so that its records are known by the numbers of their rows alone; a number
 * holds both exactly.
 */
export type RecordId = number

/** Numbers of rows within one table. */
export const SPAN = 2 ** 32
/** Parts that can be told apart. */
export const PARTS = 2 ** 21

/** The record of this row of the table of that part. */
export function recordId(part: number, row: number): RecordId {
  return part * SPAN + row
}

/** The number of its row, in its table. */
export function rowOf(id: RecordId): number {
  return id % SPAN
}

/** The part that tells its table; 0: the first one. */
export function partOf(id: RecordId): number {
  return Math.trunc(id / SPAN)
}

/** Whether the number of a row lies where a part can stand before it. */
export function fitsInPart(row: number): boolean {
  return row >= 0 && row < SPAN
}
