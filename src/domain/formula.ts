/** What a spreadsheet computes where a cell begins so. */
const BEGINS = /^[=+\-@\t\r]/u
/** A number, a telephone number or a coordinate, which may begin with a sign. */
const NUMBER = /^[+-][\d\s().,/|+-]*$/u

/** Whether a spreadsheet that opens this cell of a CSV would compute it. */
export function isFormula(cell: string): boolean {
  return BEGINS.test(cell) && !NUMBER.test(cell)
}

/**
 * A text for a cell of ours. NocoDB writes cells into its CSV as they are, and a spreadsheet computes what begins like a
 * formula: an apostrophe before it says that it is text.
 */
export function asText(text: string): string {
  return isFormula(text) ? `'${text}` : text
}
