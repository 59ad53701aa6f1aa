import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { RecordRow } from './tables.ts'

/**
 * What is remembered of one actor record: its EPCI (SIREN), the fingerprint of its human fields, the day they last
 * changed, which columns of people hold something, and whether it is linked to its EPCI ('emptied': no more, and it was;
 * null: not kept yet).
 */
export type KnownRecord = Readonly<Pick<RecordRow, 'epci' | 'fingerprint' | 'changedOn' | 'filled'>> & {
  readonly linked: boolean | 'emptied' | null
}

/** Ids read at a time. */
const PAGE = 10_000
const KNOWN = ['id', 'epci', 'fingerprint', 'changedOn', 'linked', 'filled'] as const

const EMPTIED = 2

function toKnown({ linked, ...known }: Omit<RecordRow, 'base' | 'id'>): KnownRecord {
  return { ...known, linked: linked === null ? null : linked === EMPTIED ? 'emptied' : linked === 1 }
}

function linkedNumber(linked: KnownRecord['linked']): number | null {
  if (linked === null) return null
  return linked === 'emptied' ? EMPTIED : Number(linked)
}

/** The records of `base` whose id is between `fromId` and `toId`, both included. */
export async function recordsBetween(
  store: Store,
  base: string,
  fromId: number,
  toId: number,
): Promise<Map<number, KnownRecord>> {
  const rows = await store.db
    .selectFrom('records')
    .select(KNOWN)
    .where('base', '=', base)
    .where('id', '>=', fromId)
    .where('id', '<=', toId)
    .execute()
  return new Map(rows.map(({ id, ...known }) => [id, toKnown(known)]))
}

/** The records of `base` with these ids; those not known are left out. */
export async function recordsByIds(
  store: Store,
  base: string,
  ids: readonly number[],
): Promise<Map<number, KnownRecord>> {
  const found = new Map<number, KnownRecord>()
  for (const some of batches(ids)) {
    const rows = await store.db
      .selectFrom('records')
      .select(KNOWN)
      .where('base', '=', base)
      .where('id', 'in', some)
      .execute()
    for (const { id, ...known } of rows) found.set(id, toKnown(known))
  }
  return found
}

/** Remembers these records, all or none; the others stay as they are. An id may come once. */
export async function saveRecords(
  store: Store,
  base: string,
  records: readonly (KnownRecord & { readonly id: number })[],
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(records)) {
      await db
        .insertInto('records')
        .values(
          some.map(({ id, epci, fingerprint, changedOn, linked, filled }) => ({
            base,
            id,
            epci,
            fingerprint,
            changedOn,
            linked: linkedNumber(linked),
            filled,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['base', 'id']).doUpdateSet((row) => ({
            epci: row.ref('excluded.epci'),
            fingerprint: row.ref('excluded.fingerprint'),
            changedOn: row.ref('excluded.changedOn'),
            linked: row.ref('excluded.linked'),
            filled: row.ref('excluded.filled'),
          })),
        )
        .execute()
    }
  })
}

/** Remembers that these records are linked to their EPCI now: it was just seen. */
export async function rememberLinked(store: Store, base: string, ids: readonly number[]): Promise<void> {
  for (const some of batches(ids)) {
    const seen = store.db.updateTable('records').set({ linked: 1 })
    await seen.where('base', '=', base).where('id', 'in', some).execute()
  }
}

/** Forgets these records of `base`, all or none: they were deleted there. */
export async function forgetRecords(store: Store, base: string, ids: readonly number[]): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(ids)) {
      await db.deleteFrom('records').where('base', '=', base).where('id', 'in', some).execute()
    }
  })
}

/** The records of `base` that are remembered under this EPCI, in the order of their ids. */
export async function recordsOfEpci(
  store: Store,
  base: string,
  siren: string,
): Promise<Map<number, KnownRecord>> {
  const rows = await store.db
    .selectFrom('records')
    .select(KNOWN)
    .where('base', '=', base)
    .where('epci', '=', siren)
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ id, ...known }) => [id, toKnown(known)]))
}

/** Every id remembered of `base`, in order, read a page at a time: records may be saved or forgotten meanwhile. */
export async function* idsOf(store: Store, base: string): AsyncGenerator<number> {
  let last = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await store.db
      .selectFrom('records')
      .select('id')
      .where('base', '=', base)
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id } of rows) yield (last = id)
    if (rows.length < PAGE) return
  }
}
