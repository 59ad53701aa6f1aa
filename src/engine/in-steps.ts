import { setImmediate as turn } from 'node:timers/promises'
import type { Steps } from '../domain/steps.ts'

/** How long we are at work before whoever waits has a turn: answers of NocoDB, webhooks, pages. */
const STINT_MS = 2

/** Does long work, and lets others in between its steps. */
export async function inSteps<Result>(steps: Steps<Result>): Promise<Result> {
  for (let until = performance.now() + STINT_MS; ;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    await turn()
    until = performance.now() + STINT_MS
  }
}
