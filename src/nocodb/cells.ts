import type { CellValue } from '../columns/kinds.ts'
import type { Column, ColumnKind } from './schema.ts'

export type RowId = number
export type Cell = CellValue
/** Under which a row has its id: any title may be that of a column of people. */
export const ROW_ID: unique symbol = Symbol('id of the row')
/** Its cells by the titles that were asked for. */
export type Row = Readonly<Record<string, Cell>> & { readonly [ROW_ID]: RowId }

/** What a cell says, without the spaces around it; null: nothing. */
export function trimmedText(cell: Cell | undefined): string | null {
  const written = cell === null || cell === undefined ? '' : String(cell).trim()
  return written === '' ? null : written
}

/** What several choices of one cell are joined with. */
export const CHOICES = '|'

/** NocoDB's value → ours, the same for every route and engine. Compiled once per column of a reading. */
export function cellReader(kind: ColumnKind): (raw: unknown) => Cell {
  return READERS[kind]
}

const READERS: Record<ColumnKind, (raw: unknown) => Cell> = {
  text: readText,
  select: readText,
  number: readNumber,
  links: readNumber,
  foreignKey: readNumber,
  link: linkedReader('id'),
  boolean: (raw) => raw === true || raw === 1 || raw === '1' || raw === 'true',
  date: (raw) => (typeof raw === 'string' && raw !== '' ? raw.slice(0, 10) : null),
  datetime: readMoment,
  multiselect: readChoices,
  other: readComputed,
}

function readText(raw: unknown): Cell {
  if (typeof raw === 'string') return raw === '' ? null : raw
  if (raw === null || raw === undefined) return null
  return typeof raw === 'number' || typeof raw === 'boolean' ? raw : JSON.stringify(raw)
}

/** A Lookup lists what each of its rows holds, a lookup of links the rows themselves. */
function readComputed(raw: unknown): Cell {
  if (!Array.isArray(raw)) return readText(raw)
  const texts = raw.flatMap((one: unknown) => {
    const cell = readComputed(typeof one === 'object' && one !== null ? shownIn(one) : one)
    return cell === null ? [] : [String(cell)]
  })
  return texts.length === 0 ? null : [...new Set(texts)].join(CHOICES)
}

/** What names a row that stands in a cell: NocoDB sends its key, and the column that names it. */
function shownIn(row: object): unknown {
  if ('email' in row) return null // a person
  const cells = 'fields' in row && typeof row.fields === 'object' && row.fields !== null ? row.fields : row
  const values = Object.entries(cells).filter(([title]) => title.toLowerCase() !== 'id')
  // A key bears any title, and is a number; what names a row mostly is not.
  return (values.find(([, value]) => typeof value === 'string') ?? values[0])?.[1] ?? null
}

function readNumber(raw: unknown): Cell {
  if (typeof raw === 'number') return raw
  if (typeof raw !== 'string' || raw.trim() === '') return null
  const number = Number(raw)
  return Number.isNaN(number) ? raw : number
}

/**
 * The id of the record at the other end: v2 writes it under the title of the key there, v3 as `id`. Some servers wrap it
 * in a list.
 */
export function linkedReader(key: string): (raw: unknown) => Cell {
  return (raw) => {
    if (typeof raw !== 'object' || raw === null) return null
    const [end] = Array.isArray(raw) ? raw : [raw]
    return readNumber((end as Record<string, unknown> | undefined)?.[key])
  }
}

/** "2026-11-23 22:50:26+00:00" → "2026-11-23T22:50:26Z". */
function readMoment(raw: unknown): Cell {
  if (typeof raw !== 'string' || raw === '') return null
  if (UTC.test(raw)) return `${raw.slice(0, 10)}T${raw.slice(11, 19)}Z`
  const time = Date.parse(raw)
  return Number.isNaN(time) ? raw : `${new Date(time).toISOString().slice(0, 19)}Z`
}

const UTC = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)$/

function readChoices(raw: unknown): Cell {
  if (Array.isArray(raw)) return raw.length === 0 ? null : raw.join(CHOICES)
  return typeof raw === 'string' && raw !== '' ? raw.replaceAll(',', CHOICES) : null
}

/** A cell as every route takes it; `fault` says why it cannot be one of this column, before anything is sent. */
export function wireCell(column: Column, cell: Cell): { wire: unknown } | { fault: string } {
  if (cell === null || cell === '') return { wire: column.kind === 'boolean' ? false : null }
  switch (column.kind) {
    case 'number':
    case 'foreignKey':
      return Number.isFinite(typeof cell === 'string' ? Number(cell) : cell) && typeof cell !== 'boolean'
        ? { wire: Number(cell) }
        : { fault: `a number is expected in "${column.title}"` }
    case 'boolean':
      return typeof cell === 'boolean'
        ? { wire: cell }
        : { fault: `true or false is expected in "${column.title}"` }
    case 'date':
      return isMoment(cell)
        ? { wire: String(cell).slice(0, 10) }
        : { fault: `a date is expected in "${column.title}"` }
    case 'datetime':
      return isMoment(cell) ? { wire: cell } : { fault: `a date and time is expected in "${column.title}"` }
    case 'multiselect':
      return { wire: String(cell).split(CHOICES) }
    case 'text':
    case 'select':
      return { wire: String(cell) }
    case 'link':
    case 'links':
      return { fault: `"${column.title}" is a link: it is set on its own, not as a cell` }
    case 'other':
      return { wire: cell }
  }
}

function isMoment(cell: Cell): boolean {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\d/.test(cell) && !Number.isNaN(Date.parse(cell))
}

/** Whether the database holds what was sent; the order of several choices is its own. */
export function sameCell(kind: ColumnKind, sent: Cell, kept: Cell): boolean {
  const wanted = kind === 'boolean' ? (sent ?? false) : sent === '' ? null : sent
  if (wanted === kept) return true
  if (wanted === null || kept === null) return false
  switch (kind) {
    case 'number':
      return Number(wanted) === Number(kept)
    case 'date':
      return String(wanted).slice(0, 10) === kept
    case 'datetime':
      return readMoment(wanted) === kept
    case 'multiselect':
      return sorted(wanted) === sorted(kept)
    default:
      return String(wanted) === String(kept)
  }
}

function sorted(choices: Cell): string {
  return String(choices).split(CHOICES).toSorted().join(CHOICES)
}
