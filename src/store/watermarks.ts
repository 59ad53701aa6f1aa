import type { Store } from './database.ts'

/** How far a base was read, in its own words; null: never. */
export async function readWatermark(store: Store, base: string, name: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('watermarks')
    .select('value')
    .where('base', '=', base)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value ?? null
}

/** Keeps it where nothing is kept yet: of two that come at once, the first stands. */
export async function addWatermark(store: Store, base: string, name: string, value: string): Promise<void> {
  await store.db
    .insertInto('watermarks')
    .values({ base, name, value })
    .onConflict((conflict) => conflict.columns(['base', 'name']).doNothing())
    .execute()
}

/** Keeps how far it was read. */
export async function saveWatermark(store: Store, base: string, name: string, value: string): Promise<void> {
  await store.db
    .insertInto('watermarks')
    .values({ base, name, value })
    .onConflict((conflict) => conflict.columns(['base', 'name']).doUpdateSet({ value }))
    .execute()
}
