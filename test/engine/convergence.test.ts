import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import { converges, populate, steps } from './convergence.ts'
import type { World } from './convergence.ts'

let test: LiveDouble
let world: World

beforeAll(async () => {
  test = await makeLiveDouble()
  const receiver = await startReceiver()
  test.hooks(receiver.url)
  world = { test, nocodb: test.double, receiver }
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
    { numRuns: 20, endOnFailure: true },
  )
}, 240_000)
