/** Rows of one statement: few enough for the engines' limits on parameters, many enough to cost little. */
const BATCH = 1000

/** Cuts `items` into runs of at most BATCH, in order; none where there is nothing. */
export function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH)
}
