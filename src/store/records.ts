import { sql } from 'kysely'
import type { CrossGroup } from '../domain/completeness/cross-index.ts'
import type { CrossMarks } from '../domain/completeness/cross-marks.ts'
import { atomically } from './atomically.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'
import { GROUP_COLUMNS, MARKS, SEEN, STATE } from './record-rows.ts'
import { toFacts, toLinked, toMarks, toRow, toState, toTold } from './record-rows.ts'
import type { RecordState } from './record-rows.ts'

/** What counts of a record in the figures of its EPCI. */
export type CountedState = Pick<RecordState, 'changedOn' | 'facts' | 'told'>

/** What tells whether a record has to be looked at again. */
export type SeenRecord = Pick<RecordState, 'epci' | 'stamp' | 'via' | 'linked' | 'assessedBy' | 'nextTurn'>

/** A record as it is held against others. */
export type MarkedRecord = Pick<RecordState, 'epci' | 'told'> & {
  readonly id: number
  readonly marks: CrossMarks
}

/** Ids read at a time. */
const PAGE = 10_000

/** The records of `base` whose id is between `fromId` and `toId`, both included. */
export async function recordsBetween(
  store: Store,
  base: string,
  fromId: number,
  toId: number,
): Promise<Map<number, RecordState>> {
  const rows = await recordsIn(store, base)
    .select(STATE)
    .where('id', '>=', fromId)
    .where('id', '<=', toId)
    .execute()
  return new Map(rows.map((row) => [row.id, toState(row)]))
}

/** The same, no more than tells whether they changed. */
export async function seenBetween(
  store: Store,
  base: string,
  fromId: number,
  toId: number,
): Promise<Map<number, SeenRecord>> {
  const rows = await recordsIn(store, base)
    .select(SEEN)
    .where('id', '>=', fromId)
    .where('id', '<=', toId)
    .execute()
  return new Map(rows.map(({ id, linked, ...row }) => [id, { ...row, linked: toLinked(linked) }]))
}

/** The records of `base` with these ids; those not known are left out. */
export async function recordsByIds(
  store: Store,
  base: string,
  ids: readonly number[],
): Promise<Map<number, RecordState>> {
  const found = new Map<number, RecordState>()
  for (const some of batches(ids))
    for (const row of await recordsIn(store, base).select(STATE).where('id', 'in', some).execute())
      found.set(row.id, toState(row))
  return found
}

/** What the figures of an EPCI are made of: its records, in the order of their ids. */
export async function countedOfEpci(
  store: Store,
  base: string,
  siren: string,
): Promise<Map<number, CountedState>> {
  const rows = await recordsIn(store, base)
    .select(['id', 'changedOn', 'facts', 'told'])
    .where('epci', '=', siren)
    .orderBy('id')
    .execute()
  return new Map(
    rows.map(({ id, changedOn, facts, told }) => [
      id,
      { changedOn, facts: toFacts(facts), told: toTold(told) },
    ]),
  )
}

/** The EPCI in which these records count. */
export async function epcisOf(store: Store, base: string, ids: readonly number[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const some of batches(ids)) {
    const rows = await recordsIn(store, base).select('epci').distinct().where('id', 'in', some).execute()
    for (const { epci } of rows) if (epci !== null) found.add(epci)
  }
  return found
}

/** The ids of the records of an EPCI. */
export async function idsOfEpci(store: Store, base: string, siren: string): Promise<number[]> {
  const rows = await recordsIn(store, base).select('id').where('epci', '=', siren).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** The records that bear one of these marks. */
export async function recordsWithMark(
  store: Store,
  base: string,
  group: Exclude<CrossGroup, 'point'>,
  marks: readonly number[],
): Promise<MarkedRecord[]> {
  const column = GROUP_COLUMNS[group]
  const found: MarkedRecord[] = []
  for (const some of batches(marks)) found.push(...(await markedWhere(store, base, column, some)))
  return found
}

/** The records of these EPCI, or in these communes. */
export async function recordsInPlaces(
  store: Store,
  base: string,
  places: { readonly epcis: readonly string[]; readonly communes: readonly string[] },
): Promise<MarkedRecord[]> {
  const found = new Map<number, MarkedRecord>()
  for (const [column, values] of [
    ['epci', places.epcis],
    ['commune', places.communes],
  ] as const)
    for (const some of batches(values))
      for (const one of await markedWhere(store, base, column, some)) found.set(one.id, one)
  return [...found.values()]
}

/** What a run tells of a record: codes. */
export type RecordIssues = { readonly id: number; readonly issues: readonly string[] }

/** The records of `base` that something is told of, in the order of their ids, a page at a time. */
export async function* recordIssues(store: Store, base: string): AsyncGenerator<readonly RecordIssues[]> {
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await recordsIn(store, base)
      .select(['id', 'issues'])
      .where('issues', 'is not', null)
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    if (rows.length > 0)
      yield rows.map(({ id, issues }) => ({ id, issues: JSON.parse(issues as string) as string[] }))
    if (rows.length < PAGE) return
    last = rows.at(-1)!.id
  }
}

