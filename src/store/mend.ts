import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortreaError } from '../errors.ts'
import type { Store, StoreOptions } from './database.ts'
import { unavailable } from './engine.ts'
import type { Lock, StoreLoss } from './engine.ts'
import { COPY_FILE, SPOOL_FILE, lockFile, SQLITE_FILE } from './sqlite.ts'
import { clearLocks, hasTables, isWhole, setAside } from './store-file.ts'
import { readWatermark, saveWatermark } from './watermarks.ts'

/** What was done to a store that was lost. */
export type Mended = {
  readonly at: string
  readonly cause: StoreLoss
  /** Under which name the damaged file is kept; null: there was none. */
  readonly aside: string | null
  /** Of when the copy is that took its place; null: there was none, and all starts from nothing. */
  readonly from: string | null
  /** Whether a whole run has told of it in the base. */
  readonly told: boolean
}

/** A store that one service has for itself. */
export type TakenStore = { readonly mended: Mended | null; release(): Promise<void> }

const LOOK_MS = 200

/**
 * Takes the folder of a SQLite store for one service, and mends its file where it is damaged or gone: the damaged one is
 * kept under another name, and the copy made after the last whole run takes its place. A store in PostgreSQL is shared,
 * and mended by its own tools. Throws STORE_UNAVAILABLE where another service has it for longer than `patience` ms.
 */
export async function takeStore(
  { dataDir, databaseUrl }: StoreOptions,
  moment: Date,
  patience: number,
): Promise<TakenStore> {
  if (databaseUrl !== undefined) return { mended: null, release: async () => {} }
  const place = join(dataDir, SQLITE_FILE)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    clearLocks(dataDir)
    const lock = await waitFor(dataDir, patience)
    if (lock === null)
      throw new PortreaError(
        'STORE_UNAVAILABLE',
        `Un autre service se sert de la mémoire ${place} : arrêtez-le, ou donnez à celui-ci son propre PORTREA_DATA_DIR (dans PostgreSQL, DATABASE_URL, plusieurs la partagent).`,
      )
    return { mended: mendFiles(dataDir, moment), release: () => lock.release() }
  } catch (cause) {
    if (cause instanceof PortreaError) throw cause
    throw unavailable(
      place,
      'Vérifiez que son dossier (PORTREA_DATA_DIR) peut être écrit et a de la place.',
      cause,
    )
  }
}

/** A command that starts no service: it mends what no service has in hand. */
export async function mendUnlessServed(options: StoreOptions, moment: Date): Promise<Mended | null> {
  const taken = await takeStore(options, moment, 0).catch(() => null) // a service has it, or the opening will say why
  await taken?.release()
  return taken?.mended ?? null
}

async function waitFor(dataDir: string, patience: number): Promise<Lock | null> {
  for (const begin = performance.now(); ;) {
    const lock = await lockFile(join(dataDir, 'portrea.serve.lock'), 'alone')
    if (lock !== null || performance.now() - begin > patience) return lock
    await sleep(LOOK_MS)
  }
}

function mendFiles(dataDir: string, moment: Date): Mended | null {
  const at = moment.toISOString()
  const named = (what: string) => `portrea.damaged-${at.replaceAll(/\D/gu, '')}.${what}`
  const place = (name: string) => join(dataDir, name)
  if (existsSync(place(SPOOL_FILE)) && !isWhole(place(SPOOL_FILE)))
    setAside(place(SPOOL_FILE), named('notices.sqlite')) // what it held is looked for at start
  const cause = lossOf(place(SQLITE_FILE), place(COPY_FILE))
  if (cause === null) return null
  const aside = setAside(place(SQLITE_FILE), named('sqlite'))
  return { at, cause, aside, from: putBack(place(COPY_FILE), place(SQLITE_FILE)), told: false }
}

/** A folder without a store and without a copy is new: nothing was lost there that we know of. */
function lossOf(place: string, copy: string): StoreLoss | null {
  const there = existsSync(place) && statSync(place).size > 0
  if (there && !isWhole(place)) return 'damaged'
  if (existsSync(copy) && !(there && hasTables(place))) return 'gone'
  return null
}

function putBack(copy: string, place: string): string | null {
  if (!existsSync(copy) || !isWhole(copy)) return null
  const draft = `${place}.new`
  copyFileSync(copy, draft)
  renameSync(draft, place)
  return statSync(copy).mtime.toISOString()
}

/** Keeps in the store what was done to it. What it was to send may have been sent since its copy: it is not sent again. */
export async function keepMended(store: Store, mended: Mended): Promise<void> {
  await store.db.deleteFrom('deliveries').where('status', '=', 'pending').execute()
  await store.db
    .updateTable('eventCounter')
    .set(({ eb }) => ({ value: eb('value', '+', EVENTS_APART) })) // no id is given twice
    .execute()
  await saveWatermark(store, STORE, MENDED, JSON.stringify(mended))
}

/** What was done to the store; null: nothing that we know of. */
export async function readMended(store: Store): Promise<Mended | null> {
  const text = await readWatermark(store, STORE, MENDED)
  return text === null ? null : (JSON.parse(text) as Mended)
}

/** A whole run has told of it. */
export async function mendingTold(store: Store, mended: Mended): Promise<void> {
  await saveWatermark(store, STORE, MENDED, JSON.stringify({ ...mended, told: true }))
}

/** In `watermarks`, where a base would be named. */
const STORE = 'store'
const MENDED = 'mended'
const EVENTS_APART = 1_000_000
