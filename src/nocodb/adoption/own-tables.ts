import { LABELS } from '../../columns/labels.ts'
import { LINKS } from '../../columns/links.ts'
import { TABLE_KEYS } from '../../columns/tables.ts'
import type { ColumnName } from '../../config/column-name.ts'
import type { Columns } from '../../config/columns-file.ts'
import { sourcesOf } from '../../domain/mapping/mapping.ts'
import type { OwnTable, Place } from '../../domain/adoption/live-base.ts'
import type { Vocabulary } from '../../domain/adoption/mapped/vocabulary.ts'
import { typeFromName } from '../../domain/completeness/check-from-name.ts'
import type { CompletenessRules } from '../../domain/rules/completeness.ts'
import type { AdoptionRules } from '../../domain/rules/adoption.ts'
import { accepts } from '../provision/accepted-types.ts'
import type { DesiredSchema, DesiredTable } from '../provision/desired-schema.ts'

/** Every table and column of ours with all the names and shapes that it may have in a base of somebody's. */
export function ownTables(columns: Columns, desired: DesiredSchema, rules: AdoptionRules): OwnTable[] {
  return TABLE_KEYS.map((key) => {
    const table = desired.tables.find((one) => one.key === key)
    const known = rules.tables[key]
    const places = [...(table?.keys ?? [])].map(([title, column]) =>
      placeOf(key, column, title, table, known?.columns[column]),
    )
    const names = [columns[key].title, key, ...(known?.names ?? [])]
    const read = new Set(
      Object.values<ColumnName>(columns[key].columns).flatMap(({ from }) =>
        from === undefined ? [] : sourcesOf(from),
      ),
    )
    return { key, names, needs: known?.needs ?? Infinity, people: known?.people ?? false, places, read }
  })
}

type Known = AdoptionRules['tables'][string]['columns'][string]

function placeOf(
  table: string,
  key: string,
  title: string,
  desired: DesiredTable | undefined,
  known: Known | undefined,
): Place {
  const column = desired?.columns.find((one) => one.title === title)
  const linksTo = LINKS.find(({ child, childTitle }) => child === table && childTitle === key)?.parent ?? null
  const listOf = LINKS.find(({ parent, title: list }) => parent === table && list === key)?.child ?? null
  return {
    key,
    names: [title, key, ...(known?.names ?? []), ...(known?.english ?? [])],
    english: known?.english ?? [],
    shapes: known?.shapes ?? [],
    anything: known?.anything ?? false,
    named: known?.named ?? false,
    unique: known?.unique ?? false,
    naming: known?.naming ?? false,
    linksTo,
    listOf,
    // What is neither a column nor a link is a button: only ours serves.
    written: column === undefined ? linksTo === null : column.role === 'written',
    accepts: (type) => column !== undefined && accepts(column, type),
  }
}

/** By key of a column of the table of actors: the values that it expects, with their other wordings and what hints at them. */
export function vocabularyOf(
  fields: readonly {
    readonly field: string
    readonly accepted?: Readonly<Record<string, readonly string[]>> | undefined
  }[],
  meanings: AdoptionRules['meanings'],
): Vocabulary {
  const hints = (field: string, value: string) => meanings[field]?.[value] ?? []
  const ofFields = fields.flatMap(({ field, accepted }) =>
    accepted === undefined
      ? []
      : [
          [
            field,
            Object.entries(accepted).map(([value, wordings]) => ({
              value,
              wordings,
              hints: hints(field, value),
            })),
          ] as const,
        ],
  )
  const steps = Object.values(LABELS.step).map((value) => ({
    value,
    wordings: [],
    hints: hints('step', value),
  }))
  return new Map([...ofFields, ['step', steps]])
}

/** The type of place that a name tells, by the rules of the field; null: it tells none for sure. */
export function typeReader(fields: CompletenessRules['fields']): (name: string) => string | null {
  const checks = fields.find(({ field }) => field === 'typologie')?.checks ?? []
  const check = checks.find((one) => typeof one === 'object' && 'from_name' in one)
  if (typeof check !== 'object' || !('from_name' in check)) return () => null
  const read = typeFromName(check.from_name)
  return (name) => {
    const told = read(name)
    return told?.sure === true ? told.type : null
  }
}

/** By `table.column`: every wording that a column of ours accepts, to tell what values are. */
export function acceptedWordings(
  desired: DesiredSchema,
  fields: readonly {
    readonly field: string
    readonly accepted?: Readonly<Record<string, readonly string[]>> | undefined
  }[],
): Map<string, readonly string[]> {
  const wordings = new Map<string, readonly string[]>()
  const ofStandard = new Map(fields.map(({ field, accepted }) => [field, accepted ?? {}]))
  for (const { keys, columns } of desired.tables) {
    for (const column of columns) {
      const key = keys.get(column.title) ?? column.title
      const own = column.options.map(({ title }) => title)
      const others = column.standard ? Object.entries(ofStandard.get(key) ?? {}).flat(2) : []
      if (own.length > 0 && column.role === 'human')
        wordings.set(key, [...(wordings.get(key) ?? []), ...own, ...others])
    }
  }
  return wordings
}
