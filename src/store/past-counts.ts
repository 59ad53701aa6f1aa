import type { SelectQueryBuilder } from 'kysely'
import type { RecordCounts } from '../domain/consolidation.ts'
import type { PastCount } from '../domain/forecast.ts'
import type { Store } from './database.ts'
import { batches } from './batches.ts'
import type { ReferentHistoryRow, Tables } from './tables.ts'

/** Days between which a speed is measured: `around` is the one wished for, `before` is not counted any more. */
export type Window = { readonly around: string; readonly before: string }

/** What an EPCI, and each of its référents (by id of row), had at the days nearest to the one wished for. */
export type PastCounts = {
  readonly epci: (siren: string) => readonly PastCount[]
  readonly referent: (siren: string, id: number) => readonly PastCount[]
}

/** For each EPCI and référent·e, the last day up to `around` and the first one after it that is before `before`. */
export async function pastCounts(store: Store, window: Window): Promise<PastCounts> {
  const [epcis, referents] = await Promise.all([pastOfEpcis(store, window), pastOfReferents(store, window)])
  const bySiren = Map.groupBy(epcis, ({ siren }) => siren)
  const byReferent = Map.groupBy(referents, ({ siren, referent }) => `${siren} ${referent}`)
  return {
    epci: (siren) => bySiren.get(siren) ?? [],
    referent: (siren, id) => byReferent.get(`${siren} ${id}`) ?? [],
  }
}

/** What was there at the end of the last day counted before a day that each EPCI has of its own; null: none was. */
export type CountsBefore = {
  readonly epci: (siren: string) => RecordCounts | null
  readonly referent: (siren: string, id: number) => RecordCounts | null
}

/** Reads it for these EPCI, each with its day ('YYYY-MM-DD'). */
export async function countsBefore(
  store: Store,
  days: readonly (readonly [siren: string, day: string])[],
): Promise<CountsBefore> {
  const epcis = new Map<string, RecordCounts>()
  const referents = new Map<string, RecordCounts>()
  for (const [day, own] of Map.groupBy(days, ([, its]) => its)) {
    const sirens = own.map(([siren]) => siren)
    for (const some of batches(sirens)) {
      for (const { siren, ...counts } of await lastOfEpcis(store, some, day)) epcis.set(siren, counts)
      for (const { siren, referent, ...counts } of await lastOfReferents(store, some, day))
        referents.set(`${siren} ${referent}`, counts)
    }
  }
  return {
    epci: (siren) => epcis.get(siren) ?? null,
    referent: (siren, id) => referents.get(`${siren} ${id}`) ?? null,
  }
}

function lastOfEpcis({ db }: Store, sirens: readonly string[], day: string) {
  const days = db
    .selectFrom('history')
    .where('day', '<', day)
    .where('siren', 'in', sirens)
    .select(({ fn }) => ['siren', fn.max('day').as('day')])
    .groupBy('siren')
  return epcisOn(db, days)
    .select(['history.siren', 'history.actors as present', 'history.prefilled'])
    .execute()
}

function lastOfReferents({ db }: Store, sirens: readonly string[], day: string) {
  const days = db
    .selectFrom('referentHistory')
    .where('day', '<', day)
    .where('siren', 'in', sirens)
    .select(({ fn }) => ['siren', 'referent', fn.max('day').as('day')])
    .groupBy(['siren', 'referent'])
  return referentsOn(db, days)
    .select(['past.siren', 'past.referent', 'past.present', 'past.prefilled'])
    .execute()
}

type Days<From extends keyof Tables, Row> = SelectQueryBuilder<Tables, From, Row>

/** The rows of « Historique » of these EPCI, each on the day asked for. */
function epcisOn(db: Store['db'], days: Days<'history', { siren: string; day: string }>) {
  return db
    .selectFrom('history')
    .innerJoin(days.as('days'), (join) =>
      join.onRef('days.siren', '=', 'history.siren').onRef('days.day', '=', 'history.day'),
    )
}

/** The same of référent·e·s. */
function referentsOn(
  db: Store['db'],
  days: Days<'referentHistory', { siren: string; referent: number; day: string }>,
) {
  return db
    .selectFrom('referentHistory as past')
    .innerJoin(days.as('days'), (join) =>
      join
        .onRef('days.siren', '=', 'past.siren')
        .onRef('days.referent', '=', 'past.referent')
        .onRef('days.day', '=', 'past.day'),
    )
}

async function pastOfEpcis({ db }: Store, { around, before }: Window) {
  const days = db
    .selectFrom('history')
    .where('day', '<=', around)
    .select(({ fn }) => ['siren', fn.max('day').as('day')])
    .groupBy('siren')
    .unionAll(
      db
        .selectFrom('history')
        .where('day', '>', around)
        .where('day', '<', before)
        .select(({ fn }) => ['siren', fn.min('day').as('day')])
        .groupBy('siren'),
    )
  return epcisOn(db, days).select(['history.siren', 'history.day', 'history.prefilled']).execute()
}

async function pastOfReferents({ db }: Store, { around, before }: Window) {
  const days = db
    .selectFrom('referentHistory')
    .where('day', '<=', around)
    .select(({ fn }) => ['siren', 'referent', fn.max('day').as('day')])
    .groupBy(['siren', 'referent'])
    .unionAll(
      db
        .selectFrom('referentHistory')
        .where('day', '>', around)
        .where('day', '<', before)
        .select(({ fn }) => ['siren', 'referent', fn.min('day').as('day')])
        .groupBy(['siren', 'referent']),
    )
  return referentsOn(db, days).select(['past.siren', 'past.referent', 'past.day', 'past.prefilled']).execute()
}

/**
 * Keeps what each référent·e had at the end of `day`, all or none, the last of the day wins; forgets the days before
 * `since`: a person is not followed longer than a speed needs.
 */
export async function saveReferentHistory(
  store: Store,
  { day, since }: { readonly day: string; readonly since: string },
  rows: readonly Omit<ReferentHistoryRow, 'day'>[],
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    await db.deleteFrom('referentHistory').where('day', '<', since).execute()
    for (const some of batches(rows))
      await db
        .insertInto('referentHistory')
        .values(
          some.map(({ siren, referent, present, prefilled }) => ({
            siren,
            referent,
            day,
            present,
            prefilled,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['siren', 'referent', 'day']).doUpdateSet((row) => ({
            present: row.ref('excluded.present'),
            prefilled: row.ref('excluded.prefilled'),
          })),
        )
        .execute()
  })
}
