import type { LiveColumn, LiveTable } from '../../domain/adoption/live-base.ts'
import { repeated } from '../../domain/adoption/value-shapes.ts'
import type { ValueProfile } from '../../domain/adoption/value-shapes.ts'
import type { Base } from '../base.ts'
import { cellReader } from '../cells.ts'
import { readPage } from '../pages.ts'
import type { RawRecord } from '../pages.ts'
import type { Provisioned } from '../provision/provisioned.ts'
import { isReadable } from '../provision/accepted-types.ts'
import { shownText } from '../reading.ts'
import { readByIds, readRows } from '../rows.ts'
import { numberKey } from '../row-key.ts'
import type { Column, Table } from '../schema.ts'

export type LiveBaseSources = {
  readonly base: Base
  /** What of it Portrea made. */
  readonly made: Provisioned
  /** The places of what people renamed, by id. */
  readonly former: ReadonlyMap<string, string>
  readonly profile: (values: readonly string[]) => ValueProfile
  /** Rows read of each table: half from its beginning, half from its end. */
  readonly sample: number
}

/**
 * The tables and columns of a base as they stand. Of the values that are sampled nothing is kept but what `profile`
 * says of them. Throws what the calls throw.
 */
export async function readLiveBase({
  base,
  made,
  former,
  profile,
  sample,
}: LiveBaseSources): Promise<LiveTable[]> {
  const tables: LiveTable[] = []
  for (const table of base.tables.values()) {
    const columns = [...table.columns.values()].filter((column) => isTheirs(column))
    const sampled = columns.filter(({ uidt, kind }) => isReadable(uidt) && !isLink(kind))
    const records = await sampleRows(base, table, sampled, sample)
    const profiles = await Promise.all(
      sampled.map(async (column) => {
        const found = profile(valuesOf(column, records))
        return [column, await wholeRepeats(base, table, column, found)] as const
      }),
    )
    const links = columns.filter(({ id, kind }) => isLink(kind) && !made.columns.has(id))
    const shown = await shownIn(base, table, links, records)
    const profileOf = new Map([
      ...profiles,
      ...shown.map(([column, values]) => [column, profile(values)] as const),
    ])
    tables.push({
      title: table.title,
      made: made.tables.get(table.id) ?? null,
      former: former.get(table.id) ?? null,
      columns: columns.map((column) => ({
        title: column.title,
        type: column.uidt,
        made: made.columns.get(column.id) ?? made.taken.get(column.id) ?? null,
        former: former.get(column.id) ?? null,
        profile: profileOf.get(column) ?? null,
        link: linkOf(base, table, column),
      })),
    })
  }
  return tables
}

/** Not what NocoDB keeps for itself; but a key that people gave a title may be the number that they know a record by. */
function isTheirs({ system, kind, uidt, title }: Column): boolean {
  if (uidt === 'ID') return title.trim().toLowerCase() !== 'id'
  return !system && kind !== 'foreignKey'
}

/** Whether a SIREN stands twice is told by the whole column: a sample would miss it. */
async function wholeRepeats(
  base: Base,
  table: Table,
  column: Column,
  found: ValueProfile,
): Promise<ValueProfile> {
  if (found.shapes.siren < MOST || !isCounted(table)) return found
  const values: string[] = []
  for await (const page of readRows(base, table, { columns: [column.title] }))
    for (const row of page) values.push(String(row[column.title] ?? '').trim())
  return { ...found, repeats: repeated(values.filter((value) => value !== '')) }
}
const MOST = 0.5

/** A few rows of the beginning and of the end: habits change. */
async function sampleRows(
  base: Base,
  table: Table,
  columns: readonly Column[],
  sample: number,
): Promise<readonly RawRecord[]> {
  const query = { fields: columns.map(({ id }) => id), limit: Math.ceil(sample / 2) }
  const [first, last] = await Promise.all([
    readPage(base, table, query),
    readPage(base, table, { ...query, lastFirst: true }),
  ])
  const seen = new Set(first.records.map(({ id }) => id))
  return [...first.records, ...last.records.filter(({ id }) => !seen.has(id))]
}

/** Whether its rows are told apart by a number: else they cannot be counted off, nor asked for one by one. */
function isCounted({ keys }: Table): boolean {
  return keys === null || numberKey({ keys }) !== null
}

function isLink(kind: Column['kind']): boolean {
  return kind === 'link' || kind === 'links'
}

/** What links show in some of these rows: a list of many to many is asked for row by row. */
async function shownIn(
  base: Base,
  table: Table,
  links: readonly Column[],
  records: readonly RawRecord[],
): Promise<(readonly [Column, readonly string[]])[]> {
  if (links.length === 0 || !isCounted(table)) return []
  const ids = records.slice(0, LINKED_ROWS).map(({ id }) => id)
  const titles = links.map(({ title }) => shownText(title))
  const rows = await readByIds(base, table, ids, titles)
  return links.map((column, at) => [column, rows.map((row) => String(row[titles[at]!] ?? ''))])
}
const LINKED_ROWS = 40

/** The choices of a select count as values: they say what it is for, even while no row holds any. */
function valuesOf({ title, kind, options }: Column, records: readonly RawRecord[]): string[] {
  const read = cellReader(kind)
  const values = records.flatMap(({ values: cells }) => {
    const cell = read(cells[title])
    return cell === null ? [] : [String(cell)]
  })
  return [...options, ...values]
}

function linkOf(base: Base, table: Table, { title, kind, relatedTableId }: Column): LiveColumn['link'] {
  if (kind !== 'link') return null
  const related = [...base.tables.values()].find(({ id }) => id === relatedTableId)
  if (related === undefined) return null // in another base
  const side = table.inverses.get(title)
  const other = [...related.columns.values()].find(({ id }) => id === side?.columnId)
  return { table: related.title, otherSide: other?.title ?? null }
}
