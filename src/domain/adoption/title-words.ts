import { letters } from '../completeness/text.ts'

/** How names are brought to the same words. */
export type TitleRules = {
  /** A word → those that it stands for. */
  readonly words: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
}

/** A title made ready to be compared: its telling words, and all its letters without a space. */
export type TitleWords = { readonly words: readonly string[]; readonly glued: string }

/**
 * The words of a title as they are compared: « Tél. de la structure », `telStructure` and `tel_structure` give the same.
 * Case, accents, punctuation, plurals and words that say nothing are left aside, unless nothing else is there.
 */
export function titleReader({ words, ignored }: TitleRules): (title: string) => TitleWords {
  const silent = new Set(ignored.map(singular))
  const same = new Map(Object.entries(words).map(([word, others]) => [singular(word), split(others)]))
  return (title) => {
    const all = split(title).flatMap((word) => same.get(word) ?? [word])
    const telling = [...new Set(all.filter((word) => !silent.has(word)))]
    return { words: telling.length > 0 ? telling : all, glued: letters(title).replaceAll(' ', '') }
  }
}

/**
 * What most titles of a table begin with, as files exported from a tool do (`properties.nom`, `properties.adresse`): it
 * says nothing of any of them. '' where there is no such beginning.
 * @param share how many of them must (0–1)
 */
export function sharedBeginning(titles: readonly string[], share: number): string {
  const beginnings = titles.flatMap((title) => /^[^\s._-]+[._-]+/u.exec(title)?.[0] ?? [])
  const counts = Map.groupBy(beginnings, (beginning) => beginning)
  for (const [beginning, found] of counts)
    if (found.length >= share * titles.length && found.length > 1) return beginning
  return ''
}

function split(title: string): string[] {
  const apart = title.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  return letters(apart)
    .split(' ')
    .filter((word) => word !== '')
    .map(singular)
}

/** A word without the ending of its plural. */
export function singular(word: string): string {
  return word.length > 3 && /[sx]$/u.test(word) ? word.slice(0, -1) : word
}
