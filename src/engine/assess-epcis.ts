import { declaredSentences, diagnosticNote } from '../domain/declared-sentences.ts'
import { declared, journees, repeatedDates } from '../domain/declared.ts'
import type { Declared } from '../domain/declared.ts'
import { epciReport } from '../domain/epci-report.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Counted } from '../domain/expected-records.ts'
import { canBe } from '../domain/need.ts'
import { each } from '../domain/steps.ts'
import type { Steps } from '../domain/steps.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { epciChange } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { ChoicesSeen } from './choices-seen.ts'
import type { DissolvedEpcis } from './dissolved-epcis.ts'
import type { SummedEpci } from './epci-sums.ts'
import { oddFigures } from './odd-figures.ts'
import { reportOrphans } from './orphans.ts'
import type { SyncContext } from './sync-context.ts'
import type { issueLog } from './data-issues.ts'
import { epciConditions } from './epci-conditions.ts'
import { epciPrefill } from './epci-prefill.ts'
import type { PrefillBasis } from './epci-prefill.ts'

/** What came of one EPCI: its report, and the cells that it changes (null: none). */
export type EpciOutcome = {
  readonly row: EpciRow
  readonly report: EpciReport
  readonly change: Change | null
  /** Rows of « Diagnostics » whose « À vérifier » changes. */
  readonly notes: readonly Change[]
}

/** What the ratios of expected records are made from, one a SIREN. */
export type EpciCounts = Counted & { readonly siren: string }

type Assessed = {
  /** 'YYYY-MM-DD' */
  readonly today: string
  readonly declaredRows: DeclaredRows
  /** The EPCI to assess, and the sums of their records. */
  readonly epcis: ReadonlyMap<string, EpciRow>
  readonly sums: ReadonlyMap<string, SummedEpci>
  /** The counts of the other EPCI of the base: what is expected of one depends on them all. */
  readonly others: readonly EpciCounts[]
  readonly basis: PrefillBasis
  readonly choices: ChoicesSeen
  readonly reported: ReturnType<typeof issueLog>
  /** Those that a person asked for, or declared something of: they see when it was done. */
  readonly asked: ReadonlySet<string>
}

/** Assesses these EPCI, some milliseconds each: what people declared of them, and the sums of their records. */
export function* assessEpcis(
  { columns, rules, geography, now }: Pick<SyncContext, 'columns' | 'rules' | 'geography' | 'now'>,
  { today, declaredRows, epcis, sums, others, basis, choices, reported, asked }: Assessed,
): Steps<EpciOutcome[]> {
  const of = bySiren(declaredRows, reported)
  const counted = yield* each([...epcis], ([siren, row]) => {
    const { indicators, findings, prefill, unknownReferent } = sums.get(siren)!
    for (const id of unknownReferent) reported.addRecord('actor.unknown_referent', id)
    if (indicators.actors === 0) reported.add('epci.no_actors', row.id)
    if (row.retainedUnknown) reported.add('epci.unknown_retained', row.id)
    const odd = oddFigures(columns, row, {
      journees: of.journees.get(siren) ?? [],
      diagnostics: of.diagnostics.get(siren) ?? [],
    })
    if (odd !== null) reported.add('epci.odd_figure', row.id, odd)
    const { actors: present, prefilled } = indicators
    const counts = { ...declaredCounts(siren, row, geography, basis), present, prefilled }
    return { siren, row, indicators, findings, counts, tally: prefill }
  })
  const counts = counted.map((one) => one.counts)
  const prefillOf = epciPrefill(basis, [...counts, ...others], rules.prefill)
  return yield* each(counted, ({ siren, row, indicators, findings, counts, tally }) => {
    const diagnostics = of.diagnostics.get(siren) ?? []
    if (repeatedDates(diagnostics).length > 0) reported.add('diagnostic.repeated_date', row.id)
    const { next, last, ...participation } = journees(of.journees.get(siren) ?? [], today)
    const referents = of.referents.get(siren) ?? []
    const said = declared(diagnostics, referents, today, rules.maturity.declared)
    if (said.refused.length > 0) reported.add('diagnostic.future_date', row.id)
    const { answers } = said
    const { name, retained, actualDays, stage, workingAxes, fragility } = row
    const { population } = counts
    if (fragility !== null && !isFragility(fragility, rules)) reported.add('epci.odd_fragility', row.id)
    const choice = { cell: row.atChoice, unreadable: row.retainedUnknown, seen: choices(siren) }
    const known = { siren, name, day: today, population, retained, actualDays, answers, fragility }
    const held = { journees: of.journees.get(siren) ?? [], rows: of.conditions.get(siren) ?? [] }
    const conditions = epciConditions({ today, referents: answers.referents, stage, ...held }, rules)
    const told = { answeredOn: said.answeredOn, sentences: declaredSentences(said) }
    const facts = {
      ...known,
      ...{ choice, stage, workingAxes },
      indicators,
      findings,
      conditions,
      declared: told,
      listedReferents: referents.length,
      imported: basis.imported(siren),
    }
    const progress = prefillOf(counts, tally, referents, { today, next, last })
    const report = epciReport({ ...facts, ...progress, ...participation }, rules)
    const notes = diagnosticNotes(columns, diagnostics, said, rules)
    const when = { at: now().toISOString(), asked: asked.has(siren) }
    return { row, report, change: epciChange(columns, row.row, report, when), notes }
  })
}

