import { parse } from 'csv-parse/sync'
import { PortreaError } from '../errors.ts'

/** A row that could not be read. */
export type Unreadable = {
  readonly line: number
  readonly reason: string
  /** What comes after it could not be read either: the list is not whole. */
  readonly cut?: true
}

/** The rows of a CSV file. */
export type Table = {
  readonly rows: readonly TableLine[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly string[]
  /** What it takes to write the file again: its text without byte order mark, its separator, its columns as written. */
  readonly source: { readonly text: string; readonly delimiter: string; readonly header: readonly string[] }
}

/** A row as it stands: `line` from 1; `from` and `to`, in bytes of the text in UTF-8, its line ending included. */
export type TableLine = {
  readonly line: number
  readonly from: number
  readonly to: number
  readonly cells: readonly string[]
}

/**
 * Reads a CSV text: the separator is the one under which most columns are known. A row with a broken quote, with more than
 * its columns hold, or with one cell alone is told and left; the lines after it are read on their own. Cells that a row
 * lacks at its end are empty.
 */
export function readTable(text: string, path: string, isKnown: (column: string) => boolean): Table {
  const plain = text.replace(/^\uFEFF/u, '')
  const announced = SEPARATOR_LINE.exec(plain)
  const start = announced?.[0] ?? ''
  const body = plain.slice(start.length)
  const { delimiter, header } = bestDelimiter(firstLine(body, path), isKnown, announced?.[1])
  const { lines, unreadable } = readLines(body, delimiter, header.length)
  const [bytes, height] = [Buffer.byteLength(start), start === '' ? 0 : 1]
  const rows = lines
    .filter(({ line, cells }) => line > 1 && cells.some((cell) => cell.trim() !== ''))
    .map(({ line, from, to, cells }) => ({ line: line + height, from: from + bytes, to: to + bytes, cells }))
  return {
    rows,
    unreadable: unreadable.map(({ line, reason }) => ({ line: line + height, reason })),
    notes: [...separatorNotes(delimiter), ...shortNotes(rows, header.length)],
    source: { text: plain, delimiter, header },
  }
}

/** The first line by which Excel is told the separator of the others. */
export const SEPARATOR_LINE = /^"?sep=([^\r\n"])"?[,;\t]*(?:\r\n|\n|\r)/iu

/** What people are told of the separator. */
export function separatorNotes(delimiter: string): string[] {
  if (delimiter === ',') return []
  const name = delimiter === ';' ? 'point-virgule' : delimiter === '\t' ? 'tabulation' : `« ${delimiter} »`
  return [`Séparateur de colonnes : ${name}.`]
}

const NAMED = 5

function shortNotes(rows: readonly TableLine[], width: number): string[] {
  const short = rows.filter(({ cells }) => cells.length < width).map(({ line }) => line)
  if (short.length === 0) return []
  const more = short.length > NAMED ? `, et ${short.length - NAMED} autres` : ''
  return [
    `Lignes plus courtes que celle des titres (${short.slice(0, NAMED).join(', ')}${more}) : les cellules qui manquent à leur fin sont lues vides.`,
  ]
}

