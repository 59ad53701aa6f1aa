import type { Ratio, Time } from './figures.ts'
import { median } from './figures.ts'
import type { Stage } from './stage.ts'

/** What the measures work with: the server, and the report they add to. */
export type Bench = {
  readonly stage: Stage
  readonly ratios: Ratio[]
  readonly times: Time[]
  say(text: string): void
}

/** Runs several works in turn, `repeats` times, so that a slow minute of the machine strikes all of them; gives the results of each. */
export async function inTurn<Result>(
  repeats: number,
  works: readonly (() => Promise<Result>)[],
): Promise<Result[][]> {
  const results: Result[][] = works.map(() => [])
  for (let round = 0; round < repeats; round++) {
    const order = [...works.keys()]
    if (round % 2 === 1) order.reverse()
    for (const at of order) results[at]!.push(await works[at]!())
  }
  return results
}

/** The median of the seconds. */
export function secondsOf(outcomes: readonly { readonly seconds: number }[]): number {
  return median(outcomes.map(({ seconds }) => seconds))
}
