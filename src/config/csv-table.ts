import { parse } from 'csv-parse/sync'
import { PortreaError } from '../errors.ts'

/** A row that could not be read. */
export type Unreadable = { readonly line: number; readonly reason: string }

/** The rows of a CSV file by the names of its columns. */
export type Table = {
  readonly rows: readonly (TableLine & { readonly named: Readonly<Record<string, string>> })[]
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
 * Reads a CSV text: the separator is the one under which most columns are known. A row with a broken quote or too
 * many or too few cells is told and left; the lines after it are read on their own.
 */
export function readTable(text: string, path: string, isKnown: (column: string) => boolean): Table {
  const plain = text.replace(/^\uFEFF/u, '')
  const { delimiter, header } = bestDelimiter(firstLine(plain, path), isKnown)
  const { lines, unreadable } = readLines(plain, delimiter, header.length)
  return {
    rows: lines
      .filter(({ line, cells }) => line > 1 && cells.some((cell) => cell.trim() !== ''))
      .map((line) => ({ ...line, named: named(header, line.cells) })),
    unreadable,
    notes:
      delimiter === ','
        ? []
        : [`Séparateur de colonnes : ${delimiter === ';' ? 'point-virgule' : 'tabulation'}.`],
    source: { text: plain, delimiter, header },
  }
}

function firstLine(text: string, path: string): string {
  const line = text.split(/\r\n|\n|\r/u, 1)[0] ?? ''
  if (line.trim() !== '') return line
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} does not begin with the names of its columns; put them on the first line.`,
  )
}

function bestDelimiter(line: string, isKnown: (column: string) => boolean) {
  const [best] = [',', ';', '\t']
    .map((delimiter) => ({ delimiter, header: parseCells(line, delimiter)[0]?.cells ?? [] }))
    .map((one) => ({ ...one, known: one.header.filter(isKnown).length }))
    .sort((one, other) => other.known - one.known || other.header.length - one.header.length)
  return best as { delimiter: string; header: readonly string[] }
}

/** All at once where the file is sound; else row by row, so that one broken quote costs one row. */
function readLines(
  text: string,
  delimiter: string,
  width: number,
): { lines: TableLine[]; unreadable: Unreadable[] } {
  try {
    const lines = parseCells(text, delimiter)
    if (lines.every(({ cells }) => cells.length === width)) return { lines, unreadable: [] }
  } catch {
    // Told row by row below.
  }
  return readRowByRow(physicalLines(text), delimiter, width)
}

/** Every line with its ending, and the byte at which it begins. */
function physicalLines(text: string): { text: string; from: number }[] {
  let from = 0
  return (text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/gu) ?? []).map((line) => {
    const start = from
    from += Buffer.byteLength(line)
    return { text: line, from: start }
  })
}

function readRowByRow(source: readonly { text: string; from: number }[], delimiter: string, width: number) {
  const lines: TableLine[] = []
  const unreadable: Unreadable[] = []
  for (let at = 0; at < source.length;) {
    const row = rowAt(source, at)
    const cells = row === null ? null : cellsOf(row.text, delimiter)
    const from = source[at]?.from ?? 0
    if (row !== null && cells?.length === width) {
      lines.push({ line: at + 1, from, to: from + Buffer.byteLength(row.text), cells })
      at += row.height
      continue
    }
    if (source[at]?.text.trim() !== '') unreadable.push({ line: at + 1, reason: whyNot(cells, width) })
    at += 1
  }
  return { lines, unreadable }
}

/** A quoted cell may hold this many line breaks; beyond, its quote is taken for a broken one. */
const TALLEST = 50

/** The row that begins here: lines are joined until its quotes are in pairs; null: they never are. */
function rowAt(source: readonly { text: string }[], at: number): { text: string; height: number } | null {
  let text = ''
  for (let height = 1; height <= TALLEST && at + height <= source.length; height++) {
    text += source[at + height - 1]?.text ?? ''
    if ((text.split('"').length - 1) % 2 === 0) return { text, height }
  }
  return null
}

function cellsOf(text: string, delimiter: string): readonly string[] | null {
  try {
    const lines = parseCells(text, delimiter)
    return lines.length === 1 ? (lines[0]?.cells ?? null) : null
  } catch {
    // The caller says which row it is.
    return null
  }
}

function whyNot(cells: readonly string[] | null, width: number): string {
  if (cells === null) return 'Un guillemet n’est pas refermé ou n’est pas doublé.'
  return `La ligne a ${cells.length} cellules pour ${width} colonnes : une cellule contient sans doute le séparateur sans guillemets.`
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

function named(header: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(header.map((column, at) => [column.trim(), cells[at] ?? '']))
}
