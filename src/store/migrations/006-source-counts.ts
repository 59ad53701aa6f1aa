import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** How many places each source names in each EPCI, by kind: figures and codes, no text of a record. */
export async function sourceCounts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('source_counts')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('records', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('read_on', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('source_counts_key', ['base', 'source', 'siren', 'kind'])
    .execute()
}
