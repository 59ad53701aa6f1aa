import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Sets of rules by their fingerprint, and the results of each EPCI with what they rest on. */
export async function snapshots(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('rule_sets')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('rules', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('snapshots')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('situation', 'text', (column) => column.notNull())
    .addColumn('retained', 'text')
    .addColumn('recommended', 'text', (column) => column.notNull())
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('snapshots_key', ['siren', 'day'])
    .execute()
}
