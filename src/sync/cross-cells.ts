import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import { crossIndex } from '../domain/completeness/cross-index.ts'
import type { CrossFacts } from '../domain/completeness/cross-facts.ts'
import type { CrossFindings } from '../domain/completeness/cross-index.ts'
import { numberColumn } from '../domain/completeness/number-column.ts'
import {
  anomaliesOf,
  anomaliesText,
  anomalyLine,
  isCut,
  linesWith,
} from '../domain/completeness/sentences.ts'
import type { AnomalyLine } from '../domain/completeness/sentences.ts'
import type { Finding } from '../domain/finding.ts'
import type { Geography } from '../domain/geography.ts'
import { hash } from '../domain/hash.ts'
import { crossCodes } from '../domain/rules/completeness-faults.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import { changeOf } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'

/** A row whose « Anomalies » may have to change for what the other records tell of it. */
export type StaleRow = Pick<CrossFindings, 'epci' | 'findings'> & { readonly id: number }

/** A line of a cell that another record gave rise to; a person has not accepted it. */
export type Standing = AnomalyLine & Pick<Finding, 'field' | 'code'>

/**
 * What the other records tell of a row is known when all were read; rows are not kept until then. Of each, the index
 * keeps its numbers, and one more tells which such lines its cell bears: where they are those wanted, nothing is to be
 * done; else the row is read again.
 */
export type CrossCells = {
  /** The text of « Anomalies » as far as it can be told now: of the record alone, or the cell as it is, to be seen to later. */
  add(row: ActorRow, assessment: ActorAssessment, facts: CrossFacts): string | null
  /** Once all are in: the rows of which something is told, or whose cell tells something. */
  all(): Generator<StaleRow & { readonly stale: boolean }>
  /** The changes of rows read again. */
  changes(rows: readonly (readonly [ActorRow, ActorAssessment])[], stale: readonly StaleRow[]): Change[]
  /** What its cell says for the other records; nothing where they are all about to come. */
  standing(row: ActorRow): readonly Standing[]
}

type Parts = { readonly rules: Rules; readonly geography: Geography; readonly columns: Columns }

/** A cell that bears no such line, and one that has to be read again whatever is told. */
const BARE = 0
const UNSURE = -1

export function crossCells({ rules: { completeness }, geography, columns }: Parts): CrossCells {
  const { title } = columns.actors.columns.anomalies
  const index = crossIndex(completeness, geography, completeness.writeBack)
  const codes = new Set(crossCodes(completeness.fields))
  const borne = numberColumn(Float64Array)
  const told = teller(index, borne)
  return {
    add(row, assessment, facts) {
      index.addFacts(row.id, facts)
      const own = anomaliesText(assessment)
      const cell = row.row[title]
      if (cell === own || typeof cell !== 'string') {
        borne.push(BARE)
        return own
      }
      const lines = linesWith(codes, cell)
      const unsure = isCut(cell)
      if (lines.length === 0 && !unsure) {
        borne.push(BARE)
        return own
      }
      const wanted = anomaliesOf([...assessment.findings.map(anomalyLine), ...lines])
      borne.push(wanted === cell && !unsure ? hashOf(lines) : UNSURE)
      return cell
    },
    *all() {
      let next = 0
      for (const { at, key, epci, findings } of index.findings()) {
        yield* told(next, at)
        next = at + 1
        yield { id: key, epci, findings, stale: borne.at(at) !== hashOf(findings.map(anomalyLine)) }
      }
      yield* told(next, borne.length)
    },
    changes(rows, stale) {
      const findings = new Map(stale.map((one) => [one.id, one.findings]))
      return rows.flatMap(([{ id, row }, assessment]) => {
        const all = [...assessment.findings, ...(findings.get(id) ?? [])]
        const change = changeOf(row, { [title]: anomaliesText({ findings: all }) })
        return change === null ? [] : [change]
      })
    },
    standing: () => [],
  }
}

/** What the other records tell of a record; those of which nothing is told may be absent. */
export type ToldByOthers = ReadonlyMap<number, readonly Finding[]>

/** Of some records, where it is known what all the others tell of them. */
export function toldCells(told: ToldByOthers): CrossCells {
  return {
    add: ({ id }, { findings }) => anomaliesText({ findings: [...findings, ...(told.get(id) ?? [])] }),
    *all() {},
    changes: () => [],
    standing: ({ id }) => standingOf(told.get(id) ?? []),
  }
}

/** Findings as the lines that they are in a cell. */
export function standingOf(findings: readonly Finding[]): readonly Standing[] {
  return findings.map((finding) => ({ ...anomalyLine(finding), field: finding.field, code: finding.code }))
}

/** Of some records alone, what the others tell of them unknown: what the others told stands until all are read again. */
export function standingCells({
  rules: { completeness },
  columns,
}: Pick<Parts, 'rules' | 'columns'>): CrossCells {
  const { title } = columns.actors.columns.anomalies
  const codes = new Set(crossCodes(completeness.fields))
  const standing = ({ row, actor: { verified } }: ActorRow): readonly Standing[] => {
    const cell = row[title]
    if (typeof cell !== 'string') return []
    return linesWith(codes, cell)
      .map((line) => ({
        ...line,
        field: line.field as Finding['field'],
        code: line.text.slice(line.text.lastIndexOf('[') + 1, -1),
      }))
      .filter(({ code }) => !verified.includes(code))
  }
  return {
    add: (row, { findings }) => anomaliesOf([...findings.map(anomalyLine), ...standing(row)]),
    *all() {},
    changes: () => [],
    standing,
  }
}

/** Rows of which nothing is told, and whose cell tells something all the same. */
function teller(index: ReturnType<typeof crossIndex>, borne: ReturnType<typeof numberColumn>) {
  return function* (from: number, to: number): Generator<StaleRow & { readonly stale: true }> {
    for (let at = from; at < to; at++)
      if (borne.at(at) !== BARE) yield { id: index.key(at), epci: index.epci(at), findings: [], stale: true }
  }
}

function hashOf(lines: readonly AnomalyLine[]): number {
  return hash(lines.map(({ text }) => text).join('\n'))
}
