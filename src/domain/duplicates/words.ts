import { memo } from '../completeness/memo.ts'
import { letters } from '../completeness/text.ts'

/** A word that counts in a name or an address, and how much it says (0–1). */
export type Word = { readonly text: string; readonly weight: number }

type WordRules = {
  /** Wordings that say the same, each read as the word on its left. */
  readonly same: Readonly<Record<string, readonly string[]>>
  readonly common: readonly string[]
  readonly ignored: readonly string[]
  readonly weights: { readonly common: number }
}

type Wording = { readonly words: readonly string[]; readonly meaning: string }

/**
 * Reads a text, already reduced to its `letters`, into its words: each once, whatever abbreviations it was written
 * with.
 */
export function wordReader({ same, common, ignored, weights }: WordRules): (text: string) => readonly Word[] {
  const wordings = byFirstWord(same)
  const dull = new Set(common)
  const silent = new Set(ignored)
  const known = memo((text): Word => ({ text, weight: dull.has(text) ? weights.common : 1 }))
  return (text) => {
    const signs = text.split(' ')
    const words: Word[] = []
    for (let at = 0; at < signs.length;) {
      const sign = signs[at] as string
      const found = wordings.get(sign)?.find((one) => startsAt(signs, at, one.words))
      at += found?.words.length ?? 1
      const said = found?.meaning ?? sign
      if (said === '' || silent.has(said)) continue
      const word = known(said)
      if (!words.some((other) => other.text === said)) words.push(word)
    }
    return words
  }
}

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
