import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { HistoryRow } from './tables.ts'

/** The indicators of one EPCI at the end of one day: means in 0–100, counts of records; null: unknown. */
export type DayOfHistory = Readonly<HistoryRow>

/** Keeps the indicators of these EPCI for `day` ('YYYY-MM-DD'), all or none; the last of the day wins. A SIREN may come once. */
export async function saveHistory(
  store: Store,
  day: string,
  rows: readonly Omit<DayOfHistory, 'day'>[],
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(rows)) {
      await db
        .insertInto('history')
        .values(some.map((row) => figuresOf(row, day)))
        .onConflict((conflict) =>
          conflict.columns(['siren', 'day']).doUpdateSet((row) => ({
            actors: row.ref('excluded.actors'),
            completeness: row.ref('excluded.completeness'),
            publishable: row.ref('excluded.publishable'),
            freshness: row.ref('excluded.freshness'),
            recommended: row.ref('excluded.recommended'),
            confidence: row.ref('excluded.confidence'),
            prefilled: row.ref('excluded.prefilled'),
            expected: row.ref('excluded.expected'),
          })),
        )
        .execute()
    }
  })
}

/** The days of this EPCI in order, from `from` to `to` ('YYYY-MM-DD', both included, each optional). */
export async function listHistory(
  store: Store,
  siren: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined } = {},
): Promise<DayOfHistory[]> {
  let days = store.db.selectFrom('history').selectAll().where('siren', '=', siren)
  if (from !== undefined) days = days.where('day', '>=', from)
  if (to !== undefined) days = days.where('day', '<=', to)
  return days.orderBy('day').execute()
}

/** How every EPCI stood at the end of `day` ('YYYY-MM-DD'): the last day kept that is not after it. */
export async function historyAt({ db }: Store, day: string): Promise<DayOfHistory[]> {
  const last = db
    .selectFrom('history')
    .select(({ fn }) => ['siren', fn.max('day').as('day')])
    .where('day', '<=', day)
    .groupBy('siren')
  return db
    .selectFrom('history')
    .innerJoin(last.as('last'), (join) =>
      join.onRef('last.siren', '=', 'history.siren').onRef('last.day', '=', 'history.day'),
    )
    .selectAll('history')
    .orderBy('history.siren')
    .execute()
}

/** What each EPCI was recommended the last time that it was computed. */
export async function lastRecommended({ db }: Store): Promise<Map<string, string | null>> {
  const newest = db
    .selectFrom('history')
    .select(({ fn }) => ['siren', fn.max('day').as('day')])
    .groupBy('siren')
  const rows = await db
    .selectFrom('history')
    .innerJoin(newest.as('newest'), (join) =>
      join.onRef('newest.siren', '=', 'history.siren').onRef('newest.day', '=', 'history.day'),
    )
    .select(['history.siren', 'history.recommended'])
    .execute()
  return new Map(rows.map(({ siren, recommended }) => [siren, recommended]))
}

/** The columns and nothing else, whatever more the caller's object carries. */
function figuresOf(row: Omit<DayOfHistory, 'day'>, day: string): HistoryRow {
  const {
    siren,
    actors,
    completeness,
    publishable,
    freshness,
    recommended,
    confidence,
    prefilled,
    expected,
  } = row
  return {
    siren,
    day,
    actors,
    completeness,
    publishable,
    freshness,
    recommended,
    confidence,
    prefilled,
    expected,
  }
}
