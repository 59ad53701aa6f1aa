import { distance } from '../completeness/distance.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { jaroWinkler } from './jaro-winkler.ts'
import type { Word } from './words.ts'

/** How much a word says beside another list of words; `met`: it has its like there. */
export type Weigh = (word: Word, met: boolean) => number

/** What two lists of words have in common, 0–1; the order of the two changes nothing. */
export type WordLikeness = {
  /**
   * The share of two names that agrees: each word of either looks for its like in the other (A. Monge and C. Elkan,
   * « The field matching problem », 1996, taken both ways), words that say little counting less; at least `contained`
   * where one says all that the other tells.
   */
  names(one: readonly Word[], other: readonly Word[], weighOne: Weigh, weighOther: Weigh): NameLikeness
  /** The share of the shorter of two addresses that the longer one says too; null where one says next to nothing. */
  streets(one: readonly Word[], other: readonly Word[]): number | null
}

/** `rivals`: each of two names has a telling word that the other lacks. */
type NameLikeness = { readonly likeness: number; readonly rivals: boolean }

/**
 * Compiles the comparison of words: when two of them are one, misspelt, written together or apart.
 * @param kinds words that say what a place is, and not which: they were read as such, and are never misspelt
 */
export function wordLikeness(
  { misspelt, shortest, joined, contained }: DuplicateRules['likeness'],
  kinds: readonly string[] = [],
): WordLikeness {
  const kind = new Set(kinds)
  const best = bestOf(misspelt, shortest, kind)
  const found = (words: readonly Word[], among: readonly Word[], weigh: Weigh) => {
    let [shared, total, alone, named] = [0, 0, false, false]
    for (const word of words) {
      const like = best(word.text, among)
      const weight = weigh(word, like > 0)
      shared += weight * like
      total += weight
      if (weight !== 1) continue
      if (like === 0) alone = true
      else if (!kind.has(word.text)) named = true
    }
    return { shared, total, alone, named, share: total === 0 ? 0 : shared / total }
  }
  return {
    names(one, other, weighOne, weighOther) {
      const left = found(one, other, weighOne)
      const right = found(other, one, weighOther)
      const total = left.total + right.total
      const share = total === 0 ? 0 : (left.shared + right.shared) / total
      const whole =
        left.named && right.named && (!left.alone || !right.alone) ? Math.max(share, contained) : share
      const likeness = share === 1 ? 1 : Math.max(whole, together(one, other, joined))
      return { likeness, rivals: left.alone && right.alone && likeness === share }
    },
    streets(one, other) {
      const shares = [found(one, other, plain).share, found(other, one, plain).share]
      const vague = !one.some(tells) || !other.some(tells)
      if (vague) return shares.every((share) => share === 1) ? 1 : null
      const met = one.some((word) => tells(word) && best(word.text, other.filter(tells)) > 0)
      return met ? Math.max(...shares) : 0
    },
  }
}

function tells({ weight }: Word): boolean {
  return weight === 1
}

function plain({ weight }: Word): number {
  return weight
}

/** Of a word: 1 where it is among the others, its likeness where it is misspelt there, else 0. */
function bestOf(misspelt: number, shortest: number, kinds: ReadonlySet<string>) {
  return (word: string, among: readonly Word[]): number => {
    let highest = 0
    for (const { text } of among) {
      if (text === word) return 1
      if (!comparable(word, text, shortest) || kinds.has(word) || kinds.has(text)) continue
      const like = Math.max(jaroWinkler(word, text), isSlip(word, text) ? misspelt : 0)
      if (like >= misspelt && like > highest) highest = like
    }
    return highest
  }
}

/** One letter added, left out, changed, or two that changed places: Jaro and Winkler are strict with shorter words. */
export function isSlip(one: string, other: string): boolean {
  return one.length >= SLIPPED && other.length >= SLIPPED && distance(one, other, 1, true) <= 1
}

const SLIPPED = 5

/** Numbers are never misspelt: « résidence 12 » is not « résidence 13 ». */
function comparable(one: string, other: string, shortest: number): boolean {
  return (
    one.length >= shortest &&
    other.length >= shortest &&
    one.charCodeAt(0) === other.charCodeAt(0) &&
    Math.abs(one.length - other.length) <= 3 &&
    !DIGIT.test(one) &&
    !DIGIT.test(other)
  )
}

const DIGIT = /\d/u

/** « ty colibri » and « tycolibri »: the share of letters that stay once the spaces are gone, 0 below `least`. */
function together(one: readonly Word[], other: readonly Word[], least: number): number {
  const [long, short] = [lengthOf(one), lengthOf(other)].sort((left, right) => right - left) as [
    number,
    number,
  ]
  if (short < long * least || one.some(hasDigit) || other.some(hasDigit)) return 0
  const most = Math.floor(long - long * least)
  const changed = distance(joinedText(one), joinedText(other), most)
  return changed <= most ? 1 - changed / long : 0
}

function lengthOf(words: readonly Word[]): number {
  let length = 0
  for (const { text } of words) length += text.length
  return length
}

function hasDigit({ text }: Word): boolean {
  return DIGIT.test(text)
}

function joinedText(words: readonly Word[]): string {
  return words.map(({ text }) => text).join('')
}
