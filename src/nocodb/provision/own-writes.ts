import { hash } from 'node:crypto'
import { LABELS } from '../../columns/labels.ts'
import type { Base } from '../base.ts'
import { ROW_ID } from '../cells.ts'
import type { Cell, Row, RowId } from '../cells.ts'
import { chunk } from '../chunk.ts'
import { exchangeCells } from '../compare-and-set.ts'
import { readTrace } from '../epci-trace.ts'
import { setLinks } from '../links.ts'
import type { CurrentTable } from '../meta-model.ts'
import { columnOf } from '../reading.ts'
import { idIn } from '../row-key.ts'
import { readByIds, readRows } from '../rows.ts'
import type { Table } from '../schema.ts'
import { writeRows } from '../write-rows.ts'
import { asFirstActors } from './desired-schema.ts'
import type { DesiredSchema, DesiredTable } from './desired-schema.ts'
import type { Manifest } from './manifest.ts'

/** A link that the service filled, and where it still leads. */
export type OwnLink = { readonly id: RowId; readonly target: RowId }

/** The links of one table of actors; `title`, `trace`: their columns. */
export type LinkedActors = {
  readonly table: string
  readonly title: string
  readonly trace: string
  readonly links: readonly OwnLink[]
}

/** Cells of one column of people's that the service filled and nobody changed since; `value`: what all of them say (null: each its own, and they are emptied first). */
export type OwnCells = {
  readonly table: string
  readonly title: string
  readonly value: string | null
  readonly rows: readonly { readonly id: RowId; readonly were: Cell }[]
}

/** What Portrea wrote in people's places and nobody touched since. */
export type OwnWrites = {
  readonly linked: readonly LinkedActors[]
  readonly cells: readonly OwnCells[]
  /** Rows of the table EPCI, by id. */
  readonly epcis: readonly RowId[]
  /** Of a column (id): in how many rows what fills it is ours. */
  readonly filled: ReadonlyMap<string, number>
}

/** The cells that `adopt --link-epcis` gives a row of the table EPCI, by key. */
export const EPCI_CELLS = ['name', 'siren', 'departments', 'population'] as const

/** What a row of the table EPCI is known again by: a person who changes one of these cells makes it theirs. */
export function epciMark(cells: readonly (Cell | undefined)[]): string {
  return hash('sha256', JSON.stringify(cells.map((cell) => cell ?? null)), 'hex').slice(0, 12)
}

/** Reads it: the links by the traces beside them, the rows by what the manifest remembers of them. */
export async function readOwnWrites(
  base: Base,
  desired: DesiredSchema,
  schema: readonly CurrentTable[],
  manifest: Manifest | null,
): Promise<OwnWrites> {
  const actors = desired.tables.filter(({ key }) => asFirstActors(key) === 'actors')
  const linked = (await Promise.all(actors.map((own) => ownLinks(base, own)))).flat()
  const table = desired.tables.find(({ key }) => key === 'epcis')
  const epcis = table === undefined ? [] : await ownEpcis(base, { desired, table, manifest, linked })
  const filled = new Map<string, number>()
  const count = (tableTitle: string | undefined, title: string | undefined, rows: number) => {
    const column = schema.find((one) => one.title === tableTitle)?.columns.find((one) => one.title === title)
    if (column !== undefined && rows > 0) filled.set(column.id, rows)
  }
  for (const { table: of, title, links } of linked) count(of, title, links.length)
  const cells = [...(await ownGroups(base, desired)), ...(await ownStates(base, desired))]
  for (const { table: of, title, rows } of cells) count(of, title, rows.length)
  for (const title of table === undefined ? [] : ownTitles(table))
    count(table?.title, title, epcis.filter((row) => (row[title] ?? null) !== null).length)
  return { linked, cells, epcis: epcis.map((row) => row[ROW_ID]), filled }
}

