import { type CheckKind, found, NOTHING } from './check.ts'

/** A text that has to fit; what it could be cut to is proposed, where a sentence ends in time. */
export const maxLength: CheckKind<{ readonly signs: number }> = {
  reasons: () => ({ too_long: ['length', 'signs'] }),
  remember: false,
  make:
    ({ params: { signs } }) =>
    (value) =>
      value.length <= signs
        ? NOTHING
        : found('too_long', wholeSentences(value, signs), {
            length: String(value.length),
            signs: String(signs),
          }),
}

/** The first sentences that fit within so many signs; null: not even one, or hardly anything of the text. */
function wholeSentences(text: string, signs: number): string | null {
  const ends = [...text.slice(0, signs + 1).matchAll(/[.!?…](?=\s)/gu)].map(({ index }) => index + 1)
  const end = ends.at(-1) ?? 0
  return end < signs / 3 ? null : text.slice(0, end).trim()
}
