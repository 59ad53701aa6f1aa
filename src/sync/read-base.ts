import { declaredAnswers, journees, repeatedDates } from '../domain/declared.ts'
import { epciReport } from '../domain/epci-report.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { RowId } from '../nocodb/cells.ts'
import { readActors } from '../nocodb/read-actors.ts'
import { readTerritories } from '../nocodb/read-territories.ts'
import type { EpciRow, Territories } from '../nocodb/read-territories.ts'
import { changeOf, epciCells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { forgetRecords, recordsBetween, saveRecords } from '../store/records.ts'
import { startCensus } from './census.ts'
import type { Census } from './census.ts'
import { parisDay } from './paris-day.ts'
import { planConditions } from './plan-conditions.ts'
import type { ConditionsPlan } from './plan-conditions.ts'
import { prefillBasis, territoryPrefill } from './territory-prefill.ts'
import type { PrefillBasis } from './territory-prefill.ts'
import { reportedList } from './reported.ts'
import type { Reported } from './reported.ts'
import type { SyncParts } from './parts.ts'
import { strayConditions, territoryConditions } from './territory-conditions.ts'

/** What a reading of the whole base found; nothing has been written to NocoDB but what `onActorChanges` wrote. */
export type BaseReading = {
  readonly actors: number
  readonly epcis: number
  readonly reports: readonly EpciReport[]
  readonly epciChanges: readonly Change[]
  readonly conditions: ConditionsPlan
  readonly reported: readonly Reported[]
}

type ReadOptions = {
  /** SIREN whose rows may be written (null: all); everything is read all the same. */
  readonly epcis: readonly string[] | null
  /** Whether the store learns what was seen. */
  readonly remember: boolean
  readonly onActorChanges: (changes: readonly Change[]) => Promise<void>
  readonly onPage?: (actors: number) => Promise<void> | void
}

/** Reads the base once, a page of actors at a time, and assesses every EPCI. */
export async function readBase(parts: SyncParts, options: ReadOptions): Promise<BaseReading> {
  const { base, columns, rules, geography, now } = parts
  const today = parisDay(now())
  const reported = reportedList()
  const reading = readTerritories(base, columns)
  const basis = reading.then((territories) => prefillBasis(parts, territories, today))
  const wanted = options.epcis === null ? null : new Set(options.epcis)
  const census = startCensus({
    rules,
    geography,
    columns,
    today,
    reported,
    written: (siren) => wanted === null || (siren !== null && wanted.has(siren)),
  })
  const [territories, prefilled] = await Promise.all([
    reading,
    basis,
    readCensus(parts, options, census, { territories: reading, basis }),
  ])
  const epcis = distinct(territories, geography, reported)
  const outcomes = assessEpcis(parts, { today, census, territories, epcis, reported, basis: prefilled })
  const kept = outcomes.filter(({ report }) => wanted === null || wanted.has(report.siren))
  const reports = kept.map(({ report }) => report)
  for (const { id } of strayConditions(territories.conditions, rules))
    reported.add('condition.unknown_code', id)
  return {
    actors: census.actors,
    epcis: kept.length,
    reports,
    conditions: planConditions(columns, territories.conditions, reports),
    epciChanges: kept.flatMap(({ change }) => (change === null ? [] : [change])),
    reported: reported.all(),
  }
}

async function readCensus(
  { base, columns, store }: SyncParts,
  { remember, onActorChanges, onPage }: ReadOptions,
  census: Census,
  {
    territories,
    basis,
  }: { readonly territories: Promise<Territories>; readonly basis: Promise<PrefillBasis> },
): Promise<void> {
  const sirens = sirensOf(territories)
  sirens.catch(() => {}) // told by whoever awaits `territories`
  basis.catch(() => {}) // likewise
  let last = 0
  for await (const page of readActors(base, columns, sirens)) {
    const end = page.at(-1)?.id ?? last
    const known = await recordsBetween(store, base.id, last + 1, end)
    last = end
    const outcome = census.page(page, known, (await basis).namedIn)
    if (remember) {
      if (outcome.remember.length > 0) await saveRecords(store, base.id, outcome.remember)
      const seen = new Set(page.map(({ id }) => id))
      const gone = [...known.keys()].filter((id) => !seen.has(id))
      if (gone.length > 0) await forgetRecords(store, base.id, gone)
    }
    if (outcome.changes.length > 0) await onActorChanges(outcome.changes)
    await onPage?.(census.actors)
  }
  const duplicates = census.duplicates()
  if (duplicates.length > 0) await onActorChanges(duplicates)
  if (remember) await forgetBeyond(store, base.id, last)
}

async function sirensOf(territories: Promise<Territories>): Promise<ReadonlyMap<RowId, string>> {
  const { epcis } = await territories
  return new Map(epcis.flatMap(({ id, siren }) => (siren === null ? [] : [[id, siren] as const])))
}

/** Records beyond the last row of the base were deleted there. */
async function forgetBeyond(store: SyncParts['store'], base: string, last: number): Promise<void> {
  const gone = [...(await recordsBetween(store, base, last + 1, Number.MAX_SAFE_INTEGER)).keys()]
  if (gone.length > 0) await forgetRecords(store, base, gone)
}

/** One row for each SIREN, the lowest id; what is odd about the others is reported. */
function distinct(
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

type EpciOutcome = { readonly report: EpciReport; readonly change: Change | null }

function assessEpcis(
  { columns, rules, geography }: SyncParts,
  read: {
    readonly today: string
    readonly census: Census
    readonly territories: Territories
    readonly epcis: ReadonlyMap<string, EpciRow>
    readonly reported: ReturnType<typeof reportedList>
    readonly basis: PrefillBasis
  },
): EpciOutcome[] {
  const { today, census, territories, epcis, reported, basis } = read
  const of = bySiren(territories, reported)
  const counted = [...epcis].map(([siren, row]) => {
    const { tally, findings, prefill } = census.territory(siren)
    const indicators = tally.indicators()
    if (indicators.actors === 0) reported.add('epci.no_actors', row.id)
    if (row.retainedUnknown) reported.add('epci.unknown_retained', row.id)
    const official = geography.epci(siren)
    const counts = {
      siren,
      declared: row.expectedActors,
      reference: basis.reference(siren),
      population: (row.population ?? official?.population) || null,
      region: official?.region ?? null,
      present: indicators.actors,
      prefilled: indicators.prefilled,
    }
    return { siren, row, indicators, findings: findings.counts(), counts, tally: prefill }
  })
  const prefillOf = territoryPrefill(
    basis,
    counted.map(({ counts }) => counts),
    rules.prefill,
  )
  return counted.map(({ siren, row, indicators, findings, counts, tally }) => {
    const diagnostics = of.diagnostics.get(siren) ?? []
    if (repeatedDates(diagnostics).length > 0) reported.add('diagnostic.repeated_date', row.id)
    const { next, last, ...participation } = journees(of.journees.get(siren) ?? [], today)
    const referents = of.referents.get(siren) ?? []
    const answers = declaredAnswers(diagnostics, referents)
    const { name, retained, actualDays } = row
    const { population } = counts
    const known = { siren, name, day: today, population, retained, actualDays, answers }
    const held = { journees: of.journees.get(siren) ?? [], rows: of.conditions.get(siren) ?? [] }
    const conditions = territoryConditions({ today, referents: answers.referents, ...held }, rules)
    const facts = { ...known, indicators, findings, conditions }
    const progress = prefillOf(counts, tally, referents, { today, next, last })
    const report = epciReport({ ...facts, ...progress, ...participation }, rules)
    return { report, change: changeOf(row.row, epciCells(columns, report)) }
  })
}

/** Diagnostics, journées and référents of each SIREN; two rows with one SIREN are one territory. */
function bySiren(
  { epcis, diagnostics, journees: days, referents, conditions }: Territories,
  reported: ReturnType<typeof reportedList>,
) {
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const group = <Row extends { readonly epci: number | null }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ epci }) => (epci === null ? null : (sirens.get(epci) ?? null)))
  for (const { id, epci } of diagnostics)
    if (epci === null || !sirens.has(epci)) reported.add('diagnostic.no_epci', id)
  return {
    diagnostics: group(diagnostics),
    journees: group(days),
    referents: group(referents),
    conditions: Map.groupBy(conditions, ({ siren }) => siren),
  }
}
