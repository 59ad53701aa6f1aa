import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What is to be looked at again, how far the base was read, and what a record and an EPCI were computed from. */
export async function inboxTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_try', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('dead', 'integer', (column) => column.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'text')
    .addColumn('claimed_version', 'integer')
    .addPrimaryKeyConstraint('inbox_key', ['base', 'about', 'record'])
    .execute()
  await db.schema.createIndex('inbox_by_next_try').on('inbox').columns(['dead', 'next_try']).execute()

  await db.schema
    .createTable('watermarks')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('watermarks_key', ['base', 'name'])
    .execute()

  await db.schema
    .createTable('computed')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('inputs', 'text', (column) => column.notNull())
    .addColumn('computed_at', 'text', (column) => column.notNull())
    .addColumn('present', 'integer', (column) => column.notNull())
    .addColumn('prefilled', 'integer', (column) => column.notNull())
    .addColumn('expected', 'bigint')
    .addPrimaryKeyConstraint('computed_key', ['base', 'siren'])
    .execute()

  await db.schema.alterTable('records').addColumn('linked', 'integer').execute()
  await db.schema.createIndex('records_by_epci').on('records').columns(['base', 'epci', 'id']).execute()
}
