import { batches } from './batches.ts'
import type { Store } from './database.ts'

/** The keyed digests of what people do not want in a base: a place and a value, neither of which can be read from them. */
export async function readRefusals(store: Store, base: string): Promise<Set<string>> {
  const rows = await store.db.selectFrom('refusals').select('digest').where('base', '=', base).execute()
  return new Set(rows.map(({ digest }) => digest))
}

/** Remembers these. */
export async function addRefusals(store: Store, base: string, digests: readonly string[]): Promise<void> {
  for (const some of batches([...new Set(digests)]))
    await store.db
      .insertInto('refusals')
      .values(some.map((digest) => ({ base, digest })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** Forgets these: people want it after all. */
export async function removeRefusals(store: Store, base: string, digests: readonly string[]): Promise<void> {
  for (const some of batches(digests))
    await store.db.deleteFrom('refusals').where('base', '=', base).where('digest', 'in', some).execute()
}
