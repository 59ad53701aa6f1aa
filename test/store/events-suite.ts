import { describe, expect, it, onTestFinished } from 'vitest'
import type { PortreaEvent } from '../../src/domain/events.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store, StoreOptions } from '../../src/store/database.ts'
import {
  countDeliveries,
  delivered,
  failed,
  forgetDead,
  reviveDead,
  takeDue,
} from '../../src/store/deliveries.ts'
import { eventBounds, eventsAfter, forgetEvents } from '../../src/store/events.ts'
import type { Publishing } from '../../src/store/events.ts'
import { getReport, saveReports } from '../../src/store/reports.ts'
import { abandonRuns, finishRun, getRun, startRun, updateProgress } from '../../src/store/runs.ts'
import { run } from './runs-suite.ts'

const AT = new Date('2026-05-20T01:00:00.000Z')
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000)
const days = (count: number) => later(count * 86_400)
const lease = { limit: 10, leaseSeconds: 300 }

const event = (name: string, key: string | null = null): PortreaEvent => ({
  type: 'sync.failed',
  key,
  data: { run: name, trigger: 'night', epcis: null, code: 'INTERNAL' },
})
const telling = (to: readonly string[] = [], at = AT): Publishing => ({
  at,
  quietDays: 14,
  subscribers: () => to,
})

