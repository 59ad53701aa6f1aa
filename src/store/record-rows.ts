import type { CrossMarks } from '../domain/completeness/cross-marks.ts'
import type { RecordFacts } from '../domain/record-facts.ts'
import type { RecordRow } from './tables.ts'

/** What other records tell of one: a sentence for each code. */
export type ToldByOthers = Readonly<Record<string, string>>

/**
 * What is remembered of one actor record: figures, codes, days and digests. `linked` says whether it is linked to its EPCI
 * ('emptied': no more, and it was; 'unsure': not, and the store that knew whether it was is lost; null: not kept yet);
 * `marks` null: not kept yet.
 */
export type RecordState = Readonly<
  Pick<
    RecordRow,
    'epci' | 'fingerprint' | 'changedOn' | 'filled' | 'stamp' | 'via' | 'assessedBy' | 'nextTurn' | 'compared'
  >
> & {
  readonly linked: boolean | 'emptied' | 'unsure' | null
  readonly facts: RecordFacts | null
  readonly issues: readonly string[]
  readonly marks: CrossMarks | null
  readonly told: ToldByOthers
}

/** As numbers, by their place. */
const LINKED = [false, true, 'emptied', 'unsure'] as const
/** Columns of the table, by what they are for. */
export const MARKS = ['commune', 'latitude', 'longitude', 'identifier', 'pivot', 'phone', 'accepted'] as const
export const SEEN = ['id', 'epci', 'stamp', 'via', 'linked', 'assessedBy', 'nextTurn'] as const
export const STATE = [
  ...SEEN,
  ...MARKS,
  ...(['fingerprint', 'changedOn', 'filled', 'facts', 'issues', 'compared', 'told'] as const),
] as const
/** Where the mark of each group is kept. */
export const GROUP_COLUMNS = { id: 'identifier', pivot: 'pivot', phone: 'phone' } as const
const NO_ISSUES: readonly string[] = []
const NOTHING_TOLD: ToldByOthers = {}

/** The columns of a record, but those that tell which it is. */
export type StateRow = Pick<RecordRow, (typeof STATE)[number]>

/** A record as it is in the table. */
export function toState(row: StateRow): RecordState {
  const { epci, fingerprint, changedOn, filled, stamp, via, assessedBy, nextTurn, compared } = row
  return {
    ...{ epci, fingerprint, changedOn, filled, stamp, via, assessedBy, nextTurn, compared },
    linked: toLinked(row.linked),
    facts: toFacts(row.facts),
    issues: row.issues === null ? NO_ISSUES : (JSON.parse(row.issues) as string[]),
    marks: toMarks(row),
    told: toTold(row.told),
  }
}

/** What counts of it. */
export function toFacts(facts: string | null): RecordFacts | null {
  return facts === null ? null : (JSON.parse(facts) as RecordFacts)
}

/** How its link is kept, as what is meant. */
export function toLinked(linked: number | null): RecordState['linked'] {
  return linked === null ? null : (LINKED[linked] ?? null)
}

/** What others tell of it. */
export function toTold(told: string | null): ToldByOthers {
  return told === null ? NOTHING_TOLD : (JSON.parse(told) as ToldByOthers)
}

/** What it is compared by; null: not kept yet. */
export function toMarks(row: Pick<RecordRow, (typeof MARKS)[number]>): CrossMarks | null {
  if (row.identifier === null || row.pivot === null || row.phone === null) return null
  return {
    id: row.identifier,
    pivot: row.pivot,
    phone: row.phone,
    latitude: row.latitude ?? Number.NaN,
    longitude: row.longitude ?? Number.NaN,
    commune: row.commune,
    accepted: row.accepted ?? 0,
  }
}

/** As it is to be in the table. */
export function toRow({ linked, facts, issues, marks, told, ...plain }: RecordState): Omit<StateRow, 'id'> {
  const { epci, fingerprint, changedOn, filled, stamp, via, assessedBy, nextTurn, compared } = plain
  return {
    ...{ epci, fingerprint, changedOn, filled, stamp, via, assessedBy, nextTurn, compared },
    linked: linked === null ? null : LINKED.indexOf(linked),
    facts: facts === null ? null : JSON.stringify(facts),
    issues: issues.length === 0 ? null : JSON.stringify(issues),
    commune: marks?.commune ?? null,
    latitude: known(marks?.latitude),
    longitude: known(marks?.longitude),
    identifier: marks?.id ?? null,
    pivot: marks?.pivot ?? null,
    phone: marks?.phone ?? null,
    accepted: marks?.accepted ?? null,
    told: Object.keys(told).length === 0 ? null : JSON.stringify(told),
  }
}

function known(degrees: number | undefined): number | null {
  return degrees === undefined || Number.isNaN(degrees) ? null : degrees
}
