import { describe, expect, it } from 'vitest'
import { deliverDue, startDeliveries } from '../../src/outbox/deliver.ts'
import { countDeliveries, reviveDead } from '../../src/store/deliveries.ts'
import { outbox, shipped } from './outbox.ts'
import { startReceiver, status } from './receiver.ts'

describe('what is due', () => {
  it('is sent to each subscription once, and is then gone', async () => {
    const [hub, n8n] = [await startReceiver(), await startReceiver()]
    const { parts, tell } = await outbox({ hub, n8n })
    await tell()
    expect(await deliverDue(parts)).toEqual({ sent: 2, failed: 0, dead: 0 })
    expect(await deliverDue(parts)).toEqual({ sent: 0, failed: 0, dead: 0 })
    expect([hub.received.length, n8n.received.length]).toEqual([1, 1])
    expect(await countDeliveries(parts.store)).toEqual([])
  })

  it('is tried again, later and later, for three days, then given up with its reason', async () => {
    const hub = await startReceiver()
    hub.answer = status(500)
    const { parts, tell, pass } = await outbox({ hub })
    await tell()
    const waits = shipped.delivery.retryAfterSeconds
    const total = waits.reduce((sum, one) => sum + one, 0)
    expect(total).toBeGreaterThan(72 * 3600)
    for (const seconds of waits) {
      expect(await deliverDue(parts)).toEqual({ sent: 0, failed: 1, dead: 0 })
      pass(seconds - 0.001)
      expect(await deliverDue(parts), 'not too soon').toEqual({ sent: 0, failed: 0, dead: 0 })
      pass(seconds / 10 + 0.001)
    }
    expect(await deliverDue(parts)).toEqual({ sent: 0, failed: 0, dead: 1 })
    pass(10 * 86_400)
    expect(await deliverDue(parts)).toEqual({ sent: 0, failed: 0, dead: 0 })
    expect(hub.received).toHaveLength(waits.length + 1)
    expect(new Set(hub.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await countDeliveries(parts.store)).toEqual([
      { subscription: 'hub', pending: 0, dead: 1, reason: 'status 500' },
    ])
  })

  it('arrives after an outage of its receiver, and after one was given up and revived', async () => {
    const hub = await startReceiver()
    hub.answer = status(410)
    const { parts, tell } = await outbox({ hub })
    await tell()
    expect(await deliverDue(parts)).toEqual({ sent: 0, failed: 0, dead: 1 })
    hub.answer = status(200)
    await reviveDead(parts.store, parts.now())
    expect(await deliverDue(parts)).toEqual({ sent: 1, failed: 0, dead: 0 })
  })

  it('waits as long as the receiver asks, within reason', async () => {
    const hub = await startReceiver()
    hub.answer = status(429, { 'retry-after': '600' })
    const { parts, tell, pass } = await outbox({ hub })
    await tell()
    await deliverDue(parts)
    pass(599)
    expect((await deliverDue(parts)).failed).toBe(0)
    pass(62)
    hub.answer = status(429, { 'retry-after': '999999' })
    expect((await deliverDue(parts)).failed).toBe(1)
    pass(6 * 3600 * 1.1)
    expect((await deliverDue(parts)).failed).toBe(1)
  })

  it('is not held up by a receiver that does not answer', async () => {
    const [slow, hub] = [await startReceiver(), await startReceiver()]
    slow.answer = () => undefined
    const { parts, tell } = await outbox({ slow, hub })
    await tell(3)
    expect(await deliverDue(parts)).toEqual({ sent: 3, failed: 3, dead: 0 })
  })

  it('is given up where its subscription is no longer in the file', async () => {
    const hub = await startReceiver()
    const { parts, tell } = await outbox({ hub })
    await tell()
    expect(await deliverDue({ ...parts, targets: [] })).toEqual({ sent: 0, failed: 0, dead: 1 })
    expect(await countDeliveries(parts.store)).toMatchObject([{ reason: 'subscription removed' }])
  })

  it('is logged by the name of its subscription: no address, no secret, no data', async () => {
    const hub = await startReceiver()
    const { parts, tell, memory } = await outbox({ hub, nobody: { url: 'http://127.0.0.1:1' } })
    await tell()
    await deliverDue(parts)
    expect(memory.lines.map(({ msg, subscription, reason }) => [msg, subscription, reason])).toEqual(
      expect.arrayContaining([
        ['webhook sent', 'hub', undefined],
        ['webhook not sent', 'nobody', 'ECONNREFUSED'],
      ]),
    )
    expect(memory.text()).not.toMatch(/secret-path|whsec|127\.0\.0\.1|INTERNAL/)
  })
})

describe('deliveries at work', () => {
  it('send what is told while they run, count it, and stop', async () => {
    const hub = await startReceiver()
    const { parts, tell } = await outbox({ hub })
    const arrived = new Promise<void>((resolve) => {
      hub.answer = (response) => {
        response.end()
        if (hub.received.length === 25) resolve()
      }
    })
    await tell(25)
    const deliveries = startDeliveries(parts)
    await arrived
    await deliveries.stop()
    expect(deliveries.counts()).toEqual({ sent: 25, failed: 0, dead: 0 })
    await tell()
    expect(await countDeliveries(parts.store)).toMatchObject([{ pending: 1 }])
  })

  it('of several replicas send nothing twice', async () => {
    const hub = await startReceiver()
    const { parts, tell } = await outbox({ hub })
    await tell(40)
    const replicas = [1, 2, 3].map(async () => {
      let sent = 0
      for (let last = 1; last > 0; sent += last) last = (await deliverDue(parts)).sent
      return sent
    })
    const sent = await Promise.all(replicas)
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(40)
    expect(new Set(hub.received.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
    expect(hub.received).toHaveLength(40)
  })
})
