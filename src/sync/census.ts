import { compileActorRules } from '../domain/completeness/assess-actor.ts'
import { anomaliesText, missingSentence } from '../domain/completeness/sentences.ts'
import type { Geography } from '../domain/geography.ts'
import { epciTally } from '../domain/indicators/tally.ts'
import { findingTally } from '../domain/indicators/finding-tally.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
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

/** The running count of a base: fed page by page, it keeps sums per EPCI and, of a record, only its comparison keys. */
export type Census = {
  page(rows: readonly ActorRow[], known: ReadonlyMap<number, KnownRecord>): PageOutcome
  territory(siren: string): Territory
  /** Once every page is in: the cells « Doublons possibles » that change. */
  duplicates(): Change[]
  readonly actors: number
}

/** The sums of one EPCI. */
export type Territory = {
  readonly tally: ReturnType<typeof epciTally>
  readonly findings: ReturnType<typeof findingTally>
}

/** Starts a census for `today` ('YYYY-MM-DD'). `written` says whether the rows of an EPCI may be written (null: no EPCI). */
export function startCensus(parts: {
  readonly rules: Rules
  readonly geography: Geography
  readonly columns: Columns
  readonly today: string
  readonly reported: ReturnType<typeof reportedList>
  readonly written: (siren: string | null) => boolean
}): Census {
  const { rules, geography, columns, today, reported, written } = parts
  const judge = compileActorRules(rules.completeness, geography, today, rules.completeness.writeBack)
  const territories = new Map<string, Territory>()
  const territory = (siren: string): Territory => {
    const known = territories.get(siren) ?? {
      tally: epciTally(siren, geography, today),
      findings: findingTally(),
    }
    territories.set(siren, known)
    return known
  }
  const duplicates = duplicateCells(columns, written)
  let actors = 0
  const one = (
    row: ActorRow,
    known: KnownRecord | undefined,
    out: { changes: Change[]; remember: Remembered[] },
  ) => {
    const changedOn = lastChange(row, known, today)
    const actor = { ...row.actor, changedOn }
    const assessment = judge(actor)
    if (assessment.epci === null) reported.add('actor.no_epci', row.id)
    else count(territory(assessment.epci))
    if (assessment.findings.some(({ code }) => code === 'code_insee.other_epci'))
      reported.add('actor.other_epci', row.id)
    if (
      known?.fingerprint !== row.fingerprint ||
      known.epci !== assessment.epci ||
      known.changedOn !== changedOn
    )
      out.remember.push({ id: row.id, epci: assessment.epci, fingerprint: row.fingerprint, changedOn })
    duplicates.add(row, assessment.epci)
    if (!written(assessment.epci)) return
    const sentences = {
      missing: missingSentence(assessment, rules.completeness),
      anomalies: anomaliesText(assessment),
    }
    const change = changeOf(row.row, actorCells(columns, assessment, sentences))
    if (change !== null) out.changes.push(change)

    function count({ tally, findings }: Territory): void {
      tally.add(actor, assessment)
      findings.add(assessment.findings)
    }
  }
  return {
    page(rows, known) {
      const out = { changes: [] as Change[], remember: [] as Remembered[] }
      for (const row of rows) one(row, known.get(row.id), out)
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
  const said = actor.fields.date_maj
  return said !== null && /^\d{4}-\d{2}-\d{2}$/.test(said) && said <= today ? said : touchedOn
}
