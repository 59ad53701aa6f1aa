import { duplicateIndex } from '../../src/domain/duplicates/duplicate-index.ts'
import type { DuplicateIndex } from '../../src/domain/duplicates/duplicate-index.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { atOnce } from '../../src/domain/steps.ts'
import { parisDay } from '../../src/domain/days.ts'
import type { DemoActor } from '../demo/generate-actors.ts'
import { eachBenchActor } from './bench-actors.ts'
import { settings } from './our-work.ts'

/** Gathers this many invented records in an index and finds the pairs that look alike, in a process that is cold. */
export function duplicates(
  count: number,
): Promise<{ seconds: number; gathered: number; pairs: number; crowds: number; bytes: number }> {
  const index: { made: DuplicateIndex | null } = { made: duplicateIndex(settings.rules) }
  let gathered = 0
  let at = 0
  for (const one of eachBenchActor(count, parisDay(new Date()))) {
    const actor = toActor(one, at++)
    const begin = performance.now()
    index.made!.add(actor)
    gathered += (performance.now() - begin) / 1000
  }
  const begin = performance.now()
  const { pairs, crowds } = atOnce(index.made!.find())
  const seconds = gathered + (performance.now() - begin) / 1000
  const full = held()
  index.made = null
  const bytes = (full - held()) / count
  return Promise.resolve({ seconds, gathered, pairs: pairs.length, crowds: crowds.length, bytes })
}

function toActor({ fields }: DemoActor, at: number): Actor {
  const rest = { linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null }
  return { id: String(at + 1), fields, ...rest }
}

/** Bytes that are held once what is not needed is gone. */
function held(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
