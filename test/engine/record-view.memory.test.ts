import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { recordView } from '../../src/engine/record-view.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { readStillBase } from '../helpers/read-base.ts'

const RECORDS = 10_000
/** What a record is as an object: well over this. */
const MOST_BYTES = 500

it('holds no states of records in memory, however many a run finds before the store may learn them', async () => {
  const nowhere = { Commune: 'Brest', 'Code INSEE': '29019', Courriels: 'faux', EPCI_id: 1 }
  const { parts } = await doubleBase(
    { EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }] },
    { generate: { count: RECORDS, row: (id) => ({ ...nowhere, Identifiant: `fiche-${id}` }) } },
  )
  const held = new Map<number, number>()
  const view = recordView(parts.store, parts.base.id)
  const gate = { take: async () => undefined, late: async () => undefined }
  const onPage = (rows: number) => void held.set(rows, liveBytes())
  await readStillBase(parts, { view, whole: true, gate, onPage })
  expect((await view.byIds([1, RECORDS])).size).toBe(2) // they wait all the same
  view.drop()
  const early = mean([2, 3, 4].map((page) => held.get(page * 1000)!))
  const late = mean([7, 8, 9].map((page) => held.get(page * 1000)!))
  expect((late - early) / 5000).toBeLessThan(MOST_BYTES)
}, 180_000)

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Bytes that are held once what is not needed is gone. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
