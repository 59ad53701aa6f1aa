import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** SQLite's primary result codes. */
export const SQLITE = {
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CONSTRAINT: 19,
  NOTADB: 26,
} as const

/** SQLite's primary result code (the low byte of the extended one); null: another kind of error. */
export function sqliteCode(cause: unknown): number | null {
  return cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : null
}

/** Whether what SQLite said means that the bytes of the file are spoiled. */
export function saysDamaged(cause: unknown): boolean {
  const code = sqliteCode(cause)
  return code === SQLITE.CORRUPT || code === SQLITE.NOTADB
}

/** Whether SQLite can read the file from end to end; one that cannot be opened at all is not judged here. */
export function isWhole(path: string): boolean {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    try {
      return database.prepare('pragma quick_check(1)').get()?.['quick_check'] === 'ok'
    } finally {
      database.close()
    }
  } catch (cause) {
    return !saysDamaged(cause)
  }
}

/** Whether SQLite can read where the file says what is in it; one that cannot be opened at all is not judged here. */
export function hasHead(path: string): boolean {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 100 })
    try {
      return database.prepare('select count(*) from sqlite_schema').get() !== undefined
    } finally {
      database.close()
    }
  } catch (cause) {
    return !saysDamaged(cause)
  }
}

/** In bytes; 0 where nothing is there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Whether the file holds a store. */
export function hasTables(path: string): boolean {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  try {
    return database.prepare("select 1 from sqlite_schema where name = 'migrations'").get() !== undefined
  } finally {
    database.close()
  }
}

/** Tells one file from another that took its place; null: nothing is there. */
export function identity(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev} ${found.ino}`
}

/** Takes the file, and what SQLite keeps beside it, out of the way under another name; null: none was there. */
export function setAside(path: string, name: string): string | null {
  const there = existsSync(path)
  for (const end of ['', '-wal', '-shm'])
    if (!there) rmSync(path + end, { force: true }) // it would be read into the file that takes its place
    else if (existsSync(path + end)) renameSync(path + end, join(path, '..', name + end))
  return there ? name : null
}

/** Deletes the files of a folder that hold locks and are no database any more: they hold nothing else. */
export function clearLocks(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.endsWith('.lock') && !isWhole(join(folder, name))) rmSync(join(folder, name))
}
