/** What the records of an EPCI, or of one who follows some of them, say of the time since its last journée. */
export type SinceCounts = {
  /** Made on that day or after. */
  readonly created: number
  readonly createdPrefilled: number
  /** Of which nothing says when they were made: they count as being there before. */
  readonly undated: number
  /** « Validée », and changed by people on that day or after. */
  readonly confirmed: number
  /** There before that day, and not yet pre-filled. */
  readonly left: number
}

/**
 * What the last journée brought and what it leaves to do, where none is to come (the Hub's document: « la consolidation
 * des données à la suite de la journée »).
 */
export type Consolidation = {
  /** The day of the journée, 'YYYY-MM-DD'. */
  readonly since: string
  /** Records made since; null: unknown. */
  readonly created: number | null
  /** Records that were there and have become pre-filled since, those that no longer are taken off; null: unknown. */
  readonly completed: number | null
  readonly confirmed: number
  readonly left: number
}

/** Sums → what is told; `before`: how many were pre-filled at the end of the last day known before the journée. */
export function consolidation(
  since: string,
  { created, createdPrefilled, undated, confirmed, left }: SinceCounts,
  prefilled: number,
  before: number | null,
): Consolidation {
  const known = undated === 0
  const completed = known && before !== null ? Math.max(0, prefilled - createdPrefilled - before) : null
  return { since, created: known ? created : null, completed, confirmed, left }
}
