import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { Engine } from './engine.ts'
import { firstTables } from './migrations/001-first-tables.ts'
import { snapshots } from './migrations/002-snapshots.ts'
import { prefillAndEvents } from './migrations/004-prefill-and-events.ts'
import { inboxTables } from './migrations/005-inbox.ts'
import { brakeTable } from './migrations/006-brake.ts'
import { receivers } from './migrations/007-receivers.ts'
import { publishable } from './migrations/008-publishable.ts'
import { needFigures } from './migrations/009-need-figures.ts'
import type { Tables } from './tables.ts'

/** Every migration, oldest first. What was released never changes, name or gesture: add one below. */
const MIGRATIONS: readonly { name: string; apply: (db: Kysely<Tables>) => Promise<void> }[] = [
  { name: '001-first-tables', apply: firstTables },
  { name: '002-snapshots', apply: snapshots },
  { name: '004-prefill-and-events', apply: prefillAndEvents },
  { name: '005-inbox', apply: inboxTables },
  { name: '006-brake', apply: brakeTable },
  { name: '007-receivers', apply: receivers },
  { name: '008-publishable', apply: publishable },
  { name: '009-need-figures', apply: needFigures },
]

/**
 * Applies the migrations that are missing, all or none, one process at a time. (Kysely's own migrator opens no
 * transaction on SQLite.) Throws STORE_UNAVAILABLE where the store is newer than this program.
 */
export async function migrate(engine: Engine, database: Kysely<Tables>): Promise<void> {
  await database.transaction().execute(async (db) => {
    if (engine.schema !== null) await makeSchema(db, engine.schema)
    await db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'text', (column) => column.notNull())
      .execute()
    const applied = new Set(
      (await db.selectFrom('migrations').select('name').execute()).map(({ name }) => name),
    )
    refuseNewer(engine, applied)
    for (const { name, apply } of MIGRATIONS.filter((migration) => !applied.has(migration.name))) {
      await apply(db)
      await db.insertInto('migrations').values({ name, appliedAt: new Date().toISOString() }).execute()
    }
  })
}

/** PostgreSQL lets transactions run side by side (SQLite's are alone): they queue here. */
async function makeSchema(db: Kysely<Tables>, schema: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('portrea migrations'))`.execute(db)
  // `create … if not exists` asks for the right to create even where the administrator has made the schema.
  const found = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db)
  if (found.rows.length === 0) await db.schema.createSchema(schema).execute()
}

function refuseNewer(engine: Engine, applied: ReadonlySet<string>): void {
  const unknown = [...applied].filter((name) => !MIGRATIONS.some((migration) => migration.name === name))
  if (unknown.length === 0) return
  throw new PortreaError(
    'STORE_UNAVAILABLE',
    `La mémoire ${engine.place} a été écrite par un Portrea plus récent (${unknown.join(', ')}). Lancez cette version-là ou une plus récente, ou remettez la copie faite avant elle.`,
  )
}
