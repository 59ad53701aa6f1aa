import type { AdoptionRules } from '../rules/adoption.ts'
import { assign } from './assignment.ts'
import type { Evidence } from './column-score.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import type { ColumnProposal, Matcher } from './match-columns.ts'
import { peopleIn } from './people.ts'
import { isRefusedTable } from './refusals.ts'
import { repeatedIn } from './repeated.ts'
import type { Pair } from './table-evidence.ts'

/** The table of theirs that one of ours is given, and others that would do about as well, the best first. */
export type ChosenTable = {
  readonly table: OwnTable
  readonly theirs: LiveTable | null
  readonly pair: Pair | null
  readonly rivals: readonly string[]
}

/**
 * Gives each table of ours one of theirs. A table that suits another place far better is not given here, even where it
 * would go without: a second list of places is no list of EPCI.
 * @param pairs every table of ours (rows) against every table of theirs
 * @param decided what a person said already: key → title of theirs; null: none
 */
export function chooseTables(
  base: readonly LiveTable[],
  own: readonly OwnTable[],
  pairs: readonly (readonly Pair[])[],
  rules: AdoptionRules,
  decided: ReadonlyMap<string, string | null>,
): ChosenTable[] {
  const most = base.map((_, at) => Math.max(...pairs.map((row) => finite(row[at]!.weight))))
  const settled = new Set([...decided.values()].filter((title) => title !== null))
  const worth = pairs.map((row, at) =>
    row.map(({ score, weight, people }, column) => {
      const { title } = base[column]!
      const { key, people: forPeople } = own[at]!
      const said = decided.get(key)
      if (said !== undefined) return said === title ? 1 : 0
      if (isRefusedTable(base[column]!, key)) return 0
      const belongs = (people && forPeople) || finite(weight) >= rules.evidence.elsewhere * most[column]!
      const fits = score >= rules.doubtful && belongs
      return fits && !settled.has(title) ? score : 0
    }),
  )
  const given = assign(worth)
  return own.map((table, row): ChosenTable => {
    const at = given[row] ?? null
    if (at === null) return { table, theirs: null, pair: null, rivals: [] }
    const pair = pairs[row]![at]!
    const rivals = decided.has(table.key)
      ? []
      : base
          .map(({ title }, column) => ({ title, column, weight: pairs[row]![column]!.weight }))
          .filter(({ column, weight }) => {
            if (column === at || worth[row]![column] === 0) return false
            const elsewhere = own.findIndex((_, other) => other !== row && given[other] === column)
            const better = elsewhere >= 0 && pairs[elsewhere]![column]!.weight > weight
            return !better && weight >= rules.evidence.rival * pair.weight
          })
          .sort((one, other) => other.weight - one.weight)
          .map(({ title }) => title)
    return { table, theirs: base[at]!, pair, rivals }
  })
}

function finite(weight: number): number {
  return Math.min(weight, Number.MAX_VALUE)
}

/** Why a person is to be asked about a table, however well it fits; none: nothing says so. */
export function doubtsAbout(
  own: OwnTable,
  theirs: LiveTable,
  columns: readonly ColumnProposal[],
  rivals: readonly string[],
  matcher: Matcher,
  rules: AdoptionRules,
): Evidence[] {
  const people = peopleIn(own, theirs, columns, matcher, rules) ?? (own.people ? { title: null } : null)
  const repeated = repeatedIn(own, theirs, columns)
  return [
    ...(people === null ? [] : [{ kind: 'people', ...people } as const]),
    ...(repeated === null ? [] : [repeated]),
    ...rivals.map((rival) => ({ kind: 'rival', title: rival }) as const),
  ]
}