/** Which columns of people hold something in those of these records that are known; null: not kept of this one yet. */
export async function filledOf(
  store: Store,
  base: string,
  ids: readonly number[],
): Promise<Map<number, number | null>> {
  const found = new Map<number, number | null>()
  for (const some of batches(ids))
    for (const { id, filled } of await recordsIn(store, base)
      .select(['id', 'filled'])
      .where('id', 'in', some)
      .execute())
      found.set(id, filled)
  return found
}

/** Remembers these records, all or none; the others stay as they are. An id may come once. */
export async function saveRecords(
  store: Store,
  base: string,
  records: readonly (RecordState & { readonly id: number })[],
): Promise<void> {
  await atomically(store, async (db) => {
    for (const some of batches(records)) {
      await db
        .insertInto('records')
        .values(some.map(({ id, ...state }) => ({ base, id, ...toRow(state) })))
        .onConflict((conflict) =>
          conflict
            .columns(['base', 'id'])
            .doUpdateSet((row) =>
              Object.fromEntries(
                STATE.filter((name) => name !== 'id').map((name) => [name, row.ref(`excluded.${name}`)]),
              ),
            ),
        )
        .execute()
    }
  })
}

/** Remembers at which instant each of these records was seen as it is known (null: it is to be looked at again); ids that are not known are left out. */
export async function saveStamps(
  store: Store,
  base: string,
  stamps: ReadonlyMap<number, string | null>,
): Promise<void> {
  await atomically(store, async (db) => {
    for (const some of batches([...stamps])) {
      const rows = some.map(([id, stamp]) => sql`(cast(${id} as bigint), cast(${stamp} as text))`)
      const seen = sql<{ column1: number; column2: string }>`(values ${sql.join(rows)})`.as('seen')
      // Not in words of SQL alone: those would look for the table outside of our schema.
      await db
        .updateTable('records')
        .from(seen)
        .set(({ ref }) => ({ stamp: ref('seen.column2') }))
        .where('records.base', '=', base)
        .whereRef('records.id', '=', 'seen.column1')
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

/** Forgets these records of `base`, all or none, and what they were compared by: they were deleted there. */
export async function forgetRecords(store: Store, base: string, ids: readonly number[]): Promise<void> {
  await atomically(store, async (db) => {
    for (const some of batches(ids)) {
      await db.deleteFrom('records').where('base', '=', base).where('id', 'in', some).execute()
      await db.deleteFrom('blockingKeys').where('base', '=', base).where('record', 'in', some).execute()
      await db
        .deleteFrom('duplicatePairs')
        .where('base', '=', base)
        .where((eb) => eb.or([eb('one', 'in', some), eb('other', 'in', some)]))
        .execute()
    }
  })
}

/** The ids of the records whose commune is not known; none where there are more than `most`. */
export async function idsWithoutCommune(store: Store, base: string, most: number): Promise<number[]> {
  const rows = await recordsIn(store, base)
    .select('id')
    .where('commune', 'is', null)
    .limit(most + 1)
    .execute()
  return rows.length > most ? [] : rows.map(({ id }) => id)
}

/** The greatest id remembered of `base` between two, both included; null: none is. */
export async function greatestBetween(
  store: Store,
  base: string,
  fromId: number,
  toId: number,
): Promise<number | null> {
  const row = await recordsIn(store, base)
    .select('id')
    .where('id', '>=', fromId)
    .where('id', '<=', toId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Every id remembered of `base`, in order, read a page at a time: records may be saved or forgotten meanwhile. */
export async function* idsOf(store: Store, base: string): AsyncGenerator<number> {
  let last = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await recordsIn(store, base)
      .select('id')
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id } of rows) yield (last = id)
    if (rows.length < PAGE) return
  }
}

function recordsIn(store: Store, base: string) {
  return store.db.selectFrom('records').where('base', '=', base)
}

async function markedWhere(
  store: Store,
  base: string,
  column: 'epci' | 'commune' | 'identifier' | 'pivot' | 'phone',
  values: readonly (string | number)[],
): Promise<MarkedRecord[]> {
  const rows = await recordsIn(store, base)
    .select(['id', 'epci', 'told', ...MARKS])
    .where(column, 'in', values)
    .execute()
  return rows.flatMap((row) => {
    const marks = toMarks(row)
    return marks === null ? [] : [{ id: row.id, epci: row.epci, told: toTold(row.told), marks }]
  })
}
