import type { SeenTable } from './seen-table.ts'
import { letters } from '../../completeness/text.ts'

/**
 * A title by itself, then without what stands before a sign that parts it: « Services : démarches », `publics.jeunes`,
 * « [Coûts] Gratuit », `address.streetNumber`. The longest first.
 */
export function endings(title: string): string[] {
  const parts = title.split(/[.:>/|\][_]+|\s[-–—]\s/u).map((part) => part.trim())
  const ends = parts.map((_, at) => parts.slice(at).join(' ').trim()).filter((end) => letters(end) !== '')
  return [...new Set([title, ...ends])]
}

/** Whether a title says that something is not so: what it ends with is then no value of it. */
export function isDenied(title: string): boolean {
  return letters(title.replaceAll('_', ' '))
    .split(' ')
    .some((word) => DENYING.test(word))
}
const DENYING =
  /^(?:non|pas|sans|hors|sauf|refus\p{L}*|interdi\p{L}*|aucune?s?|exclu\p{L}*|fermetures?|vacances|conges?|not?|without)$/u

/** Whether so many titles of the table begin so that it says nothing of any of them. */
export function isShared(beginning: string, { theirs, rules }: SeenTable): boolean {
  const alike = theirs.columns.filter(({ title }) => title.startsWith(beginning))
  return beginning !== '' && alike.length >= rules.evidence.shared * theirs.columns.length
}

/** A title without the number, or the word, that makes it a further one of its kind; null: it is the first of its kind. */
export function withoutRank(title: string): string | null {
  const bare = title
    .replace(/^\s*(?:source|fichier)\s*\d+\s*[-:–_.]\s*/iu, '')
    .replace(RANK, ' ')
    .trim()
  return bare === title.trim() || letters(bare) === '' ? null : bare
}

const RANK =
  /[\s_.(-]*(?:n°\s*)?(?:\b[2-5]|(?<=\p{L})[2-5]|\bbis\b|\bter\b|\bsecondaire\b|\bsecond(?:e|aire)?\b|\balternati(?:f|ve)\b|\bsuppl[ée]mentaire\b|\bautre\b|\b(?:source|fichier)\s*\d+\b)\)?(?=$|[\s_.):-])/giu
