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
 * with.
 */
export function wordReader({ same, ignored }: WordRules): (text: string) => readonly string[] {
  const wordings = byFirstWord(same)
  const silent = new Set(ignored)
  return (text) => {
    const signs = text.split(' ')
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

function startsAt(signs: readonly string[], at: number, words: readonly string[]): boolean {
  return words.every((word, offset) => signs[at + offset] === word)
}
