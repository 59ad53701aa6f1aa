import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import type { StoredPair } from '../../src/store/duplicates.ts'
import { recordView } from '../../src/engine/record-view.ts'
import type { RecordView } from '../../src/engine/record-view.ts'
import { recordState } from '../helpers/record-state.ts'
import { temporaryStore } from '../helpers/temporary-store.ts'

const IDS = [1, 2, 3, 4, 5, 6]
const KEYS = [10, 11, 12]
const EPCIS = ['200069409', '242900314']
const COLUMNS = ['nom', 'telephone']

const anyId = fc.constantFrom(...IDS)
const anyState = fc
  .record({
    epci: fc.constantFrom(null, ...EPCIS),
    filled: fc.constantFrom(0, 1, 2, 3),
    commune: fc.constantFrom(null, '29019'),
    phone: fc.constantFrom(0, 7),
    marked: fc.boolean(),
    issues: fc.constantFrom<readonly string[]>([], ['actor.no_epci']),
  })
  .map(({ epci, filled, commune, phone, marked, issues }) => {
    const point = { latitude: Number.NaN, longitude: Number.NaN }
    const marks = marked ? { id: 0, pivot: 0, phone, ...point, commune, accepted: 0 } : null
    return recordState({ epci, filled, issues, marks })
  })
const anyPair: fc.Arbitrary<StoredPair> = fc
  .uniqueArray(anyId, { minLength: 2, maxLength: 2 })
  .map((ids) => ids.toSorted() as [number, number])
  .map(([one, other]) => ({ one, other, score: 80, reason: 'name', denied: false }))

/** `here`: those that are there; of others neither keys nor pairs are told. */
type Act = (view: RecordView, here: Set<number>) => void
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(anyId, anyState).map(([id, state]): Act => (view, here) => {
    view.put([{ id, ...state }])
    here.add(id)
  }),
  anyId.map(
    (id): Act =>
      (view) =>
        view.settle(id, '2026-11-20 08:00:00+00:00'),
  ),
  anyId.map((id): Act => (view, here) => {
    view.remove([id])
    here.delete(id)
  }),
  fc.tuple(anyId, fc.uniqueArray(fc.constantFrom(...KEYS))).map(([id, keys]): Act => (view, here) => {
    if (here.has(id)) view.setKeys(id, keys)
  }),
  fc.tuple(anyPair, fc.boolean()).map(([pair, found]): Act => (view, here) => {
    const ids = [pair.one, pair.other]
    if (ids.every((id) => here.has(id))) view.setPairs(ids, found ? [pair] : [])
  }),
)

/** All that a view tells. */
async function told(view: RecordView) {
  const pairs = await view.pairsOf(IDS)
  return {
    between: await view.between(2, 5),
    byIds: byId(await view.byIds([...IDS, 99])),
    ofEpci: await Promise.all(EPCIS.map((siren) => view.ofEpci(siren))),
    withMark: (await view.withMark('phone', [7])).toSorted((one, other) => one.id - other.id),
    inPlaces: (await view.inPlaces({ epcis: [EPCIS[0]!], communes: ['29019'] })).toSorted(
      (one, other) => one.id - other.id,
    ),
    keys: new Map([...(await view.keysOf(IDS))].map(([id, keys]) => [id, keys.toSorted()])),
    bearers: new Map([...(await view.bearers(KEYS))].filter(([, records]) => records > 0)),
    under: new Map([...(await view.under(KEYS))].map(([key, ids]) => [key, ids.toSorted()])),
    pairs: pairs.toSorted((a, b) => a.one - b.one || a.other - b.other),
    issues: await Array.fromAsync(view.issues()),
    crowds: (await view.crowds(1)).toSorted(),
    counts: await view.counts(COLUMNS),
  }
}

describe('a view of the records', () => {
  it('tells before it is committed what the store tells once it is; not committed, it leaves no trace', async () => {
    const store = await temporaryStore()
    let round = 0
    const acts = fc.array(anyAct, { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(acts, acts, acts, async (first, second, dropped) => {
        const base = `base ${(round += 1)}`
        const { view, here } = await lived(store, base, [first, second])
        const before = await told(view)
        await view.commit()
        expect(await told(recordView(store, base))).toEqual(before)
        const other = recordView(store, base)
        for (const act of dropped) act(other, here)
        await told(other)
        expect(await told(recordView(store, base))).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('names every EPCI whose figures may be other than the store gives them', async () => {
    const store = await temporaryStore()
    let round = 0
    const acts = fc.array(anyAct, { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(acts, acts, async (first, second) => {
        const base = `base ${(round += 1)}`
        const { view } = await lived(store, base, [first, second])
        const touched = await view.touched()
        for (const siren of EPCIS.filter((one) => touched?.has(one) === false))
          expect(await countedIn(view, siren)).toEqual(await countedIn(recordView(store, base), siren))
      }),
      { numRuns: 200 },
    )
  })
})

/** A view in which the first acts were committed, and the second ones wait. */
async function lived(store: Store, base: string, [first, second]: readonly [readonly Act[], readonly Act[]]) {
  const view = recordView(store, base)
  const here = new Set<number>()
  for (const act of first) act(view, here)
  await view.commit()
  for (const act of second) act(view, here)
  return { view, here }
}

/** What the figures of an EPCI are made of. */
async function countedIn(view: RecordView, siren: string) {
  const records = await view.ofEpci(siren)
  const ids = new Set(records.map(([id]) => id))
  const pairs = (await view.pairsOf([...ids])).filter(({ one, other }) => ids.has(one) && ids.has(other))
  return { records, pairs: pairs.toSorted((a, b) => a.one - b.one || a.other - b.other) }
}

function byId<Value>(found: ReadonlyMap<number, Value>): readonly (readonly [number, Value])[] {
  return [...found].toSorted(([one], [other]) => one - other)
}

it('is at an end once it is dropped: what goes on with it fails', async () => {
  const view = recordView(await temporaryStore(), 'base')
  view.put([{ id: 1, ...recordState({}) }])
  await view.commit()
  view.put([{ id: 2, ...recordState({}) }])
  view.drop()
  expect(() => view.put([{ id: 3, ...recordState({}) }])).toThrow('dropped')
  await view.commit()
  expect([...(await view.byIds([1, 2, 3])).keys()]).toEqual([1])
})
