import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Every table of the store. */
export async function schema(db: Kysely<Tables>): Promise<void> {
  await runTables(db)
  await recordTables(db)
  await historyTables(db)
  await figureTables(db)
  await jobTable(db)
  await eventTables(db)
  await deliveryTables(db)
}

/** Runs, the last report of each EPCI, and the state of the brake. */
async function runTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('trigger', 'text', (column) => column.notNull())
    .addColumn('dry_run', 'integer', (column) => column.notNull())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('epcis', 'text')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('progress', 'text')
    .addColumn('counts', 'text')
    .addColumn('error', 'text')
    .addColumn('held', 'text')
    .execute()
  await db.schema.createIndex('runs_by_start').on('runs').columns(['started_at', 'id']).execute()

  await db.schema
    .createTable('reports')
    .addColumn('siren', 'text', (column) => column.primaryKey())
    .addColumn('computed_at', 'text', (column) => column.notNull())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('brake')
    .addColumn('base', 'text', (column) => column.primaryKey())
    .addColumn('seen', 'text')
    .addColumn('held', 'text')
    .execute()
}

/** What is remembered of each record and of the inputs of each EPCI, and how far the base was read. */
async function recordTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('records')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('epci', 'text')
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('changed_on', 'text')
    .addColumn('linked', 'integer')
    .addColumn('filled', 'bigint')
    .addPrimaryKeyConstraint('records_key', ['base', 'id'])
    .execute()
  await db.schema.createIndex('records_by_epci').on('records').columns(['base', 'epci', 'id']).execute()

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

  await db.schema
    .createTable('watermarks')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('watermarks_key', ['base', 'name'])
    .execute()
}

/** EPCI and référent·e·s day by day; results with the rules that they rest on. */
async function historyTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('history')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('actors', 'integer', (column) => column.notNull())
    .addColumn('completeness', 'double precision')
    .addColumn('publishable', 'double precision')
    .addColumn('freshness', 'double precision')
    .addColumn('recommended', 'text')
    .addColumn('confidence', 'text')
    .addColumn('prefilled', 'integer', (column) => column.notNull())
    .addColumn('expected', 'bigint')
    .addPrimaryKeyConstraint('history_key', ['siren', 'day'])
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

/** Figures that the Hub imports: expected records, and need, by EPCI. */
async function figureTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('reference_counts')
    .addColumn('siren', 'text', (column) => column.primaryKey())
    .addColumn('records', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('need_figures')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('figure', 'text', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('year', 'integer')
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('need_figures_key', ['siren', 'figure'])
    .execute()
}

/** The queue of live work. */
async function jobTable(db: Kysely<Tables>): Promise<void> {
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
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('leased_by', 'text')
    .addColumn('leased_until', 'text')
    .addColumn('leased_version', 'integer')
    .addPrimaryKeyConstraint('inbox_key', ['base', 'about', 'record'])
    .execute()
  await db.schema.createIndex('inbox_by_next_try').on('inbox').columns(['failed', 'next_try']).execute()
}

/** What happened, for the live feed. */
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
}

/** Events on their way to subscribers, and the subscribers that take nothing any more. */
async function deliveryTables(db: Kysely<Tables>): Promise<void> {
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

  await db.schema
    .createTable('receivers')
    .addColumn('subscription', 'text', (column) => column.primaryKey())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('last_failure_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('notified_at', 'text')
    .addColumn('disabled_at', 'text')
    .execute()
}
