import { describe, expect, it } from 'vitest'
import type { Steps } from '../../src/domain/steps.ts'
import { inSteps } from '../../src/engine/in-steps.ts'
import { turnsDuring } from '../helpers/turns.ts'

/** Steps that each keep this process at work for a while. */
function* slow(steps: number, milliseconds: number): Steps<string> {
  for (let step = 0; step < steps; step++) {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    yield
  }
  return 'done'
}

describe('long work in steps', () => {
  it('ends with what the work gives, and lets others in between its steps', async () => {
    const turns = await turnsDuring(() => expect(inSteps(slow(20, 2))).resolves.toBe('done'))
    expect(turns).toBeGreaterThanOrEqual(5)
  })

  it('fails as the work fails', async () => {
    const failing = (function* (): Steps<never> {
      yield
      throw new Error('no')
    })()
    await expect(inSteps(failing)).rejects.toThrow('no')
  })
})
