import { CamelCasePlugin, Kysely, sql } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'
import { takingTurns } from './taking-turns.ts'
import type { Tables } from './tables.ts'

/** The open store. Only this room reads `db`; the others call runs, reports, records, history and locks. */
export type Store = {
  readonly engine: Engine
  readonly db: Kysely<Tables>
  readonly close: () => Promise<void>
}

/** Where the store is: PostgreSQL where `databaseUrl` is given, else `<dataDir>/portrea.sqlite`. */
export type StoreOptions = { readonly dataDir: string; readonly databaseUrl?: string | undefined }

/**
 * Opens the store, made where it is missing, and brings it to this version.
 * Throws STORE_UNAVAILABLE, naming the place (never its password) and the remedy.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options)
  const plugins = [new CamelCasePlugin(), ...(engine.name === 'sqlite' ? [takingTurns()] : [])]
  const whole = new Kysely<Tables>({ dialect: engine.dialect, plugins })
  const db = engine.schema === null ? whole : whole.withSchema(engine.schema)
  try {
    await migrate(engine, db)
  } catch (cause) {
    await whole.destroy()
    throw cause instanceof PortreaError ? cause : engine.unavailable(cause)
  }
  const close = async () => {
    engine.letterbox?.close()
    await whole.destroy()
  }
  return { engine, db, close }
}

/** Asks the store for a sign of life. Throws STORE_UNAVAILABLE. */
export async function checkStore(store: Store): Promise<void> {
  await sql`select 1`.execute(store.db).catch((cause: unknown) => {
    throw cause instanceof PortreaError ? cause : store.engine.unavailable(cause)
  })
}

async function openEngine({ dataDir, databaseUrl }: StoreOptions): Promise<Engine> {
  if (databaseUrl === undefined) return openSqlite(dataDir)
  const { openPostgres } = await import('./postgres.ts') // pg is loaded only by those who use it
  return openPostgres(databaseUrl)
}
