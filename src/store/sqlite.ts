import { commandLine } from '../domain/command-line.ts'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { SqliteDialect } from 'kysely'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { unavailable } from './engine.ts'
import type { Engine, Lock, LockKind, StoreLoss } from './engine.ts'
import { renameSpool } from './pre-release.ts'
import { hasHead, identity, isWhole, saysDamaged, sizeOf, SQLITE, sqliteCode } from './store-file.ts'
import { webhookSpool } from './webhook-spool.ts'

/** The store, in its folder. */
export const SQLITE_FILE = 'portrea.sqlite'
/** What webhooks said and nobody has moved into the store yet. */
export const SPOOL_FILE = 'portrea.notices.sqlite'
/** The store as it was after the last whole run. */
export const COPY_FILE = 'portrea.copy.sqlite'
const BUSY_MS = 10_000
/** Statements that are kept prepared; those for hundreds of rows are seldom met again, and are not. */
const MOST_STATEMENTS = 200
const LONG_SQL = 2000
/** Pages (4 kB) that wait in the log: putting them in their place takes some ten milliseconds, at four times SQLite's own seldom. */
const LOG_PAGES = 4000

/** Whether there is a store in this folder. */
export function hasSqlite(folder: string): boolean {
  return existsSync(join(folder, SQLITE_FILE))
}

/** The store in one file of `folder`, both made where missing and closed to other users. Throws STORE_UNAVAILABLE. */
export function openSqlite(folder: string): Engine {
  const place = join(folder, SQLITE_FILE)
  const fault = (cause: unknown) =>
    unavailable(
      place,
      `Vérifiez que son dossier (PORTREA_DATA_DIR) peut être écrit et a de la place ; un fichier abîmé est mis de côté, et sa dernière copie remise, au démarrage de \`${commandLine('serve')}\` ou de \`${commandLine('sync')}\`.`,
      cause,
    )
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    renameSpool(folder, SPOOL_FILE)
    const database = openFile(place, BUSY_MS)
    const watch = watching(place)
    const attempt = attempting(fault, watch.heard)
    const dialect = new SqliteDialect({ database: adapt(database, attempt) })
    prepareFile(database)
    return {
      name: 'sqlite',
      place,
      ...{ schema: null, folder },
      dialect,
      spool: webhookSpool(() => openFile(join(folder, SPOOL_FILE), BUSY_MS), attempting(fault)),
      tryLock: (name, kind) => lockFile(join(folder, `portrea.${name}.lock`), kind),
      loss: watch.loss,
      keepCopy: () => attempt(() => keepCopy(place, join(folder, COPY_FILE))),
      unavailable: fault,
    }
  } catch (cause) {
    throw fault(cause)
  }
}

function openFile(path: string, timeout: number): DatabaseSync {
  createFile(path)
  return new DatabaseSync(path, { timeout, enableForeignKeyConstraints: true })
}

/** Others may not read the file, nor those that SQLite makes beside it with the same mode. */
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (cause) {
    // Never opened when it is there: closing it would drop the locks that SQLite holds on it in this process (POSIX).
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
}

function prepareFile(database: DatabaseSync): void {
  try {
    database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = ${LOG_PAGES}`,
    )
  } catch (cause) {
    database.close()
    throw cause
  }
}

type Attempt = <Result>(act: () => Result) => Result

/** Does what the disk may refuse: that becomes a `fault`; what breaks a constraint is the caller's. */
function attempting(fault: (cause: unknown) => Error, heard: (cause: unknown) => void = () => {}): Attempt {
  return (act) => {
    try {
      return act()
    } catch (cause) {
      heard(cause)
      throw isOfDisk(cause) ? fault(cause) : cause
    }
  }
}

function isOfDisk(cause: unknown): boolean {
  const code = sqliteCode(cause)
  return code === null ? cause instanceof Error && 'syscall' in cause : code !== SQLITE.CONSTRAINT
}

/** Reading the whole file takes its time. */
const LOOK_APART_MS = 5000
/** Its head is read at once. */
const GLANCE_APART_MS = 5000

/**
 * Whether the file that was opened is still there, and whole as far as was heard. What this process keeps in memory hides
 * for long that the file under it was spoiled: its head is looked at now and then, and the whole of it where it shrank.
 */
function watching(place: string): { loss(): StoreLoss | null; heard(cause: unknown): void } {
  const opened = identity(place)
  let damaged = false
  let looked = -LOOK_APART_MS
  const looksWhole = () => {
    if (performance.now() - looked < LOOK_APART_MS) return true
    looked = performance.now()
    return identity(place) === null || isWhole(place)
  }
  let [glanced, size] = [performance.now(), sizeOf(place)]
  const glance = () => {
    if (damaged || performance.now() - glanced < GLANCE_APART_MS) return
    glanced = performance.now()
    const before = size
    size = sizeOf(place)
    damaged = !hasHead(place) || (size < before && (size === 0 || !isWhole(place)))
  }
  return {
    loss() {
      if (identity(place) !== opened) return damaged ? 'damaged' : 'gone'
      glance()
      return damaged ? 'damaged' : null
    },
    heard(cause) {
      if (saysDamaged(cause)) damaged = true
      // A file cut short is an error of reading for SQLite, as a disk that fails is.
      else if (sqliteCode(cause) === SQLITE.IOERR) damaged ||= !looksWhole()
    },
  }
}

function keepCopy(place: string, copy: string): void {
  const draft = `${copy}.new`
  rmSync(draft, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  const database = new DatabaseSync(place, { readOnly: true, timeout: BUSY_MS })
  try {
    database.prepare('vacuum into ?').run(draft)
  } finally {
    database.close()
  }
  renameSync(draft, copy)
}

/** node:sqlite as Kysely expects a SQLite; what the disk refuses becomes a `fault`. */
function adapt(database: DatabaseSync, attempt: Attempt): SqliteDatabase {
  const prepare = (sql: string): SqliteStatement => {
    // Transactions here write: one that began by reading would be refused beside another writer, not made to wait.
    const statement = attempt(() => database.prepare(sql === 'begin' ? 'begin immediate' : sql))
    const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => attempt(() => statement.all(...values(parameters))),
      run: (parameters) => attempt(() => statement.run(...values(parameters))),
      iterate: (parameters) => statement.iterate(...values(parameters)),
    }
  }
  const prepared = new Map<string, SqliteStatement>()
  return {
    close() {
      prepared.clear()
      database.close()
    },
    prepare(sql) {
      const known = prepared.get(sql)
      if (known !== undefined) return known
      const made = prepare(sql)
      if (sql.length > LONG_SQL) return made
      if (prepared.size === MOST_STATEMENTS) prepared.clear()
      prepared.set(sql, made)
      return made
    },
  }
}

/** A file held by a transaction that excludes others, or reads together with them: the system lets go of it when the holder dies, kill -9 included. */
export async function lockFile(path: string, kind: LockKind): Promise<Lock | null> {
  try {
    const file = openFile(path, 0)
    let held = true
    try {
      if (kind === 'alone') file.exec('begin exclusive')
      else file.exec('begin; select count(*) from sqlite_schema')
    } catch (cause) {
      file.close()
      if (sqliteCode(cause) === SQLITE.BUSY) return null
      throw cause
    }
    const release = async () => {
      if (held) file.close()
      held = false
    }
    return { release, held: () => held }
  } catch (cause) {
    throw unavailable(path, 'Il ne contient aucune donnée : arrêtez Portrea, effacez-le, relancez.', cause)
  }
}
