import { atomically } from './atomically.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'

/** A place of a source by the keyed digest of its key there, and the record of the base that it is; null: none, as far as is known. */
export type SourcePlace = {
  readonly key: string
  readonly record: string | null
  /** A person said so: they accepted it as a new record. */
  readonly linked: boolean
}

/** What is remembered of the places of a source; `here`: whether its last reading named it. */
export async function readSourcePlaces(
  store: Store,
  base: string,
  source: string,
): Promise<Map<string, SourcePlace & { readonly here: boolean }>> {
  const rows = await store.db
    .selectFrom('sourcePlaces')
    .select(['key', 'record', 'linked', 'here'])
    .where('base', '=', base)
    .where('source', '=', source)
    .execute()
  return new Map(rows.map((row) => [row.key, { ...row, linked: row.linked === 1, here: row.here === 1 }]))
}

/** Which place of a source each of these records is, by the keyed digest of its key; those that are none are left out. */
export async function ownersOf(
  store: Store,
  base: string,
  source: string,
  records: readonly string[],
): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const some of batches(records)) {
    const rows = await store.db
      .selectFrom('sourcePlaces')
      .select(['key', 'record'])
      .where('base', '=', base)
      .where('source', '=', source)
      .where('record', 'in', some)
      .execute()
    for (const { key, record } of rows) if (record !== null) owners.set(record, key)
  }
  return owners
}

/**
 * Keeps what a whole reading of a source found; those that it does not name are not here any more, and what they were
 * stays known. What a person said meanwhile stands.
 */
export async function saveSourcePlaces(
  store: Store,
  base: string,
  source: string,
  places: readonly Omit<SourcePlace, 'linked'>[],
): Promise<void> {
  await atomically(store, async (db) => {
    await db
      .updateTable('sourcePlaces')
      .set({ here: 0 })
      .where('base', '=', base)
      .where('source', '=', source)
      .execute()
    for (const some of batches(places))
      await db
        .insertInto('sourcePlaces')
        .values(some.map(({ key, record }) => ({ base, source, key, record, linked: 0, here: 1 })))
        .onConflict((conflict) =>
          conflict.columns(['base', 'source', 'key']).doUpdateSet(({ ref, eb }) => ({
            here: 1,
            record: eb
              .case()
              .when('sourcePlaces.linked', '=', 1)
              .then(ref('sourcePlaces.record'))
              .else(ref('excluded.record'))
              .end(),
          })),
        )
        .execute()
  })
}

/** A person said which records these places of a source are. */
export async function linkSourcePlaces(
  store: Store,
  base: string,
  places: readonly { readonly source: string; readonly key: string; readonly record: string }[],
): Promise<void> {
  for (const some of batches(places))
    await store.db
      .insertInto('sourcePlaces')
      .values(some.map((place) => ({ base, ...place, linked: 1, here: 1 })))
      .onConflict((conflict) =>
        conflict
          .columns(['base', 'source', 'key'])
          .doUpdateSet(({ ref }) => ({ record: ref('excluded.record'), linked: 1 })),
      )
      .execute()
}

/** A person took back which record this place of a source is. */
export async function unlinkSourcePlace(
  store: Store,
  base: string,
  { source, key }: { readonly source: string; readonly key: string },
): Promise<void> {
  await store.db
    .updateTable('sourcePlaces')
    .set({ linked: 0, record: null })
    .where('base', '=', base)
    .where('source', '=', source)
    .where('key', '=', key)
    .execute()
}
