import type { Unreadable } from '../config/csv-table.ts'
import { PortreaError } from '../errors.ts'
import { repeatedNotes } from './csv-rows.ts'
import { HEAD_ROWS, headOf, isHeadAgain } from './head-row.ts'
import type { IsKnown } from './head-row.ts'
import { mergedCells } from './merged-cells.ts'
import { lineCounter } from './raw-row.ts'
import type { RawRow, RawRows } from './raw-row.ts'
import { openPackage } from './xlsx-package.ts'
import { sheetRows } from './xlsx-sheet.ts'
import type { SheetRow } from './xlsx-sheet.ts'
import { readWorkbook } from './xlsx-workbook.ts'
import type { Workbook } from './xlsx-workbook.ts'

/** How a workbook is read. */
export type XlsxBy = {
  readonly isKnown: IsKnown
  readonly sheet?: string | undefined
  /** How people know the file. */
  readonly name?: string
  /** The share (0–1) of the sheet that was read. */
  readonly onShare?: (share: number) => void
}

/** The rows of one sheet of a workbook, as people see them; texts are held, rows come one by one. */
export function xlsxRows(
  file: string,
  { isKnown, sheet, name: path = file, onShare = () => {} }: XlsxBy,
): RawRows {
  const notes: string[] = []
  const [repeated, errors, formulas] = [lineCounter(), lineCounter(), lineCounter()]
  async function* rows(): AsyncGenerator<RawRow | Unreadable> {
    const parts = await openPackage(file, path)
    try {
      const book = await readWorkbook(parts, path, sheet)
      notes.push(...sheetNotes(book))
      const size = parts.size(book.sheet.path)
      const merged = await mergedCells(await parts.open(book.sheet.path))
      const read = sheetRows(await parts.open(book.sheet.path), book, {
        onBytes: (bytes) => onShare(size === 0 ? 1 : bytes / size),
        onError: errors.add,
        onUnknown: formulas.add,
      })
      yield* bodyOf(merged.fill(read), path, isKnown, notes, repeated)
      if (merged.count > 0)
        notes.push(`Cellules fusionnées sur plusieurs lignes : leur valeur vaut pour chacune.`)
    } finally {
      parts.close()
    }
  }
  return {
    rows: rows(),
    notes: () => [
      ...notes,
      ...repeatedNotes(repeated),
      ...(errors.count() === 0
        ? []
        : [`Cellules en erreur (#N/A, #REF!…), lues vides : lignes ${errors.text()}.`]),
      ...(formulas.count() === 0
        ? []
        : [
            `Formules sans valeur calculée, lues vides : lignes ${formulas.text()}. Ouvrez le classeur dans un tableur et enregistrez-le.`,
          ]),
    ],
  }
}

function sheetNotes({ sheet, others }: Workbook): string[] {
  const hidden = sheet.isHidden ? ', qui est masquée' : ''
  if (others.length === 0) return sheet.isHidden ? [`Feuille lue : « ${sheet.name} »${hidden}.`] : []
  return [
    `Feuille lue : « ${sheet.name} »${hidden} ; --sheet en lit une autre : ${others.map((name) => `« ${name} »`).join(', ')}.`,
  ]
}

/** The rows under the titles. */
async function* bodyOf(
  read: AsyncIterable<SheetRow>,
  path: string,
  isKnown: IsKnown,
  notes: string[],
  repeated: ReturnType<typeof lineCounter>,
): AsyncGenerator<RawRow> {
  const first: SheetRow[] = []
  let titles: readonly string[] | null = null
  const body = (row: SheetRow, heads: readonly string[]): readonly RawRow[] => {
    if (isHeadAgain(row.cells, heads)) repeated.add(row.line)
    else return [{ line: row.line, titles: heads, values: row.cells }]
    return []
  }
  const begin = (): readonly RawRow[] => {
    const above = headOf(
      first.map(({ cells }) => cells.map((cell) => String(cell ?? ''))),
      isKnown,
    )
    const head = above === null ? undefined : first[above]
    if (head === undefined || above === null)
      throw new PortreaError('INPUT_INVALID', `${path} n’a pas de ligne de titres dans cette feuille.`)
    if (above > 0)
      notes.push(`Les titres sont à la ligne ${head.line} : ce qui est au-dessus est laissé de côté.`)
    const heads = [...head.cells].map((cell) =>
      String(cell ?? '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    titles = heads
    return first.slice(above + 1).flatMap((row) => body(row, heads))
  }
  for await (const row of read) {
    if (titles !== null) yield* body(row, titles)
    else {
      first.push(row)
      if (first.length === HEAD_ROWS) yield* begin()
    }
  }
  if (titles === null) yield* begin()
}
