import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listHeld, readBrake, saveHeld, saveSeen } from '../../src/store/brake.ts'
import type { HeldBase } from '../../src/store/brake.ts'
import type { Store } from '../../src/store/database.ts'
import { saveHistory, lastRecommended } from '../../src/store/history.ts'
import { recordState } from '../helpers/record-state.ts'
import { learnRecords } from '../../src/store/learn-records.ts'
import { readRecordCounts, recountRecords } from '../../src/store/record-counts.ts'
import { saveRecords } from '../../src/store/records.ts'
import { waitingRecords } from '../../src/store/waiting-records.ts'

const seen = { actors: { rows: 20, filled: { nom: 20 } } }
const held: HeldBase = {
  ...{ since: '2026-11-24T02:00:00Z', run: 'a-run', message: 'Retenue.', seen },
  reasons: [{ code: 'rows.missing', table: 'actors', before: 20, now: 3 }],
}

/** What the memory of the brake promises, whatever the engine. */
export function brakeTests(store: () => Store): void {
  it('knows nothing of a base at first sight', async () => {
    expect(await readBrake(store(), 'base')).toEqual({ seen: null, held: null })
    expect(await listHeld(store())).toEqual([])
  })

  it('holds a base, keeps what it looked like before, and lets go of it once it is seen again', async () => {
    await saveSeen(store(), 'base', seen)
    await saveHeld(store(), 'base', held)
    expect(await readBrake(store(), 'base')).toEqual({ seen, held })
    expect(await listHeld(store())).toEqual([held])
    await saveHeld(store(), 'former', held)
    expect(await listHeld(store())).toEqual([held, held])
    await saveSeen(store(), 'base', { actors: { rows: 3, filled: {} } })
    expect(await listHeld(store())).toEqual([])
    expect(await readBrake(store(), 'base')).toEqual({
      seen: { actors: { rows: 3, filled: {} } },
      held: null,
    })
  })

  it('counts what the records of one base hold, as far beyond 32 columns as there are', async () => {
    const known = recordState({ linked: false })
    await saveRecords(store(), 'base', [
      { id: 1, ...known, filled: 2 ** 38 + 2 ** 31 + 1 },
      { id: 2, ...known, filled: 2 ** 38 + 1 },
      { id: 3, ...known, filled: 0 },
    ])
    await saveRecords(store(), 'other', [{ id: 1, ...known, filled: 2 ** 5 }])
    const { rows, filled } = await readRecordCounts(store(), 'base')
    expect(rows).toBe(3)
    expect([...filled.entries()].filter(([, count]) => count > 0)).toEqual([
      [0, 2],
      [31, 1],
      [38, 2],
    ])
    await saveRecords(store(), 'base', [{ id: 4, ...known, filled: null }])
    expect(await readRecordCounts(store(), 'base')).toMatchObject({ rows: 4, known: 3 })
  })

  it('keeps these counts as records come, change and go, and says the same as counting them anew', async () => {
    const known = recordState({ linked: false })
    const learn = async (states: readonly (readonly [number, number | null | 'gone'])[]) => {
      const waiting = waitingRecords(store().engine)
      for (const [id, filled] of states) waiting.put(id, filled === 'gone' ? null : { ...known, filled })
      await learnRecords(store(), 'base', waiting)
      waiting.close()
      const kept = await readRecordCounts(store(), 'base')
      await recountRecords(store(), 'base')
      expect(kept).toEqual(await readRecordCounts(store(), 'base'))
      return kept
    }
    await learn([
      [1, 2 ** 38 + 1],
      [2, null],
    ])
    expect(await learn([[2, 1]])).toMatchObject({ rows: 2, known: 2, filled: expect.arrayContaining([2]) })
    expect(
      await learn([
        [1, 'gone'],
        [2, 3],
        [9, 'gone'],
        [3, 2],
      ]),
    ).toMatchObject({ rows: 2, known: 2 })
  })

  it('says that the store is not available where there is no room for what waits', () => {
    const nowhere = { ...store().engine, folder: join(tmpdir(), 'portrea-nowhere', 'at-all') }
    expect(() => waitingRecords(nowhere)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
  })

  it('tells what each EPCI was recommended last', async () => {
    const figures = { actors: 1, completeness: 1, publishable: 1, freshness: 1, confidence: 'low' }
    const day = (siren: string, recommended: string) => ({
      ...{ ...figures, siren, recommended, prefilled: 0, expected: null },
    })
    await saveHistory(store(), '2026-11-24', [day('1', 'outil'), day('2', 'reseau')])
    await saveHistory(store(), '2026-11-23', [day('1', 'reseau')])
    expect(await lastRecommended(store())).toEqual(
      new Map([
        ['1', 'outil'],
        ['2', 'reseau'],
      ]),
    )
  })
}
