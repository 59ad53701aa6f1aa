import { describe, expect, it } from 'vitest'
import {
  leaseJobs,
  complete,
  leasedJobs,
  LEASE_MS,
  LONGEST_WAIT_MS,
  nextDue,
  retryLater,
  releaseLeases,
  renewLeases,
} from '../../src/store/leases.ts'
import type { Lease } from '../../src/store/leases.ts'
import { listComputed, forgetComputed, saveComputed } from '../../src/store/computed.ts'
import type { Store } from '../../src/store/database.ts'
import { batchedWrites } from '../../src/store/batched-writes.ts'
import {
  enqueueFound,
  enqueue,
  countInbox,
  FIGURES,
  forgetElsewhere,
  listFailed,
  retryFailed,
} from '../../src/store/inbox.ts'
import type { Job } from '../../src/store/inbox.ts'
import { readWatermark, saveWatermark } from '../../src/store/watermarks.ts'

const NOW = new Date('2026-11-24T10:00:00.000Z')
const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds)
const job = (record: number | string, about = 'actors'): Job => ({
  base: 'base',
  about,
  record: String(record),
  event: 'update',
})
const ended = (at: Date) => ({ at, notBefore: new Date(at.getTime() + 1000) })
const ONE = { base: 'base', by: 'one' }
const TWO = { base: 'base', by: 'two' }

