import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { needFigures, saveNeedFigures } from '../../src/store/need-figures.ts'

const BREST = '242900314'
const RENNES = '243500139'
const figure = (column: string, value: number) => ({ column, value, source: 'INSEE', year: 2023 })
const AT = '2026-05-20T10:00:00.000Z'

/** What the store promises of imported figures, whatever the engine. */
export function needTests(store: () => Store): void {
  const save = (figures: Record<string, ReturnType<typeof figure>[]>, columns: string[], sirens?: null) =>
    saveNeedFigures(
      store(),
      { columns, sirens: sirens === null ? null : Object.keys(figures) },
      new Map(Object.entries(figures)),
      AT,
    )

  it('keeps the figures of each EPCI, and those of the others when some are imported again', async () => {
    await save({ [BREST]: [figure('total', 4), figure('older', 12.5)], [RENNES]: [figure('total', 3)] }, [
      'total',
      'older',
    ])
    await save({ [BREST]: [{ ...figure('total', 5), year: null as never }] }, ['total'])
    expect(await needFigures(store())).toEqual(
      new Map([
        [BREST, [figure('older', 12.5), { ...figure('total', 5), year: null }]],
        [RENNES, [figure('total', 3)]],
      ]),
    )
  })

  it('forgets a column of every EPCI', async () => {
    await save({ [BREST]: [figure('total', 4), figure('older', 12.5)] }, ['total', 'older'])
    await save({}, ['total'], null)
    expect(await needFigures(store())).toEqual(new Map([[BREST, [figure('older', 12.5)]]]))
  })
}
