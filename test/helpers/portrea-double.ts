import { readSettings } from '../../src/app.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { startNocodbDouble } from './nocodb-double/double.ts'
import type { Double, Route } from './nocodb-double/double.ts'
import type { Generated, Values } from './nocodb-double/store.ts'
import { CONFIG } from './rules.ts'

const settings = readSettings(CONFIG)

/**
 * A double that holds our base: the rows of each table, columns of another type or with other options than ours, tables that
 * are missing; keys of another title or type; columns that people have beside ours; routes that are gone; actors made when they are read. */
export function portreaDouble(
  rows: Readonly<Record<string, readonly Values[]>>,
  {
    types = {},
    options = {},
    without = [],
    keys = {},
    others = {},
    columns = settings.columns,
    missing = [],
    generate,
  }: {
    types?: Readonly<Record<string, string>>
    options?: Readonly<Record<string, readonly string[]>>
    without?: readonly string[]
    keys?: Readonly<Record<string, { readonly title: string; readonly type: string }>>
    others?: Readonly<Record<string, readonly string[]>>
    /** The names of its tables and columns, where they are not those that ship. */
    columns?: Columns
    missing?: readonly Route[]
    generate?: Generated
  } = {},
): Promise<Double> {
  const { tables, links } = desiredSchema(columns, settings.rules)
  return startNocodbDouble({
    missing,
    tables: tables
      .filter(({ title }) => !without.includes(title))
      .map(({ title, columns: wanted }) => ({
        title,
        rows: rows[title] ?? [],
        ...(keys[title] === undefined ? {} : { key: keys[title] }),
        ...(generate !== undefined && title === columns.actors.title ? { generate } : {}),
        fields: [
          ...wanted.map((column) => ({
            title: column.title,
            type: types[`${title}.${column.title}`] ?? column.uidt,
            options: {
              choices: options[`${title}.${column.title}`]?.map((one) => ({ title: one })) ?? column.options,
            },
          })),
          ...(others[title] ?? []),
        ],
      })),
    links: links.filter(({ child, parent, childTitle }) => parent === childTitle && !without.includes(child)),
  })
}
