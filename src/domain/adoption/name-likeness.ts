import type { TitleWords } from './title-words.ts'

/** How a title was recognised: by which known name, and how much they are alike (0–1; 1: the same words). */
export type NameMatch = { readonly name: string; readonly likeness: number }

type Named = {
  readonly key: string
  readonly names?: readonly string[]
  readonly english?: readonly string[]
}

/** A known name as people are told it: our title of the place where that name is a key (`contact_email`) or English. */
export function inFrench(name: string, { key, names = [], english = [] }: Named): string {
  const isKey = name === key || english.includes(name) || KEY.test(name)
  return isKey ? (names[0] ?? name) : name
}
const KEY = /[_[\]]|\p{L}\.\p{L}|\p{Ll}\p{Lu}/u

export type KnownName = TitleWords & { readonly name: string }

/**
 * The known name most like a title; null: none has a word in common. The same letters without their spaces are the same
 * name. The first named wins where two are as near.
 */
export function nearestName(title: TitleWords, known: readonly KnownName[], alike: number): NameMatch | null {
  let best: NameMatch | null = null
  for (const one of known) {
    const likeness = one.glued === title.glued ? 1 : wordsLikeness(title.words, one.words, alike)
    if (likeness > (best?.likeness ?? 0)) best = { name: one.name, likeness }
  }
  return best
}

/** Twice the words in common over all the words (Dice); a word cut short or mistyped counts for `alike` (0–1). */
export function wordsLikeness(one: readonly string[], other: readonly string[], alike: number): number {
  const all = one.length + other.length
  if (all === 0) return 0
  const left = [...other]
  let common = 0
  for (const word of one) {
    const rated = left.map((candidate, at) => ({ at, rate: wordLikeness(word, candidate, alike) }))
    const best = rated.reduce((top, next) => (next.rate > top.rate ? next : top), { at: -1, rate: 0 })
    if (best.at < 0) continue
    common += best.rate
    left.splice(best.at, 1)
  }
  return (2 * common) / all
}

function wordLikeness(one: string, other: string, alike: number): number {
  if (one === other) return 1
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= 4 && long.startsWith(short)) return alike
  // « prise » is not « privée » mistyped: in a short word another letter makes another word.
  const least = short.length === long.length ? 6 : 5
  return short.length >= least && oneStroke(short, long) ? alike : 0
}

/** Whether one letter more, less or other makes the same word. */
function oneStroke(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const rest = long.slice(at + 1)
  return rest === short.slice(at) || rest === short.slice(at + 1)
}
