import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What people do not want of what sources propose, and which record each place of a source is: keyed digests, no text. */
export async function sources(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('refusals')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('refusals_key', ['base', 'digest'])
    .execute()
  await db.schema
    .createTable('source_places')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('record', 'text')
    .addColumn('linked', 'integer', (column) => column.notNull())
    .addColumn('here', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('source_places_key', ['base', 'source', 'key'])
    .execute()
}
