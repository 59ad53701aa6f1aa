import type { Kysely } from 'kysely'
import type { Store } from './database.ts'
import type { Tables } from './tables.ts'

/** Does all of it or nothing; within another that does, as a part of that one. */
export function atomically<Result>(
  { db }: Pick<Store, 'db'>,
  act: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? act(db) : db.transaction().execute(act)
}
