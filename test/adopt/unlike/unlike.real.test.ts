import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readColumns } from '../../../src/config/columns-file.ts'
import type { LiveTable } from '../../../src/domain/adoption/live-base.ts'
import { readLiveBase } from '../../../src/nocodb/adoption/read-live-base.ts'
import type { DesiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { readProvisioned } from '../../../src/nocodb/provision/provisioned.ts'
import { remove } from '../../../src/nocodb/provision/remove.ts'
import { readRows } from '../../../src/nocodb/rows.ts'
import { adoption, profile, proposing } from '../proposed.ts'
import { stage, withoutAddedChoices } from '../stage.ts'
import type { Owned } from '../stage.ts'
import { agreedText } from './agreed.ts'
import { assessedByHand } from './completeness.ts'
import type { UnlikeBase } from './describe.ts'
import { GROWN } from './grown.ts'
import { HELD_OUT } from './held-out.ts'
import { UNLIKE } from './index.ts'
import { figuresOf, measure, measuredAlone } from './measured.ts'
import { ownBaseOf } from './own-base.ts'
import { UNSEEN } from './unseen.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** The one that shows most of what the server does. ADOPT_BASES takes the name of another, or `all`: half an hour. */
const SOME = ['normalised']
const all = Object.entries({ ...UNLIKE, ...HELD_OUT, ...UNSEEN, ...GROWN })
const wanted = process.env['ADOPT_BASES']
const chosen = all.filter(([name]) =>
  wanted === undefined ? SOME.includes(name) : ['all', name].includes(wanted),
)

/** Views, which cost most of the time, are held side by side by the tests of the other bases. */
function desiredOf(test: Stage): DesiredSchema {
  const whole = test.desired()
  return wanted === undefined ? { ...whole, webhooks: null, views: [], sheet: null, families: null } : whole
}
type Stage = Awaited<ReturnType<typeof stage>>

describe.each(chosen)('%s (NocoDB on PostgreSQL)', (_, base: UnlikeBase) => {
  let test: Stage
  let before: Owned
  let live: LiveTable[]
  beforeAll(async () => {
    test = await stage(inject('postgresNocodb'), ownBaseOf(base))
    before = await test.owned()
    live = await readLiveBase({
      base: test.base,
      made: await readProvisioned(test.base, test.desired()),
      former: new Map(),
      ...{ profile, sample: adoption.sample.rows },
    })
    writeFileSync(join(test.config, 'columns.yaml'), agreedText(base, live))
  })
  afterAll(() => test.close())

  it('is recognised as it is where it is held in memory', () => {
    expect(figuresOf(measure(base, proposing(live)))).toBe(figuresOf(measuredAlone(base)))
  })

  it('is completed, synchronised once, and its records are worth what a person reads in them', async () => {
    await provision(test.base, desiredOf(test))
    expect((await provision(test.base, desiredOf(test))).steps).toEqual([])
    const { refused } = await test.sync()
    expect(refused).toEqual([])
    expect((await test.sync()).counts.cellsWritten).toBe(0)
    const { title, columns } = readColumns(test.config).actors
    const found: unknown[] = []
    for await (const page of readRows(test.base, test.base.table(title), {
      columns: [columns.completeness.title],
    }))
      found.push(...page.map((row) => row[columns.completeness.title]))
    const byHand = assessedByHand(base)
      .get(title)!
      .map(({ completeness }) => Number(completeness.toFixed(1)))
    expect(found).toEqual(byHand)
  })

  it('keeps all that people own, cell by cell, and is what it was once Portrea is removed', async () => {
    expect(withoutAddedChoices(await test.owned(), before)).toEqual(before)
    expect((await remove(test.base, desiredOf(test))).kept).toEqual([])
    expect(await test.owned()).toEqual(before)
  })
})
