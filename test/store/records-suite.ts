import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import {
  forgetRecords,
  idsOf,
  countedOfEpci,
  recordsBetween,
  recordsByIds,
  saveRecords,
} from '../../src/store/records.ts'
import type { RecordState } from '../../src/store/record-rows.ts'
import { recordView } from '../../src/engine/record-view.ts'
import { recordState } from '../helpers/record-state.ts'

/** What a record that was judged has more. */
const JUDGED: Partial<RecordState> = {
  ...{ stamp: '2026-11-20 08:00:00+00:00', via: '3 200069409 ', assessedBy: 'rules', nextTurn: '2027-01-31' },
  ...{ compared: 'digest', issues: ['actor.other_epci'], told: { 'pivot.shared': 'Deux fiches.' } },
  marks: {
    ...{ id: 2 ** 52 + 1, pivot: 0, phone: 7, latitude: 48.1, longitude: Number.NaN },
    ...{ commune: '22278', accepted: 2 },
  },
  facts: {
    reading: {
      ...{ completeness: 200 / 3, publishable: true, prefilled: false, told: true, needs: 5 },
      ...{ kinds: ['RFS', '~digest'], source: { group: 'a', written: 'b' }, commune: '22278' },
      ...{ agedOn: null, contactedOn: '2026-01-01', step: 'validated', filled: -2147483648, empty: 3 },
    },
    ...{ findings: ['telephone.unreadable'], referent: null, insee: null },
    gap: { toCorrect: [], toFill: ['horaires'], completeness: 66.5 },
  },
}

/** What the memory of records promises, whatever the engine. */
export function recordTests(store: () => Store): void {
  const record = (id: number, fingerprint = '0123456789abcdef') => ({
    id,
    ...recordState({
      ...{ epci: '200069409', fingerprint, changedOn: '2026-01-31' },
      linked: id % 3 === 0 ? null : id % 3 === 1,
      filled: id % 2 === 0 ? null : 2 ** 38 + id,
      ...(id % 2 === 0 ? {} : JUDGED),
    }),
  })

  it('finds again thousands of records, by range and by id', async () => {
    const ids = Array.from({ length: 2501 }, (_, index) => index * 2)
    await saveRecords(
      store(),
      'base',
      ids.map((id) => record(id)),
    )
    expect(new Set((await recordsBetween(store(), 'base', 3, 8)).keys())).toEqual(new Set([4, 6, 8]))
    const found = await recordsByIds(store(), 'base', [...ids, 1, 3])
    expect(found.size).toBe(2501)
    const { id: _, ...known } = record(5000)
    expect(found.get(5000)).toEqual(known)
  })

  it('keeps bases apart', async () => {
    await saveRecords(store(), 'one', [record(1, 'one')])
    await saveRecords(store(), 'two', [record(1, 'two')])
    await forgetRecords(store(), 'one', [1])
    expect((await recordsByIds(store(), 'one', [1])).size).toBe(0)
    expect((await recordsByIds(store(), 'two', [1])).get(1)?.fingerprint).toBe('two')
  })

  it('tells the ids of one EPCI, of one base', async () => {
    await saveRecords(store(), 'base', [record(3), record(1), { ...record(2), epci: null }])
    await saveRecords(store(), 'other', [record(9)])
    expect([...(await countedOfEpci(store(), 'base', '200069409')).keys()]).toEqual([1, 3])
  })

  it('walks every id in order, even while records are forgotten on the way', async () => {
    const ids = Array.from({ length: 12_000 }, (_, index) => index + 1)
    await saveRecords(
      store(),
      'base',
      ids.map((id) => record(id)),
    )
    const seen: number[] = []
    for await (const id of idsOf(store(), 'base')) {
      seen.push(id)
      if (id % 5000 === 0) await forgetRecords(store(), 'base', [id])
    }
    expect(seen).toEqual(ids)
  })

  it('remembers and forgets as a plain map would', async () => {
    const known = fc
      .record({
        id: fc.integer({ min: 1, max: 8 }),
        epci: fc.option(fc.constant('200069409')),
        fingerprint: fc.constantFrom('a', 'b'),
        changedOn: fc.option(fc.constant('2026-01-31')),
        linked: fc.option(fc.boolean()),
        filled: fc.option(fc.integer({ min: 0, max: 2 ** 39 - 1 })),
      })
      .map(({ id, ...some }) => ({ id, ...recordState(some) }))
    const saving = fc.record({ save: fc.uniqueArray(known, { selector: ({ id }) => id }) })
    const forgetting = fc.record({ forget: fc.array(fc.integer({ min: 1, max: 8 })) })
    const check = async (base: string, steps: readonly Step[]) => {
      const model = new Map<number, RecordState>()
      for (const step of steps) {
        if ('save' in step) {
          await saveRecords(store(), base, step.save)
          for (const { id, ...rest } of step.save) model.set(id, rest)
        } else {
          await forgetRecords(store(), base, step.forget)
          for (const id of step.forget) model.delete(id)
        }
      }
      expect(new Map(await recordsBetween(store(), base, 0, 10))).toEqual(model)
    }
    let trial = 0
    const steps = fc.array(fc.oneof(saving, forgetting), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(steps, (each) => check(`base-${trial++}`, each)),
      { numRuns: 30 },
    )
  })

  it('learns at once what was found of records, whatever their ids, and nothing of it where one part fails', async () => {
    const far = 2 ** 40
    const view = recordView(store(), 'of a view')
    view.put([record(far), record(far + 1)])
    view.setKeys(far, [2 ** 52 + 3, 5])
    view.setKeys(far + 1, [5])
    const pair = { one: far, other: far + 1, score: 12.5, reason: 'même nom', denied: false }
    view.setPairs([far], [pair])
    await view.commit()
    view.settle(far + 1, '2026-11-21 09:00:00+00:00')
    view.settle(far + 2, '2026-11-21 09:00:00+00:00') // not known
    await view.commit()
    const fresh = recordView(store(), 'of a view')
    const { id: _, ...state } = record(far + 1)
    expect(await fresh.byIds([far + 1, far + 2])).toEqual(
      new Map([[far + 1, { ...state, stamp: '2026-11-21 09:00:00+00:00' }]]),
    )
    expect(await fresh.pairsOf([far + 1])).toEqual([pair])
    expect(await fresh.bearers([5, 2 ** 52 + 3])).toEqual(
      new Map([
        [5, 2],
        [2 ** 52 + 3, 1],
      ]),
    )
    fresh.setPairs([far], [])
    fresh.setKeys(far, [])
    fresh.put([{ ...record(far + 3), fingerprint: null as unknown as string }])
    await expect(fresh.commit()).rejects.toThrow('fingerprint')
    expect(await recordView(store(), 'of a view').pairsOf([far])).toEqual([pair])
    expect(await recordView(store(), 'of a view').keysOf([far])).toMatchObject(
      new Map([[far, expect.arrayContaining([5])]]),
    )
  })
}

type Step = { save: (RecordState & { id: number })[] } | { forget: number[] }
