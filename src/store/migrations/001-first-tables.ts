import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Runs, last reports, records of the base, daily history. */
export async function firstTables(db: Kysely<Tables>): Promise<void> {
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
    .createTable('records')
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('epci', 'text')
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('changed_on', 'text')
    .addPrimaryKeyConstraint('records_key', ['base', 'id'])
    .execute()

  await db.schema
    .createTable('history')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('actors', 'integer', (column) => column.notNull())
    .addColumn('completeness', 'double precision')
    .addColumn('validity', 'double precision')
    .addColumn('freshness', 'double precision')
    .addColumn('recommended', 'text')
    .addColumn('confidence', 'text')
    .addColumn('prefilled', 'integer', (column) => column.notNull())
    .addColumn('expected', 'bigint')
    .addPrimaryKeyConstraint('history_key', ['siren', 'day'])
    .execute()
}
