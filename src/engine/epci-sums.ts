import { setImmediate as turn } from 'node:timers/promises'
import type { CountedRecord, EpciSums, Followed } from '../domain/indicators/epci-sums.ts'
import { readValue } from '../domain/reading/read-value.ts'
import { actorTables, byTable } from '../nocodb/actor-tables.ts'
import { fieldReadings } from '../nocodb/actor-fields.ts'
import { readByIds } from '../nocodb/rows.ts'
import type { DayRules } from './day-rules.ts'
import type { SyncContext } from './sync-context.ts'
import type { RecordView } from './record-view.ts'

/** The sums of one EPCI; `insee` are the codes that its records give, where it is not of the official list. */
export type SummedEpci = EpciSums & { readonly insee: readonly string[] }

type Summing = Pick<SyncContext, 'base' | 'columns'> & {
  readonly view: RecordView
  readonly day: DayRules
  readonly sirens: readonly string[]
  readonly followedIn: (siren: string) => Followed
}

/** The sums of each of these EPCI, from what is known of their records. */
export async function sumEpcis(parts: Summing): Promise<ReadonlyMap<string, SummedEpci>> {
  const { view, day, sirens, followedIn } = parts
  const all = new Map<string, SummedEpci>()
  for (const siren of sirens) {
    await turn() // answers of NocoDB are taken in between
    const records = await view.ofEpci(siren)
    const counted = records.flatMap(([id, { facts, changedOn, told }]) =>
      facts === null ? [] : [{ id, facts, changedOn, told: Object.keys(told) }],
    )
    const pairs = await view.pairsOf(records.map(([id]) => id))
    const joined = pairs.flatMap(({ one, other, denied }) => (denied ? [] : [[one, other] as const]))
    const insee = counted.flatMap(({ facts }) => facts.insee ?? [])
    const sums = day.sumsOf(siren, counted, joined, followedIn(siren))
    all.set(siren, { ...(await withSources(parts, sums, counted)), insee })
  }
  return all
}

/** The same, where they were summed already as the store knows them (null: they were not): those touched since are summed again. */
export async function sumAgain(
  parts: Summing,
  early: ReadonlyMap<string, SummedEpci> | null,
): Promise<ReadonlyMap<string, SummedEpci>> {
  const touched = early === null ? null : await parts.view.touched()
  const stale = parts.sirens.filter((siren) => touched?.has(siren) ?? true)
  return new Map([...(early ?? []), ...(await sumEpcis({ ...parts, sirens: stale }))])
}

/** The sources by the names that people gave them: what is kept of a name is its digest. */
async function withSources(
  { base, columns, day }: Pick<Summing, 'base' | 'columns' | 'day'>,
  sums: EpciSums,
  records: readonly CountedRecord[],
): Promise<EpciSums> {
  const { sources } = sums.indicators
  if (sources.length === 0) return sums
  const unknown = new Set(
    sources.flatMap(({ source }) => source ?? []).filter((one) => !day.sourceNames.has(one)),
  )
  if (unknown.size > 0) {
    const bearers = new Map<string, number>()
    for (const { id, facts } of records) {
      const written = facts.reading.source?.written
      if (written !== undefined && unknown.has(written) && !bearers.has(written)) bearers.set(written, id)
    }
    const all = actorTables(base, columns)
    for (const [{ table, names }, own] of byTable(all, bearers.values(), (id) => id)) {
      const { titles, read } = fieldReadings(names, table).source // as the record was read
      if (titles.length === 0 && names.source?.from === undefined) continue
      for (const row of await readByIds(base, table, own.map(all.rowOf), titles)) {
        const name = (readValue('source', read(row) ?? '') ?? '').trim()
        day.sourceNames.set(day.digest.text(name), name)
      }
    }
  }
  const named = sources.map((one) => ({
    ...one,
    source: one.source === null ? null : (day.sourceNames.get(one.source) ?? UNNAMED),
  }))
  return { ...sums, indicators: { ...sums.indicators, sources: named } }
}

/** Of a source whose only record changed since. */
const UNNAMED = 'autre source'
