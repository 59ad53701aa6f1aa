import { declaredAnswers, journees, repeatedDates } from '../domain/declared.ts'
import { epciReport } from '../domain/epci-report.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { expectedRatio, prefill } from '../domain/prefill.ts'
import type { EpciRow, Territories } from '../nocodb/read-territories.ts'
import { changeOf, epciCells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { Territory } from './census.ts'
import type { SyncParts } from './parts.ts'
import type { reportedList } from './reported.ts'

/** What came of one EPCI: its report, and the cells that it changes (null: none). */
export type EpciOutcome = {
  readonly row: EpciRow
  readonly report: EpciReport
  readonly change: Change | null
}

/** What the ratio of expected records is made from, one a SIREN. */
export type EpciCounts = Parameters<typeof prefill>[0]

type Assessed = {
  /** 'YYYY-MM-DD' */
  readonly today: string
  readonly territories: Territories
  /** The EPCI to assess, and the sums of their records. */
  readonly epcis: ReadonlyMap<string, EpciRow>
  readonly territory: (siren: string) => Territory
  /** The counts of the other EPCI of the base: what is expected of one depends on them all. */
  readonly others: readonly EpciCounts[]
  readonly reported: ReturnType<typeof reportedList>
}

/** Assesses these EPCI: what people declared of them, and the sums of their records. */
export function assessEpcis(
  { columns, rules, geography }: Pick<SyncParts, 'columns' | 'rules' | 'geography'>,
  { today, territories, epcis, territory, others, reported }: Assessed,
): EpciOutcome[] {
  const of = bySiren(territories, reported)
  const counted = [...epcis].map(([siren, row]) => {
    const { tally, findings } = territory(siren)
    const indicators = tally.indicators()
    if (indicators.actors === 0) reported.add('epci.no_actors', row.id)
    const counts = {
      ...declaredCounts(row, geography),
      present: indicators.actors,
      prefilled: indicators.prefilled,
    }
    return { siren, row, indicators, findings: findings.counts(), counts }
  })
  const ratio = expectedRatio([...counted.map(({ counts }) => counts), ...others], rules.referentials)
  return counted.map(({ siren, row, indicators, findings, counts }) => {
    const diagnostics = of.diagnostics.get(siren) ?? []
    if (repeatedDates(diagnostics).length > 0) reported.add('diagnostic.repeated_date', row.id)
    if (row.retainedUnknown) reported.add('epci.unknown_retained', row.id)
    const { next, ...participation } = journees(of.journees.get(siren) ?? [], today)
    const answers = declaredAnswers(diagnostics, of.referents.get(siren) ?? [])
    const facts = { siren, name: row.name, day: today, retained: row.retained, answers, indicators, findings }
    const report = epciReport({ ...facts, prefill: prefill(counts, ratio), ...participation }, rules)
    return { row, report, change: changeOf(row.row, epciCells(columns, report, next)) }
  })
}

/** What is declared of the records to expect of one EPCI. */
export function declaredCounts(
  { siren, expectedActors, population }: EpciRow,
  geography: SyncParts['geography'],
): Pick<EpciCounts, 'declared' | 'population'> {
  const official = siren === null ? null : geography.epci(siren)
  return { declared: expectedActors, population: population ?? official?.population ?? null }
}

/** One row for each SIREN, the lowest id; what is odd about the others is reported. */
export function distinctEpcis(
  { epcis }: Territories,
  geography: SyncParts['geography'],
  reported: ReturnType<typeof reportedList>,
): ReadonlyMap<string, EpciRow> {
  const first = new Map<string, EpciRow>()
  for (const row of [...epcis].sort((one, other) => one.id - other.id)) {
    if (row.siren === null) reported.add('epci.no_siren', row.id)
    else if (first.has(row.siren)) reported.add('epci.repeated_siren', row.id)
    else {
      first.set(row.siren, row)
      if (geography.epci(row.siren) === null) reported.add('epci.unknown_siren', row.id)
    }
  }
  return first
}

/** Diagnostics, journées and référents of each SIREN; two rows with one SIREN are one territory. */
function bySiren(territories: Territories, reported: ReturnType<typeof reportedList>) {
  const { epcis, diagnostics } = territories
  const known = new Set(epcis.map(({ id }) => id))
  for (const { id, epci } of diagnostics)
    if (epci === null || !known.has(epci)) reported.add('diagnostic.no_epci', id)
  return declaredBySiren(territories)
}

/** The same, nothing reported. */
export function declaredBySiren({ epcis, diagnostics, journees: days, referents }: Territories) {
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const group = <Row extends { readonly epci: number | null }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ epci }) => (epci === null ? null : (sirens.get(epci) ?? null)))
  return { diagnostics: group(diagnostics), journees: group(days), referents: group(referents) }
}
