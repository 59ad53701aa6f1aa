import { randomUUID } from 'node:crypto'
import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { Engine } from './engine.ts'

/** Tables of one piece of work, which nobody else sees and which are gone with it. */
export type Scratch = {
  run(sql: string, ...values: SQLInputValue[]): void
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[]
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined
  close(): void
}

/** Some MB stay in memory; what is more goes to the disk. Nothing of it outlives the process, so nothing is made safe. */
const FORM =
  'pragma journal_mode = memory; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -6000'

/**
 * Opens it, with the tables of `schema`: a file of the engine's folder that has no name any more once it is open (without
 * a folder: SQLite's own temporary file), so that it goes with the process, whatever ends that. Throws STORE_UNAVAILABLE,
 * as everything that is done with it: the disk may be full.
 */
export function openScratch(
  { folder, unavailable }: Pick<Engine, 'folder' | 'unavailable'>,
  schema: string,
): Scratch {
  const attempt = <Result>(act: () => Result): Result => {
    try {
      return act()
    } catch (cause) {
      throw unavailable(cause)
    }
  }
  const database = attempt(() => open(folder, schema))
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const rows = (found: readonly Record<string, SQLOutputValue>[]) => found as unknown[]
  return {
    run: (sql, ...values) => void attempt(() => statement(sql).run(...values)),
    all: <Row>(sql: string, ...values: SQLInputValue[]) =>
      rows(attempt(() => statement(sql).all(...values))) as Row[],
    get: <Row>(sql: string, ...values: SQLInputValue[]) =>
      attempt(() => statement(sql).get(...values)) as Row | undefined,
    close: () => database.close(),
  }
}

function open(folder: string | null, schema: string): DatabaseSync {
  const path = folder === null ? '' : join(folder, `portrea.${randomUUID()}.scratch`)
  if (path !== '') closeSync(openSync(path, 'wx', 0o600))
  const database = new DatabaseSync(path)
  database.exec(`${FORM}; begin immediate; ${schema}`)
  if (path !== '') rmSync(path) // once it is locked: SQLite looks at it no more
  return database
}
