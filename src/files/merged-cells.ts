import type { SheetCell, SheetRow } from './xlsx-sheet.ts'

type Merged = { readonly from: number; readonly to: number; readonly column: number }

const REFERENCE = /<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*"([A-Z]+)(\d+):[A-Z]+(\d+)"/gu
/** More than anybody merges by hand: those beyond are read as any other cell. */
const MOST = 10_000
/** The longest such element. */
const LONGEST = 200

/**
 * The cells of a sheet that are one over several rows: what they say is said of each. (They are told at the end of a
 * sheet, so that it is gone through once for them.)
 */
export async function mergedCells(bytes: AsyncIterable<Buffer>): Promise<{
  readonly count: number
  fill(rows: AsyncIterable<SheetRow>): AsyncIterable<SheetRow>
}> {
  const merged: Merged[] = []
  let text = ''
  for await (const chunk of bytes) {
    text += chunk.toString('latin1')
    let end = 0
    for (const found of text.matchAll(REFERENCE)) {
      end = found.index + found[0].length
      const [, letters = '', from = '', to = ''] = found
      if (from !== to && merged.length < MOST)
        merged.push({ from: Number(from), to: Number(to), column: numberOf(letters) })
    }
    text = text.slice(Math.max(end, text.length - LONGEST))
  }
  const starting = Map.groupBy(merged, ({ from }) => from)
  return { count: merged.length, fill: (rows) => (merged.length === 0 ? rows : filled(rows, starting)) }
}

function numberOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

async function* filled(
  rows: AsyncIterable<SheetRow>,
  starting: ReadonlyMap<number, readonly Merged[]>,
): AsyncGenerator<SheetRow> {
  let open: { readonly to: number; readonly column: number; readonly value: SheetCell }[] = []
  for await (const { line, cells } of rows) {
    open = open.filter(({ to }) => to >= line)
    const whole = [...cells]
    for (const { column, value } of open) {
      while (whole.length <= column) whole.push(null)
      whole[column] ??= value
    }
    yield { line, cells: whole }
    for (const { to, column } of starting.get(line) ?? [])
      open.push({ to, column, value: whole[column] ?? null })
  }
}
