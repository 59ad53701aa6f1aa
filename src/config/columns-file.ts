import { join } from 'node:path'
import { z } from 'zod'
import type { Definition } from '../columns/kinds.ts'
import { ADDED_BUTTONS, ADDED_TABLES, definitions, TABLE_KEYS } from '../columns/tables.ts'
import type { ColumnKey, TableKey } from '../columns/tables.ts'
import { isField } from '../domain/fields.ts'
import { PortreaError } from '../errors.ts'
import { ACTOR_COLUMNS, description, PlainName, title } from './column-name.ts'
import type { ColumnName } from './column-name.ts'
import { WITH_WORDS } from './mapping-schema.ts'
import { otherActorsSchema, withSharedNames } from './other-actors.ts'
import type { NamedActors } from './other-actors.ts'
import { refusedSchema } from './refusals.ts'
import { checkYaml, readYamlFile } from './yaml-file.ts'

/** What config/columns.yaml says: `columns.actors.columns.pivot.title` is what this base calls the SIRET. */
export type Columns = {
  readonly [T in TableKey]: {
    readonly title: string
    readonly description: string
    readonly columns: Readonly<Record<ColumnKey<T>, ColumnName>>
  }
} & {
  /** The tables of actors beside the first one. */
  readonly otherActors: readonly NamedActors[]
}

/** config/columns.yaml: a name for every table and column, two of one place never alike. */
export const ColumnsFile = z
  .strictObject({
    ...(Object.fromEntries(TABLE_KEYS.map((key) => [key, tableSchema(key)])) as Record<
      TableKey,
      ReturnType<typeof tableSchema>
    >),
    otherActors: otherActorsSchema,
    refused: refusedSchema,
  })
  .superRefine((file, context) => {
    const { otherActors, refused: _, ...tables } = withSharedNames(file)
    const all: Placed<{ title: string; columns: Readonly<Partial<Record<string, ColumnName>>> }>[] = [
      ...Object.entries(tables).map(([key, table]) => [[key], table] as const),
      ...otherActors.map((table, at) => [['otherActors', at], table] as const),
    ]
    twice(all, 'tables', context)
    listedTwice(tables.epcis.columns, otherActors, context)
    for (const [path, { title: table, columns }] of all) {
      const names = Object.entries(columns).flatMap(([key, name]): Placed<ColumnName>[] =>
        // One that is mapped has no column of its title.
        name === undefined || name.from !== undefined ? [] : [[[...path, 'columns', key], name]],
      )
      twice(names, `colonnes de la table « ${table} »`, context)
    }
  })

/** Reads config/columns.yaml; CONFIG_INVALID lists every fault with its line. */
export function readColumns(directory: string): Columns {
  const { value, faults } = readYamlFile(join(directory, 'columns.yaml'), ColumnsFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/columns.yaml est à corriger.`, { faults })
  return columnsOf(value)
}

/** The same of a text that is about to be written there. */
export function parseColumns(text: string): Columns {
  const { value, faults } = checkYaml(text, 'columns.yaml', ColumnsFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', 'Le nouveau columns.yaml ne pourrait pas servir.', { faults })
  return columnsOf(value)
}

/** The tables of actors, the first one first. */
export function namedActors({ actors, otherActors }: Columns): readonly NamedActors[] {
  return [actors, ...otherActors]
}

/** The same names, another table of actors in the place of the first one: it may lack columns. */
export function withActors(columns: Columns, other: NamedActors): Columns {
  return { ...columns, actors: other as Columns['actors'] }
}

/** What was refused is no name: it has its own reader. */
function columnsOf({ refused: _, ...file }: z.infer<typeof ColumnsFile>): Columns {
  return Object.freeze(withSharedNames(file)) as unknown as Columns
}

function tableSchema(table: TableKey) {
  const named = (key: string, definition: Definition) => {
    const title = typeof definition === 'string' ? ADDED_BUTTONS[`${table}.${key}`] : definition.addedAs
    return title === undefined ? PlainName : PlainName.default({ title, description: '' })
  }
  const schemaOf = (key: string, definition: Definition) =>
    table === 'actors' && (isField(key) || WITH_WORDS.has(key))
      ? ACTOR_COLUMNS[key as ColumnKey<'actors'>]
      : named(key, definition)
  const columns = z.strictObject(
    Object.fromEntries(definitions(table).map(([key, definition]) => [key, schemaOf(key, definition)])),
  )
  const schema = z.strictObject({ title, description, columns })
  const addedAs = ADDED_TABLES[table]
  return addedAs === undefined ? schema : schema.prefault({ title: addedAs, columns: {} })
}

/** Something of the file, and where it stands there. */
type Placed<One> = readonly [path: readonly (string | number)[], one: One]

function twice(
  names: readonly Placed<{ readonly title: string }>[],
  what: string,
  context: z.core.$RefinementCtx,
): void {
  const seen = new Map<string, string>()
  for (const [path, name] of names) {
    const first = seen.get(name.title)
    if (first !== undefined) {
      const message = `deux ${what} s’appellent « ${name.title} » (l’autre est \`${first}\`) ; donnez à chacune son nom`
      context.addIssue({ code: 'custom', path: [...path], message })
    }
    seen.set(name.title, String(path.at(-1)))
  }
}

/** The list of the records of another table of actors bears its title, among the columns of the table EPCI. */
function listedTwice(
  epcis: Readonly<Record<string, ColumnName>>,
  others: readonly { readonly title: string }[],
  context: z.core.$RefinementCtx,
): void {
  for (const [at, { title: own }] of others.entries()) {
    const twin = Object.entries(epcis).find(
      ([, { title: other }]) => other.toLowerCase() === own.toLowerCase(),
    )
    if (twin === undefined) continue
    const message = `la liste des fiches de « ${own} », dans la table des EPCI, aurait le titre de \`epcis.columns.${twin[0]}\` ; donnez-en un autre à cette colonne-ci`
    context.addIssue({ code: 'custom', path: ['otherActors', at, 'title'], message })
  }
}
