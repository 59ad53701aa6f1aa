import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const TEXTS = ['stamp', 'via', 'facts', 'assessed_by', 'next_turn', 'issues', 'compared', 'told'] as const

/** What the figures of an EPCI need of each record, and which records may be one place. */
export async function recordFacts(db: Kysely<Tables>): Promise<void> {
  for (const name of TEXTS) await db.schema.alterTable('records').addColumn(name, 'text').execute()
  await db.schema
    .createTable('blocking_keys')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('key', 'bigint', (column) => column.notNull())
    .addColumn('record', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('blocking_keys_key', ['base', 'key', 'record'])
    .execute()
  await db.schema
    .createIndex('blocking_keys_by_record')
    .on('blocking_keys')
    .columns(['base', 'record'])
    .execute()
  await db.schema
    .createTable('duplicate_pairs')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('one', 'bigint', (column) => column.notNull())
    .addColumn('other', 'bigint', (column) => column.notNull())
    .addColumn('score', 'double precision', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('denied', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('duplicate_pairs_key', ['base', 'one', 'other'])
    .execute()
  await db.schema
    .createIndex('duplicate_pairs_by_other')
    .on('duplicate_pairs')
    .columns(['base', 'other'])
    .execute()
}
