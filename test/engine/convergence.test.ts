import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settings } from '../helpers/double-base.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import { columnsWith, likeActors } from '../helpers/two-tables.ts'
import { converges, populate, steps } from './convergence.ts'
import type { World } from './convergence.ts'

const WORLDS = [
  ['one table of actors', settings.columns, ['Acteurs'], 20],
  ['two of them', columnsWith(likeActors('Lieux du bourg')), ['Acteurs', 'Lieux du bourg'], 12],
] as const

describe.each(WORLDS)('%s', (_, columns, actors, numRuns) => {
  let test: LiveDouble
  let world: World

  beforeAll(async () => {
    test = await makeLiveDouble(columns)
    const receiver = await startReceiver()
    test.hooks(receiver.url)
    world = { test, nocodb: test.double, receiver, actors }
    await populate(world)
  })
  afterAll(async () => {
    await world.receiver.stop()
    await test.close()
  })

  it('whatever happens between, ends with the cells of a fresh whole run (on the double)', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(steps, (doing) => converges(world, doing)),
      { numRuns, endOnFailure: true },
    )
  }, 240_000)
})
