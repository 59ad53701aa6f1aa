import type { Actor } from '../domain/actor.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import { crossFactsReader } from '../domain/completeness/cross-facts.ts'
import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { memo } from '../domain/completeness/memo.ts'
import { blockedFields, missingSentence } from '../domain/completeness/sentences.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Geography } from '../domain/geography.ts'
import { compileTally } from '../domain/indicators/tally.ts'
import { countedOnce } from '../domain/indicators/counted-once.ts'
import type { OnceTally } from '../domain/indicators/counted-once.ts'
import { compileDuplicates } from '../domain/duplicates/duplicate-index.ts'
import { findingTally } from '../domain/indicators/finding-tally.ts'
import { prefillTally } from '../domain/indicators/prefill-tally.ts'
import type { PrefillTally } from '../domain/indicators/prefill-tally.ts'
import { gapFinder, nextRecords } from '../domain/next-records.ts'
import type { Steps } from '../domain/steps.ts'
import type { Named } from '../domain/referent-names.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { Cell } from '../nocodb/cells.ts'
import type { Keyed } from '../nocodb/http.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import { actorCells, changeOf } from '../nocodb/write-back.ts'
import type { Cells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { KnownRecord } from '../store/records.ts'
import { crossCells, standingCells, toldCells } from './cross-cells.ts'
import type { CrossCells, StaleRow, Standing, ToldByOthers } from './cross-cells.ts'
import type { DissolvedEpcis } from './dissolved-epcis.ts'
import { duplicateCells } from './duplicates.ts'
import type { EpciLink, EpciLinks } from './epci-links.ts'
import { lastChanges } from './last-change.ts'
import { factsKeeper, remember } from './remembered.ts'
import type { Remembered } from './remembered.ts'
import type { reportedList } from './reported.ts'

/** What one page of actors asks for: cells to write, records to remember. */
export type PageOutcome = { readonly changes: readonly Change[]; readonly remember: readonly Remembered[] }

/** What one record adds to its EPCI, and of which state of it. */
export type Contribution = Pick<KnownRecord, 'fingerprint' | 'changedOn'> & {
  readonly actor: Actor
  readonly assessment: ActorAssessment
  /** The cell « Référent·e », which is never kept. */
  readonly referent: string | null
  /** What other records told of it when they were all read, and that its cell still says. */
  readonly standing: readonly Standing[]
}

/** How the records of one EPCI are followed. */
export type Followed = {
  /** Whom the cell « Référent·e » of a record names. */
  readonly named: (cell: string | null) => Named
  /** The last journée, where the EPCI is consolidated, 'YYYY-MM-DD'; null: it is not. */
  readonly since: string | null
}

/** What is asked of each record beside its rules. */
export type Beside = {
  readonly followedIn: (siren: string) => Followed
  readonly links: EpciLinks
}

/** The running count of a base: fed page by page, it keeps sums per EPCI and, of a record, only its comparison keys. */
export type Census = {
  page(rows: readonly ActorRow[], known: ReadonlyMap<number, KnownRecord>, beside: Beside): PageOutcome
  territory(siren: string): Territory
  /** Once every page is in, and once only: the cells « Doublons possibles » that change. It takes as long as all the rest. */
  duplicates(): Steps<Change[]>
  /**
   * Once every page is in, to be walked to its end: the rows whose « Anomalies » may change for what the other records
   * tell. They are to be read again and given to `anomalies`. Null: a row that need not, for whoever lets others in now
   * and then.
   */
  stale(): Generator<StaleRow | null>
  anomalies(rows: readonly ActorRow[], stale: readonly StaleRow[]): Change[]
  readonly actors: number
}

/** The sums of one EPCI. */
export type Territory = {
  readonly tally: OnceTally
  readonly findings: ReturnType<typeof findingTally>
  readonly prefill: PrefillTally
}

type Parts = {
  readonly rules: Rules
  readonly geography: Geography
  readonly columns: Columns
  readonly today: string
  readonly reported: ReturnType<typeof reportedList>
  readonly dissolved: DissolvedEpcis
  /** Whether every record of the base will come: what records tell of each other is known then. */
  readonly whole: boolean
  /** Else what the others tell of these, where the store knows; where it does not, what their cells say stands. */
  readonly told?: ToldByOthers | null
  /** How a telephone is kept; none: what the others are held against is not kept. */
  readonly keyed?: Keyed
  readonly written: (siren: string | null) => boolean
  /** The rules as compiled before, for the same day; none: they are compiled, some ten milliseconds. */
  readonly compiled?: CompiledCensus
  /** Hears of each record as it was assessed, its `changedOn` settled. */
  readonly onAssessed?: (id: number, contribution: Contribution) => void
}

/** Starts a census for `today` ('YYYY-MM-DD'). `written` says whether the rows of an EPCI may be written (null: no EPCI). */
export function startCensus(parts: Parts): Census {
  const { columns, written, whole, compiled = compileCensus(parts) } = parts
  const { judge, changedOn, missing, codes } = compiled
  const { title } = columns.actors.columns.freshness
  const duplicates = whole ? duplicateCells(parts) : null
  const cross = whole ? crossCells(parts) : parts.told ? toldCells(parts.told) : standingCells(parts)
  const keptFacts = factsKeeper(parts.keyed)
  const contributionOf = contributionReader(columns, cross)
  const territory = territoryTallies(parts, compiled)
  let actors = 0
  return {
    page(rows, known, { followedIn, links }) {
      const out = { changes: [] as Change[], remember: [] as Remembered[] }
      for (const row of rows) {
        const before = known.get(row.id)
        const actor = { ...row.actor, changedOn: changedOn(row, before, title) }
        const assessment = judge(actor)
        const contribution = contributionOf(row, actor, assessment)
        parts.onAssessed?.(row.id, contribution)
        const { link, linked } = links(row, before)
        report(parts, row, assessment, { codes, link })
        if (assessment.epci !== null) {
          const named = countRecord(
            territory(assessment.epci),
            row.id,
            contribution,
            followedIn(assessment.epci),
          )
          if (named.unknown) parts.reported.add('actor.unknown_referent', row.id)
        }
        duplicates?.add(row, assessment.epci)
        const facts = compiled.factsOf(actor, assessment)
        const seen = { epci: assessment.epci, changedOn: actor.changedOn, linked, cross: keptFacts(facts) }
        remember(row, before, { ...seen, whole }, out.remember)
        const anomalies = cross.add(row, assessment, facts)
        const told = { missing: missing(assessment, link), anomalies }
        if (written(assessment.epci))
          out.changes.push(...planned(row, actorCells(columns, assessment, told), link))
      }
      actors += rows.length
      return out
    },
    territory,
    *duplicates() {
      return duplicates === null ? [] : yield* duplicates.changes()
    },
    stale: () => staleRows(cross, territory, written),
    anomalies: (rows, stale) =>
      cross.changes(
        rows.map((row) => [row, judge(row.actor)]),
        stale,
      ),
    get actors() {
      return actors
    },
  }
}

/** What `compileCensus` answers. */
export type CompiledCensus = ReturnType<typeof compileCensus>

/** What a census makes of the rules on one day ('YYYY-MM-DD'): it holds no record, and serves many. */
export function compileCensus({ rules, geography, today }: Pick<Parts, 'rules' | 'geography' | 'today'>) {
  const { completeness } = rules
  const profile = completeness.writeBack
  return {
    judge: compileActorRules(completeness, geography, today, profile),
    factsOf: crossFactsReader(completeness, geography, profile),
    changedOn: lastChanges(completeness, today),
    missing: missingTexts(completeness),
    codes: findingCodes(completeness),
    countingOf: compileTally({ ...rules, geography, profile, today }),
    duplicatesOf: compileDuplicates(rules),
    gapOf: gapFinder(completeness),
  }
}

/** Adds one record to the sums of its EPCI; answers whom it names. */
export function countRecord(
  { tally, findings, prefill }: Territory,
  id: number,
  { actor, assessment, referent, standing }: Contribution,
  { named: nameOf, since }: Followed,
): Named {
  const named = nameOf(referent)
  tally.add(actor, assessment)
  findings.add(standing.length === 0 ? assessment.findings : [...assessment.findings, ...standing])
  const { changedOn, step } = actor
  prefill.add(id, assessment, named, { since, changedOn, step })
  return named
}

/** The sums of each EPCI, begun when it is first asked for. */
function territoryTallies(
  { rules }: Parts,
  { countingOf, duplicatesOf, gapOf }: CompiledCensus,
): (siren: string) => Territory {
  const territories = new Map<string, Territory>()
  return (siren) => {
    const known = territories.get(siren)
    if (known !== undefined) return known
    const made = {
      tally: countedOnce(countingOf(siren), duplicatesOf()),
      findings: findingTally(),
      prefill: prefillTally(gapOf, nextRecords(rules.prefill.next, rules.completeness)),
    }
    territories.set(siren, made)
    return made
  }
}

function* staleRows(
  cross: CrossCells,
  territory: (siren: string) => Territory,
  written: Parts['written'],
): Generator<StaleRow | null> {
  for (const one of cross.all()) {
    if (one.epci !== null) for (const finding of one.findings) territory(one.epci).findings.add([finding])
    yield one.stale && written(one.epci) ? one : null
  }
}

function contributionReader({ actors }: Columns, { standing }: CrossCells) {
  const { title } = actors.columns.referent
  return (row: ActorRow, actor: Actor, assessment: ActorAssessment): Contribution => ({
    fingerprint: row.fingerprint,
    changedOn: actor.changedOn,
    actor,
    assessment,
    referent: textOf(row.row[title]),
    standing: standing(row),
  })
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
  { reported, dissolved }: Parts,
  { id, actor }: ActorRow,
  { epci, findings }: ActorAssessment,
  { codes, link }: { readonly codes: ReadonlySet<string>; readonly link: EpciLink },
): void {
  dissolved.add(actor)
  if (epci === null) reported.add('actor.no_epci', id)
  else if (link.kind === 'left') reported.add('actor.unlinked', id)
  if (actor.verified.some((code) => !codes.has(code))) reported.add('actor.unknown_code', id)
  if (findings.some(({ code }) => code === 'code_insee.other_epci')) reported.add('actor.other_epci', id)
}

/** What is to be written to a row: the cells that differ, and the link that it lacks. */
function planned({ id, row }: ActorRow, cells: Cells, link: EpciLink): Change[] {
  const change = changeOf(row, cells)
  if (link.kind === 'fill') return [{ id, cells: change?.cells ?? {}, link: link.link }]
  return change === null ? [] : [change]
}

/** The records of one list mostly lack the same fields: their sentence is made once. */
function missingTexts(
  rules: Rules['completeness'],
): (assessment: ActorAssessment, link: EpciLink) => string | null {
  const fields = (list: string) => (list === '' ? [] : (list.split(',') as FieldName[]))
  const sentence = memo((lists) => {
    const [missing = '', blocked = '', ...beside] = lists.split(';')
    return missingSentence({ missing: fields(missing), blocked: fields(blocked), beside }, rules)
  })
  return (assessment, link) => {
    const blocked = assessment.blocking ? blockedFields(assessment).join() : ''
    const lists = `${assessment.missing.join()};${blocked}`
    if (link.kind === 'left') return sentence(`${lists};l'EPCI${link.why === null ? '' : ` (${link.why})`}`)
    return lists === ';' ? null : sentence(lists)
  }
}
