/** Whether a column of this title is known; a title by itself says nothing of its neighbours. */
export type IsKnown = (title: string) => boolean

/** So many rows are looked at for the titles: what stands above them is a heading, a date, a logo. */
export const HEAD_ROWS = 15

/**
 * Which of the first rows of a table bears its titles: the first one of which two titles are known, else the first that
 * is known at all, else the first that is not empty; null: there is none.
 */
export function headOf(rows: readonly (readonly string[])[], isKnown: IsKnown): number | null {
  const known = rows.slice(0, HEAD_ROWS).map((cells) => cells.filter((cell) => isKnown(cell.trim())).length)
  const filled = rows.findIndex((cells) => cells.some((cell) => cell.trim() !== ''))
  const found = [known.findIndex((count) => count >= 2), known.findIndex((count) => count > 0), filled]
  return found.find((at) => at >= 0) ?? null
}

/** Whether a row repeats the titles, as files put end to end do. */
export function isHeadAgain(cells: readonly unknown[], titles: readonly string[]): boolean {
  return (
    titles.some((title) => title !== '') &&
    titles.every((title, at) => String(cells[at] ?? '').trim() === title)
  )
}