/** Whether it lies on the scale of the figure; a typology that does not count it has none. */
function isFragility(value: number, { typology }: SyncContext['rules']): boolean {
  const rule = typology.need.figures.find(({ key }) => key === 'fragility')
  return rule === undefined || canBe(value, rule)
}

/** The cells « À vérifier » that change. */
function diagnosticNotes(
  { diagnostics: { columns } }: SyncContext['columns'],
  rows: DeclaredRows['diagnostics'],
  said: Declared,
  { maturity }: SyncContext['rules'],
): Change[] {
  const { title } = columns.toCheck
  return rows.flatMap((row) => {
    const note = diagnosticNote(row, said, maturity)
    return note === row.toCheck ? [] : [{ id: row.id, cells: { [title]: note } }]
  })
}

/** What tells how many records to expect of one EPCI, whatever it has. */
export function declaredCounts(
  siren: string,
  { expectedActors, population }: EpciRow,
  geography: SyncContext['geography'],
  { reference, listed }: Pick<PrefillBasis, 'reference' | 'listed'>,
): Omit<EpciCounts, 'present' | 'prefilled'> {
  const official = geography.epci(siren)
  return {
    siren,
    declared: expectedActors,
    ...{ reference: reference(siren), listed: listed(siren) },
    population: (population ?? official?.population) || null,
    region: official?.region ?? null,
  }
}

/** One row for each SIREN, the lowest id; what is odd about the others is reported. */
export function distinctEpcis(
  { epcis }: DeclaredRows,
  geography: SyncContext['geography'],
  reported: ReturnType<typeof issueLog>,
  dissolved: DissolvedEpcis,
): ReadonlyMap<string, EpciRow> {
  const first = new Map<string, EpciRow>()
  for (const row of [...epcis].sort((one, other) => one.id - other.id)) {
    if (row.fault !== null) reported.add('epci.wrong_siren', row.id, row.fault)
    else if (row.siren === null) reported.add('epci.no_siren', row.id)
    else if (first.has(row.siren)) reported.add('epci.repeated_siren', row.id)
    else {
      first.set(row.siren, row)
      if (geography.epci(row.siren) !== null) continue
      const words = dissolved.words(row.siren)
      reported.add(words === null ? 'epci.unknown_siren' : 'epci.dissolved', row.id, words)
    }
  }
  return first
}

/** Diagnostics, journées and référents of each SIREN; two rows with one SIREN are one EPCI. */
function bySiren(declaredRows: DeclaredRows, reported: ReturnType<typeof issueLog>) {
  for (const { id, date } of declaredRows.journees) if (date === null) reported.add('day.no_date', id)
  reportOrphans(declaredRows, reported)
  return declaredBySiren(declaredRows)
}

/** The same, nothing reported. */
export function declaredBySiren({ epcis, diagnostics, journees: days, referents, conditions }: DeclaredRows) {
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const group = <Row extends { readonly epci: number | null }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ epci }) => (epci === null ? null : (sirens.get(epci) ?? null)))
  return {
    diagnostics: group(diagnostics),
    journees: group(days),
    referents: group(referents),
    conditions: Map.groupBy(conditions, ({ siren }) => siren),
  }
}