/** « Groupe », where it is still the number that the service proposed. */
async function ownGroups(base: Base, { tables }: DesiredSchema): Promise<OwnCells[]> {
  const own = tables.find(({ key }) => key === 'participants')
  const [group, proposed] = [titleOf(own, 'group'), titleOf(own, 'proposedGroup')]
  return cellsWhere(base, own, [group, proposed], null, (row) => {
    const cell = group === undefined ? null : (row[group] ?? null)
    return cell !== null && proposed !== undefined && Number(cell) === row[proposed]
  })
}

/** « État » of invitations that the service proposed, where it still is what it proposed: who is of no record was added by people. */
async function ownStates(base: Base, { tables }: DesiredSchema): Promise<OwnCells[]> {
  const own = tables.find(({ key }) => key === 'invitations')
  const [state, record] = [titleOf(own, 'state'), titleOf(own, 'recordId')]
  const proposed = LABELS.invitationState.to_invite
  const isOurs = (row: Row) =>
    state !== undefined && row[state] === proposed && record !== undefined && (row[record] ?? '') !== ''
  return cellsWhere(base, own, [state, record], proposed, isOurs)
}

/** The first of these columns in the rows that are so; none where one of them is not there. */
async function cellsWhere(
  base: Base,
  own: DesiredTable | undefined,
  titles: readonly (string | undefined)[],
  value: string | null,
  isOurs: (row: Row) => boolean,
): Promise<OwnCells[]> {
  const table = own === undefined ? undefined : base.tables.get(own.title)
  const columns = titles.flatMap((title) => (title !== undefined && table?.columns.has(title) ? [title] : []))
  const [title] = columns
  if (own === undefined || table === undefined || title === undefined) return []
  if (columns.length < titles.length) return []
  const rows: { id: RowId; were: Cell }[] = []
  for await (const page of readRows(base, table, { columns }))
    for (const row of page) if (isOurs(row)) rows.push({ id: row[ROW_ID], were: row[title] ?? null })
  return rows.length === 0 ? [] : [{ table: own.title, title, value, rows }]
}

/** Empties the cells that are still ours. Throws what the calls throw. */
export async function emptyOwnCells(base: Base, { table, title, rows }: OwnCells): Promise<void> {
  await exchangeCells(
    base,
    base.table(table),
    rows.map(({ id, were }) => ({ id, were: { [title]: were }, cells: { [title]: null } })),
  )
}

/** None of a table that is not there, or has no place for traces. */
async function ownLinks(base: Base, own: DesiredTable): Promise<LinkedActors[]> {
  const [title, trace] = [titleOf(own, 'epci'), titleOf(own, 'epciTrace')]
  const table = base.tables.get(own.title)
  if (title === undefined || trace === undefined || table === undefined) return []
  if (!table.columns.has(trace) || table.columns.get(title)?.kind !== 'link') return []
  const links: OwnLink[] = []
  for await (const page of readRows(base, table, { columns: [title, trace] }))
    for (const row of page) {
      const target = row[title]
      if (typeof target === 'number' && readTrace(row[trace])?.row === target)
        links.push({ id: row[ROW_ID], target })
    }
  return [{ table: own.title, title, trace, links }]
}

type Asked = {
  readonly desired: DesiredSchema
  readonly table: DesiredTable
  readonly manifest: Manifest | null
  readonly linked: readonly LinkedActors[]
}

/** Rows that we made, as we made them: nothing more is written there, and nothing of people's leads there. */
async function ownEpcis(base: Base, { desired, table, manifest, linked }: Asked): Promise<Row[]> {
  const found = base.tables.get(table.title)
  const marks = new Set(Object.values(manifest?.rows ?? {}))
  if (found === undefined || marks.size === 0) return []
  const ours = new Map(
    linked.map(({ table: of, links }) => [of, Map.groupBy(links, ({ target }) => target)] as const),
  )
  const [given, others, lists] = [ownTitles(table), humanTitles(table, found), listsOf(desired, table, found)]
  const rows: Row[] = []
  for await (const page of readRows(base, found, { columns: [...given, ...others, ...lists.keys()] }))
    for (const row of page) {
      const alone = [...lists].every(
        ([title, actors]) => (row[title] ?? 0) === (ours.get(actors ?? '')?.get(row[ROW_ID])?.length ?? 0),
      )
      const untouched = others.every((title) => (row[title] ?? null) === null)
      if (alone && untouched && marks.has(epciMark(given.map((title) => row[title])))) rows.push(row)
    }
  return rows
}

