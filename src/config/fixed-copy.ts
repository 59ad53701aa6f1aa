import type { Fix } from '../domain/completeness/safe-fixes.ts'
import type { ActorFields } from '../domain/actor.ts'
import { FIELDS } from '../domain/fields.ts'
import { readValue } from '../domain/reading/read-value.ts'
import { PortreaError } from '../errors.ts'
import { isNested } from './json-items.ts'
import { type ActorFile, type ActorRow, type ActorSource, readActorText, toText } from './actor-file.ts'

/** The fixes of each actor of a file, by its place; most have none. */
export type FixesByActor = ReadonlyMap<number, readonly Fix[]>
type Csv = Extract<ActorSource, { format: 'csv' }>
type Json = Extract<ActorSource, { format: 'json' }>

/**
 * The text of a file with these values replaced: the same columns and rows in the same order; of a table, every row
 * that has no fix, and every line that could not be read, byte for byte. An array becomes a table where `as` says so
 * (lists joined by `|`). Read again before it is given: throws INTERNAL where any other value would have moved.
 */
export function fixedCopy(file: ActorFile, fixes: FixesByActor, as: 'csv' | 'json'): string {
  const { source, rows } = file
  const text = source.format === 'csv' ? fixedTable(source, rows, fixes) : fixedItems(source, rows, fixes, as)
  prove(file, fixes, text)
  return source.marked && as === 'csv' ? `\uFEFF${text}` : text
}

function fixedTable({ table, lines }: Csv, rows: readonly ActorRow[], fixes: FixesByActor): string {
  const bytes = Buffer.from(table.text)
  const parts: string[] = []
  let written = 0
  for (const [at, { from, to, cells }] of lines.entries()) {
    const own = fixes.get(at)
    if (own === undefined) continue
    const values = valuesOf(own, rows[at]?.columns ?? {})
    const mended = cells.map((cell, place) => values.get(place) ?? cell)
    const ending = /[\r\n]*$/u.exec(bytes.toString('utf8', from, to))?.[0] ?? ''
    parts.push(bytes.toString('utf8', written, from), csvRow(mended, table.delimiter), ending)
    written = to
  }
  return [...parts, bytes.toString('utf8', written)].join('')
}

/** The last value of each column that fixes change, by its place. */
function valuesOf(fixes: readonly Fix[], columns: ActorRow['columns']): ReadonlyMap<number, string> {
  return new Map(
    fixes.flatMap(({ field, after }) => {
      const place = columns[field]?.place
      return place === undefined ? [] : [[place, after] as const]
    }),
  )
}

/** A row of a CSV file (RFC 4180), without its line ending. */
export function csvRow(cells: readonly string[], delimiter: string): string {
  return cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function fixedItems(
  { items }: Json,
  rows: readonly ActorRow[],
  fixes: FixesByActor,
  as: 'csv' | 'json',
): string {
  const mended: unknown[] = [...items]
  for (const [at, own] of fixes) {
    const { line, columns } = rows[at] as ActorRow
    const item = items[line - 1] as Readonly<Record<string, unknown>>
    const values = own.map(({ field, after }) => {
      const column = columns[field]?.title ?? field
      return [column, Array.isArray(item[column]) ? after.split('|') : after] as const
    })
    mended[line - 1] = { ...item, ...Object.fromEntries(values) }
  }
  if (as === 'json') return `${JSON.stringify(mended, null, 2)}\n`
  const records = rows.map(({ line }) => mended[line - 1] as Readonly<Record<string, unknown>>)
  const known = new Set(records.flatMap((record) => Object.keys(record)))
  const header: readonly string[] = known.size === 0 ? FIELDS : [...known]
  const table = [header, ...records.map((record) => header.map((column) => cellText(record[column])))]
  return table.map((cells) => `${csvRow(cells, ',')}\n`).join('')
}

/** What no cell can say is carried over as JSON, rather than lost. */
function cellText(value: unknown): string {
  return isNested(value) ? JSON.stringify(value) : (toText(value) ?? '')
}

/** Reads the copy as anybody would: the values mended, all others as they were. */
function prove(file: ActorFile, fixes: FixesByActor, text: string): void {
  const wanted = file.actors.map(({ fields }, at) => {
    const mended = (fixes.get(at) ?? []).map(({ field, after }) => [field, readValue(field, after)] as const)
    return { ...fields, ...Object.fromEntries(mended) }
  })
  const carried = carriedOver(file.source)
  const kept = readActorText(text, 'copy', file.source.headers).actors.map(({ fields }) =>
    carried.size === 0 ? fields : asRead(fields, carried),
  )
  if (sameFields(wanted.filter(saysSomething), kept.filter(saysSomething))) return
  throw new PortreaError(
    'INTERNAL',
    'La copie corrigée ne se relit pas comme il faut : rien n’a été écrit. Signalez-nous ce fichier.',
  )
}

/** What is carried over as JSON, as it stands in a table, and what is read of it. */
function carriedOver(source: ActorSource): ReadonlyMap<string, string | null> {
  if (source.format === 'csv') return new Map()
  const values = source.items.flatMap((item) =>
    item === null || typeof item !== 'object' ? [] : Object.values(item),
  )
  return new Map(values.filter(isNested).map((value) => [cellText(value), toText(value)]))
}

function asRead(fields: ActorFields, carried: ReadonlyMap<string, string | null>): ActorFields {
  const entries = FIELDS.map((field) => {
    const read = carried.get(fields[field] ?? '')
    return [field, read === undefined ? fields[field] : read]
  })
  return Object.fromEntries(entries) as ActorFields
}

function saysSomething(fields: ActorFields): boolean {
  return Object.values(fields).some((value) => value !== null)
}

function sameFields(one: readonly ActorFields[], other: readonly ActorFields[]): boolean {
  return (
    one.length === other.length &&
    one.every((fields, at) => FIELDS.every((field) => fields[field] === other[at]?.[field]))
  )
}
