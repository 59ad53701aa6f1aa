/** Long work done in small steps, a millisecond or less each, for a caller that has other things to do between them. */
export type Steps<Result> = Generator<void, Result, void>

/** All the steps in one go. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** What a work makes of each item, a step an item. */
export function* each<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Steps<Result[]> {
  const results: Result[] = []
  for (const item of items) {
    results.push(work(item))
    yield
  }
  return results
}
