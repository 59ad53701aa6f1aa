import type { DuplicateRules } from '../rules/duplicates.ts'

/** One reading of a source, beside the one before. */
export type Reading = {
  /** Keys of the last whole reading. */
  readonly before: ReadonlySet<string>
  readonly now: ReadonlySet<string>
  /** Rows that could not be read this time. */
  readonly unreadable: number
}

/** The keys that are gone; or why nothing is said of it: too many rows unreadable, or too few rows left. */
export type Gone =
  | { readonly kind: 'gone'; readonly keys: readonly string[] }
  | { readonly kind: 'partial'; readonly why: 'unreadable' | 'shrunk' }

/**
 * What a source no longer holds. A place is only said to be gone where the reading was whole: a file that was cut off, or
 * of which many rows could not be read, says nothing of what is not in it.
 */
export function goneFrom({ before, now, unreadable }: Reading, { whole }: DuplicateRules['matching']): Gone {
  if (unreadable > whole.unreadable * (now.size + unreadable)) return { kind: 'partial', why: 'unreadable' }
  if (now.size < whole.least * before.size) return { kind: 'partial', why: 'shrunk' }
  return { kind: 'gone', keys: [...before].filter((key) => !now.has(key)).sort() }
}
