/**
 * Gives each row one column of its own so that the sum of the scores is the highest possible (the Hungarian method, with
 * potentials: O(n²m), n the shorter side). A score of 0 or less is no match. Answers the column of each row, null where
 * it has none.
 */
export function assign(scores: readonly (readonly number[])[]): (number | null)[] {
  const rows = scores.length
  const columns = scores[0]?.length ?? 0
  const worth = (row: number, column: number) => Math.max(0, scores[row]?.[column] ?? 0)
  const given: (number | null)[] = Array.from({ length: rows }, () => null)
  const give = (row: number, column: number) => {
    if (worth(row, column) > 0) given[row] = column
  }
  if (rows <= columns)
    for (const [row, column] of cheapest(rows, columns, (one, other) => -worth(one, other)).entries())
      give(row, column)
  else
    for (const [column, row] of cheapest(columns, rows, (one, other) => -worth(other, one)).entries())
      give(row, column)
  return given
}

/** The column of each row in the cheapest assignment of all rows; there are at least as many columns. */
function cheapest(rows: number, columns: number, cost: (row: number, column: number) => number): number[] {
  const ofRow = new Float64Array(rows + 1)
  const ofColumn = new Float64Array(columns + 1)
  const owner = new Int32Array(columns + 1) // 1-based; column 0 is where the row to place stands
  for (let row = 1; row <= rows; row += 1) {
    owner[0] = row
    const came = augment(columns, cost, { ofRow, ofColumn, owner })
    for (let column = came.last; column !== 0; column = came.from[column]!)
      owner[column] = owner[came.from[column]!]!
  }
  const columnOf: number[] = Array.from({ length: rows }, () => 0)
  for (let column = 1; column <= columns; column += 1)
    if (owner[column]! > 0) columnOf[owner[column]! - 1] = column - 1
  return columnOf
}

type State = { readonly ofRow: Float64Array; readonly ofColumn: Float64Array; readonly owner: Int32Array }

/** The shortest way from the row to place to a column that is free; `from` leads back along it. */
function augment(
  size: number,
  cost: (row: number, column: number) => number,
  { ofRow, ofColumn, owner }: State,
): { last: number; from: Int32Array } {
  const slack = new Float64Array(size + 1).fill(Infinity)
  const from = new Int32Array(size + 1)
  const seen = new Uint8Array(size + 1)
  let column = 0
  do {
    seen[column] = 1
    const row = owner[column]!
    let step = Infinity
    let next = 0
    for (let other = 1; other <= size; other += 1) {
      if (seen[other] === 1) continue
      const reduced = cost(row - 1, other - 1) - ofRow[row]! - ofColumn[other]!
      if (reduced < slack[other]!) {
        slack[other] = reduced
        from[other] = column
      }
      if (slack[other]! < step) {
        step = slack[other]!
        next = other
      }
    }
    for (let other = 0; other <= size; other += 1) {
      if (seen[other] === 1) {
        ofRow[owner[other]!]! += step
        ofColumn[other]! -= step
      } else slack[other]! -= step
    }
    column = next
  } while (owner[column] !== 0)
  return { last: column, from }
}
