import { setImmediate as turn } from 'node:timers/promises'
import type { KyselyPlugin } from 'kysely'

/** How long statements may follow one another before those that wait (webhooks, pages) have a turn. */
const STINT_MS = 1

/** SQLite works in our own thread, and its answers come without a turn of the loop: many in a row would shut others out. */
export function takingTurns(): KyselyPlugin {
  let since = performance.now()
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (performance.now() - since > STINT_MS) {
        await turn()
        since = performance.now()
      }
      return result
    },
  }
}
