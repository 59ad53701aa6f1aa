import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PortreaEvent } from '../../src/domain/events.ts'
import { createEventFeed } from '../../src/http/event-feed.ts'
import { FeedEvent } from '../../src/http/schemas/event.ts'
import { Problem } from '../../src/http/schemas/problem.ts'
import type { Store } from '../../src/store/database.ts'
import { forgetEvents } from '../../src/store/events.ts'
import { saveReports } from '../../src/store/reports.ts'
import { memoryLog } from '../helpers/memory-log.ts'
import { AUTHORIZED, testServer } from './test-server.ts'

const failure = (code: string): PortreaEvent => ({
  type: 'sync.failed',
  key: null,
  data: { run: 'r', trigger: 'night', epcis: null, code },
})

/** Tells events as a run would. */
const tell = (store: Store, ...codes: readonly string[]) =>
  saveReports(store, [], {
    at: new Date(),
    quietDays: 14,
    subscribers: () => [],
    eventsOf: () => codes.map(failure),
  })

type Listener = { readonly response: IncomingMessage; until(text: string): Promise<string>; stop(): void }

/** A listener on real HTTP: `until` waits for some text, and gives all that came so far. */
async function listen(server: FastifyInstance, headers: Record<string, string> = {}): Promise<Listener> {
  if (!server.server.listening) await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.listeningOrigin
  const request = get(`${address}/api/events`, { headers: { ...AUTHORIZED, ...headers }, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let said = ''
  response.setEncoding('utf8').on('data', (text: string) => (said += text))
  response.on('error', () => {})
  onTestFinished(() => void response.destroy())
  return {
    response,
    async until(text) {
      while (!said.includes(text)) await once(response, 'data')
      return said
    },
    stop: () => void response.destroy(),
  }
}

const events = (text: string) =>
  [...text.matchAll(/^id: (\d+)\nevent: (.+)\ndata: (.+)\n\n/gmu)].map(([, id, type, data]) => {
    const content = FeedEvent.parse(JSON.parse(data!))
    expect(content.type).toBe(type)
    return `${id} ${content.type === 'sync.failed' ? content.data.code : content.type}`
  })

describe('GET /api/events', () => {
  it('tells what happens after one has come, in the form of server-sent events', async () => {
    const { server, store } = await testServer()
    await tell(store, 'BEFORE')
    const { response, until } = await listen(server)
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    await until('retry: 3000\n\n')
    await tell(store, 'ONE', 'TWO')
    expect(events(await until('TWO'))).toEqual(['2 ONE', '3 TWO'])
    await tell(store, 'THREE')
    expect(events(await until('THREE'))).toEqual(['2 ONE', '3 TWO', '4 THREE'])
  })

  it('goes on after the last event seen, and misses none', async () => {
    const { server, store } = await testServer()
    const codes = Array.from({ length: 250 }, (_, at) => `C${at}`)
    await tell(store, ...codes)
    const { until } = await listen(server, { 'last-event-id': '3' })
    const seen = events(await until('C249"'))
    expect(seen).toEqual(codes.slice(3).map((code, at) => `${at + 4} ${code}`))
  })

  it.each([
    ['what it missed was forgotten', '1', 3, ['3 feed.gap', '4 D']],
    ['the store is another one', '99', 3, ['4 feed.gap']],
    ['nothing was missed', '3', 3, ['4 D']],
    ['nothing is new', '4', 3, []],
  ])('tells whether there is a gap: %s', async (_, lastEventId, forgotten, expected) => {
    const { server, store } = await testServer()
    await tell(store, ...['A', 'B', 'C'].slice(0, forgotten))
    await forgetEvents(store, new Date(Date.now() + 1000))
    await tell(store, 'D')
    const { until } = await listen(server, { 'last-event-id': lastEventId })
    await until('retry')
    await tell(store, 'LAST')
    expect(events(await until('LAST'))).toEqual([...expected, '5 LAST'])
  })

  it('asks for the bearer token, and refuses what is no id', async () => {
    const { server } = await testServer()
    expect((await server.inject({ url: '/api/events' })).statusCode).toBe(401)
    const answer = await server.inject({
      url: '/api/events',
      headers: { ...AUTHORIZED, 'last-event-id': 'MARTIN' },
    })
    expect(Problem.parse(answer.json())).toMatchObject({ status: 400, errors: [{ path: 'last-event-id' }] })
    expect(
      (await server.inject({ method: 'HEAD', url: '/api/events', headers: AUTHORIZED })).statusCode,
    ).toBe(404)
  })

  it('counts its listeners, and lets go of one that leaves', async () => {
    const { server } = await testServer()
    const listeners = async () =>
      /^portrea_event_listeners (\d+)$/mu.exec(
        (await server.inject({ url: '/metrics', headers: AUTHORIZED })).body,
      )?.[1]
    const { until, stop } = await listen(server)
    await until('retry')
    expect(await listeners()).toBe('1')
    stop()
    for (let tries = 0; (await listeners()) !== '0'; tries++) {
      if (tries > 100) throw new Error('the listener is still counted')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })

  it('ends in order when the service stops', async () => {
    const { server } = await testServer()
    const { response, until } = await listen(server)
    await until('retry')
    const ended = once(response, 'end')
    await server.close()
    await ended
    expect(response.complete).toBe(true)
  })

  it('refuses more listeners than there can reasonably be', async () => {
    const { server } = await testServer()
    const listeners = []
    for (let count = 0; count < 200; count++) listeners.push(await listen(server))
    await Promise.all(listeners.map(({ until }) => until('retry')))
    const { response, until } = await listen(server)
    expect(response.statusCode).toBe(429)
    expect(Problem.parse(JSON.parse(await until('}')))).toMatchObject({ code: 'FEED_FULL' })
  })
})

describe('the live feed', () => {
  it('says that it is still there when nothing happens', async () => {
    const { store } = await testServer()
    const feed = createEventFeed(store, memoryLog().log, { heartbeatMs: 20 })
    const frames = feed.listen(null, new AbortController().signal)!
    await frames.next()
    expect((await frames.next()).value).toBe(': still here\n\n')
    feed.close()
    expect((await frames.next()).done).toBe(true)
  })

  it('reads no further than its listener does', async () => {
    const { store } = await testServer()
    await tell(store, ...Array.from({ length: 300 }, (_, at) => `C${at}`))
    const feed = createEventFeed(store, memoryLog().log)
    const frames = feed.listen(0, new AbortController().signal)!
    for (let read = 0; read < 11; read++) await frames.next()
    await forgetEvents(store, new Date(Date.now() + 1000)) // what was not read yet is gone …
    await tell(store, 'NEW')
    const rest: string[] = []
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      rest.push(next.value)
      if (next.value.includes('NEW')) feed.close()
    }
    expect(rest.length).toBe(100 - 10 + 1) // … but for the page of a hundred at hand
  })

  it('outlives a store that does not answer for a moment', async () => {
    const { store } = await testServer()
    const { log, lines } = memoryLog()
    const feed = createEventFeed(store, log, { heartbeatMs: 1500 })
    const frames = feed.listen(null, new AbortController().signal)!
    await frames.next()
    const waiting = frames.next()
    await store.db.schema.alterTable('event_counter').renameTo('elsewhere').execute()
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await store.db.schema.alterTable('elsewhere').renameTo('event_counter').execute()
    await tell(store, 'AFTER')
    expect((await waiting).value).toContain('AFTER')
    feed.close()
    await frames.return(undefined)
  })
})
