import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { allEnded } from '../../src/engine/all-ended.ts'

it('gives what came of each', async () => {
  expect(await allEnded([pause(2, 'late'), 'at once', Promise.resolve(3)])).toEqual(['late', 'at once', 3])
})

it('throws what the first that failed threw, once nothing goes on any more', async () => {
  let ended = false
  const slow = pause(20).then(() => void (ended = true))
  await expect(allEnded([slow, Promise.reject(new Error('first')), pause(1)])).rejects.toThrow('first')
  expect(ended).toBe(true)
})
