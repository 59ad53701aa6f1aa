import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { saveHistory } from '../../src/store/history.ts'
import { pastCounts, saveReferentHistory } from '../../src/store/past-counts.ts'
import { referenceCounts, saveReferenceCounts } from '../../src/store/reference-counts.ts'

const SIREN = '200069409'
const OTHER = '242900314'
const figures = {
  actors: 39,
  completeness: null,
  publishable: null,
  freshness: null,
  recommended: null,
  confidence: null,
  expected: null,
}

/** What the store promises of the days from which a speed is measured, and of reference lists, whatever the engine. */
export function prefillTests(store: () => Store): void {
  const days = (some: Readonly<Record<string, number>>, siren = SIREN) =>
    Promise.all(
      Object.entries(some).map(([day, prefilled]) =>
        saveHistory(store(), day, [{ ...figures, siren, prefilled }]),
      ),
    )

  it('gives of each EPCI the last day up to the one wished for, and the first after it', async () => {
    await days({ '2026-05-01': 1, '2026-05-06': 2, '2026-05-08': 3, '2026-05-15': 4, '2026-05-18': 5 })
    await days({ '2026-05-17': 9 }, OTHER)
    const past = await pastCounts(store(), { around: '2026-05-06', before: '2026-05-18' })
    expect(past.epci(SIREN).toSorted((one, other) => (one.day < other.day ? -1 : 1))).toMatchObject([
      { day: '2026-05-06', prefilled: 2 },
      { day: '2026-05-08', prefilled: 3 },
    ])
    expect(past.epci(OTHER)).toMatchObject([{ day: '2026-05-17', prefilled: 9 }])
    expect(past.epci('999999999')).toEqual([])
  })

  it('keeps the last of the day of each référent·e, by EPCI, and forgets what is too old', async () => {
    const of = (referent: number, prefilled: number, siren = SIREN) => ({
      siren,
      referent,
      present: 20,
      prefilled,
    })
    const keep = (day: string, ...rows: ReturnType<typeof of>[]) =>
      saveReferentHistory(store(), { day, since: '2026-05-01' }, rows)
    await keep('2026-04-30', of(1, 1))
    await keep('2026-05-02', of(1, 2), of(2, 7), of(1, 8, OTHER))
    await keep('2026-05-02', of(1, 3))
    await keep('2026-05-12', of(1, 5))
    const past = await pastCounts(store(), { around: '2026-05-06', before: '2026-05-18' })
    expect(
      past
        .referent(SIREN, 1)
        .map(({ prefilled }) => prefilled)
        .toSorted(),
    ).toEqual([3, 5])
    expect(past.referent(SIREN, 2)).toMatchObject([{ day: '2026-05-02', prefilled: 7 }])
    expect(past.referent(OTHER, 1)).toMatchObject([{ day: '2026-05-02', prefilled: 8 }])
    const before = await pastCounts(store(), { around: '2026-04-30', before: '2026-05-01' })
    expect(before.referent(SIREN, 1)).toEqual([])
  })

  it('keeps the counts of the last reference list, and none of the one before', async () => {
    const list = { source: 'liste.csv', importedAt: '2026-05-20T01:00:00.000Z' }
    expect(await referenceCounts(store())).toEqual(new Map())
    await saveReferenceCounts(store(), list, [
      { siren: SIREN, records: 60 },
      { siren: OTHER, records: 8 },
    ])
    await saveReferenceCounts(store(), { ...list, source: 'autre.csv' }, [{ siren: SIREN, records: 61 }])
    expect(await referenceCounts(store())).toEqual(new Map([[SIREN, { records: 61, list: 'autre.csv' }]]))
    await saveReferenceCounts(store(), list, [])
    expect(await referenceCounts(store())).toEqual(new Map())
  })
}
