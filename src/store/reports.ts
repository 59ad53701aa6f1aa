import type { Kysely } from 'kysely'
import type { PortreaEvent } from '../domain/events.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'
import { publish } from './events.ts'
import type { Publishing } from './events.ts'
import type { ReportRow, Tables } from './tables.ts'

/** The last report of one EPCI. `report` is what the domain computed, as JSON: of a finding the field and the code only. */
export type StoredReport = {
  readonly siren: string
  readonly computedAt: string
  readonly rules: string
  readonly report: unknown
}

/** What to tell of reports that replace others: `before` holds the former ones by SIREN. */
export type ReportEvents = Publishing & {
  readonly eventsOf: (before: ReadonlyMap<string, unknown>) => readonly PortreaEvent[]
}

/**
 * Keeps these reports in place of the former ones of the same EPCI, all or none, with the events that tell what changed.
 * A SIREN may come once.
 */
export async function saveReports(
  store: Store,
  reports: readonly StoredReport[],
  news?: ReportEvents,
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    const before = news === undefined ? null : await formerReports(store, db, reports)
    for (const some of batches(reports)) {
      await db
        .insertInto('reports')
        .values(
          some.map(({ siren, computedAt, rules, report }) => ({
            siren,
            computedAt,
            rules,
            report: JSON.stringify(report),
          })),
        )
        .onConflict((conflict) =>
          conflict.column('siren').doUpdateSet((row) => ({
            computedAt: row.ref('excluded.computedAt'),
            rules: row.ref('excluded.rules'),
            report: row.ref('excluded.report'),
          })),
        )
        .execute()
    }
    if (news !== undefined && before !== null) await publish(db, { ...news, events: news.eventsOf(before) })
  })
}

/** The reports about to be replaced; on PostgreSQL another who would replace them waits, so that nothing is told twice. */
async function formerReports(
  { engine }: Store,
  db: Kysely<Tables>,
  reports: readonly StoredReport[],
): Promise<Map<string, unknown>> {
  const former = new Map<string, unknown>()
  for (const some of batches(reports.map(({ siren }) => siren).sort())) {
    const asked = db
      .selectFrom('reports')
      .select(['siren', 'report'])
      .where('siren', 'in', some)
      .orderBy('siren')
    const rows = await (engine.name === 'postgresql' ? asked.forUpdate() : asked).execute()
    for (const { siren, report } of rows) former.set(siren, JSON.parse(report) as unknown)
  }
  return former
}

/** Forgets the reports of every EPCI but these: the others are no longer in the base. */
export async function forgetOtherReports(store: Store, sirens: readonly string[]): Promise<void> {
  const kept = new Set(sirens)
  const known = await store.db.selectFrom('reports').select('siren').execute()
  await forgetReports(
    store,
    known.map(({ siren }) => siren).filter((siren) => !kept.has(siren)),
  )
}

/** Forgets the reports of these EPCI. */
export async function forgetReports(store: Store, sirens: readonly string[]): Promise<void> {
  for (const some of batches(sirens))
    await store.db.deleteFrom('reports').where('siren', 'in', some).execute()
}

/** The last report of this EPCI; null: it has none yet. */
export async function getReport(store: Store, siren: string): Promise<StoredReport | null> {
  const row = await store.db.selectFrom('reports').selectAll().where('siren', '=', siren).executeTakeFirst()
  return row === undefined ? null : toReport(row)
}

/** The last report of those of these EPCI that have one. */
export async function reportsOf(store: Store, sirens: readonly string[]): Promise<StoredReport[]> {
  const found: StoredReport[] = []
  for (const some of batches(sirens))
    found.push(
      ...(await store.db.selectFrom('reports').selectAll().where('siren', 'in', some).execute()).map(
        toReport,
      ),
    )
  return found
}

/** The last report of every EPCI, in the order of the SIREN. */
export async function listReports(store: Store): Promise<StoredReport[]> {
  return (await store.db.selectFrom('reports').selectAll().orderBy('siren').execute()).map(toReport)
}

/** Which report of each EPCI stands, in the order of the SIREN, without reading it: another one has another `version`. */
export async function listVersions({ db }: Store): Promise<{ siren: string; version: string }[]> {
  const rows = await db
    .selectFrom('reports')
    .select(['siren', 'computedAt', 'rules'])
    .select(({ fn }) => fn<number>('octet_length', ['report']).as('bytes'))
    .orderBy('siren')
    .execute()
  return rows.map(({ siren, computedAt, rules, bytes }) => ({
    siren,
    version: `${computedAt} ${bytes} ${rules}`,
  }))
}

/** How many EPCI have a report. */
export async function countReports(store: Store): Promise<number> {
  const { reports } = await store.db
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('reports'))
    .executeTakeFirstOrThrow()
  return Number(reports)
}

function toReport(row: ReportRow): StoredReport {
  return { ...row, report: JSON.parse(row.report) as unknown }
}
