import type { AdoptionRules } from '../rules/adoption.ts'
import { nearestName } from './name-likeness.ts'
import type { KnownName, NameMatch } from './name-likeness.ts'
import { titleReader } from './title-words.ts'

/** Holds titles of theirs against the names that are known; each is read once. */
export type TitleMatcher = {
  name(title: string, names: readonly string[]): NameMatch | null
  /** The same of a key of an export (`position.ville`), by its last part where that says more than the whole. */
  key(title: string, names: readonly string[]): NameMatch | null
  /** Whether a title says that it is of whoever runs the place or filled in a form, beyond the name that it matched. */
  isAside(title: string, match: NameMatch | null): boolean
}

export function titleMatcher(rules: AdoptionRules): TitleMatcher {
  const wordsOf = remembered(titleReader(rules))
  const known = new Map<readonly string[], readonly KnownName[]>()
  const aside = new Set(rules.aside.flatMap((word) => wordsOf(word).words))
  const name = (title: string, names: readonly string[]) => {
    const list = known.get(names) ?? names.map((one) => ({ name: one, ...wordsOf(one) }))
    known.set(names, list)
    return nearestName(wordsOf(title), list, rules.evidence.alike)
  }
  return {
    name,
    key(title, names) {
      const whole = name(title, names)
      const last = LAST_PART.exec(title)?.[1]
      const part = last === undefined ? null : name(last, names)
      const likeness = (part?.likeness ?? 0) * rules.evidence.part
      return part === null || likeness <= (whole?.likeness ?? 0) ? whole : { ...part, likeness }
    },
    isAside(title, match) {
      const beside = LOOKED_UP.exec(title)?.[1]
      if (beside !== undefined && name(beside, rules.people.tables)?.likeness === 1) return true
      return wordsOf(title).words.some(
        (word) => aside.has(word) && (match === null || !wordsOf(match.name).words.includes(word)),
      )
    },
  }
}

/** « Mail (from Contacts) »: what is looked up in another table, as exports of linked tables name it. */
const LOOKED_UP = /\((?:from|depuis|via|de|des|du)\s+(.+?)\)\s*$/iu

/** Behind a full stop or a colon, and not of one among many (`services.0.nom`). */
const LAST_PART = /^(?!.*[.:]\d+[.:]).+[.:]([^.:\s]+)$/u

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = read(text)
    known.set(text, answer)
    return answer
  }
}
