import { fold } from '../completeness/text.ts'

/**
 * Whether a text in which people name records (« Pas un doublon de ») names this one, by any of its references. They
 * may be parted by whatever sign, stand in a sentence or in a line copied from « Doublons possibles »; « structure-1 » is
 * not named by « structure-12 ».
 */
export function mentions(text: string, references: readonly (string | null)[]): boolean {
  const said = fold(text)
  return references.some((reference) => reference !== null && standsIn(said, fold(reference)))
}

function standsIn(text: string, reference: string): boolean {
  if (reference === '') return false
  for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1))
    if (!PART.test(text[at - 1] ?? '') && !PART.test(text[at + reference.length] ?? '')) return true
  return false
}

/** Signs that make a longer reference of what they touch. */
const PART = /[\p{L}\p{N}_\-/@]/u
