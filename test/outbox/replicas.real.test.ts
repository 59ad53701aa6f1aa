import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readTargets } from '../../src/config/webhook-targets.ts'
import { readWebhookSettings, WebhookSettings } from '../../src/config/webhooks-file.ts'
import type { PortreaEvent } from '../../src/domain/events.ts'
import { createEventFeed } from '../../src/http/event-feed.ts'
import { startDeliveries } from '../../src/outbox/deliver.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { countDeliveries } from '../../src/store/deliveries.ts'
import { eventBounds } from '../../src/store/events.ts'
import { saveReports } from '../../src/store/reports.ts'
import { memoryLog } from '../helpers/memory-log.ts'
import { CONFIG } from '../helpers/rules.ts'
import { startReceiver } from './receiver.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const DATABASE = `portrea_replicas_${process.pid}`
const MESSAGES = 60
const event = (code: string): PortreaEvent => ({
  type: 'sync.failed',
  key: null,
  data: { run: 'r', trigger: 'night', epcis: null, code },
})

describe('several replicas on one PostgreSQL', () => {
  const administrator = new Client(inject('databaseUrl'))
  const replicas: Store[] = []
  beforeAll(async () => {
    await administrator.connect()
    await administrator.query(`create database ${DATABASE}`)
    const databaseUrl = new URL(inject('databaseUrl'))
    databaseUrl.pathname = DATABASE
    for (let count = 0; count < 3; count++)
      replicas.push(await openStore({ dataDir: '', databaseUrl: databaseUrl.href }))
  })
  afterAll(async () => {
    for (const replica of replicas) await replica.close()
    await administrator.query(`drop database ${DATABASE}`)
    await administrator.end()
  })
  const tell = (store: Store, subscribers: readonly string[], ...codes: readonly string[]) =>
    saveReports(store, [], {
      at: new Date(),
      quietDays: 1,
      subscribers: () => subscribers,
      eventsOf: () => codes.map(event),
    })

  it('send each webhook once, whichever takes it', async () => {
    const receiver = await startReceiver()
    const all = new Promise<void>((resolve) => {
      receiver.answer = (response) => {
        response.end()
        if (receiver.received.length === MESSAGES) resolve()
      }
    })
    const settings = WebhookSettings.parse({
      ...readWebhookSettings(CONFIG),
      subscriptions: [
        { name: 'hub', url: receiver.url, secret: { env: 'S' }, events: ['sync.failed'], allowPrivate: true },
      ],
    })
    await tell(replicas[0]!, ['hub'], ...Array.from({ length: MESSAGES }, (_, at) => `C${at}`))
    const targets = readTargets(settings, { S: SECRET })
    const services = replicas.map((store) =>
      startDeliveries({ store, targets, settings, log: memoryLog().log, now: () => new Date() }),
    )
    await all
    await Promise.all(services.map((one) => one.stop()))
    expect(await countDeliveries(replicas[0]!)).toEqual([])
    const bodies = receiver.received.map(({ body }) => body)
    expect(new Set(bodies).size).toBe(MESSAGES)
    expect(bodies).toHaveLength(MESSAGES)
    const sent = services.map((one) => one.counts().sent)
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(MESSAGES)
    expect(sent.filter((one) => one > 0).length, 'the work is shared').toBeGreaterThan(1)
  })

  it('feed their listeners with what any of them tells, in one order', async () => {
    const { last } = await eventBounds(replicas[0]!)
    const feeds = replicas.map((store) => createEventFeed(store, memoryLog().log))
    const listening = feeds.map((feed) => feed.listen(last, new AbortController().signal)!)
    for (const frames of listening) await frames.next() // `retry`
    const codes = Array.from({ length: 30 }, (_, at) => `N${at}`)
    const told = codes.map((code, at) => tell(replicas[at % 3]!, [], code))
    const seen = await Promise.all(
      listening.map(async (frames) => {
        const some: string[] = []
        while (some.length < codes.length) some.push(String((await frames.next()).value))
        return some
      }),
    )
    await Promise.all(told)
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
    const ids = seen[0]!.map((frame) => Number(/^id: (\d+)/u.exec(frame)?.[1]))
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
    expect(new Set(ids).size).toBe(codes.length)
    for (const feed of feeds) feed.close()
    await Promise.all(listening.map((frames) => frames.return(undefined)))
  })
})
