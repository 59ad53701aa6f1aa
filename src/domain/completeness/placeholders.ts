import { memo } from './memo.ts'
import { fold } from './text.ts'

/** What a value says before any check: nothing, « there is none », or something. */
export type Answer = 'empty' | 'none' | 'value'

type Words = {
  readonly placeholders: { readonly values: readonly string[]; readonly patterns: readonly string[] }
  readonly noneAnswers: readonly string[]
}

/**
 * Tells placeholders (`?`, `à compléter`, lorem …) and « sans objet » from values. The words are compared without
 * case, accents and spaces; the patterns are held against the value as it is, without case.
 */
export function answerReader(rules: Words): (value: string) => Answer {
  const squeeze = (text: string): string => fold(text).replaceAll(' ', '')
  const placeholders = new Set(rules.placeholders.values.map(squeeze))
  const none = new Set(rules.noneAnswers.map(squeeze))
  const patterns = new RegExp(
    ['^\\s*$', ...rules.placeholders.patterns].map((one) => `(?:${one})`).join('|'),
    'iu',
  )
  const longest = 3 * Math.max(...[...placeholders, ...none].map((word) => word.length))
  const first = firstSigns([...placeholders, ...none])
  const slow = memo((value): Answer => {
    const word = squeeze(value)
    return placeholders.has(word) ? 'empty' : none.has(word) ? 'none' : 'value'
  })
  return (value) => {
    if (patterns.test(value)) return 'empty'
    return value.length <= longest && mayBegin(first, value) ? slow(value) : 'value'
  }
}

/** Which plain signs begin one of the words: most values are told apart by their first sign. */
function firstSigns(words: readonly string[]): Uint8Array {
  const first = new Uint8Array(128)
  for (const word of words) {
    const lower = word.charCodeAt(0)
    if (lower < 128) first[lower] = first[word.toUpperCase().charCodeAt(0)] = 1
  }
  return first
}

function mayBegin(first: Uint8Array, value: string): boolean {
  const sign = value.charCodeAt(0)
  return sign >= 128 || sign <= 32 || first[sign] === 1
}
