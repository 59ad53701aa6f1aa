import type { ActorAssessment } from '../domain/assessment.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { readDay } from '../domain/completeness/check-date.ts'
import { memo } from '../domain/completeness/memo.ts'
import { anomaliesText, blockedFields, missingSentence } from '../domain/completeness/sentences.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Geography } from '../domain/geography.ts'
import { compileTally } from '../domain/indicators/tally.ts'
import type { EpciTally } from '../domain/indicators/tally.ts'
import { findingTally } from '../domain/indicators/finding-tally.ts'
import { prefillTally } from '../domain/indicators/prefill-tally.ts'
import type { PrefillTally } from '../domain/indicators/prefill-tally.ts'
import { gapFinder, nextRecords } from '../domain/next-records.ts'
import type { Named } from '../domain/referent-names.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { Cell } from '../nocodb/cells.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import { actorCells, changeOf } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { KnownRecord } from '../store/records.ts'
import { duplicateCells } from './duplicates.ts'
import type { reportedList } from './reported.ts'

/** What the store is to remember of a record. */
export type Remembered = KnownRecord & { readonly id: number }

/** What one page of actors asks for: cells to write, records to remember. */
export type PageOutcome = { readonly changes: readonly Change[]; readonly remember: readonly Remembered[] }

type NamedIn = (siren: string) => (cell: string | null) => Named

/** The running count of a base: fed page by page, it keeps sums per EPCI and, of a record, only its comparison keys. */
export type Census = {
  /** `namedIn` says whom the cell « Référent·e » of a record of an EPCI names. */
  page(rows: readonly ActorRow[], known: ReadonlyMap<number, KnownRecord>, namedIn: NamedIn): PageOutcome
  territory(siren: string): Territory
  /** Once every page is in: the cells « Doublons possibles » that change. */
  duplicates(): Change[]
  readonly actors: number
}

/** The sums of one EPCI. */
export type Territory = {
  readonly tally: EpciTally
  readonly findings: ReturnType<typeof findingTally>
  readonly prefill: PrefillTally
}

type Parts = {
  readonly rules: Rules
  readonly geography: Geography
  readonly columns: Columns
  readonly today: string
  readonly reported: ReturnType<typeof reportedList>
  readonly written: (siren: string | null) => boolean
}

/** Starts a census for `today` ('YYYY-MM-DD'). `written` says whether the rows of an EPCI may be written (null: no EPCI). */
export function startCensus(parts: Parts): Census {
  const { rules, geography, columns, today, written } = parts
  const judge = compileActorRules(rules.completeness, geography, today, rules.completeness.writeBack)
  const profile = rules.completeness.writeBack
  const tallyOf = compileTally({ ...rules, geography, profile, today })
  const missing = missingTexts(rules.completeness)
  const duplicates = duplicateCells(parts)
  const codes = findingCodes(rules.completeness)
  const gapOf = gapFinder(rules.completeness)
  const referent = columns.actors.columns.referent.title
  const territories = new Map<string, Territory>()
  const territory = (siren: string): Territory => {
    const known = territories.get(siren)
    if (known !== undefined) return known
    const made = {
      tally: tallyOf(siren),
      findings: findingTally(),
      prefill: prefillTally(gapOf, nextRecords(rules.prefill.next, rules.completeness)),
    }
    territories.set(siren, made)
    return made
  }
  let actors = 0
  return {
    page(rows, known, namedIn) {
      const out = { changes: [] as Change[], remember: [] as Remembered[] }
      for (const row of rows) {
        const before = known.get(row.id)
        const actor = { ...row.actor, changedOn: lastChange(row, before, today) }
        const assessment = judge(actor)
        report(parts, row, assessment, codes)
        if (assessment.epci !== null) {
          const { tally, findings, prefill } = territory(assessment.epci)
          tally.add(actor, assessment)
          findings.add(assessment.findings)
          const named = namedIn(assessment.epci)(textOf(row.row[referent]))
          prefill.add(row.id, assessment, named)
          if (named.unknown) parts.reported.add('actor.unknown_referent', row.id)
        }
        duplicates.add(row, assessment.epci)
        remember(row, before, actor.changedOn, assessment.epci, out.remember)
        if (written(assessment.epci)) plan(columns, row, assessment, missing(assessment), out.changes)
      }
      actors += rows.length
      return out
    },
    territory,
    duplicates: () => duplicates.changes(),
    get actors() {
      return actors
    },
  }
}

function textOf(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell)
}

/** Every code that a record may bear. */
function findingCodes({ fields }: Rules['completeness']): ReadonlySet<string> {
  return new Set(
    fields.flatMap(({ field, findings }) => Object.keys(findings).map((reason) => `${field}.${reason}`)),
  )
}

function report(
  { reported }: Parts,
  { id, actor }: ActorRow,
  { epci, findings }: ActorAssessment,
  codes: ReadonlySet<string>,
): void {
  if (epci === null) reported.add('actor.no_epci', id)
  else if (actor.linkedEpci === null) reported.add('actor.unlinked', id)
  if (actor.verified.some((code) => !codes.has(code))) reported.add('actor.unknown_code', id)
  if (findings.some(({ code }) => code === 'code_insee.other_epci')) reported.add('actor.other_epci', id)
}

function remember(
  { id, fingerprint }: ActorRow,
  known: KnownRecord | undefined,
  changedOn: string | null,
  epci: string | null,
  into: Remembered[],
): void {
  if (known?.fingerprint === fingerprint && known.epci === epci && known.changedOn === changedOn) return
  into.push({ id, epci, fingerprint, changedOn })
}

function plan(
  columns: Columns,
  row: ActorRow,
  assessment: ActorAssessment,
  missing: string | null,
  into: Change[],
): void {
  const sentences = { missing, anomalies: anomaliesText(assessment) }
  const change = changeOf(row.row, actorCells(columns, assessment, sentences))
  if (change !== null) into.push(change)
}

/** The records of one list mostly lack the same fields: their sentence is made once. */
function missingTexts(rules: Rules['completeness']): (assessment: ActorAssessment) => string | null {
  const fields = (list: string) => (list === '' ? [] : (list.split(',') as FieldName[]))
  const sentence = memo((lists) => {
    const [missing = '', blocked = ''] = lists.split(';')
    return missingSentence({ missing: fields(missing), blocked: fields(blocked) }, rules)
  })
  return (assessment) => {
    const blocked = assessment.blocking ? blockedFields(assessment).join() : ''
    return assessment.missing.length === 0 && blocked === ''
      ? null
      : sentence(`${assessment.missing.join()};${blocked}`)
  }
}

/**
 * The day on which what people wrote last changed. The service's own writes move NocoDB's « updated at », so the
 * fingerprint decides; a record never seen before tells its own date, else NocoDB's; never today by default.
 */
function lastChange(row: ActorRow, known: KnownRecord | undefined, today: string): string | null {
  if (known === undefined) return saidOn(row, today)
  if (known.fingerprint === row.fingerprint) return known.changedOn
  const { touchedOn } = row
  return touchedOn !== null && touchedOn <= today && touchedOn >= (known.changedOn ?? '') ? touchedOn : today
}

function saidOn({ actor, touchedOn }: ActorRow, today: string): string | null {
  const { date_maj } = actor.fields
  const said = date_maj === null ? null : readDay(date_maj)
  return said !== null && said <= today ? said : touchedOn
}
