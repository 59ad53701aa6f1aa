import { expect, it } from 'vitest'
import { countFilled, listHeld, readBrake, saveHeld, saveSeen } from '../../src/store/brake.ts'
import type { HeldBase } from '../../src/store/brake.ts'
import type { Store } from '../../src/store/database.ts'
import { saveHistory, lastRecommended } from '../../src/store/history.ts'
import { recordState } from '../helpers/record-state.ts'
import { saveRecords } from '../../src/store/records.ts'

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
    const columns = Array.from({ length: 39 }, (_, place) => `c${place}`)
    const known = recordState({ linked: false })
    await saveRecords(store(), 'base', [
      { id: 1, ...known, filled: 2 ** 38 + 2 ** 31 + 1 },
      { id: 2, ...known, filled: 2 ** 38 + 1 },
      { id: 3, ...known, filled: 0 },
    ])
    await saveRecords(store(), 'other', [{ id: 1, ...known, filled: 2 ** 5 }])
    const { rows, filled } = await countFilled(store(), 'base', columns)
    expect(rows).toBe(3)
    expect(Object.entries(filled).filter(([, count]) => count > 0)).toEqual([
      ['c0', 2],
      ['c31', 1],
      ['c38', 2],
    ])
    await saveRecords(store(), 'base', [{ id: 4, ...known, filled: null }])
    expect(await countFilled(store(), 'base', columns)).toMatchObject({ rows: 4, ofAll: false })
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
