import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ActorAssessment } from '../domain/assessment.ts'
import { anomaliesOf, anomalyLine, linesWith } from '../domain/completeness/sentences.ts'
import type { Comparable } from '../domain/duplicates/duplicate-index.ts'
import type { FieldName } from '../domain/fields.ts'
import { nextTurn } from '../domain/record-facts.ts'
import type { Finding } from '../domain/finding.ts'
import type { Cell } from '../nocodb/cells.ts'
import { sourceTitles } from '../nocodb/actor-fields.ts'
import { READ_KEYS, linkOf, stampOf } from '../nocodb/actor-rows.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import type { ActorTable } from '../nocodb/actor-tables.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import { actorCells, changeOf } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { TextDigest } from '../store/digest-key.ts'
import type { RecordState, ToldByOthers } from '../store/record-rows.ts'
import { packageVersion } from '../version.ts'
import type { DayRules } from './day-rules.ts'
import type { EpciLink, EpciLinks } from './epci-links.ts'
import type { SyncContext } from './sync-context.ts'

/** One record as it was read and judged, and what the store is to remember of it. */
export type AssessedRecord = {
  readonly row: ActorRow
  readonly assessment: ActorAssessment
  readonly link: EpciLink
  readonly state: RecordState
  /** What it says where records are held against each other as places; null: it is not. */
  readonly comparable: Comparable | null
}

/** What records are judged by. */
export type Judging = {
  readonly rules: SyncContext['rules']
  readonly day: DayRules
  readonly links: EpciLinks
  /** What tells of a record that its link, or the rows of the table EPCI, are no longer what they were. */
  readonly via: (link: number | null) => string
  /** What tells that other rules, or other columns, judged it. */
  readonly assessedBy: string
  /** From which instant on NocoDB's own may come again: such a record is looked at once more. ISO, to the second. */
  readonly unsettled: string
}

/** NocoDB tells instants to the second, and its clock is not ours. */
const UNSETTLED_MS = 120_000

/** Prepares it for one piece of work. */
export function judging(
  { base, columns, rules, now }: SyncContext,
  day: DayRules,
  sirens: EpciSirens,
  links: EpciLinks,
): Judging {
  return {
    ...{ rules, day, links },
    via: viaOf(sirens),
    assessedBy: assessedBy({ base, columns, rules }, day.digest),
    unsettled: new Date(now().getTime() - UNSETTLED_MS).toISOString().slice(0, 19),
  }
}

/** By which rules, program and columns a record is judged, and under which key its digests are made. */
export function assessedBy(
  { base, columns, rules }: Pick<SyncContext, 'base' | 'columns' | 'rules'>,
  digest: TextDigest,
): string {
  // A column that is made again, or of another type, and a choice that is renamed, change cells and no row's instant.
  const [first, ...others] = actorTables(base, columns).tables.map((one) => ({
    ...{ id: one.table.id, title: one.title },
    forms: formsOf(one),
  }))
  const facts = [rules.fingerprint, packageVersion(), first?.id, first?.forms, base.settings.linkEpcis]
  // People name the records of one table in another by its title (« Pas un doublon de »).
  const beside = others.length === 0 ? [] : [first?.title, others]
  return hash('sha256', JSON.stringify([...facts, digest.id, ...beside]), 'hex').slice(0, 16)
}

/** What of the columns of a table changes what is read of its records. */
function formsOf({ table, names }: ActorTable) {
  return READ_KEYS.flatMap((key) => {
    const sources = sourceTitles(names[key]).map((title) => {
      const column = table.columns.get(title)
      return column === undefined ? null : [column.id, column.kind, column.options.toSorted()]
    })
    const { from, words } = names[key] ?? {}
    if (names[key] === undefined) return [key]
    return from === undefined && words === undefined ? sources : [...sources, { from, words }]
  })
}

/** What a link to a row of the table EPCI means; without one, all rows count: any of them may be the one to link to. */
export function viaOf({ of, wrong }: EpciSirens): (link: number | null) => string {
  const rows = [...of, ...wrong].map(([id, siren]) => `${id} ${siren} ${wrong.has(id) ? 'wrong' : ''}`)
  const all = `none ${hash('sha256', rows.toSorted().join('\n'), 'hex').slice(0, 16)}`
  return (link) => (link === null ? all : `${link} ${of.get(link) ?? ''} ${wrong.get(link) ?? ''}`)
}

/** Judges one record; `before` is what is known of it. Nothing is written, and nothing is remembered yet. */
export function assessRecord(parts: Judging, row: ActorRow, before: RecordState | undefined): AssessedRecord {
  const { rules, day } = parts
  const { freshness, referent: followedBy } = row.from.names
  const changedOn = isReadAnew(parts, row, before)
    ? before.changedOn
    : day.changedOn(row, before, freshness.title)
  const actor = { ...row.actor, changedOn }
  const assessment = day.judge(actor)
  const { link, linked } = parts.links(row, before)
  const { epci } = assessment
  const comparable = day.pairing.comparable(actor)
  const stamp = stampOf(row)
  const referent = followedBy === undefined ? null : textOf(row.row[followedBy.title])
  const facts = epci === null ? null : day.factsOf(epci, actor, assessment, referent)
  noteSource(day, facts, actor.fields.source)
  const state: RecordState = {
    ...{ epci, linked, fingerprint: row.fingerprint, changedOn: actor.changedOn, filled: row.filled },
    stamp: stamp === null || settled(stamp) >= parts.unsettled ? null : stamp,
    via: parts.via(linkOf(row)),
    facts,
    assessedBy: parts.assessedBy,
    nextTurn: nextTurn(actor, day.today, rules.completeness.freshness),
    issues: issuesOf(row, assessment, link, day),
    compared:
      comparable === null ? null : day.digest.text(`${comparable.said}\u001e${actor.notDuplicateOf ?? ''}`),
    marks: day.cross.marksOf(actor, assessment),
    told: before?.assessedBy == null ? toldInCell(parts, row) : before.told,
  }
  return { row, assessment, link, state, comparable }
}

