import { atomically } from './atomically.ts'
import type { Store } from './database.ts'
import { saveKeys, savePairs } from './duplicates.ts'
import { movingCounts, readRecordCounts, saveCounts } from './record-counts.ts'
import { forgetRecords, saveRecords, saveStamps } from './records.ts'
import type { WaitingRecords } from './waiting-records.ts'

/** The store learns what waits of the records of `base`, all or nothing: what is half known is not looked for again. */
export async function learnRecords(store: Store, base: string, waiting: WaitingRecords): Promise<void> {
  await atomically(store, async (db) => {
    const within = { ...store, db }
    for (const keys of waiting.allKeys()) await saveKeys(within, base, keys)
    const paired = waiting.paired()
    if (paired === 'all') await savePairs(within, base, null, [])
    else for (const ids of paired) await savePairs(within, base, ids, [])
    for (const pairs of waiting.allPairs()) await savePairs(within, base, [], pairs)
    for (const stamps of waiting.stamps()) await saveStamps(within, base, stamps)
    const counts = movingCounts(await readRecordCounts(within, base))
    for (const states of waiting.states()) {
      await counts.move(within, base, states)
      const here = states.flatMap(([id, state]) => (state === null ? [] : [{ id, ...state }]))
      await saveRecords(within, base, here)
      const gone = states.flatMap(([id, state]) => (state === null ? [id] : []))
      await forgetRecords(within, base, gone)
    }
    await saveCounts(within, base, counts.counts())
  })
}
