import { wordsLikeness } from '../adoption/name-likeness.ts'
import { letters } from '../completeness/text.ts'

type Named = { readonly id: number; readonly name: string | null }

/** Whom a name means: one person, several that nothing tells apart, oneself, or nobody (`nearest`: who has a like name). */
export type Found =
  | { readonly kind: 'one'; readonly id: number }
  | { readonly kind: 'several' | 'self' }
  | { readonly kind: 'nobody'; readonly nearest: number | null }

/** A mistyped word counts for so much; from such a likeness on (Dice, 0–1) it is the same name, or a name to ask about. */
const [MISTYPED, SAME, NEAR] = [0.9, 0.85, 0.5]

/** The names in a cell, as people part them. */
export function namesIn(cell: string | null): string[] {
  return (cell ?? '')
    .split(/[|;,/&+\n]|\bet\b/iu)
    .map((name) => name.trim())
    .filter((name) => letters(name) !== '')
}

/**
 * Finds people by their names: accents, capitals, the order of first and last name, a title do not count; a last name
 * alone, an initial or one wrong letter is enough where it means one person only.
 */
export function peopleFinder(people: readonly Named[]): (mention: string, by: number) => Found {
  const known = people.map(({ id, name }) => ({ id, words: wordsOf(name ?? '') }))
  return (mention, by) => {
    const words = wordsOf(mention)
    const others = known.filter(({ id, words: own }) => id !== by && own.length > 0)
    const exact = others.filter((one) => sameWords(one.words, words))
    const within = exact.length > 0 ? exact : others.filter((one) => isWithin(words, one.words))
    const alike = others
      .map(({ id, words: own }) => ({ id, likeness: wordsLikeness(words, own, MISTYPED) }))
      .toSorted((one, other) => other.likeness - one.likeness || one.id - other.id)
    const found = within.length > 0 ? within : alike.filter(({ likeness }) => likeness >= SAME)
    if (found.length === 1) return { kind: 'one', id: found[0]!.id }
    if (found.length > 1) return { kind: 'several' }
    const own = known.find(({ id }) => id === by)
    if (own !== undefined && words.length > 0 && isWithin(words, own.words)) return { kind: 'self' }
    const [nearest] = alike
    return { kind: 'nobody', nearest: nearest !== undefined && nearest.likeness >= NEAR ? nearest.id : null }
  }
}

const TITLES = new Set(['m', 'mr', 'mme', 'mlle', 'madame', 'monsieur', 'dr'])

function wordsOf(name: string): string[] {
  const words = letters(name)
    .split(' ')
    .filter((word) => word !== '')
  const own = words.filter((word, at) => at > 0 || !TITLES.has(word))
  return own.length > 0 ? own : words
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join(' ') === other.toSorted().join(' ')
}

/** Whether every word of the first is one of the second, or the initial of one. */
function isWithin(words: readonly string[], all: readonly string[]): boolean {
  const has = (word: string) => all.some((one) => one === word || (word.length === 1 && one.startsWith(word)))
  return words.some((word) => word.length > 1) && words.every(has)
}
