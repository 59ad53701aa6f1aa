import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What a base looked like when a run last wrote, what holds it since, and which columns of each record hold something. */
export async function brakeTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('brake')
    .addColumn('base', 'text', (column) => column.primaryKey())
    .addColumn('seen', 'text')
    .addColumn('held', 'text')
    .execute()
  await db.schema.alterTable('records').addColumn('filled', 'bigint').execute()
  await db.schema.alterTable('runs').addColumn('held', 'text').execute()
}
