import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** The share of records without a blocking finding gives way to that of publishable ones: another figure, unknown before. */
export async function publishable(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('history').dropColumn('validity').execute()
  await db.schema.alterTable('history').addColumn('publishable', 'double precision').execute()
}
