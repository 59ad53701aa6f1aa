import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliverDue } from '../../src/outbox/deliver.ts'
import { watchReceivers } from '../../src/outbox/receivers.ts'
import { countDeliveries, reviveDead } from '../../src/store/deliveries.ts'
import { failingReceivers } from '../../src/store/receivers.ts'
import { outbox } from './outbox.ts'
import { startReceiver, status } from './receiver.ts'
import type { Receiver } from './receiver.ts'

const ALL = ['sync.failed', 'webhook.failing', 'webhook.disabled']
const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/** What a receiver was told of others, of this kind. */
const told = ({ received }: Receiver, type: string) =>
  received
    .map(({ body }) => JSON.parse(body) as { type: string; data: object })
    .filter((one) => one.type === type)

/** Two subscriptions, one of which is dead, and a clock that moves in steps while the service works. */
async function deadAndAlive() {
  const [hub, mattermost] = [await startReceiver(), await startReceiver()]
  hub.answer = status(500)
  const box = await outbox({ hub, mattermost }, ALL)
  return {
    ...{ hub, mattermost, ...box },
    /** Works for so long, looking at what is due every `step` seconds. */
    async work(seconds: number, step = 10 * MINUTE) {
      for (let passed = 0; passed < seconds; passed += step) {
        box.pass(step)
        while ((await deliverDue(box.parts)).sent > 0);
        await watchReceivers(box.parts)
      }
      await deliverDue(box.parts)
    },
  }
}

describe('a receiver that stays dead', () => {
  it('is told of within an hour, to the others, once', async () => {
    const { hub, mattermost, tell, work } = await deadAndAlive()
    await tell()
    await work(HOUR)
    const [news, ...more] = told(mattermost, 'webhook.failing')
    expect(news?.data).toMatchObject({ subscription: 'hub', reason: 'status 500' })
    expect(more).toEqual([])
    expect(told(hub, 'webhook.failing'), 'not itself').toEqual([])
    await work(DAY, HOUR)
    expect(told(mattermost, 'webhook.failing')).toHaveLength(1)
  })

  it('is not told of where it answers again in time', async () => {
    const { hub, mattermost, tell, work } = await deadAndAlive()
    await tell()
    await work(4 * MINUTE, MINUTE)
    hub.answer = status(200)
    await work(2 * HOUR)
    expect(told(mattermost, 'webhook.failing')).toEqual([])
  })

  it('is disabled after five days, told, and sent nothing more', async () => {
    const { hub, mattermost, tell, work, parts, memory } = await deadAndAlive()
    await tell()
    await work(5 * DAY - HOUR, HOUR)
    expect(told(mattermost, 'webhook.disabled')).toEqual([])
    await work(3 * HOUR, HOUR)
    expect(told(mattermost, 'webhook.disabled')).toHaveLength(1)
    const attempts = hub.received.length
    await tell(3)
    await work(DAY, HOUR)
    expect(hub.received).toHaveLength(attempts)
    expect(await countDeliveries(parts.store)).toMatchObject([{ subscription: 'hub', pending: 0, dead: 4 }])
    expect(memory.lines.map(({ msg }) => msg)).toContain('receiver of webhooks disabled')
  })

  it('is enabled again by a person, and gets what it missed', async () => {
    const { hub, tell, work, parts } = await deadAndAlive()
    await tell()
    await work(6 * DAY, 6 * HOUR)
    await tell(2)
    await work(HOUR)
    hub.answer = status(200)
    expect(await reviveDead(parts.store, parts.now())).toEqual({ messages: 3, receivers: 1 })
    hub.received.length = 0
    await work(HOUR)
    expect(told(hub, 'sync.failed')).toHaveLength(3)
    expect(await failingReceivers(parts.store)).toEqual([])
  })

  it('is tried once more before it is disabled: one that came back meanwhile is not', async () => {
    const { hub, mattermost, tell, work } = await deadAndAlive()
    await tell()
    await work(4 * DAY, 6 * HOUR) // the last planned attempt was on the fourth day
    hub.answer = status(200)
    await work(3 * DAY, HOUR)
    expect(told(mattermost, 'webhook.disabled')).toEqual([])
    expect(told(hub, 'sync.failed').length).toBeGreaterThan(1)
  })

  it('is disabled at once where it answers that it is gone for good', async () => {
    const { hub, mattermost, tell, work } = await deadAndAlive()
    hub.answer = status(410)
    await tell()
    await work(10 * MINUTE)
    expect(told(mattermost, 'webhook.disabled')).toHaveLength(1)
    await tell()
    await work(DAY, HOUR)
    expect(told(hub, 'sync.failed')).toHaveLength(1)
  })

  it('is no concern any more once its subscription left the file', async () => {
    const { mattermost, tell, work, parts } = await deadAndAlive()
    await tell()
    await work(10 * MINUTE)
    const settings = { ...parts.settings, subscriptions: parts.settings.subscriptions.slice(1) }
    await watchReceivers({ ...parts, settings })
    expect(await failingReceivers(parts.store)).toEqual([])
    expect(told(mattermost, 'webhook.failing')).toEqual([])
  })

  it('is told to nobody else where both are dead, and the store keeps it for the dashboard', async () => {
    const { mattermost, tell, work, parts } = await deadAndAlive()
    mattermost.answer = status(500)
    await tell()
    await work(HOUR)
    const failing = await failingReceivers(parts.store)
    expect(failing.map(({ subscription, notifiedAt }) => [subscription, notifiedAt !== null])).toEqual([
      ['hub', true],
      ['mattermost', true],
    ])
  })
})

describe('whatever outages a receiver has', () => {
  const outage = fc.record({ alive: fc.integer({ min: 1, max: 9 }), dead: fc.constantFrom(2, 30, 110, 135) })
  const outages = fc.array(outage, { minLength: 1, maxLength: 2 })

  it('others are told within an hour of one that lasts; it is disabled after five days of failures, never sooner', async () => {
    await fc.assert(
      fc.asyncProperty(outages, async (outages) => {
        const { hub, mattermost, tell, parts, work } = await deadAndAlive()
        for (const { alive, dead } of outages) {
          hub.answer = status(200)
          await tell()
          await work(alive * HOUR, HOUR)
          expect(await failingReceivers(parts.store)).toEqual([])
          hub.answer = status(500)
          await tell()
          await deliverDue(parts)
          for (let hour = 1; hour <= dead; hour++) {
            await work(HOUR, HOUR)
            const [failing] = await failingReceivers(parts.store)
            expect(failing?.notifiedAt, `told after ${hour} h`).not.toBeNull()
            const since = (parts.now().getTime() - Date.parse(failing!.since)) / 1000
            if (failing?.disabledAt) expect(since).toBeGreaterThanOrEqual(5 * DAY)
            else expect(since).toBeLessThan(5 * DAY + 2 * HOUR)
          }
          await reviveDead(parts.store, parts.now())
        }
        const long = outages.filter(({ dead }) => dead > 121).length
        expect(told(mattermost, 'webhook.disabled')).toHaveLength(long)
      }),
      { numRuns: 4 },
    )
  }, 120_000)
})
