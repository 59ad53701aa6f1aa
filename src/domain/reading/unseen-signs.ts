/** Controls, soft hyphens, fillers, zero-width spaces and joiners of words, byte order marks: none of them is meant. */
const STRAY =
  '\\u0000-\\u0008\\u000e-\\u001b\\u007f\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u2060-\\u2065\\u206a-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb'
/** What guides the direction of a text, or joins its letters. */
const GUIDES = '\\u061c\\u200c-\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const VARIANTS = '\\ufe00-\\ufe0f'
/** Of files and records, in old files. */
const SEPARATORS = '\\u001c-\\u001f'
const LINES = '\\u000b\\u000c\\u2028\\u2029'
const ACCENTS = '\\u0300-\\u036f'
const LIGATURES = '\\ufb00-\\ufb06'
const SPACES = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000'

/** The signs of `withoutUnseen`, to look for them in the brackets of a regular expression. */
export const UNSEEN = STRAY + SEPARATORS + GUIDES + VARIANTS + LINES + ACCENTS + LIGATURES
/** The same, and the spaces of `withPlainSpaces`. */
export const UNSEEN_AND_SPACES = UNSEEN + SPACES

const any = (signs: string): RegExp => new RegExp(`[${signs}]`, 'gu')
const ALL_STRAY = any(STRAY)
const ALL_SEPARATORS = any(SEPARATORS)
const ALL_LINES = any(LINES)
const ALL_LIGATURES = any(LIGATURES)
const ALL_SPACES = any(SPACES)
/** A joiner or a variant after a picture is a part of it. */
const ALONE = new RegExp(
  `(?<![\\p{Emoji}\\ufe0f])[${VARIANTS}\\u200d]|[\\u200c\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]`,
  'gu',
)
/** Scripts that are written from the right, or whose letters take another shape beside a joiner. */
const GUIDED = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** The text without the signs that nobody sees: they are lost, or written as anybody would (é in one sign, fi in two). */
export function withoutUnseen(text: string): string {
  const seen = text
    .replace(ALL_STRAY, '')
    .replace(ALL_SEPARATORS, ' ')
    .replace(ALL_LINES, '\n')
    .replace(ALL_LIGATURES, (two) => two.normalize('NFKC'))
  return (GUIDED.test(seen) ? seen : seen.replace(ALONE, '')).normalize('NFC')
}

/** No-break, thin and wide spaces as plain ones. */
export function withPlainSpaces(text: string): string {
  return text.replace(ALL_SPACES, ' ')
}
