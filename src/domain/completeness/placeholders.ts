import { memo } from './memo.ts'
import { fold } from './text.ts'

/** What a value says before any check: nothing, « there is none », or something. */
export type Answer = 'empty' | 'none' | 'value'

type Words = {
  readonly placeholders: {
    readonly values: readonly string[]
    /** Nothing but these signs says nothing: `???`, `--`. */
    readonly madeOf: string
    /** Filler texts by their first word: lorem. */
    readonly startsWith: readonly string[]
  }
  readonly noneAnswers: readonly string[]
}

/**
 * Tells placeholders (`?`, `à compléter`, lorem …) and « sans objet » from values, without case, accents and spaces.
 * Nearly every value is told by its first and last signs; the few others are read once and remembered.
 */
export function answerReader({ placeholders, noneAnswers }: Words): (value: string) => Answer {
  const empty = new Set(placeholders.values.map(squeeze))
  const none = new Set(noneAnswers.map(squeeze))
  const signs = new Set(placeholders.madeOf)
  const starts = placeholders.startsWith.map(fold)
  const suspect = suspects([...empty, ...none], [...signs], starts)
  const read = memo((value): Answer => {
    const word = squeeze(value)
    if (word === '' || empty.has(word) || [...word].every((sign) => signs.has(sign))) return 'empty'
    if (none.has(word)) return 'none'
    const folded = fold(value)
    return starts.some((start) => folded === start || folded.startsWith(`${start} `)) ? 'empty' : 'value'
  })
  return (value) => (suspect(value) ? read(value) : 'value')
}

function squeeze(text: string): string {
  return fold(text).replaceAll(' ', '')
}

/** Latin letters with their accents lie below this code. */
const LATIN = 256
const NO_BREAK_SPACE = 0xa0

/** Whether a value may be one of the words, by its first and last signs, or begin as one of `starts` does. */
function suspects(words: readonly string[], signs: readonly string[], starts: readonly string[]) {
  const ends = [...words.map((word) => word.charAt(0) + word.charAt(word.length - 1))]
  for (const first of signs) ends.push(...signs.map((last) => first + last))
  const plain = Array.from({ length: LATIN }, (_, code) =>
    code < 33 || code === NO_BREAK_SPACE ? ' ' : fold(String.fromCharCode(code)),
  )
  /** By the first sign, then the last one: 1 where a word has these ends; null where no word begins so. */
  const table = plain.map((first) => {
    const lasts = new Set(ends.filter((two) => two.charAt(0) === first).map((two) => two.charAt(1)))
    if (lasts.size === 0 && first !== ' ') return null
    return Uint8Array.from(plain, (last) => (first === ' ' || last === ' ' || lasts.has(last) ? 1 : 0))
  })
  const begins = Uint8Array.from(plain, (sign) => (starts.some((start) => start.startsWith(sign)) ? 1 : 0))
  return (value: string): boolean => {
    const code = value.charCodeAt(0)
    if (value === '' || code >= LATIN) return true
    const lasts = table[code] as Uint8Array | null
    if (lasts !== null && lasts[value.charCodeAt(value.length - 1)] !== 0) return true
    return begins[code] === 1 && starts.some((start) => fold(value.slice(0, start.length)) === start)
  }
}
