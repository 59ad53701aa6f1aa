import type { Store } from './database.ts'
import { readKnownColumns } from './known-columns.ts'

/** How long what was read last counts: people rename a key once in a life. */
const KEPT_MS = 2000
/** What NocoDB calls the key of the tables that it makes (0.301.3). */
const BY_DEFAULT = 'Id'

/**
 * What NocoDB calls the key of a table (by its id), as the base was when it fitted last. Of a table that is not known it
 * is what NocoDB would call it.
 */
export function rowKeys(store: Store): (base: string, table: string) => Promise<string> {
  const bases = new Map<string, { readonly readAt: number; readonly keys: Promise<Keys> }>()
  return async (base, table) => {
    const kept = bases.get(base)
    const fresh = kept !== undefined && performance.now() - kept.readAt < KEPT_MS
    const keys = fresh ? kept.keys : readKeys(store, base)
    if (!fresh) {
      if (bases.size >= MOST_BASES) bases.clear()
      bases.set(base, { readAt: performance.now(), keys })
      keys.catch(() => bases.delete(base)) // the next one asks again
    }
    return (await keys).get(table) ?? BY_DEFAULT
  }
}

/** A store serves a few bases; who knows the secret may name any number. */
const MOST_BASES = 16

type Keys = ReadonlyMap<string, string>

async function readKeys(store: Store, base: string): Promise<Keys> {
  const known = Object.values(await readKnownColumns(store, base))
  return new Map(known.flatMap(({ id, rowKey }) => (rowKey === undefined ? [] : [[id, rowKey] as const])))
}
