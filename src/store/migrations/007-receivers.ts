import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** The receivers of subscriptions that take nothing any more. */
export async function receivers(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('receivers')
    .addColumn('subscription', 'text', (column) => column.primaryKey())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('last_failure_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('told_at', 'text')
    .addColumn('disabled_at', 'text')
    .execute()
}
