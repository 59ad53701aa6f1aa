import { join } from 'node:path'
import { z } from 'zod'
import type { Definition } from '../columns/kinds.ts'
import { definitions, TABLE_KEYS } from '../columns/tables.ts'
import type { ColumnKey, TableKey } from '../columns/tables.ts'
import { PortreaError } from '../errors.ts'
import { isField } from '../domain/fields.ts'
import type { Mapping } from '../domain/mapping/mapping.ts'
import type { Words } from '../domain/mapping/words.ts'
import { MappingOf, WITH_WORDS, WordsFile } from './mapping-schema.ts'
import { checkYaml, readYamlFile } from './yaml-file.ts'

const title = z.string().trim().min(1).max(255)
const description = z.string().default('')
const ColumnName = z.union([
  z.strictObject({ title, description }),
  title.transform((name) => ({ title: name, description: '' })),
])
/** A column that a base may hold in its own way: see MappingOf. */
const MappedName = (field: string) =>
  z.union([
    z.strictObject({ title, description, from: MappingOf(field).optional(), words: WordsFile.optional() }),
    title.transform((name) => ({ title: name, description: '' })),
  ])
/** A column whose words may be a Hub's own. */
const WordedName = z.union([
  z.strictObject({ title, description, words: WordsFile.optional() }),
  title.transform((name) => ({ title: name, description: '' })),
])
/** What a column is called, what people read about it, and how it is read where no column of that title holds it as it is. */
export type ColumnName = {
  readonly title: string
  readonly description: string
  readonly from?: Mapping | undefined
  readonly words?: Words | undefined
}

/** What config/columns.yaml says: `columns.actors.columns.pivot.title` is what this base calls the SIRET. */
export type Columns = {
  readonly [T in TableKey]: {
    readonly title: string
    readonly description: string
    readonly columns: Readonly<Record<ColumnKey<T>, ColumnName>>
  }
}

/** config/columns.yaml: a name for every table and column, two of one place never alike. */
export const ColumnsFile = z
  .strictObject(Object.fromEntries(TABLE_KEYS.map((key) => [key, tableSchema(key)])))
  .superRefine((tables, context) => {
    twice(tables, [], 'tables', context)
    for (const [key, table] of Object.entries(tables))
      twice(table.columns, [key, 'columns'], `colonnes de la table « ${table.title} »`, context)
  })

/** Reads config/columns.yaml; CONFIG_INVALID lists every fault with its line. */
export function readColumns(directory: string): Columns {
  const { value, faults } = readYamlFile(join(directory, 'columns.yaml'), ColumnsFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/columns.yaml est à corriger.`, { faults })
  return Object.freeze(value) as Columns
}

/** The same of a text that is about to be written there. */
export function parseColumns(text: string): Columns {
  const { value, faults } = checkYaml(text, 'columns.yaml', ColumnsFile)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', 'Le nouveau columns.yaml ne pourrait pas servir.', { faults })
  return Object.freeze(value) as Columns
}

function tableSchema(table: TableKey) {
  const named = (definition: Definition) =>
    typeof definition === 'string' || definition.addedAs === undefined
      ? ColumnName
      : ColumnName.default({ title: definition.addedAs, description: '' })
  const schemaOf = (key: string, definition: Definition) => {
    if (table === 'actors' && isField(key)) return MappedName(key)
    return table === 'actors' && WITH_WORDS.has(key) ? WordedName : named(definition)
  }
  const columns = z.strictObject(
    Object.fromEntries(definitions(table).map(([key, definition]) => [key, schemaOf(key, definition)])),
  )
  return z.strictObject({ title, description, columns })
}

function twice(
  names: Readonly<Record<string, { title: string; from?: Mapping | undefined }>>,
  path: string[],
  what: string,
  context: z.core.$RefinementCtx,
): void {
  const seen = new Map<string, string>()
  for (const [key, name] of Object.entries(names)) {
    if (name.from !== undefined) continue // it has no column of that title
    const first = seen.get(name.title)
    if (first !== undefined) {
      const message = `deux ${what} s’appellent « ${name.title} » (l’autre est \`${first}\`) ; donnez à chacune son nom`
      context.addIssue({ code: 'custom', path: [...path, key], message })
    }
    seen.set(name.title, key)
  }
}
