import type { BrakeRules } from './rules/brake.ts'

/** How many rows a table has, and in how many of them each column that people fill holds something. */
export type TableCounts = { readonly rows: number; readonly filled: Readonly<Record<string, number>> }

/** What a base looked like, by key of table: counts only, nothing of what anybody wrote. */
export type BaseCounts = Readonly<Record<string, TableCounts>>

/** Of `epcis` EPCI, how many would be recommended another référentiel although nobody changed rules or answers. */
export type Turned = { readonly epcis: number; readonly turned: number }

/** Why a run is held. `before` and `now` count rows, or cells that hold something. */
export type BrakeReason =
  | { readonly code: 'rows.missing'; readonly table: string; readonly before: number; readonly now: number }
  | {
      readonly code: 'column.emptied'
      readonly table: string
      readonly column: string
      readonly before: number
      readonly now: number
    }
  /** A table of actors that config/columns.yaml names no more. */
  | { readonly code: 'table.left'; readonly table: string; readonly before: number }
  | { readonly code: 'recommendations.turned'; readonly epcis: number; readonly turned: number }

/** The first table of the records. */
export const ACTORS = 'actors'

/** Another one, by the part of its records. */
export function otherActors(part: number | string): string {
  return `${ACTORS} ${part}`
}

/** The part of such a table; null: it is none. */
export function otherPart(table: string): number | null {
  return isOther(table) ? Number(table.slice(ACTORS.length + 1)) : null
}

function isOther(table: string): boolean {
  return table.startsWith(`${ACTORS} `)
}

/** The table that links lead to, and the key of the column that holds them: a link goes with the row that it leads to. */
const [EPCIS, LINK] = ['epcis', 'epci']

/**
 * What of the base is gone since it was last seen; nothing at first sight. A table or column not seen then is new; one
 * that was not counted now tells nothing, but where the records were: then a table of them that has no count was let go.
 */
export function lostFrom(before: BaseCounts, now: BaseCounts, rules: BrakeRules): BrakeReason[] {
  const unlinked = (now[EPCIS]?.rows ?? 0) < (before[EPCIS]?.rows ?? 0)
  return Object.entries(before).flatMap(([table, then]) => {
    const today = now[table]
    if (today === undefined)
      return isOther(table) && then.rows > 0 && now[ACTORS] !== undefined
        ? [{ code: 'table.left', table, before: then.rows }]
        : []
    const emptied = columnsEmptied(table, then, today, rules)
    return [
      ...rowsMissing(table, then, today, rules),
      ...emptied.filter(({ column }) => !unlinked || column !== LINK),
    ]
  })
}

/** Whether too many recommendations would turn without a cause that people know. */
export function turnedTooMany(
  { epcis, turned }: Turned,
  { recommendations: { share, atLeast } }: BrakeRules,
): BrakeReason[] {
  if (turned < atLeast || turned <= share * epcis) return []
  return [{ code: 'recommendations.turned', epcis, turned }]
}

/** Whether so few of `before` rows of a table are left that this must not be believed unseen. */
export function tooFewRows(table: string, before: number, now: number, rules: BrakeRules): boolean {
  const { keep, atLeast } = table === ACTORS || isOther(table) ? rules.records : rules.rows
  return before - now >= atLeast && now < keep * before
}

function rowsMissing(
  table: string,
  { rows: before }: TableCounts,
  { rows: now }: TableCounts,
  rules: BrakeRules,
): BrakeReason[] {
  return tooFewRows(table, before, now, rules) ? [{ code: 'rows.missing', table, before, now }] : []
}

/** Rows that went took their cells with them: what is asked is whether the column of those left was emptied. */
function columnsEmptied(
  table: string,
  then: TableCounts,
  today: TableCounts,
  { cells: { keep, atLeast } }: BrakeRules,
): Extract<BrakeReason, { code: 'column.emptied' }>[] {
  const left = then.rows === 0 ? 1 : Math.min(1, today.rows / then.rows)
  return Object.entries(then.filled).flatMap(([column, before]) => {
    const now = today.filled[column]
    if (now === undefined) return []
    const expected = before * left
    if (expected - now < atLeast || now >= keep * expected) return []
    return [{ code: 'column.emptied' as const, table, column, before, now }]
  })
}
