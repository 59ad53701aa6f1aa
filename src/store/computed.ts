import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { ComputedRow } from './tables.ts'

/**
 * From what declared inputs (a fingerprint) the figures of an EPCI were last computed, when that began (ISO instant), and
 * the counts of records that the others depend on.
 */
export type Computed = Readonly<Omit<ComputedRow, 'base'>>

/** What is known of each EPCI of `base`, by SIREN. */
export async function listComputed(store: Store, base: string): Promise<Map<string, Computed>> {
  const rows = await store.db
    .selectFrom('computed')
    .select(['siren', 'inputs', 'computedAt', 'present', 'prefilled', 'expected'])
    .where('base', '=', base)
    .execute()
  return new Map(rows.map((row) => [row.siren, row]))
}

/** Keeps these, all or none; the others stay. A SIREN may come once. */
export async function saveComputed(store: Store, base: string, rows: readonly Computed[]): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(rows))
      await db
        .insertInto('computed')
        .values(some.map((row) => ({ base, ...row })))
        .onConflict((conflict) =>
          conflict.columns(['base', 'siren']).doUpdateSet(({ ref }) => ({
            inputs: ref('excluded.inputs'),
            computedAt: ref('excluded.computedAt'),
            present: ref('excluded.present'),
            prefilled: ref('excluded.prefilled'),
            expected: ref('excluded.expected'),
          })),
        )
        .execute()
  })
}

/** Forgets EPCI that left the base. */
export async function forgetComputed(store: Store, base: string, sirens: readonly string[]): Promise<void> {
  for (const some of batches(sirens))
    await store.db.deleteFrom('computed').where('base', '=', base).where('siren', 'in', some).execute()
}