/** Whether other rules or columns read a record that nobody touched: what it says otherwise is no change of people's. */
function isReadAnew(
  { assessedBy }: Judging,
  row: ActorRow,
  before: RecordState | undefined,
): before is RecordState {
  if (before === undefined || before.stamp === null || before.assessedBy === assessedBy) return false
  return before.stamp === stampOf(row)
}

/** Whether two say the same of a record, but when it was seen. */
export function alike({ stamp: _, ...one }: RecordState, { stamp: __, ...other }: RecordState): boolean {
  return isDeepStrictEqual(one, other)
}

/** What a record's own cells are to be: those that differ, and the link that it lacks. `pairs` undefined: that cell stays. */
export function recordChange(
  { day }: Judging,
  { row, assessment, link }: Pick<AssessedRecord, 'row' | 'assessment' | 'link'>,
  told: ToldByOthers,
  pairs?: string | null,
): Change | null {
  // Nobody could follow what is proposed for a field of which their table has no column.
  const hasColumn = (field: FieldName) => row.from.names[field] !== undefined
  const findings = assessment.findings.filter(({ field }) => hasColumn(field))
  const lines = [...findings, ...toldFindings(told, day)].map(anomalyLine)
  const missing = day.missing(assessment, link, hasColumn)
  const sentences = { missing, anomalies: anomaliesOf(lines) }
  const cells = {
    ...actorCells(row.from.names, assessment, sentences),
    ...(pairs === undefined ? {} : { [row.from.names.possibleDuplicates.title]: pairs }),
  }
  const change = changeOf(row.row, cells)
  if (link.kind === 'fill') return { id: row.id, cells: change?.cells ?? {}, link: link.link }
  return change === null ? null : { ...change, id: row.id }
}

/** What other records tell, as findings. */
export function toldFindings(told: ToldByOthers, { cross }: DayRules): Finding[] {
  return [...cross.codes.values()].flatMap(({ code, field, severity }) => {
    const message = told[code]
    return message === undefined ? [] : [{ field, code, severity, message, suggestion: null }]
  })
}

/** The same, with what its cell says that others tell: that stands until all are read, whatever the store says. */
export function asTold(parts: Judging, one: AssessedRecord): AssessedRecord {
  return { ...one, state: { ...one.state, told: toldInCell(parts, one.row) } }
}

/** Where the store does not know it (it was lost), the cell still says what others told. */
function toldInCell({ day }: Judging, { row, from }: ActorRow): ToldByOthers {
  const cell = row[from.names.anomalies.title]
  if (typeof cell !== 'string') return NOTHING
  const codes = new Set([...day.cross.codes.values()].map(({ code }) => code))
  const lines = linesWith(codes, cell).map(({ text }) => [codeIn(text), messageIn(text)] as const)
  return lines.length === 0 ? NOTHING : Object.fromEntries(lines)
}

const NOTHING: ToldByOthers = {}

/** « À vérifier — the sentence [the.code] » */
function codeIn(line: string): string {
  return line.slice(line.lastIndexOf('[') + 1, -1)
}

function messageIn(line: string): string {
  return line.slice(line.indexOf(' — ') + 3, line.lastIndexOf(' ['))
}

/** So many sources no region has; a column that holds something else would fill the memory. */
const SOURCES = 5000

function noteSource({ sourceNames }: DayRules, facts: RecordState['facts'], text: string | null): void {
  const written = facts?.reading.source?.written
  if (written !== undefined && text !== null && sourceNames.size < SOURCES)
    sourceNames.set(written, text.trim())
}

/** Codes of what a run is to tell of a record. */
export type RecordIssue = 'actor.no_epci' | 'actor.unlinked' | 'actor.unknown_code' | 'actor.other_epci'

function issuesOf(
  { actor }: ActorRow,
  { epci, findings }: ActorAssessment,
  link: EpciLink,
  { codes }: DayRules,
): RecordIssue[] {
  const issues: RecordIssue[] = []
  if (epci === null) issues.push('actor.no_epci')
  else if (link.kind === 'left') issues.push('actor.unlinked')
  if (actor.verified.some((code) => !codes.has(code))) issues.push('actor.unknown_code')
  if (findings.some(({ code }) => code === 'code_insee.other_epci')) issues.push('actor.other_epci')
  return issues
}

/** NocoDB's instants are ISO, with a blank or a T, and a zone: to the second they compare as text. */
function settled(stamp: string): string {
  return new Date(stamp).toISOString().slice(0, 19)
}

function textOf(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell)
}
