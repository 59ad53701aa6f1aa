import { fold } from '../completeness/text.ts'
import type { EpciFound } from './epci-names.ts'

/** What a record says of its EPCI: the text, and the EPCI (SIREN) of its commune; null: nothing, or not known. */
export type SaidOfEpci = { readonly text: string | null; readonly commune: string | null }

/** A text that names no EPCI for sure, in how many records it leaves the link to a person, and what it may mean. */
export type UnknownWord = {
  readonly word: string
  readonly records: number
  /** Whether it is like the name of one: else it may be anything, and is shown to nobody but who is asked. */
  readonly isLike: boolean
  /** The likeliest first. */
  readonly choices: readonly {
    readonly siren: string
    /** In how many of these records the commune is one of its own. */
    readonly communes: number
  }[]
}

const MOST_CHOICES = 5

/** The texts of records that nobody could link, those of most records first. */
export function unknownWords(
  records: readonly SaidOfEpci[],
  find: (text: string) => EpciFound,
): UnknownWord[] {
  const said = records.flatMap(({ text, commune }) => {
    const found = text === null ? null : find(text)
    return text === null || found === null || found.kind === 'found' ? [] : [{ text, commune, found }]
  })
  return [...Map.groupBy(said, ({ text }) => fold(text)).values()]
    .map((same) => {
      const { text, found } = same[0]!
      const near = found.kind === 'doubtful' || found.kind === 'ambiguous' ? found.sirens : []
      const counts = new Map<string, number>(near.map((siren) => [siren, 0]))
      for (const { commune } of same)
        if (commune !== null) counts.set(commune, (counts.get(commune) ?? 0) + 1)
      const choices = [...counts].map(([siren, communes]) => ({ siren, communes }))
      choices.sort((one, other) => other.communes - one.communes)
      return {
        word: text.trim(),
        records: same.length,
        isLike: near.length > 0,
        choices: choices.slice(0, MOST_CHOICES),
      }
    })
    .sort((one, other) => other.records - one.records || (one.word < other.word ? -1 : 1))
}

/**
 * Recognises EPCI by the words that people agreed to, else as `find` does. A word that stands for nothing leaves the
 * record to its commune.
 * @param words as people write them → SIREN; an empty text: it names no EPCI
 */
export function withAgreedWords(
  words: Readonly<Record<string, string>>,
  find: (text: string) => EpciFound,
): (text: string) => EpciFound | null {
  const agreed = new Map(Object.entries(words).map(([word, siren]) => [fold(word), siren]))
  return (text) => {
    const siren = agreed.get(fold(text))
    if (siren === undefined) return find(text)
    return siren === '' ? null : { kind: 'found', siren }
  }
}
