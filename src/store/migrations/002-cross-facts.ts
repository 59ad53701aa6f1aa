import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const NUMBERS = ['identifier', 'pivot', 'phone', 'latitude', 'longitude'] as const
const SHARED = ['identifier', 'pivot', 'phone', 'commune'] as const

/** What of each record the others are held against, so that one that changes is held against all of them at once. */
export async function crossFacts(db: Kysely<Tables>): Promise<void> {
  for (const column of NUMBERS)
    await db.schema.alterTable('records').addColumn(column, 'double precision').execute()
  await db.schema.alterTable('records').addColumn('commune', 'text').execute()
  await db.schema.alterTable('records').addColumn('accepted', 'integer').execute()
  for (const column of SHARED)
    await db.schema.createIndex(`records_by_${column}`).on('records').columns(['base', column]).execute()
}
