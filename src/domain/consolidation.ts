/** Records that were there, and those of them that were pre-filled, at the end of a day. */
export type RecordCounts = { readonly present: number; readonly prefilled: number }

/**
 * What the last journée brought and what it leaves to do, where none is to come (the Hub's document: « la consolidation
 * des données à la suite de la journée »).
 */
export type Consolidation = {
  /** The day of the journée, 'YYYY-MM-DD'. */
  readonly since: string
  /** Records more than before the journée; null: nothing was counted then. */
  readonly created: number | null
  /** Records pre-filled more than before; null: nothing was counted then. */
  readonly completed: number | null
  /** « Validée », and changed by people on that day or after; null: when they changed is not known so far back. */
  readonly confirmed: number | null
  /** Present, not yet pre-filled. */
  readonly left: number
}

/**
 * Holds what is there now against the end of the last day that was counted before the journée. NocoDB's own « created at »
 * tells nothing: a base that was filled from a file after the journée would seem to owe everything to it.
 */
export function consolidation(
  since: string,
  { present, prefilled, confirmed }: RecordCounts & { readonly confirmed: number },
  before: RecordCounts | null,
): Consolidation {
  const left = present - prefilled
  if (before === null) return { since, created: null, completed: null, confirmed: null, left }
  const more = (now: number, then: number) => Math.max(0, now - then)
  return {
    since,
    created: more(present, before.present),
    completed: more(prefilled, before.prefilled),
    confirmed,
    left,
  }
}
