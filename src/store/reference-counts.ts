import { batches } from './batches.ts'
import type { Store } from './database.ts'

/** How many records of an imported reference list lie in one EPCI. */
export type ReferenceCount = { readonly siren: string; readonly records: number }

/** A list that was imported: the name of its file, and when. */
export type ReferenceList = { readonly source: string; readonly importedAt: string }

/** Keeps the counts of this list in place of those of the former one, all or none; none forgets the list. */
export async function saveReferenceCounts(
  store: Store,
  { source, importedAt }: ReferenceList,
  counts: readonly ReferenceCount[],
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    await db.deleteFrom('referenceCounts').execute()
    for (const some of batches(counts))
      await db
        .insertInto('referenceCounts')
        .values(some.map(({ siren, records }) => ({ siren, records, source, importedAt })))
        .execute()
  })
}

/** The records of the reference list in each EPCI that it names, with the name of the list. */
export async function referenceCounts(store: Store): Promise<Map<string, { records: number; list: string }>> {
  const rows = await store.db.selectFrom('referenceCounts').select(['siren', 'records', 'source']).execute()
  return new Map(rows.map(({ siren, records, source }) => [siren, { records, list: source }]))
}