function ownTitles(table: DesiredTable): string[] {
  return EPCI_CELLS.flatMap((key) => titleOf(table, key) ?? [])
}

/** Where people may have written since, columns of their own included. */
function humanTitles(table: DesiredTable, found: Table): string[] {
  const given = new Set(ownTitles(table))
  const written = new Set(table.columns.flatMap(({ title, role }) => (role === 'written' ? [title] : [])))
  const plain = ({ kind, uidt, system }: { kind: string; uidt: string; system: boolean }) =>
    !system && !['link', 'links', 'boolean'].includes(kind) && !COMPUTED.has(uidt)
  return [...found.columns.values()].flatMap((column) =>
    plain(column) && !given.has(column.title) && !written.has(column.title) ? [column.title] : [],
  )
}

const COMPUTED = new Set(['Button', 'Formula', 'Lookup', 'Rollup', 'QrCode', 'Barcode', 'AutoNumber'])

/** The lists of a row of the table EPCI, by title; with the table of actors that each lists (null: of something else). */
function listsOf(
  { links, tables }: DesiredSchema,
  table: DesiredTable,
  found: Table,
): ReadonlyMap<string, string | null> {
  const actors = new Set(tables.flatMap(({ key, title }) => (asFirstActors(key) === 'actors' ? [title] : [])))
  const lists = [...found.columns.values()].filter(({ kind }) => kind === 'links')
  return new Map(
    lists.map(({ title }) => {
      const link = links.find((one) => one.parent === table.title && one.title === title)
      return [title, link !== undefined && actors.has(link.child) ? link.child : null]
    }),
  )
}

function titleOf(table: DesiredTable | undefined, key: string): string | undefined {
  return [...(table?.keys ?? [])].find(([, one]) => one === key)?.[0]
}

/** Empties the links that are still ours, and takes their traces with them. Throws what the calls throw. */
export async function emptyOwnLinks(base: Base, actors: LinkedActors): Promise<void> {
  const { links } = actors
  const table = base.table(actors.table)
  const key = table.foreignKeys.get(actors.title)
  if (key === undefined || !base.capabilities.routes.v1) return emptyOneByOne(base, table, actors)
  for (const [target, same] of Map.groupBy(links, (link) => link.target))
    for (const some of chunk(same, base.capabilities.batch.v1))
      await base.http.send({
        method: 'PATCH',
        path: `/api/v1/db/data/bulk/noco/${base.id}/${table.id}/all`,
        query: {
          where: `${idIn(
            table,
            some.map(({ id }) => id),
          )}~and(${columnOf(table, key).id},eq,${target})`,
        },
        body: { [key]: null, [actors.trace]: null },
      })
}

/** Without that route: those that somebody changed since are left out right before. */
async function emptyOneByOne(base: Base, table: Table, actors: LinkedActors): Promise<void> {
  const targets = new Map(actors.links.map(({ id, target }) => [id, target]))
  const rows = await readByIds(base, table, [...targets.keys()], [actors.title])
  const still = rows.flatMap((row) => (row[actors.title] === targets.get(row[ROW_ID]) ? [row[ROW_ID]] : []))
  await setLinks(
    base,
    table,
    actors.title,
    still.map((id) => ({ id, target: null })),
  )
  await writeRows(
    base,
    table,
    still.map((id) => ({ id, cells: { [actors.trace]: null } })),
  )
}
