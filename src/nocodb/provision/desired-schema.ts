import { hash } from 'node:crypto'
import { TONES } from '../../columns/kinds.ts'
import type { Definition, Kind, Option, Uidt } from '../../columns/kinds.ts'
import { LINKS } from '../../columns/links.ts'
import { definitions, NEWEST_FIRST, TABLE_KEYS, writtenKeys } from '../../columns/tables.ts'
import type { TableKey } from '../../columns/tables.ts'
import { withActors } from '../../config/columns-file.ts'
import type { Columns } from '../../config/columns-file.ts'
import type { NamedActors } from '../../config/other-actors.ts'
import type { ViewWords } from '../../config/views-file.ts'
import { isField } from '../../domain/fields.ts'
import type { FieldName } from '../../domain/fields.ts'
import { sourcesOf } from '../../domain/mapping/mapping.ts'
import type { TypologyRules } from '../../domain/rules/typology.ts'
import { typeset } from '../../domain/typography.ts'
import { desiredViews } from './desired-views.ts'
import type { DesiredView } from './desired-views.ts'
import { desiredWebhooks } from './desired-webhooks.ts'
import type { DesiredWebhooks, WebhookTarget } from './desired-webhooks.ts'
import { columnNamed, gridColumn, isMapped, mappingOf, named } from './grid-columns.ts'
import type { GridColumn } from './grid-columns.ts'
import { desiredSheet } from './sheet-button.ts'
import type { DesiredSheet } from './sheet-button.ts'
import type { ViewFamilies } from './view-families.ts'

/** A column as the base should have it; `options` only for selects. */
export type DesiredColumn = {
  readonly title: string
  readonly description: string
  readonly uidt: Uidt
  readonly meta: Readonly<Record<string, unknown>>
  readonly options: readonly Option[]
  readonly role: Kind['role']
  /** One of the 32 fields of the national standard. */
  readonly standard: boolean
  /** It holds a code of digits. */
  readonly digits?: true
}

/** A table; its first column names the row. `grid` is what its first view shows, in order; `sort` the order of its rows. */
export type DesiredTable = {
  /** A key of config/columns.yaml; of another table of actors, that of `otherActorsKey`. */
  readonly key: string
  readonly title: string
  readonly description: string
  readonly columns: readonly DesiredColumn[]
  /** Title → key of config/columns.yaml, of every column and link. */
  readonly keys: ReadonlyMap<string, string>
  /** Columns of people that fields are mapped from: key (`services.Ateliers`) → title. They are only read. */
  readonly sources: ReadonlyMap<string, string>
  readonly grid: readonly GridColumn[]
  readonly sort: DesiredView['sorts'][number] | null
}

/** A list of `child` rows on `parent`, whose other side is one `parent` row on each `child` row. Tables and columns by title. */
export type DesiredLink = {
  readonly parent: string
  readonly title: string
  readonly description: string
  readonly child: string
  readonly childTitle: string
  readonly childDescription: string
}

/** All that provision makes, under the names of this base. */
export type DesiredSchema = {
  readonly tables: readonly DesiredTable[]
  readonly links: readonly DesiredLink[]
  readonly views: readonly DesiredView[]
  /** null: it is not known where NocoDB would call. */
  readonly webhooks: DesiredWebhooks | null
  /** The button that opens the sheet of an EPCI; null: the service's address is not known. */
  readonly sheet: DesiredSheet | null
  /** What the views that follow from rows are made with; null: none are. */
  readonly families: ViewFamilies | null
}

/** What `desiredSchema` can do without. */
export type Beside = {
  readonly words?: ViewWords
  /** Where people reach the service. */
  readonly publicUrl?: string | undefined
  /** Where NocoDB reaches it. */
  readonly target?: WebhookTarget | null
}

/** The part of the rules that the schema needs: accepted values and types of declaredRows are the options of the selects. */
export type AcceptedValues = {
  readonly completeness: {
    readonly fields: readonly {
      readonly field: FieldName
      readonly accepted?: Readonly<Record<string, unknown>> | undefined
    }[]
  }
  readonly typology: Pick<TypologyRules, 'types' | 'unknown'>
}

/**
 * The base that Portrea needs, from config/columns.yaml (names), config/completeness.yaml (accepted values) and
 * config/typology.yaml (types); with the views of config/views.yaml, buttons and webhooks where what they need is given.
 */
export function desiredSchema(
  columns: Columns,
  rules: AcceptedValues,
  { words, publicUrl, target = null }: Beside = {},
): DesiredSchema {
  const accepted = optionsOf(rules)
  return {
    tables: [
      ...TABLE_KEYS.map((key) => desiredTable(key, columns, accepted)),
      ...columns.otherActors.map((other) => otherTable(columns, other, accepted)),
    ],
    links: [
      ...LINKS.map((link) => ({
        parent: columns[link.parent].title,
        ...named(columns, link.parent, link.title),
        child: columns[link.child].title,
        childTitle: named(columns, link.child, link.childTitle).title,
        childDescription: named(columns, link.child, link.childTitle).description,
      })),
      ...columns.otherActors.map((other) => otherLink(columns, other)),
    ],
    views: words === undefined ? [] : desiredViews(columns, words),
    sheet: publicUrl === undefined ? null : desiredSheet(columns, publicUrl),
    families: words === undefined ? null : { columns, words },
    webhooks: target === null ? null : desiredWebhooks(columns, target),
  }
}

