import { numberFormat, shownNumber } from './number-format.ts'
import { textReader } from './xlsx-workbook.ts'
import type { Workbook } from './xlsx-workbook.ts'
import { xmlParts } from './xml-parts.ts'

/** What a cell shows; null: nothing. */
export type SheetCell = string | number | boolean | null
/** A row that holds something, by its number in the sheet. */
export type SheetRow = { readonly line: number; readonly cells: readonly SheetCell[] }

type Watch = {
  readonly onBytes: (bytes: number) => void
  /** A cell of this row is an error. */
  readonly onError: (line: number) => void
  /** A cell of this row is a formula that nobody computed. */
  readonly onUnknown: (line: number) => void
}

const PLAIN = numberFormat(0, undefined)
/** No sheet has more columns. */
const MOST_COLUMNS = 16_384

/** The rows of a sheet, as they come; those that hold nothing are left out. */
export async function* sheetRows(
  bytes: AsyncIterable<Buffer>,
  book: Pick<Workbook, 'texts' | 'formats' | 'is1904'>,
  watch: Watch,
): AsyncGenerator<SheetRow> {
  let found: SheetRow[] = []
  let read = 0
  const counted = async function* () {
    for await (const chunk of bytes) {
      read += chunk.length
      watch.onBytes(read)
      yield chunk
    }
  }
  for await (const _ of xmlParts(
    counted(),
    rowHandler(book, watch, (row) => found.push(row)),
  )) {
    yield* found
    found = []
  }
  yield* found
}

type Cell = { column: number; type: string; style: number; value: string; isFormula: boolean }

function rowHandler(
  book: Pick<Workbook, 'texts' | 'formats' | 'is1904'>,
  watch: Watch,
  onRow: (row: SheetRow) => void,
) {
  const inline = textReader()
  let line = 0
  let cells: SheetCell[] = []
  let cell: Cell = { column: -1, type: 'n', style: 0, value: '', isFormula: false }
  let isValue = false
  return {
    open(name: string, attribute: (name: string) => string | undefined): void {
      inline.open(name)
      if (name === 'row') {
        line = Number(attribute('r') ?? line + 1)
        cells = []
        cell.column = -1
      } else if (name === 'c') {
        const column = columnOf(attribute('r')) ?? cell.column + 1
        cell = {
          column,
          type: attribute('t') ?? 'n',
          style: Number(attribute('s') ?? 0),
          value: '',
          isFormula: false,
        }
      } else if (name === 'v') isValue = true
      else if (name === 'f') cell.isFormula = true
    },
    text(text: string): void {
      inline.text(text)
      if (isValue) cell.value += text
    },
    close(name: string): void {
      inline.close(name)
      if (name === 'v') isValue = false
      else if (name === 'c') {
        const shown = shownCell(cell, inline.take(), book)
        if (cell.type === 'e') watch.onError(line)
        else if (shown === null && cell.isFormula && cell.value === '' && cell.type !== 'str')
          watch.onUnknown(line)
        if (shown !== null && cell.column < MOST_COLUMNS) {
          while (cells.length < cell.column) cells.push(null)
          cells[cell.column] = shown
        }
      } else if (name === 'row' && cells.some((one) => one !== null && one !== '')) onRow({ line, cells })
    },
  }
}

/** The column of « AB12 », from 0. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]+/u.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function shownCell(
  { type, style, value }: Cell,
  inline: string,
  { texts, formats, is1904 }: Pick<Workbook, 'texts' | 'formats' | 'is1904'>,
): SheetCell {
  if (type === 'inlineStr') return filled(inline)
  if (value === '' || type === 'e') return null
  if (type === 's') return filled(texts[Number(value)] ?? '')
  if (type === 'b') return value === '1' || value === 'true'
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/u, '')
  if (type === 'str') return filled(value)
  const number = Number(value)
  return Number.isFinite(number) ? shownNumber(number, formats[style] ?? PLAIN, is1904) : value
}

function filled(text: string): string | null {
  return text.trim() === '' ? null : text
}
