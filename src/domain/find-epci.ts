import type { Departments } from './departments.ts'

/** Words that people leave out of the name of an EPCI, or write as they like. */
const UNTOLD = new Set('de du des d la le les l en et sur cc ca cu epci'.split(' '))
const SHORT: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', agglo: 'agglomeration' }

/** What can be looked for. */
export type Findable = {
  readonly siren: string
  readonly name: string
  readonly departments: readonly string[]
}

/**
 * Whether an EPCI is what people look for: by words of its name in any order, begun or whole, without accents (« St Méen »,
 * « golfe morbihan »), by the digits of its SIREN, or by a département, its number or its name.
 */
export function finder(wanted: string, { name: nameOf }: Departments): (epci: Findable) => boolean {
  const asked = wordsOf(wanted)
  const digits = wanted.replaceAll(/\s/gu, '')
  const code = digits.toUpperCase()
  if (asked.length === 0 && digits === '') return () => true
  return ({ siren, name, departments }) => {
    if (departments.includes(code)) return true
    if (/^\d{3,9}$/u.test(digits) && siren.startsWith(digits)) return true
    const named = departments.some((one) => sameWords(wordsOf(nameOf(one) ?? ''), asked))
    if (named) return true
    const words = wordsOf(name)
    return asked.length > 0 && asked.every((word) => words.some((one) => one.startsWith(word)))
  }
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length > 0 && some.join(' ') === others.join(' ')
}

/** Its words without case, accents, articles and short forms; hyphens and apostrophes are spaces. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()
    .split(' ')
  const told = words.filter((word) => word !== '' && !UNTOLD.has(word))
  return told.map((word) => SHORT[word] ?? word)
}