/** What the rules let people, or the service, choose. */
type Accepted = ReadonlyMap<FieldName | 'typology', readonly Option[]>

function optionsOf({ completeness, typology: { types, unknown } }: AcceptedValues): Accepted {
  const fields = completeness.fields.map(({ field, accepted }) => {
    const options = Object.keys(accepted ?? {}).map((title) => ({ title, color: TONES.kind }))
    return [field, options] as const
  })
  const named = types.map(({ label, tone }) => ({ title: label, color: TONES[tone] }))
  const options = [...named, { title: unknown.label, color: TONES.neutral }]
  return new Map<FieldName | 'typology', readonly Option[]>([...fields, ['typology', options]])
}

/** The key of another table of actors, by what config/columns.yaml calls it. */
export function otherActorsKey({ title }: NamedActors): string {
  return `${OTHER}${hash('sha256', title, 'hex').slice(0, 8)}`
}

const OTHER = 'actors-'

/** Whether a key is that of another table of actors, or of a column of one. */
export function isOtherActorsKey(key: string): boolean {
  return key.startsWith(OTHER)
}

/** The key of the first table of actors in place of that of another one: what is said of its columns holds for theirs. */
export function asFirstActors(place: string): string {
  return isOtherActorsKey(place) ? place.replace(/^[^.]*/u, 'actors') : place
}

/** As the first table of actors, with the columns alone that it has. */
function otherTable(columns: Columns, other: NamedActors, accepted: Accepted): DesiredTable {
  const own = withActors(columns, other)
  const has = (column: string) => Object.hasOwn(other.columns, column)
  return { ...desiredTable('actors', own, accepted, has), key: otherActorsKey(other) }
}

/** The list of its rows on EPCI bears its title. */
function otherLink(columns: Columns, { title, columns: names }: NamedActors): DesiredLink {
  return {
    parent: columns.epcis.title,
    title,
    description: typeset(`Les fiches de « ${title} » rattachées à cet EPCI.`),
    child: title,
    childTitle: names.epci.title,
    childDescription: typeset(names.epci.description),
  }
}

/** The titles of the columns of a table that only the service writes. */
export function writtenTitles(columns: Columns, table: TableKey): readonly string[] {
  return writtenKeys(table).map((key) => named(columns, table, key).title)
}

function desiredTable(
  key: TableKey,
  columns: Columns,
  accepted: Accepted,
  has: (column: string) => boolean = () => true,
): DesiredTable {
  const own = ownColumns(key, columns).filter(([column]) => has(column))
  return {
    key,
    title: columns[key].title,
    description: typeset(columns[key].description),
    columns: own.flatMap(([column, definition]) =>
      typeof definition === 'string'
        ? []
        : [
            {
              ...named(columns, key, column),
              ...shape(definition, accepted, columnNamed(columns, key, column)?.words !== undefined),
              standard: isStandard(key, column),
            },
          ],
    ),
    keys: new Map(own.map(([column]) => [named(columns, key, column).title, column])),
    sources: sourcesIn(key, columns),
    grid: own
      .filter(([, definition]) => typeof definition === 'string' || definition.hidden !== true)
      .map(([column]) => gridColumn(columns, key, column)),
    sort: sortOf(columns, key),
  }
}

/** The columns of a table but for the fields that the base holds in its own way: they have none. */
function ownColumns(table: TableKey, columns: Columns): [string, Definition][] {
  return definitions(table).filter(([column]) => !isMapped(columns, table, column))
}

function sourcesIn(table: TableKey, columns: Columns): DesiredTable['sources'] {
  const mapped = definitions(table).flatMap(([column]) => {
    const from = mappingOf(columns, table, column)
    return from === undefined ? [] : sourcesOf(from).map((title) => [`${column}.${title}`, title] as const)
  })
  return new Map(mapped)
}

function isStandard(table: TableKey, column: string): boolean {
  return table === 'actors' && isField(column)
}

/**
 * A field whose accepted values are not listed is plain text: a select without options could hold nothing. Where a Hub has
 * words of its own, its select keeps the choices that it has.
 */
function shape(kind: Kind, accepted: Accepted, inTheirWords: boolean) {
  const chosen = kind.valuesOf === undefined ? [] : (accepted.get(kind.valuesOf) ?? [])
  const free = kind.valuesOf !== undefined && chosen.length === 0
  const options = inTheirWords ? [] : (kind.options ?? chosen)
  return {
    uidt: free ? 'SingleLineText' : kind.uidt,
    meta: kind.meta ?? {},
    options,
    role: kind.role,
    ...(kind.digits === true ? { digits: true as const } : {}),
  } as const
}

/** The newest first, where rows come with a date. */
function sortOf(columns: Columns, table: TableKey): DesiredTable['sort'] {
  const key = NEWEST_FIRST[table]
  return key === undefined ? null : { title: named(columns, table, key).title, direction: 'desc' }
}
