import { duplicateIndex } from '../../src/domain/duplicates/duplicate-index.ts'
import type { DuplicateIndex } from '../../src/domain/duplicates/duplicate-index.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { atOnce } from '../../src/domain/steps.ts'
import { parisDay } from '../../src/domain/days.ts'
import { benchActors } from './bench-actors.ts'
import { settings } from './our-work.ts'

/** Gathers this many invented records in an index and finds the pairs that look alike, in a process that is cold. */
export function duplicates(
  count: number,
): Promise<{ seconds: number; gathered: number; pairs: number; crowds: number; bytes: number }> {
  const actors = benchActors(count, parisDay(new Date())).map(toActor)
  const begin = performance.now()
  let index: DuplicateIndex | null = duplicateIndex(settings.rules)
  for (const actor of actors) index.add(actor)
  const gathered = (performance.now() - begin) / 1000
  const { pairs, crowds } = atOnce(index.find())
  const seconds = (performance.now() - begin) / 1000
  const full = held()
  index = null
  const bytes = (full - held()) / count
  return Promise.resolve({ seconds, gathered, pairs: pairs.length, crowds: crowds.length, bytes })
}

function toActor({ fields }: ReturnType<typeof benchActors>[number], at: number): Actor {
  const rest = { linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null }
  return { id: String(at + 1), fields, ...rest }
}

/** Bytes that are held once what is not needed is gone. */
function held(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