function firstLine(text: string, path: string): string {
  const line = text.split(/\r\n|\n|\r/u, 1)[0] ?? ''
  if (line.trim() !== '') return line
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} ne commence pas par les noms de ses colonnes ; mettez-les sur la première ligne.`,
  )
}

function bestDelimiter(line: string, isKnown: (column: string) => boolean, announced: string | undefined) {
  const [best] = [...new Set([...(announced === undefined ? [] : [announced]), ',', ';', '\t'])]
    .map((delimiter) => ({ delimiter, header: parseCells(line, delimiter)[0]?.cells ?? [] }))
    .map((one) => ({ ...one, known: one.header.filter(isKnown).length }))
    .sort((one, other) => other.known - one.known || other.header.length - one.header.length)
  return best as { delimiter: string; header: readonly string[] }
}

/** The rows of a text, or of a part of one; `rest`: the lines at its end that may go on in the next part. */
export type Rows = {
  readonly lines: readonly TableLine[]
  readonly unreadable: readonly Unreadable[]
  readonly rest: string
}

/**
 * All at once where the text is sound; else row by row, so that one broken quote costs one row.
 * @param isWhole whether nothing follows
 */
export function readLines(text: string, delimiter: string, width: number, isWhole = true): Rows {
  try {
    const lines = parseCells(text, delimiter)
    if (lines.every(({ cells }) => fits(cells, width))) return { lines, unreadable: [], rest: '' }
  } catch {
    // Told row by row below.
  }
  return readRowByRow(physicalLines(text), delimiter, width, isWhole)
}

/** Every line with its ending, and the byte at which it begins. */
export function physicalLines(text: string): { text: string; from: number }[] {
  let from = 0
  return (text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/gu) ?? []).map((line) => {
    const start = from
    from += Buffer.byteLength(line)
    return { text: line, from: start }
  })
}

function readRowByRow(
  source: readonly { text: string; from: number }[],
  delimiter: string,
  width: number,
  isWhole: boolean,
): Rows {
  const lines: TableLine[] = []
  const unreadable: Unreadable[] = []
  for (let at = 0; at < source.length;) {
    const row = rowAt(source, at, delimiter)
    if (row === null && !isWhole && at + TALLEST > source.length)
      return { lines, unreadable, rest: textOf(source, at) }
    const cells = row === null ? null : cellsOf(row.text, delimiter)
    const from = source[at]?.from ?? 0
    if (row !== null && cells !== null && fits(cells, width)) {
      lines.push({ line: at + 1, from, to: from + Buffer.byteLength(row.text), cells })
      at += row.height
      continue
    }
    if (source[at]?.text.trim() !== '') unreadable.push({ line: at + 1, reason: whyNot(cells, width) })
    at += 1
  }
  return { lines, unreadable, rest: '' }
}

function textOf(source: readonly { text: string }[], from: number): string {
  return source
    .slice(from)
    .map(({ text }) => text)
    .join('')
}

/** A quoted cell may hold this many line breaks; beyond, its quote is taken for a broken one. */
const TALLEST = 50

/**
 * The row that begins here: lines are joined until its quotes are in pairs; null: they never are. One that is a row by
 * itself has a quote that opens nothing (« écran 12" »).
 */
export function rowAt(
  source: readonly { text: string }[],
  at: number,
  delimiter: string,
): { text: string; height: number } | null {
  const first = source[at]?.text ?? ''
  if (cellsOf(first, delimiter) !== null) return { text: first, height: 1 }
  let text = ''
  for (let height = 1; height <= TALLEST && at + height <= source.length; height++) {
    text += source[at + height - 1]?.text ?? ''
    if ((text.split('"').length - 1) % 2 === 0) return { text, height }
  }
  return null
}

/** The cells of a row; null: it is none, or more than one. */
export function cellsOf(text: string, delimiter: string): readonly string[] | null {
  try {
    const lines = parseCells(text, delimiter)
    return lines.length === 1 ? (lines[0]?.cells ?? null) : null
  } catch {
    // The caller says which row it is.
    return null
  }
}

/**
 * Whether a row fills its columns: too many cells may only be empty ones; one cell alone is a line broken in two, and so
 * is a short row whose quotes took the next lines in.
 */
function fits(cells: readonly string[], width: number): boolean {
  if (cells.length === 1 && width > 1) return cells[0]?.trim() === ''
  if (cells.length < width && cells.some((cell) => /[\r\n]/u.test(cell))) return false
  return cells.slice(width).every((cell) => cell.trim() === '')
}

function whyNot(cells: readonly string[] | null, width: number): string {
  if (cells === null) return 'Un guillemet n’est pas refermé ou n’est pas doublé.'
  if (cells.length < width)
    return 'La ligne n’a qu’une cellule : c’est sans doute la suite d’un texte de plusieurs lignes, qui demande des guillemets.'
  const extra = cells.slice(width).filter((cell) => cell.trim() !== '')
  return `La ligne a ${cells.length} cellules pour ${width} colonnes (en trop : ${extra.map((cell) => `« ${cell.trim().slice(0, 30)} »`).join(', ')}) : une cellule contient sans doute le séparateur sans guillemets.`
}

function parseCells(text: string, delimiter: string): TableLine[] {
  const bytes = Buffer.from(text)
  const parsed: unknown = parse(bytes, {
    delimiter,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: false,
  })
  let [line, seen] = [1, 0]
  return (parsed as { record: string[]; info: { bytes: number } }[]).map(({ record, info }) => {
    const from = afterEmptyLines(bytes, seen)
    line += lineBreaks(bytes.toString('utf8', seen, from))
    const start = line
    line += lineBreaks(bytes.toString('utf8', from, info.bytes))
    seen = info.bytes
    return { line: start, from, to: info.bytes, cells: record }
  })
}

function afterEmptyLines(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === 0x0a || bytes[at] === 0x0d) at += 1
  return at
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/gu)?.length ?? 0
}
