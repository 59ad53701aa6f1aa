import type { Columns } from '../config/columns-file.ts'
import { PERSONAL, PERSONAL_TABLES } from '../domain/rules/retention.ts'
import type { PersonalTable, Retention, RetentionRule } from '../domain/rules/retention.ts'
import { frenchList } from '../domain/typography.ts'
import type { Base } from './base.ts'
import type { Manifest } from './provision/manifest.ts'
import type { Column, Table } from './schema.ts'

/** What may be erased of a table that holds people; titles are those that stand in NocoDB now. */
export type PersonalTarget = {
  readonly key: PersonalTable
  readonly table: Table
  readonly months: number
  /** Whether whole rows go; else only the cells of `columns`. */
  readonly whole: boolean
  readonly columns: readonly string[]
  /** Columns of people's own: a row that says something there is not deleted with the rest. */
  readonly spared: readonly string[]
}

/** Something that is not touched, and why, in French. */
export type LeftAside = { readonly key: PersonalTable; readonly title: string; readonly reason: string }

export type PersonalTargets = {
  readonly targets: readonly PersonalTarget[]
  readonly left: readonly LeftAside[]
}

/**
 * The tables that Portrea made, by the ids that its manifest keeps, whatever people call them now; of tables and columns
 * that it did not make, those alone that config/retention.yaml names.
 * @param made null: the base has no manifest, and nothing can be told to be Portrea's
 */
export function personalTargets(
  base: Pick<Base, 'tables'>,
  columns: Columns,
  made: Manifest | null,
  retention: Retention,
): PersonalTargets {
  const targets: PersonalTarget[] = []
  const left: LeftAside[] = []
  for (const key of PERSONAL_TABLES) {
    const rule = retention[key]
    if (rule === undefined || rule.months === null) continue
    const facts = { base, columns, made, key, rule, months: rule.months }
    for (const table of base.tables.values()) {
      const own = made?.tables[table.id] === key
      if (!own && table.title !== columns[key].title && table.title !== rule.named?.table) continue
      const found = own ? ownTarget(table, facts) : namedTarget(table, facts)
      if (found.target !== null) targets.push(found.target)
      left.push(...found.left.map((reason) => ({ key, title: table.title, reason })))
    }
    const named = rule.named?.table
    if (named !== undefined && !base.tables.has(named))
      left.push({
        key,
        title: named,
        reason: "config/retention.yaml la nomme, et elle n'est pas dans la base",
      })
  }
  return { targets, left }
}

type Facts = {
  readonly base: Pick<Base, 'tables'>
  readonly columns: Columns
  readonly made: Manifest | null
  readonly key: PersonalTable
  readonly rule: RetentionRule
  readonly months: number
}
type Found = { readonly target: PersonalTarget | null; readonly left: readonly string[] }

function ownTarget(table: Table, { columns, made, key, rule, months }: Facts): Found {
  const whole = rule.erase === 'row'
  const wanted = rule.erase === 'row' ? PERSONAL[key] : rule.erase
  const placeOf = (column: Column) => made?.columns[column.id] ?? null
  const all = [...table.columns.values()]
  const own = all.filter((column) => wanted.some((one) => placeOf(column) === `${key}.${one}`))
  const named = namedColumns(table, rule)
  const titles: Readonly<Record<string, { readonly title: string }>> = columns[key].columns
  const foreign = wanted.flatMap((one) => {
    const column = table.columns.get(titles[one]?.title ?? '')
    if (column === undefined || placeOf(column) !== null || named.titles.includes(column.title)) return []
    return [column.title]
  })
  const spared = all.filter((column) => placeOf(column) === null && holdsWords(column))
  return {
    target: {
      ...{ key, table, months, whole },
      columns: [...new Set([...own.map(({ title }) => title), ...named.titles])],
      spared: spared.map(({ title }) => title).filter((title) => !named.titles.includes(title)),
    },
    left: [
      ...named.faults,
      ...(foreign.length === 0 || whole
        ? []
        : [
            `${quoted(foreign)} : Portrea n'a pas créé ${foreign.length < 2 ? 'cette colonne' : 'ces colonnes'}. ${HOW}`,
          ]),
    ],
  }
}

/** A table of people's own: what is named there is emptied, and no row of it ever goes. */
function namedTarget(table: Table, { columns, key, rule, months }: Facts): Found {
  const { titles, faults } = namedColumns(table, rule)
  if (table.title !== columns[key].title)
    return {
      target: null,
      left: [
        `config/columns.yaml donne à ce rôle la table « ${columns[key].title} » : l'âge de ces lignes-ci ne se lit pas`,
      ],
    }
  if (titles.length > 0)
    return { target: { key, table, months, whole: false, columns: titles, spared: [] }, left: faults }
  return { target: null, left: faults.length > 0 ? faults : [`rien ne dit que Portrea l'a créée. ${HOW}`] }
}

const HOW =
  'Pour y vider des colonnes, nommez-les dans config/retention.yaml : named: { table: …, columns: […] }'

function namedColumns(table: Table, { named }: RetentionRule) {
  if (named?.table !== table.title) return { titles: [], faults: [] }
  const titles = named.columns.filter((title) => {
    const column = table.columns.get(title)
    return column !== undefined && canBeEmptied(column)
  })
  const others = named.columns.filter((title) => !titles.includes(title))
  const faults =
    others.length === 0
      ? []
      : [
          `${quoted(others)} : config/retention.yaml ${others.length < 2 ? 'la nomme' : 'les nomme'}, et ce n'est pas une colonne que l'on vide`,
        ]
  return { titles, faults }
}

const COMPUTED = ['Formula', 'Lookup', 'Rollup', 'Count', 'Barcode', 'QrCode', 'Button', 'LastModifiedBy']

function canBeEmptied(column: Column): boolean {
  return holdsWords(column) && column.kind !== 'link' && column.kind !== 'links'
}

/** Whether people put something there: neither NocoDB nor a formula fills it. */
function holdsWords({ system, kind, uidt }: Column): boolean {
  return !system && kind !== 'foreignKey' && !COMPUTED.includes(uidt)
}

function quoted(titles: readonly string[]): string {
  return frenchList(titles.map((title) => `« ${title} »`))
}
