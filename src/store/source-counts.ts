import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { Tables } from './tables.ts'

/** How many places of one kind a source names in one EPCI; `kind` '': it does not say which. */
export type SourceCount = Pick<Tables['sourceCounts'], 'siren' | 'kind' | 'records'>

/** The same with what people know the list by, and the day of its reading, 'YYYY-MM-DD'. */
export type DatedSourceCount = SourceCount & { readonly title: string; readonly readOn: string }

/** A reading of a source: its name in config/sources, its title for people, and its day. */
export type SourceReading = { readonly source: string; readonly title: string; readonly readOn: string }

/**
 * Keeps these counts of a source in place of its former ones in the same EPCI, all or none: a list may be given a
 * territory at a time. An empty reading forgets the list.
 */
export async function saveSourceCounts(
  store: Store,
  base: string,
  { source, title, readOn }: SourceReading,
  counts: readonly SourceCount[],
): Promise<void> {
  const sirens = [...new Set(counts.map(({ siren }) => siren))]
  await store.db.transaction().execute(async (db) => {
    const old = db.deleteFrom('sourceCounts').where('base', '=', base).where('source', '=', source)
    if (counts.length === 0) await old.execute()
    for (const some of batches(sirens)) await old.where('siren', 'in', some).execute()
    for (const some of batches(counts))
      await db
        .insertInto('sourceCounts')
        .values(some.map((one) => ({ base, source, title, readOn, ...one })))
        .execute()
  })
}

/** What is kept of a base: by the name of each source, its counts. */
export async function readSourceCounts(
  store: Store,
  base: string,
): Promise<ReadonlyMap<string, readonly DatedSourceCount[]>> {
  const rows = await store.db
    .selectFrom('sourceCounts')
    .select(['source', 'siren', 'kind', 'records', 'title', 'readOn'])
    .where('base', '=', base)
    .orderBy('source')
    .orderBy('siren')
    .orderBy('kind')
    .execute()
  const bySource = Map.groupBy(rows, ({ source }) => source)
  return new Map([...bySource].map(([name, its]) => [name, its.map(({ source: _, ...one }) => one)]))
}
