import { distance } from '../completeness/distance.ts'
import { memo } from '../completeness/memo.ts'
import { letters } from '../completeness/text.ts'

/** A word that counts in a name or an address, and how much it says (0–1). */
export type Word = { readonly text: string; readonly weight: number }

type WordRules = {
  /** Wordings that say the same, each read as the word on its left. */
  readonly same: Readonly<Record<string, readonly string[]>>
  readonly ignored: readonly string[]
}

type Wording = { readonly words: readonly string[]; readonly meaning: string }

/**
 * Reads a text, already reduced to its `letters`, into its words: each once, whatever abbreviations it was written
 * with, and with a slip of the hand in a word of a wording (« centre comunal d'action sociale »).
 */
export function wordReader({ same, ignored }: WordRules): (text: string) => readonly string[] {
  const wordings = byFirstWord(same)
  const silent = new Set(ignored)
  const spelt = speller(wordings)
  return (text) => {
    const signs = text.split(' ').map(spelt)
    const words: string[] = []
    for (let at = 0; at < signs.length;) {
      const sign = signs[at] as string
      const found = wordings.get(sign)?.find((one) => startsAt(signs, at, one.words))
      at += found?.words.length ?? 1
      const word = found?.meaning ?? sign
      if (word !== '' && !silent.has(word) && !words.includes(word)) words.push(word)
    }
    return words
  }
}

/** What each word of a list (parted by spaces) says: words that many bear say less. */
export function wordWeigher(common: readonly string[], weight: number): (texts: string) => readonly Word[] {
  const dull = new Set(common)
  const known = memo((text): Word => ({ text, weight: dull.has(text) ? weight : 1 }))
  return (texts) => (texts === '' ? NONE : texts.split(' ').map(known))
}

const NONE: readonly Word[] = Object.freeze([])

/** The wordings by their first word, the longest first, so that « communauté de communes » is not « commune ». */
function byFirstWord(same: WordRules['same']): ReadonlyMap<string, readonly Wording[]> {
  const all = Object.entries(same).flatMap(([meaning, wordings]) =>
    wordings.map((wording) => ({ meaning, words: letters(wording).split(' ') })),
  )
  all.sort((one, other) => other.words.length - one.words.length)
  return Map.groupBy(all, ({ words }) => words[0] as string)
}

/** Shorter words have too many others a letter away: « marie » is not « mairie ». */
const LONG = 6

/**
 * Reads a long word that is one slip away from a word of the wordings as that word, and the beginning of one, as people
 * cut words short (« bibli. »), where it is that of one meaning only.
 */
function speller(wordings: ReadonlyMap<string, readonly Wording[]>): (word: string) => string {
  const all = [...wordings.values()].flat()
  const vocabulary = new Set(all.flatMap(({ words, meaning }) => [...words, meaning]))
  const long = [...vocabulary].filter((word) => word.length >= LONG)
  const single = all.filter(({ words }) => words.length === 1)
  return memo((word) => {
    if (word.length < SHORTENED || vocabulary.has(word)) return word
    const slipped = long.find(
      (one) => one[0] === word[0] && word.length >= LONG && distance(one, word, 1, true) <= 1,
    )
    if (slipped !== undefined) return slipped
    const meant = single.filter(
      ({ words: [one = ''] }) => one.startsWith(word) && one.length >= word.length + CUT,
    )
    return new Set(meant.map(({ meaning }) => meaning)).size === 1 ? meant[0]!.meaning : word
  })
}

/** A word that is cut short keeps so many letters, and loses so many. */
const [SHORTENED, CUT] = [5, 3]

function startsAt(signs: readonly string[], at: number, words: readonly string[]): boolean {
  return words.every((word, offset) => signs[at + offset] === word)
}
