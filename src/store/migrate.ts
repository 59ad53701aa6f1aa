import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { Engine } from './engine.ts'
import { schema } from './migrations/001-schema.ts'
import { crossFacts } from './migrations/002-cross-facts.ts'
import { recordFacts } from './migrations/003-record-facts.ts'
import { recordCounts } from './migrations/004-record-counts.ts'
import { sources } from './migrations/005-sources.ts'
import { sourceCounts } from './migrations/006-source-counts.ts'
import { convertPreRelease } from './pre-release.ts'
import type { Tables } from './tables.ts'

/** Every migration, oldest first. What was released never changes, name or gesture: add one below. */
const MIGRATIONS: readonly { name: string; apply: (db: Kysely<Tables>) => Promise<void> }[] = [
  { name: '001-schema', apply: schema },
  { name: '002-cross-facts', apply: crossFacts },
  { name: '003-record-facts', apply: recordFacts },
  { name: '004-record-counts', apply: recordCounts },
  { name: '005-sources', apply: sources },
  { name: '006-source-counts', apply: sourceCounts },
]

/**
 * Applies the migrations that are missing, all or none, one process at a time. (Kysely's own migrator opens no
 * transaction on SQLite.) Throws STORE_UNAVAILABLE where the store is newer than this program,
 * or older than its first release.
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
    let applied = new Set(
      (await db.selectFrom('migrations').select('name').execute()).map(({ name }) => name),
    )
    const [first] = MIGRATIONS
    if (first !== undefined && (await convertPreRelease(engine, db, applied, first.name)))
      applied = new Set([first.name])
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
