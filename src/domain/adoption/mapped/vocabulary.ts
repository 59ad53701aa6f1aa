import { fold, letters } from '../../completeness/text.ts'
import { singular } from '../title-words.ts'

/** A value that a field of ours expects, and other wordings of it. */
export type Meaning = {
  readonly value: string
  readonly wordings: readonly string[]
  /** What people often write for it, and may mean otherwise: worth a question, never more. */
  readonly hints?: readonly string[]
}

/** By key of a column of the table of actors: all the values that it expects. */
export type Vocabulary = ReadonlyMap<string, readonly Meaning[]>

/** What a word of theirs most likely says: exactly the value, or another wording of it (`exact`), or near to one. */
export type MeaningFound = {
  readonly value: string
  readonly exact: 'value' | 'wording' | null
  /** 0–1. */
  readonly score: number
  /** How many telling words the two have in common. */
  readonly common: number
  /** A word that people often write for it. */
  readonly hinted?: boolean
}

/** Finds what their words say among the values of one field. */
export type MeaningFinder = (text: string) => readonly MeaningFound[]

/** From here on a likeness (0–1) is worth a question. */
const WORTH_ASKING = 0.6
/** What is so much nearer than the next one comes first without a doubt between the two. */
const APART = 0.1

/**
 * Compares the telling words of a text with those of each value and its other wordings. A word that many values share says
 * little; plurals and endings do not count. An exact wording is the only answer; else the nearest come, the best first.
 */
export function meaningFinder(meanings: readonly Meaning[]): MeaningFinder {
  const known = meanings.flatMap(({ value, wordings }) =>
    [value, ...wordings].map((wording) => ({ value, glued: glued(wording), stems: stemsOf(wording) })),
  )
  const hinted = meanings.flatMap(({ value, hints = [] }) =>
    hints.map((hint) => ({ value, glued: glued(hint) })),
  )
  const shared = new Map<string, Set<string>>()
  for (const { value, stems } of known)
    for (const stem of stems) shared.set(stem, (shared.get(stem) ?? new Set()).add(value))
  const weight = (stem: string) => 1 / Math.max(1, shared.get(stem)?.size ?? 1)
  const weightOf = (stems: readonly string[]) => stems.reduce((sum, stem) => sum + weight(stem), 0)
  return (text) => {
    const own = glued(text)
    const exact = known.find((one) => one.glued === own)
    if (exact !== undefined) {
      const how = glued(exact.value) === own ? 'value' : 'wording'
      return [{ value: exact.value, exact: how, score: 1, common: stemsOf(text).length }]
    }
    const hints = hinted.filter((one) => one.glued === own).map(({ value }) => value)
    if (hints.length > 0)
      return hints.map((value) => ({
        value,
        exact: null,
        score: 1,
        common: stemsOf(text).length,
        hinted: true,
      }))
    const stems = stemsOf(text)
    const best = new Map<string, { score: number; common: number }>()
    for (const { value, stems: others } of known) {
      const both = stems.filter((stem) => others.includes(stem))
      const common = weightOf(both)
      const all = weightOf(stems) + weightOf(others)
      const score = all === 0 ? 0 : (common / weightOf(stems) + (2 * common) / all) / 2
      if (score > (best.get(value)?.score ?? 0)) best.set(value, { score, common: both.length })
    }
    return [...best]
      .filter(([, { score }]) => score >= WORTH_ASKING)
      .map(([value, one]) => ({ value, exact: null, ...one }))
      .toSorted((one, other) => other.score - one.score)
  }
}

/** The one that is meant, where none is about as near; null: nobody can tell. */
export function nearestMeaning(found: readonly MeaningFound[]): MeaningFound | null {
  const [best, next] = found
  if (best === undefined || (next !== undefined && next.score > best.score - APART)) return null
  return best
}

function glued(text: string): string {
  return letters(text).split(' ').map(singular).join('')
}

/** The words that say something, each cut to what its family shares. */
function stemsOf(text: string): string[] {
  const words = letters(text)
    .split(' ')
    .filter((word) => word.length > 2 && !SMALL.has(word))
  return [...new Set(words.map((word) => singular(word).slice(0, STEM)))]
}

const STEM = 6
const SMALL = new Set(
  fold(
    'les des une aux par sur dans avec pour via mon son ses mes leur leurs est qui que tout tous toute autre autres',
  ).split(' '),
)
