import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Reference lists and the pre-fill of référents; events for the live feed, and what is to be delivered of them. */
export async function prefillAndEvents(db: Kysely<Tables>): Promise<void> {
  await prefillTables(db)
  await eventTables(db)
}

async function prefillTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('reference_counts')
    .addColumn('siren', 'text', (column) => column.primaryKey())
    .addColumn('records', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('referent_history')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('referent', 'bigint', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('present', 'integer', (column) => column.notNull())
    .addColumn('prefilled', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('referent_history_key', ['siren', 'referent', 'day'])
    .execute()
}

async function eventTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('event_counter')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute()
  await db.insertInto('eventCounter').values({ name: 'events', value: 0 }).execute()

  await db.schema
    .createTable('events')
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('key', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('events_by_age').on('events').column('at').execute()
  await db.schema.createIndex('events_by_key').on('events').column('key').execute()

  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('subscription', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_try_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .execute()
  await db.schema.createIndex('deliveries_due').on('deliveries').columns(['status', 'next_try_at']).execute()
}