/** What the inbox promises, whatever the engine. */
export function inboxTests(store: () => Store): void {
  const rows = (who = ONE, at = NOW, limit = 1000) => leaseJobs(store(), who, { kind: 'rows', limit, at })
  const ids = (leases: readonly Lease[]) => leases.map(({ record }) => record).sort()
  const tell = (...records: number[]) =>
    enqueue(
      store(),
      records.map((record) => job(record)),
      NOW,
    )

  describe('the inbox', () => {
    it('keeps a record once, however often it is told', async () => {
      await enqueue(store(), [job(1), job(1), job(2)], NOW)
      await tell(2, 3)
      expect(ids(await rows())).toEqual(['1', '2', '3'])
      expect(await countInbox(store())).toEqual({ waiting: 3, failed: 0, oldest: NOW.toISOString() })
    })

    it('forgets what was told of other bases', async () => {
      await enqueue(store(), [job(1), { ...job(2), base: 'a copy' }], NOW)
      await forgetElsewhere(store(), 'base')
      expect(await countInbox(store())).toMatchObject({ waiting: 1 })
      expect(ids(await rows())).toEqual(['1'])
    })

    it('stores calls that come together, each told of its own', async () => {
      const keep = batchedWrites(store(), () => NOW)
      const unfit = { ...job(2), base: null as unknown as string }
      const calls = [keep([job(1)]), keep([unfit]), keep([job(3), job(1)]), keep([])]
      expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      await keep([job(4)])
      await expect(keep([unfit])).rejects.toThrow(/null/i)
      expect(ids(await rows())).toEqual(['1', '3', '4'])
    })

    it('takes thousands at once, and nothing', async () => {
      await enqueue(
        store(),
        Array.from({ length: 2500 }, (_, record) => job(record)),
        NOW,
      )
      await enqueue(store(), [], NOW)
      expect((await countInbox(store())).waiting).toBe(2500)
    })

    it('gives a job to one holder at a time, until it is finished', async () => {
      await tell(1, 2, 3, 4)
      const [one, two] = await Promise.all([rows(ONE, NOW, 2), rows(TWO, NOW, 9)])
      expect(ids([...one, ...two])).toEqual(['1', '2', '3', '4'])
      expect(await rows(TWO)).toEqual([])
      await complete(store(), ONE, one, ended(NOW))
      expect(await countInbox(store())).toMatchObject({ waiting: two.length })
    })

    it('looks once more at what was told again while somebody worked on it', async () => {
      await tell(1, 2)
      const leases = await rows()
      await enqueue(store(), [job(1)], after(500))
      expect(await rows(TWO, after(500))).toEqual([])
      await complete(store(), ONE, leases, ended(after(600)))
      expect(ids(await rows(TWO, after(600)))).toEqual(['1'])
    })

    it('frees the leases of a holder that is silent, not of one that renews them', async () => {
      await tell(1)
      expect(await leasedJobs(store(), after(0))).toBe(0)
      await rows()
      expect(await leasedJobs(store(), after(LEASE_MS - 1))).toBe(1)
      expect(await leasedJobs(store(), after(LEASE_MS + 1))).toBe(0)
      expect(await rows(TWO, after(LEASE_MS - 1))).toEqual([])
      await renewLeases(store(), ONE, after(LEASE_MS - 1))
      expect(await rows(TWO, after(LEASE_MS + 1))).toEqual([])
      expect(ids(await rows(TWO, after(2 * LEASE_MS)))).toEqual(['1'])
    })

    it('does not let a former holder finish what another one holds by now', async () => {
      await tell(1)
      const late = await rows()
      await rows(TWO, after(2 * LEASE_MS))
      await complete(store(), ONE, late, ended(after(2 * LEASE_MS)))
      await retryLater(store(), ONE, new Map([[late[0]!, { reason: 'late', nextTry: null }]]))
      expect(await countInbox(store())).toMatchObject({ waiting: 1, failed: 0 })
    })

    it('frees at once what a holder lets go of', async () => {
      await tell(1, 2)
      await rows()
      await releaseLeases(store(), ONE)
      expect(ids(await rows(TWO))).toEqual(['1', '2'])
    })

    it('does not wait for a clock that was set back', async () => {
      await enqueue(store(), [job(1)], after(10 * LONGEST_WAIT_MS))
      await rows(TWO, after(10 * LONGEST_WAIT_MS))
      expect(ids(await rows(ONE, NOW))).toEqual(['1'])
    })

    it('leaves a holder its leases where its clock is ahead, or it asked a moment later', async () => {
      await tell(1)
      for (const ahead of [1, 20, 5000]) {
        expect(ids(await rows(ONE, after(ahead)))).toEqual(['1'])
        expect(await rows(TWO, NOW)).toEqual([])
        await renewLeases(store(), ONE, after(ahead + 10))
        expect(await rows(TWO, after(5))).toEqual([])
        await releaseLeases(store(), ONE)
      }
    })

    it('tries again later, counts the attempts, and gives up with the reason', async () => {
      await tell(1)
      const [first] = await rows()
      await retryLater(store(), ONE, new Map([[first!, { reason: 'refused', nextTry: after(5000) }]]))
      expect(await rows(ONE, after(4999))).toEqual([])
      const [second] = await rows(ONE, after(5000))
      expect(second?.attempts).toBe(1)
      await retryLater(store(), ONE, new Map([[second!, { reason: 'refused again', nextTry: null }]]))
      expect(await rows(ONE, after(LONGEST_WAIT_MS))).toEqual([])
      expect(await listFailed(store(), 10)).toEqual([
        {
          ...{ about: 'actors', record: '1', event: 'update', receivedAt: NOW.toISOString() },
          ...{ attempts: 2, reason: 'refused again' },
        },
      ])
    })

    it('does not count as failed what was told anew during the attempt', async () => {
      await tell(1)
      const [first] = await rows()
      await tell(1)
      await retryLater(store(), ONE, new Map([[first!, { reason: 'refused', nextTry: null }]]))
      const [again] = await rows()
      expect(again).toMatchObject({ record: '1', attempts: 0 })
    })

    it('tries anew what was given up when a person changes it, or asks for it; not when we find it ourselves', async () => {
      await tell(1)
      const giveUp = async (at: Date) =>
        retryLater(store(), ONE, new Map([[(await rows(ONE, at))[0]!, { reason: 'refused', nextTry: null }]]))
      await giveUp(NOW)
      await enqueueFound(store(), [job(1)], NOW)
      expect(await rows()).toEqual([])
      await enqueue(store(), [job(1)], after(1000))
      expect((await countInbox(store())).oldest).toBe(after(1000).toISOString())
      await giveUp(after(1000))
      expect(await retryFailed(store(), after(2000))).toEqual({ failed: 1, waiting: 0 })
      expect(await rows(ONE, after(2000))).toMatchObject([{ record: '1', event: 'retry', attempts: 0 }])
    })

    it('looks once more at what we find while somebody works on it, and lets wait what waits', async () => {
      await tell(1, 2)
      const leases = await rows()
      await enqueueFound(store(), [job(1)], NOW)
      await complete(
        store(),
        ONE,
        leases.filter(({ record }) => record === '1'),
        ended(NOW),
      )
      await retryLater(
        store(),
        ONE,
        new Map([
          [leases.find(({ record }) => record === '2')!, { reason: 'refused', nextTry: after(5000) }],
        ]),
      )
      await enqueueFound(store(), [job(2), job(3)], after(1))
      expect(ids(await rows(ONE, after(1)))).toEqual(['1', '3'])
    })

    it('keeps bases apart, and figures from rows, which may be due later', async () => {
      await enqueue(store(), [{ ...job(1), base: 'other' }], NOW)
      await enqueue(store(), [{ ...job('200069409', FIGURES), notBefore: after(800) }], NOW)
      expect(await rows()).toEqual([])
      const figures = (at: Date) => leaseJobs(store(), ONE, { kind: 'figures', limit: 9, at })
      expect(await figures(after(799))).toEqual([])
      const leases = await figures(after(800))
      expect(ids(leases)).toEqual(['200069409'])
      await enqueue(store(), [job('200069409', FIGURES)], after(900))
      expect(await nextDue(store(), 'base', 'figures')).toBeNull()
      await complete(store(), ONE, leases, ended(after(1000)))
      expect(await nextDue(store(), 'base', 'figures')).toEqual(after(2000))
      expect(await figures(after(1999))).toEqual([])
      expect(ids(await figures(after(2000)))).toEqual(['200069409'])
    })
  })

  it('remembers how far a base was read, and from what an EPCI was computed', async () => {
    expect(await readWatermark(store(), 'base', 'actors')).toBeNull()
    await saveWatermark(store(), 'base', 'actors', '2026-11-24T10:00:00Z')
    await saveWatermark(store(), 'base', 'actors', '2026-11-24T11:00:00Z')
    expect(await readWatermark(store(), 'base', 'actors')).toBe('2026-11-24T11:00:00Z')
    expect(await readWatermark(store(), 'other', 'actors')).toBeNull()
    const counts = { present: 4, prefilled: 2, expected: null }
    const computed = { siren: '1', inputs: 'a', computedAt: NOW.toISOString(), ...counts }
    await saveComputed(store(), 'base', [computed, { ...computed, siren: '2' }])
    await saveComputed(store(), 'base', [{ ...computed, inputs: 'b' }])
    await forgetComputed(store(), 'base', ['2'])
    expect([...(await listComputed(store(), 'base')).values()]).toEqual([{ ...computed, inputs: 'b' }])
    expect((await listComputed(store(), 'other')).size).toBe(0)
  })
}
