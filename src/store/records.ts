import { batches } from './batches.ts'
import type { CrossFacts } from '../domain/completeness/cross-facts.ts'
import type { Store } from './database.ts'
import type { RecordRow } from './tables.ts'

/**
 * What is remembered of one actor record: its EPCI (SIREN), the fingerprint of its human fields, the day they last
 * changed, which columns of people hold something, whether it is linked to its EPCI ('emptied': no more, and it was;
 * null: not kept yet), and what the others are held against (absent: not kept yet).
 */
export type KnownRecord = Readonly<Pick<RecordRow, 'epci' | 'fingerprint' | 'changedOn' | 'filled'>> & {
  readonly linked: boolean | 'emptied' | null
  readonly cross?: KeptFacts | undefined
}

/** The facts of a record as they are kept: its EPCI beside them, its telephone and its SIRET or RNA keyed. */
export type KeptFacts = Omit<CrossFacts, 'epci'>

/** Ids read at a time. */
const PAGE = 10_000
const FACTS = ['identifier', 'pivot', 'phone', 'latitude', 'longitude', 'commune', 'accepted'] as const
const KNOWN = ['id', 'epci', 'fingerprint', 'changedOn', 'linked', 'filled', ...FACTS] as const

const EMPTIED = 2

function toKnown(row: Omit<RecordRow, 'base' | 'id'>): KnownRecord {
  const { epci, fingerprint, changedOn, filled, linked } = row
  const cross = factsOf(row)
  return {
    ...{ epci, fingerprint, changedOn, filled },
    linked: linked === null ? null : linked === EMPTIED ? 'emptied' : linked === 1,
    ...(cross === null ? {} : { cross }),
  }
}

function factsOf({
  identifier,
  pivot,
  phone,
  latitude,
  longitude,
  commune,
  accepted,
}: Facts): KeptFacts | null {
  if (accepted === null) return null
  return { id: identifier ?? 0, pivot: pivot ?? 0, phone: phone ?? 0, latitude, longitude, commune, accepted }
}

type Facts = Pick<RecordRow, (typeof FACTS)[number]>

/** Nothing is kept where there is nothing: what several lack is not shared. */
function factCells(cross: KeptFacts | undefined): Facts {
  const { id = 0, pivot = 0, phone = 0, latitude = null, longitude = null, commune = null } = cross ?? {}
  const numbers = { identifier: id || null, pivot: pivot || null, phone: phone || null }
  return { ...numbers, latitude, longitude, commune, accepted: cross?.accepted ?? null }
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
          some.map(({ id, epci, fingerprint, changedOn, linked, filled, cross }) => ({
            base,
            id,
            epci,
            fingerprint,
            changedOn,
            linked: linkedNumber(linked),
            filled,
            ...factCells(cross),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['base', 'id']).doUpdateSet((row) => ({
            epci: row.ref('excluded.epci'),
            fingerprint: row.ref('excluded.fingerprint'),
            changedOn: row.ref('excluded.changedOn'),
            linked: row.ref('excluded.linked'),
            filled: row.ref('excluded.filled'),
            ...Object.fromEntries(FACTS.map((fact) => [fact, row.ref(`excluded.${fact}`)])),
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

/** What records may have in common; 0 and null are nothing. */
export type Shared = {
  readonly facts: readonly KeptFacts[]
  readonly epcis: readonly (string | null)[]
}

/** The records of `base` that have something in common with these facts, or lie in one of these EPCI. */
export async function recordsSharing(
  store: Store,
  base: string,
  { facts, epcis }: Shared,
): Promise<Map<number, { readonly epci: string | null; readonly cross: KeptFacts }>> {
  const found = new Map<number, { readonly epci: string | null; readonly cross: KeptFacts }>()
  const asked = {
    identifier: facts.map(({ id }) => id || null),
    pivot: facts.map(({ pivot }) => pivot || null),
    phone: facts.map(({ phone }) => phone || null),
    commune: facts.map(({ commune }) => commune),
    epci: epcis,
  } as const
  for (const column of Object.keys(asked) as (keyof typeof asked)[]) {
    const values = [...new Set<number | string | null>(asked[column])].filter((value) => value !== null)
    for (const some of batches(values)) {
      const rows = await store.db
        .selectFrom('records')
        .select(['id', 'epci', ...FACTS])
        .where('base', '=', base)
        .where(column, 'in', some as never)
        .execute()
      for (const { id, epci, ...row } of rows) {
        const cross = factsOf(row)
        if (cross !== null) found.set(id, { epci, cross })
      }
    }
  }
  return found
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