/** What the store promises of events and their deliveries, whatever the engine. */
export function eventTests(opened: () => [Store, StoreOptions]): void {
  const store = () => opened()[0]
  const tell = async (events: readonly PortreaEvent[], announcing = telling()) => {
    const report = { siren: '1', computedAt: '', rules: '', report: {} }
    await saveReports(store(), [report], { ...announcing, eventsOf: () => events })
  }
  /** Replicas; on SQLite callers of one process, whose connection is one and blocks. */
  const several = async () => {
    const [one, options] = opened()
    if (one.engine.name === 'sqlite') return [one, one, one]
    const others = await Promise.all([1, 2, 3].map(() => openStore(options)))
    onTestFinished(async () => void (await Promise.all(others.map((other) => other.close()))))
    return others
  }
  const names = async (after = 0) =>
    (await eventsAfter(store(), after, 100)).map(({ id, data }) => `${id} ${(data as { run: string }).run}`)

  describe('events', () => {
    it('come in the order in which they happened, from any one of them on', async () => {
      expect(await eventBounds(store())).toEqual({ oldest: 1, last: 0 })
      await tell([event('a'), event('b')])
      await tell([])
      await tell([event('c')])
      expect(await names()).toEqual(['1 a', '2 b', '3 c'])
      expect(await names(2)).toEqual(['3 c'])
      expect(await eventsAfter(store(), 0, 1)).toEqual([
        { id: 1, at: AT.toISOString(), type: 'sync.failed', data: event('a').data },
      ])
    })

    it('never take a number again, even when all of them are forgotten', async () => {
      await tell([event('a'), event('b')])
      await forgetEvents(store(), AT)
      expect(await names()).toHaveLength(2)
      await forgetEvents(store(), later(1))
      expect(await eventBounds(store())).toEqual({ oldest: 3, last: 2 })
      await tell([event('c')])
      expect(await names()).toEqual(['3 c'])
    })

    it('are told if and only if what they tell was kept', async () => {
      const report = { siren: '7', computedAt: '', rules: '', report: {} }
      const news = {
        ...telling(['hub']),
        eventsOf: () => {
          throw new Error('cannot be told')
        },
      }
      await expect(saveReports(store(), [report], news)).rejects.toThrow('cannot be told')
      expect(await getReport(store(), '7')).toBeNull()
    })

    it('are made from the reports that are replaced', async () => {
      const report = (value: string, siren = '7') => ({ siren, computedAt: '', rules: '', report: value })
      const seen: unknown[] = []
      const eventsOf = (before: ReadonlyMap<string, unknown>) => {
        seen.push([...before])
        return []
      }
      await saveReports(store(), [report('old')], { ...telling(), eventsOf })
      await saveReports(store(), [report('new'), report('other', '8')], { ...telling(), eventsOf })
      expect(seen).toEqual([[], [['7', 'old']]])
    })

    it('lose none and mix none up when several tell at once', async () => {
      const others = await several()
      const seen: number[] = []
      const told = others.flatMap((other, at) =>
        Array.from({ length: 10 }, async (_, round) => {
          const report = { siren: String((at + round) % 4), computedAt: '', rules: '', report: {} }
          const events = [event('x'), event('y')]
          await saveReports(other, [report], { ...telling(), eventsOf: () => events })
          // Whoever reads now must never be given later an id under those it has seen.
          for (const { id } of await eventsAfter(store(), seen.at(-1) ?? 0, 100))
            if (id > (seen.at(-1) ?? 0)) seen.push(id)
        }),
      )
      await Promise.all(told)
      for (const { id } of await eventsAfter(store(), seen.at(-1) ?? 0, 100)) seen.push(id)
      expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
    })

    it('tell a run from its start to its end', async () => {
      const news = (name: string) => ({ ...telling(), events: [event(name)] })
      await startRun(store(), run('r'), news('started'))
      await updateProgress(store(), 'r', { phase: 'actors', done: 1, total: 2 }, news('progress'))
      await finishRun(
        store(),
        'r',
        { finishedAt: AT.toISOString(), status: 'done', counts: null, error: null },
        news('ended'),
      )
      expect(await names()).toEqual(['1 started', '2 progress', '3 ended'])
      expect(await getRun(store(), 'r')).toMatchObject({ status: 'done', progress: { done: 1 } })
    })

    it('tell that a run was interrupted, unless it was a dry one', async () => {
      await startRun(store(), run('left', { epcis: ['200069409'] }))
      await startRun(store(), run('dry', { dryRun: true }))
      expect(await abandonRuns(store(), telling())).toBe(2)
      expect(await eventsAfter(store(), 0, 10)).toMatchObject([
        { data: { run: 'left', trigger: 'night', epcis: ['200069409'], code: 'INTERRUPTED' } },
      ])
    })
  })

  describe('deliveries', () => {
    it('are due at once, one for each subscription, and gone when they arrived', async () => {
      await tell([event('a')], telling(['hub', 'n8n']))
      const due = await takeDue(store(), AT, lease)
      expect(due.map(({ subscription }) => subscription).toSorted()).toEqual(['hub', 'n8n'])
      expect(due[0]).toMatchObject({
        type: 'sync.failed',
        at: AT.toISOString(),
        attempts: 1,
        data: event('a').data,
      })
      expect(due[0]!.id).not.toBe(due[1]!.id)
      for (const { id } of due) await delivered(store(), id)
      expect(await countDeliveries(store())).toEqual([])
    })

    it('are quiet about what was told under the same key lately; the events are there all the same', async () => {
      await tell([event('a', 'k')], telling(['hub']))
      await tell([event('b', 'k')], telling(['hub'], days(13)))
      await tell([event('c', 'k'), event('other', 'l')], telling(['hub'], days(26)))
      await tell([event('d', 'k')], telling(['hub'], days(41)))
      expect(await names()).toHaveLength(5)
      const due = await takeDue(store(), days(50), lease)
      expect(due.map(({ data }) => (data as { run: string }).run)).toEqual(['a', 'other', 'd'])
    })

    it('are nobody else’s while they are under way, and due again when their holder died', async () => {
      await tell([event('a')], telling(['hub']))
      expect(await takeDue(store(), AT, lease)).toHaveLength(1)
      expect(await takeDue(store(), later(299), lease)).toEqual([])
      expect(await takeDue(store(), later(300), lease)).toMatchObject([{ attempts: 2 }])
    })

    it('are each given once, however many ask at the same time', async () => {
      await tell(
        Array.from({ length: 60 }, () => event('a')),
        telling(['hub']),
      )
      const others = await several()
      const asked = await Promise.all(
        others.flatMap((other) =>
          [1, 2, 3, 4].map(() => takeDue(other, AT, { limit: 7, leaseSeconds: 300 })),
        ),
      )
      const rest = await takeDue(store(), AT, { limit: 100, leaseSeconds: 300 })
      const ids = [...asked.flat(), ...rest].map(({ id }) => id)
      expect(ids).toHaveLength(60)
      expect(new Set(ids).size).toBe(60)
    })

    it('are tried again when they should, then given up, and may be revived', async () => {
      await tell([event('a')], telling(['hub']))
      const { id } = (await takeDue(store(), AT, lease))[0]!
      await failed(store(), id, 'status 500', later(60))
      expect(await countDeliveries(store())).toEqual([
        { subscription: 'hub', pending: 1, dead: 0, reason: null },
      ])
      expect(await takeDue(store(), later(59), lease)).toEqual([])
      expect(await takeDue(store(), later(60), lease)).toMatchObject([{ attempts: 2 }])
      await failed(store(), id, 'status 410', null)
      expect(await countDeliveries(store())).toEqual([
        { subscription: 'hub', pending: 0, dead: 1, reason: 'status 410' },
      ])
      expect(await takeDue(store(), days(5), lease)).toEqual([])
      expect(await reviveDead(store(), days(5))).toEqual({ messages: 1, receivers: 0 })
      expect(await takeDue(store(), days(5), lease)).toMatchObject([{ id, attempts: 1 }])
    })

    it('given up are forgotten in the end; those that wait are not', async () => {
      await tell([event('a'), event('b')], telling(['hub']))
      const [one] = await takeDue(store(), AT, lease)
      await failed(store(), one!.id, 'gone', null)
      await forgetDead(store(), AT)
      expect(await countDeliveries(store())).toMatchObject([{ pending: 1, dead: 1 }])
      await forgetDead(store(), later(1))
      expect(await countDeliveries(store())).toMatchObject([{ pending: 1, dead: 0 }])
    })
  })
}
