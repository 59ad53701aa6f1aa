/** What a spreadsheet computes where a cell begins so. */
const BEGINS = /^[=+\-@\t\r]/u
/** A number, a telephone number or a coordinate, which may begin with a sign. */
const NUMBER = /^[+-][\d\s().,/|+-]*$/u

/** Whether a spreadsheet that opens this cell of a CSV would compute it. */
export function isFormula(cell: string): boolean {
  return BEGINS.test(cell) && !NUMBER.test(cell)
}

/**
 * Whether a spreadsheet would make something of it: « @telier connecté » and « - Accueil » begin like a formula, and are one
 * to nobody. What begins by `=` is; after another sign, what calls a function, another sheet or another program.
 */
export function isWorking(cell: string): boolean {
  return /^\s*=/u.test(cell) || CALLS.test(cell)
}

const CALLS = /^\s*[+\-@]\s*(?:[\w.$]+\s*[-+*/^&]\s*)*[\w.$]+[(|!]/u

/**
 * A text for a cell of ours. NocoDB writes cells into its CSV as they are, and a spreadsheet computes what begins like a
 * formula: an apostrophe before it says that it is text.
 */
export function asText(text: string): string {
  return isFormula(text) ? `'${text}` : text
}
