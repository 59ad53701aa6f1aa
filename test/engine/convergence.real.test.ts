import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET } from '../helpers/live-service.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { converges, populate, steps } from './convergence.ts'
import type { World } from './convergence.ts'

const nocodb = inject('postgresNocodb')
let test: TestBase
let world: World

beforeAll(async () => {
  const receiver = await startReceiver()
  test = await makeTestBase(nocodb, 'convergence', { target: { url: receiver.url, secret: HOOK_SECRET } })
  world = { test, nocodb, receiver }
  await populate(world)
})
afterAll(async () => {
  await world.receiver.stop()
  await test.close()
})

it('whatever happens between, ends with the cells of a fresh whole run (on the real NocoDB)', async () => {
  expect.hasAssertions()
  await fc.assert(
    fc.asyncProperty(steps, (doing) => converges(world, doing)),
    { numRuns: 4, endOnFailure: true },
  )
}, 240_000)
