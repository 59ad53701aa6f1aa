import { atomically } from './atomically.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { DuplicatePairRow } from './tables.ts'

/** Two records that may be one place, the lesser id first; `denied`: a person said that they are two. */
export type StoredPair = Readonly<Omit<DuplicatePairRow, 'base' | 'denied'>> & { readonly denied: boolean }

/** The keys of each of these records; [] for one that is not known. */
export async function keysOfRecords(
  store: Store,
  base: string,
  ids: readonly number[],
): Promise<Map<number, number[]>> {
  const keys = new Map<number, number[]>(ids.map((id) => [id, []]))
  for (const some of batches(ids)) {
    const rows = await store.db
      .selectFrom('blockingKeys')
      .select(['record', 'key'])
      .where('base', '=', base)
      .where('record', 'in', some)
      .execute()
    for (const { record, key } of rows) keys.get(record)?.push(key)
  }
  return keys
}

/** How many records bear each of these keys; a key that nobody bears is left out. */
export async function bearersOf(
  store: Store,
  base: string,
  keys: readonly number[],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (const some of batches(keys)) {
    const rows = await store.db
      .selectFrom('blockingKeys')
      .select(({ fn }) => ['key', fn.countAll<number>().as('records')])
      .where('base', '=', base)
      .where('key', 'in', some)
      .groupBy('key')
      .execute()
    for (const { key, records } of rows) counts.set(key, Number(records))
  }
  return counts
}

/** The records under each of these keys. */
export async function recordsUnder(
  store: Store,
  base: string,
  keys: readonly number[],
): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>(keys.map((key) => [key, []]))
  for (const some of batches(keys)) {
    const rows = await store.db
      .selectFrom('blockingKeys')
      .select(['key', 'record'])
      .where('base', '=', base)
      .where('key', 'in', some)
      .execute()
    for (const { key, record } of rows) found.get(key)?.push(record)
  }
  return found
}

/** The keys that more than `most` records bear. */
export async function crowdedKeys(store: Store, base: string, most: number): Promise<number[]> {
  const rows = await store.db
    .selectFrom('blockingKeys')
    .select('key')
    .where('base', '=', base)
    .groupBy('key')
    .having(({ fn }) => fn.countAll(), '>', most)
    .execute()
  return rows.map(({ key }) => key)
}

/** Keeps the keys of these records, in place of those they had, all or none. */
export async function saveKeys(
  store: Store,
  base: string,
  keys: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  const before = await keysOfRecords(store, base, [...keys.keys()])
  const changed = [...keys].filter(([id, own]) => !sameKeys(own, before.get(id) ?? []))
  const rows = changed.flatMap(([record, own]) => own.map((key) => ({ base, key, record })))
  await atomically(store, async (db) => {
    for (const some of batches(changed.map(([id]) => id)))
      await db.deleteFrom('blockingKeys').where('base', '=', base).where('record', 'in', some).execute()
    for (const some of batches(rows)) await db.insertInto('blockingKeys').values(some).execute()
  })
}

function sameKeys(some: readonly number[], others: readonly number[]): boolean {
  const known = new Set(others)
  return some.length === known.size && some.every((key) => known.has(key))
}

/** The pairs that one of these records is in. */
export async function pairsOf(store: Store, base: string, ids: readonly number[]): Promise<StoredPair[]> {
  const found = new Map<string, StoredPair>()
  for (const some of batches(ids)) {
    const rows = await pairsIn(store, base)
      .where((eb) => eb.or([eb('one', 'in', some), eb('other', 'in', some)]))
      .execute()
    for (const row of rows) found.set(`${row.one} ${row.other}`, toPair(row))
  }
  return [...found.values()]
}

/** All pairs of a base, the likeliest first; of two as likely, that of the lesser ids. */
export async function everyPair(store: Store, base: string): Promise<StoredPair[]> {
  const rows = await pairsIn(store, base).orderBy('score', 'desc').orderBy('one').orderBy('other').execute()
  return rows.map(toPair)
}

/** Keeps these pairs in place of all those that one of `ids` was in (null: of all), all or none. */
export async function savePairs(
  store: Store,
  base: string,
  ids: readonly number[] | null,
  pairs: readonly StoredPair[],
): Promise<void> {
  await atomically(store, async (db) => {
    const former = db.deleteFrom('duplicatePairs').where('base', '=', base)
    if (ids === null) await former.execute()
    for (const some of batches(ids ?? []))
      await former.where((eb) => eb.or([eb('one', 'in', some), eb('other', 'in', some)])).execute()
    for (const some of batches(pairs))
      await db
        .insertInto('duplicatePairs')
        .values(some.map((pair) => ({ ...pair, base, denied: Number(pair.denied) })))
        .execute()
  })
}

function pairsIn(store: Store, base: string) {
  return store.db
    .selectFrom('duplicatePairs')
    .select(['one', 'other', 'score', 'reason', 'denied'])
    .where('base', '=', base)
}

function toPair({ denied, ...pair }: Omit<DuplicatePairRow, 'base'>): StoredPair {
  return { ...pair, denied: denied === 1 }
}
