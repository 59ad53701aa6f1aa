import type { Store } from './database.ts'

/** Keeps a text of rules under its fingerprint, for good; one already there stays as it is. */
export async function saveRuleSet(store: Store, fingerprint: string, rules: string): Promise<void> {
  await store.db
    .insertInto('ruleSets')
    .values({ fingerprint, rules })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .execute()
}

/** The texts of rules of these fingerprints; those not kept are left out. */
export async function ruleTexts(
  store: Store,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (fingerprints.length === 0) return new Map()
  const rows = await store.db
    .selectFrom('ruleSets')
    .selectAll()
    .where('fingerprint', 'in', [...new Set(fingerprints)])
    .execute()
  return new Map(rows.map(({ fingerprint, rules }) => [fingerprint, rules]))
}
