import { fold } from '../completeness/text.ts'

/** A word of theirs → what it says in the words that are expected there; an empty text: nothing. */
export type Words = Readonly<Record<string, string>>

/** Puts expected words in the place of those of a base. */
export type WordReader = (text: string) => string

/**
 * Reads the words of a base, whatever their case, accents and apostrophes: the whole cell where it is one, else each of
 * the values between `|`, `;` and line ends, and between commas where a value is none as a whole. What is not among the
 * words stays as it is written.
 */
export function wordReader(words: Words): WordReader {
  const known = new Map(Object.entries(words).map(([word, meaning]) => [fold(word), meaning]))
  const meaningOf = (text: string) => known.get(fold(text))
  const readItem = (item: string): Item => {
    const meaning = meaningOf(item)
    if (meaning !== undefined) return { values: [meaning], isKnown: true }
    const parts = item.split(',').map((part) => ({ part, meaning: meaningOf(part) }))
    if (parts.every((one) => one.meaning === undefined)) return { values: [item.trim()], isKnown: false }
    return { values: parts.map((one) => one.meaning ?? one.part.trim()), isKnown: true }
  }
  return (text) => {
    const whole = meaningOf(text)
    if (whole !== undefined) return whole
    const items = text.split(/[|;\n]/u).map(readItem)
    // Separators are people's where no word is known: the checks have their say.
    if (items.every(({ isKnown }) => !isKnown)) return text
    const values = items.flatMap((item) => item.values).filter((value) => value !== '')
    return [...new Set(values)].join('|')
  }
}

type Item = { readonly values: readonly string[]; readonly isKnown: boolean }
