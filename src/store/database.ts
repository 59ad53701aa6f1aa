import { accessSync, constants, mkdirSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { CamelCasePlugin, Kysely } from 'kysely'
import type { KyselyPlugin } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { Engine, StoreLoss } from './engine.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'
import { saveWatermark } from './watermarks.ts'

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
    engine.spool?.close()
    await whole.destroy()
  }
  return { engine, db, close }
}

/** Looks whether the store can be written to: one that can only be read keeps nothing. Throws STORE_UNAVAILABLE. */
export async function checkStore(store: Store): Promise<void> {
  const loss = store.engine.loss()
  if (loss !== null) throw store.engine.unavailable(new Error(`the file is ${loss}`))
  await saveWatermark(store, 'store', 'checked', new Date().toISOString()).catch((cause: unknown) => {
    throw cause instanceof PortreaError ? cause : store.engine.unavailable(cause)
  })
}

const LOOK_MS = 1000

/** Looks every second whether the store was lost, and says so once; the function returned ends that. */
export function watchStore({ engine }: Store, lost: (loss: StoreLoss) => void): () => void {
  const timer = setInterval(() => {
    const loss = engine.loss()
    if (loss === null) return
    clearInterval(timer)
    lost(loss)
  }, LOOK_MS)
  return () => clearInterval(timer)
}

async function openEngine({ dataDir, databaseUrl }: StoreOptions): Promise<Engine> {
  if (databaseUrl === undefined) return openSqlite(dataDir)
  const { openPostgres } = await import('./postgres.ts') // pg is loaded only by those who use it
  return openPostgres(databaseUrl, folderFor(dataDir))
}

/** Where what is too much for memory goes meanwhile; null: this folder cannot be written to. */
function folderFor(dataDir: string): string | null {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
    return dataDir
  } catch {
    return null
  }
}

/** How long statements may follow one another before those that wait (webhooks, pages) have a turn. */
const STINT_MS = 1

/** SQLite works in our own thread, and its answers come without a turn of the loop: many in a row would shut others out. */
function takingTurns(): KyselyPlugin {
  let since = performance.now()
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (performance.now() - since > STINT_MS) {
        await turn()
        since = performance.now()
      }
      return result
    },
  }
}
