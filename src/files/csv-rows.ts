import {
  cellsOf,
  physicalLines,
  readLines,
  rowAt,
  SEPARATOR_LINE,
  separatorNotes,
} from '../config/csv-table.ts'
import type { Unreadable } from '../config/csv-table.ts'
import { PortreaError } from '../errors.ts'
import { HEAD_ROWS, headOf, isHeadAgain } from './head-row.ts'
import type { IsKnown } from './head-row.ts'
import { lineCounter } from './raw-row.ts'
import type { RawRow, RawRows } from './raw-row.ts'

/** So many signs are read at once, and before the titles are looked for. */
const PARTS = { part: 1 << 16, head: 1 << 16 }
/** A row may be so long; beyond, its quotes are taken for broken ones, and a line for none of a table. */
const LONGEST = 1 << 20

/**
 * The rows of a CSV text that comes part by part: the separator is the one under which most columns are known; a row that
 * cannot be read is told and left. No more than a part, or a long row, is held.
 */
export function csvRows(
  chunks: () => AsyncIterable<string>,
  path: string,
  isKnown: IsKnown,
  { part, head: first } = PARTS,
): RawRows {
  const [short, repeated] = [lineCounter(), lineCounter()]
  const notes: string[] = []
  async function* rows(): AsyncGenerator<RawRow | Unreadable> {
    let head: Head | null = null
    let [text, line] = ['', 1]
    for await (const { chunk, isLast } of marked(chunks())) {
      text += chunk
      if (!isLast && text.length < (head === null ? first : part)) continue
      if (head === null) {
        head = headIn(text, path, isKnown)
        notes.push(...headNotes(head))
        text = head.body
        line = head.line
      }
      const cut = isLast ? text.length : endOfRows(text)
      if (cut === 0) {
        refuseLongLine(text, line, path)
        continue
      }
      const read = readLines(text.slice(0, cut), head.delimiter, head.titles.length, isLast)
      const { titles } = head
      for (const row of inOrder(read.lines, read.unreadable)) {
        const at = line + row.line - 1
        if ('reason' in row) yield { line: at, reason: row.reason }
        else if (row.cells.every((cell) => cell.trim() === '')) continue
        else if (isHeadAgain(row.cells, titles)) repeated.add(at)
        else {
          if (row.cells.length < titles.length) short.add(at)
          yield { line: at, titles, values: row.cells }
        }
      }
      line += breaksIn(text.slice(0, cut - read.rest.length))
      text = read.rest + text.slice(cut)
    }
  }
  return { rows: rows(), notes: () => [...notes, ...rowNotes(short, repeated)] }
}

type Head = {
  readonly delimiter: string
  readonly titles: readonly string[]
  /** What follows the titles, and the line that it begins on. */
  readonly body: string
  readonly line: number
  /** The rows above the titles. */
  readonly above: number
}

function headIn(text: string, path: string, isKnown: IsKnown): Head {
  const announced = SEPARATOR_LINE.exec(text)
  const body = text.slice(announced?.[0].length ?? 0)
  const lines = physicalLines(body.slice(0, LONGEST)).slice(0, HEAD_ROWS * 2)
  const [best] = [...new Set([...(announced?.[1] === undefined ? [] : [announced[1]]), ',', ';', '\t'])]
    .map((delimiter) => headUnder(lines, delimiter, isKnown))
    .filter((one) => one !== null)
    .sort((one, other) => other.known - one.known || other.titles.length - one.titles.length)
  if (best === undefined)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} n’a pas de ligne de titres ; mettez les noms des colonnes sur la première ligne.`,
    )
  const start = lines.slice(0, best.end).reduce((sum, { text: one }) => sum + one.length, 0)
  const line = (announced === null ? 1 : 2) + best.end
  return { ...best, body: body.slice(start), line }
}

function headUnder(lines: readonly { text: string }[], delimiter: string, isKnown: IsKnown) {
  const rows: { cells: readonly string[]; end: number }[] = []
  for (let at = 0; at < lines.length && rows.length < HEAD_ROWS;) {
    const row = rowAt(lines, at, delimiter)
    at += row?.height ?? 1
    rows.push({ cells: row === null ? [] : (cellsOf(row.text, delimiter) ?? []), end: at })
  }
  const above = headOf(
    rows.map(({ cells }) => cells),
    isKnown,
  )
  const found = above === null ? undefined : rows[above]
  if (found === undefined || above === null) return null
  const titles = found.cells.map((title) => title.trim())
  return { delimiter, titles, end: found.end, above, known: titles.filter(isKnown).length }
}

function headNotes({ delimiter, above }: Head): string[] {
  const skipped =
    above === 0
      ? []
      : [`Les titres ne sont pas sur la première ligne : ce qui est au-dessus est laissé de côté.`]
  return [...separatorNotes(delimiter), ...skipped]
}

type Counter = ReturnType<typeof lineCounter>

function rowNotes(short: Counter, repeated: Counter): string[] {
  return [
    ...(short.count() === 0
      ? []
      : [
          `Lignes plus courtes que celle des titres (${short.text()}) : les cellules qui manquent à leur fin sont lues vides.`,
        ]),
    ...repeatedNotes(repeated),
  ]
}

/** What people are told of titles that stand again among the rows. */
export function repeatedNotes(repeated: Counter): string[] {
  return repeated.count() === 0
    ? []
    : [`La ligne des titres est répétée (${repeated.text()}) : elle n’est pas une fiche.`]
}

/** The end of the last line at which quotes are in pairs; of a long text, of the last line; 0: not there yet. */
function endOfRows(text: string): number {
  let [end, paired, isEven] = [0, 0, true]
  // A carriage return at the very end may be half of a line ending.
  for (let at = 0; at < text.length - 1; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) isEven = !isEven
    else if (code === LINE_FEED || (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) {
      end = at + 1
      if (isEven) paired = end
    }
  }
  return paired > 0 || text.length < LONGEST ? paired : end
}

const [QUOTE, LINE_FEED, RETURN] = [0x22, 0x0a, 0x0d]

function refuseLongLine(text: string, line: number, path: string): void {
  if (text.length < LONGEST * 2) return
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} n’est pas un tableau : la ligne ${line} dépasse deux millions de signes.`,
  )
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/gu)?.length ?? 0
}

/** Both as they stand in the file. */
function inOrder<One extends { line: number }, Other extends { line: number }>(
  ones: readonly One[],
  others: readonly Other[],
): readonly (One | Other)[] {
  return others.length === 0 ? ones : [...ones, ...others].sort((one, other) => one.line - other.line)
}

/** The chunks, and an empty one that says that it is the last. */
async function* marked(chunks: AsyncIterable<string>): AsyncGenerator<{ chunk: string; isLast: boolean }> {
  for await (const chunk of chunks) yield { chunk, isLast: false }
  yield { chunk: '', isLast: true }
}
