import type { Unreadable } from '../config/csv-table.ts'

/** A row as it stands in a file: its titles, and a value for each. */
export type RawRow = {
  readonly line: number
  readonly titles: readonly string[]
  readonly values: readonly unknown[]
  /** Where it lies, beside its columns. */
  readonly point?: { readonly latitude: number; readonly longitude: number }
}

/** What a reader of one format gives: rows as they come; what people are told of them is whole once all are read. */
export type RawRows = {
  readonly rows: AsyncIterable<RawRow | Unreadable>
  notes(): readonly string[]
}

/** Whether a row could not be read. */
export function isUnreadable(row: object): row is Unreadable {
  return 'reason' in row
}

const NAMED = 5

/** « 3, 8 et 12 autres »: the first lines of many. */
export function someLines(lines: readonly number[], count = lines.length): string {
  const more = count > NAMED ? `, et ${count - NAMED} autres` : ''
  return `${lines.slice(0, NAMED).join(', ')}${more}`
}

/** Counts lines and keeps the first of them. */
export function lineCounter(): { add(line: number): void; count(): number; text(): string } {
  const first: number[] = []
  let count = 0
  return {
    add(line) {
      count += 1
      if (first.length < NAMED) first.push(line)
    },
    count: () => count,
    text: () => someLines(first, count),
  }
}
