import type { Lost } from './fix-guard.ts'
import { plainText } from './check-text.ts'
import { decodedList } from './encoded-list.ts'
import { fold, letters } from './text.ts'

/** Articles and prepositions: « de Auray » and « d'Auray » say the same. */
const SMALL = new Set('a au aux d de des du et l la le les'.split(' '))
/** Words that are written short as often as not. */
const SAME: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', s: 'sur' }

/** Words of any alphabet, folded, as often as they stand there, and those that markup hides; small ones left aside. */
export function wordsOf(text: string): string[] {
  return everyWord(text).filter((word) => !SMALL.has(word))
}

function everyWord(text: string): string[] {
  const hidden = [...text.matchAll(/\b(?:href|src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)')/giu)]
  const all = [plainText(text), ...hidden.map(([, one, other]) => one ?? other ?? '')].join(' ')
  return (fold(all).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => SAME[word] ?? word)
}

/** Its words without anything between them. */
export function glued(text: string): string {
  return everyWord(text).join('')
}

/** The words of the first list that the second does not hold, each as often as it is missing. */
export function without(words: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1)
  return words.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
}

/** A text says its words; those that were torn apart or glued together are the same. */
export const saidByText: Lost = (before, after) => {
  const lost = without(wordsOf(before), wordsOf(after))
  return lost.length > 0 && glued(before) === glued(after) ? [] : lost
}

/** An acronym is hardly ever longer. */
const ACRONYM = 4

/**
 * A name says its words and their accents. Capitals say nothing of accents: a fix may put only those that the record's
 * commune bears, and leaves no long word in capitals, for it then knows only half of the name.
 */
export function saidByName({ keep }: { readonly keep: readonly string[] }): Lost {
  const acronyms = new Set(keep.map((word) => word.toUpperCase()))
  return (before, after, actor) => {
    const lost = saidByText(before, after, actor)
    if (/\p{Ll}/u.test(before) || !/\p{Ll}/u.test(after)) return lost
    const told = new Set(accented([plainText(before), actor.fields.commune ?? ''].join(' ')))
    const guessed = accented(after).filter((word) => !told.has(word))
    const left = (after.match(/\p{L}+/gu) ?? []).filter(
      (word) => word.length > ACRONYM && word === word.toUpperCase() && !acronyms.has(word),
    )
    return [...lost, ...guessed, ...left]
  }
}

/** Words with an accent, in small letters. */
function accented(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).filter((word) => fold(word) !== word)
}

/** A list says its values, by whatever wording the rules know them; what they do not know is said as it stands. */
export function saidByList(accepted: Readonly<Record<string, readonly string[]>>): Lost {
  const read = listReader(accepted)
  return (before, after) => {
    const kept = new Set(read(after))
    return read(before).filter((value) => !kept.has(value))
  }
}

/** Reads the values of a list, by whatever wording the rules know them; what they do not know as its letters. */
export function listReader(
  accepted: Readonly<Record<string, readonly string[]>>,
): (text: string) => readonly string[] {
  const known = new Map(
    Object.entries(accepted).flatMap(([value, others]) =>
      [value, ...others].map((wording) => [letters(wording), value]),
    ),
  )
  return (text) =>
    decodedList(text)
      .split(/[|;\n]/u)
      .flatMap((piece) => (known.has(letters(piece)) ? [piece] : piece.split(',')))
      .map((piece) => known.get(letters(piece)) ?? letters(piece))
      .filter((piece) => piece !== '')
}
