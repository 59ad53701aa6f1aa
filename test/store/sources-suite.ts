import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { enqueue, waitingRows } from '../../src/store/inbox.ts'
import { greatestBetween, idsWithoutCommune, saveRecords } from '../../src/store/records.ts'
import { readSourceCounts, saveSourceCounts } from '../../src/store/source-counts.ts'
import {
  linkSourcePlaces,
  ownersOf,
  readSourcePlaces,
  saveSourcePlaces,
  unlinkSourcePlace,
} from '../../src/store/source-places.ts'
import { recordState } from '../helpers/record-state.ts'

/** What the store promises of sources, and of the records that their places are held against, whatever the engine. */
export function sourceTests(store: () => Store): void {
  it('keeps the counts of a list by EPCI and kind, a territory at a time, and forgets them with the list', async () => {
    const reading = { source: 'cnfs', title: 'Conseillers', readOn: '2026-11-24' }
    const [brest, rennes] = ['242900314', '243500139']
    const counts = (siren: string, records: number) => [
      { siren, kind: '', records },
      { siren, kind: 'RFS', records: 2 },
    ]
    await saveSourceCounts(store(), 'b', reading, [...counts(brest, 1), ...counts(rennes, 5)])
    await saveSourceCounts(store(), 'b', { ...reading, readOn: '2026-11-25' }, [
      { siren: brest, kind: 'BIB', records: 7 },
    ])
    await saveSourceCounts(store(), 'other', reading, counts(brest, 9))
    const { title, readOn } = reading
    expect([...(await readSourceCounts(store(), 'b'))]).toEqual([
      [
        'cnfs',
        [
          { siren: brest, kind: 'BIB', records: 7, title, readOn: '2026-11-25' },
          ...counts(rennes, 5).map((one) => ({ ...one, title, readOn })),
        ],
      ],
    ])
    await saveSourceCounts(store(), 'b', reading, [])
    expect([...(await readSourceCounts(store(), 'b'))]).toEqual([])
    expect((await readSourceCounts(store(), 'other')).size).toBe(1)
  })

  it('keeps which record a place of a source is, a person’s word above what a reading finds', async () => {
    await linkSourcePlaces(store(), 'b', [{ source: 's', key: 'k1', record: '12' }])
    await saveSourcePlaces(store(), 'b', 's', [
      { key: 'k1', record: '99' },
      { key: 'k2', record: '13' },
      { key: 'k3', record: null },
    ])
    expect(await readSourcePlaces(store(), 'b', 's')).toEqual(
      new Map([
        ['k1', { key: 'k1', record: '12', linked: true, here: true }],
        ['k2', { key: 'k2', record: '13', linked: false, here: true }],
        ['k3', { key: 'k3', record: null, linked: false, here: true }],
      ]),
    )
    expect(await ownersOf(store(), 'b', 's', ['12', '13', '14'])).toEqual(
      new Map([
        ['12', 'k1'],
        ['13', 'k2'],
      ]),
    )
    expect(await ownersOf(store(), 'b', 'other', ['12'])).toEqual(new Map())
    await unlinkSourcePlace(store(), 'b', { source: 's', key: 'k1' })
    expect(await ownersOf(store(), 'b', 's', ['12'])).toEqual(new Map())
  })

  it('tells what it has not seen of a base: beyond the greatest record, without a commune, waiting', async () => {
    const marks = {
      ...{ id: 0, pivot: 0, phone: 0 },
      latitude: Number.NaN,
      longitude: Number.NaN,
      accepted: 0,
    }
    const far = 2 ** 32 * 5 + 3
    await saveRecords(store(), 'b', [
      { id: 4, ...recordState({ marks: { ...marks, commune: '22025' } }) },
      { id: 7, ...recordState({ marks: { ...marks, commune: null } }) },
      { id: far, ...recordState({ marks: { ...marks, commune: '22025' } }) },
    ])
    expect(await greatestBetween(store(), 'b', 0, 2 ** 32 - 1)).toBe(7)
    expect(await greatestBetween(store(), 'b', 2 ** 32 * 5, 2 ** 32 * 6 - 1)).toBe(far)
    expect(await greatestBetween(store(), 'b', 2 ** 32, 2 ** 32 * 2)).toBeNull()
    expect(await idsWithoutCommune(store(), 'b', 1)).toEqual([7])
    expect(await idsWithoutCommune(store(), 'b', 0)).toEqual([])
    const job = { base: 'b', about: 't', event: 'update' } as const
    await enqueue(
      store(),
      [
        { ...job, record: '7' },
        { ...job, record: '8' },
      ],
      new Date(),
    )
    expect((await waitingRows(store(), 'b', 't', 9)).toSorted()).toEqual([7, 8])
    expect(await waitingRows(store(), 'b', 't', 0)).toHaveLength(1)
    expect(await waitingRows(store(), 'b', 'u', 9)).toEqual([])
  })
}
