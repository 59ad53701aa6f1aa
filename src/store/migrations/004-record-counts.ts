import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** How many records each base has and what they hold, so that they need not be counted at each change. */
export async function recordCounts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('record_counts')
    .addColumn('base', 'text', (column) => column.primaryKey())
    .addColumn('counts', 'text', (column) => column.notNull())
    .execute()
}
