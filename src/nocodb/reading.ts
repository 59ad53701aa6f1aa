import { commandLine } from '../domain/command-line.ts'
import { PortreaError } from '../errors.ts'
import { absent } from './absent-column.ts'
import type { Base } from './base.ts'
import { cellReader, linkedReader, ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { linkedIds } from './linked-ids.ts'
import { countRows } from './pages.ts'
import type { RawRecord } from './pages.ts'
import { namesAt, namesListed } from './shown-links.ts'
import { MADE_BY_NOCODB, rowKey } from './row-key.ts'
import type { Column, Table } from './schema.ts'

/** A reading made ready: which fields to ask for, and how a record becomes a row. */
export type Reading = {
  readonly fields: readonly string[]
  readonly toRow: (record: RawRecord) => Row
}

/** Where one cell of a row comes from: a value of the record (`key`), or what is linked to its id. */
type Getter =
  | {
      readonly title: string
      readonly field: string
      readonly key: string
      readonly read: (raw: unknown) => Cell
    }
  | { readonly title: string; readonly linked: ReadonlyMap<RowId, Cell> }

const SHOWN = '→ '

/** What the link of that title shows, to be asked for as a column beside the link itself, which gives an Id. */
export function shownText(title: string): string {
  return `${SHOWN}${title}`
}

/** Whether it was asked for by `shownText`. */
export function isShown(title: string): boolean {
  return title.startsWith(SHOWN)
}

/** Resolves the columns asked for, once per reading; throws SCHEMA_MISMATCH when one is missing. */
export async function prepareReading(
  base: Base,
  table: Table,
  query: { readonly columns: readonly string[]; readonly where?: string },
): Promise<Reading> {
  const getters: Getter[] = []
  for (const title of new Set(query.columns)) {
    const shown = title.startsWith(SHOWN) ? table.columns.get(title.slice(SHOWN.length)) : undefined
    if (shown !== undefined && !table.columns.has(title)) {
      getters.push(await shownGetter(base, table, shown, title, query.where))
      continue
    }
    const column = columnOf(table, title)
    getters.push(
      column.kind === 'link' ? await linkGetter(base, table, column, query.where) : plain(column, column),
    )
  }
  return {
    fields: getters.flatMap((getter) => ('field' in getter ? getter.field : [])),
    toRow: rowMaker(table, getters),
  }
}

/** The column of that title; throws SCHEMA_MISMATCH. */
export function columnOf(table: Table, title: string): Column {
  const column = table.columns.get(title)
  if (column !== undefined) return column
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    `La colonne « ${title} » manque à la table « ${table.title} ». Renommée dans NocoDB, lancez \`${commandLine('adopt')}\` ou nommez-la dans config/columns.yaml ; sinon lancez \`${commandLine('provision')}\`.`,
  )
}

function plain({ title }: Column, source: Column): Getter {
  return { title, field: source.id || source.wire, key: source.wire, read: cellReader(source.kind) }
}

/** A link by its own cell, which names the record at the other end by the key there. */
function asItIs(base: Base, link: Column): Getter {
  const related = [...base.tables.values()].find(({ id }) => id === link.relatedTableId)
  const key = base.capabilities.routes.v2 ? ((related && rowKey(related)) ?? MADE_BY_NOCODB).wire : 'id'
  return { ...plain(link, link), read: linkedReader(key) }
}

/** NocoDB needs about this long for the link of one row, and for the list of links of one parent (2026-11-24). */
const MS_PER_ROW = 1
const MS_PER_PARENT = 12

/** The id at the other end: from the foreign key, else from the lists of the other end, else (slow) from the link itself. */
async function linkGetter(
  base: Base,
  table: Table,
  link: Column,
  where: string | undefined,
): Promise<Getter> {
  const key = table.foreignKeys.get(link.title)
  if (key !== undefined) return plain(link, columnOf(table, key))
  const inverse = table.inverses.get(link.title)
  const parents = [...base.tables.values()].find(({ id }) => id === inverse?.tableId)
  if (inverse === undefined || parents === undefined) return asItIs(base, link)
  const [rows, lists] = await Promise.all([countRows(base, table, where), countRows(base, parents)])
  if (rows * MS_PER_ROW < lists * MS_PER_PARENT) return asItIs(base, link)
  return { title: link.title, linked: await linkedIds(base, parents, inverse.columnId) }
}

/** The names behind a link: they are read once a reading, the link as ever. */
async function shownGetter(
  base: Base,
  table: Table,
  column: Column,
  title: string,
  where: string | undefined,
): Promise<Getter> {
  if (column.kind !== 'link') return { title, linked: await namesListed(base, table, column, where) }
  const [link, names] = await Promise.all([linkGetter(base, table, column, where), namesAt(base, column)])
  const nameOf = (id: Cell) => (typeof id === 'number' ? (names.get(id) ?? null) : null)
  if ('linked' in link)
    return { title, linked: new Map([...link.linked].map(([row, id]) => [row, nameOf(id)])) }
  return { ...link, title, read: (raw) => nameOf(link.read(raw)) }
}

/**
 * The record becomes the row where it stands, and only cells that differ are written: a new object of 45 columns costs
 * three times as much. So a row may hold, beside a link, the foreign key that it was read from.
 * An empty cell is null in every answer: a column that was asked for and is not there was renamed since the base was
 * opened, and tells nothing of the record.
 */
function rowMaker(table: Table, getters: readonly Getter[]): (record: RawRecord) => Row {
  return ({ id, values }) => {
    const row = values as Record<string, Cell> & { [ROW_ID]: RowId }
    row[ROW_ID] = id
    for (const getter of getters) {
      if ('linked' in getter) {
        row[getter.title] = getter.linked.get(id) ?? null
        continue
      }
      const raw = values[getter.key]
      if (raw === undefined) throw absent(table, getter.title)
      const cell = getter.read(raw)
      if (cell !== raw || getter.title !== getter.key) row[getter.title] = cell
    }
    return row
  }
}
