import { PortreaError } from '../errors.ts'

/** No list of records is nested so deep: what is, would only break what reads it. */
const DEEPEST = 64

/** The items of an array in JSON; INPUT_INVALID says where and how to mend it. */
export function parseItems(text: string, path: string): readonly unknown[] {
  const deep = tooDeepAt(text)
  if (deep !== null)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} emboîte plus de ${DEEPEST} niveaux (ligne ${lineOf(text, deep)}) ; il faut un tableau de fiches simples : [{ "id": …, "nom": … }, …].`,
    )
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const at = /position (\d+)/u.exec((cause as Error).message)?.[1]
    const where = at === undefined ? '' : ` à partir de la ligne ${lineOf(text, Number(at))}`
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} n’est pas du JSON : il ne se lit pas${where} ; exportez-le de nouveau, ou donnez un CSV.`,
      { cause },
    )
  }
  if (Array.isArray(value)) return value
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} contient un objet seul ; il faut un tableau de fiches : [{ … }, …].`,
  )
}

/** Where brackets are first nested too deep, texts aside; null: nowhere. */
function tooDeepAt(text: string): number | null {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gsu)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > DEEPEST) return index
  }
  return null
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

/** Whether a value of a record is itself a record, or holds one: no cell can say it. */
export function isNested(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isNested) : typeof value === 'object' && value !== null
}
