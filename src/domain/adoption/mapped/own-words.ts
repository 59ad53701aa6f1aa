import { fold, letters } from '../../completeness/text.ts'
import { isTicked } from '../../mapping/mapping.ts'
import type { ColumnProposal } from '../match-columns.ts'
import type { Words } from '../../mapping/words.ts'
import { answeredWords } from '../refusals.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { meaningFinder, nearestMeaning } from './vocabulary.ts'
import type { Meaning, MeaningFinder } from './vocabulary.ts'

/**
 * The words of a Hub in a column that is proposed for a list of values: those that no wording of the standard is, with
 * what each most likely says. Always a question.
 */
export function wordedFields(seen: SeenTable): MappedProposal[] {
  return [...seen.vocabulary].flatMap(([key, meanings]): MappedProposal[] => {
    const single = proposedFor(seen, key)
    const words = columnTitled(seen, single?.title ?? null)?.profile?.words ?? []
    const known = new Set(meanings.flatMap(({ value, wordings }) => [value, ...wordings]).map(letters))
    const isAnswered = answeredWords(seen.theirs, `${seen.own.key}.${key}`)
    const own = words.filter((word) => !known.has(letters(word)) && !isAnswered(word))
    if (own.length === 0) return []
    const find = meaningFinder(meanings)
    const pairs = own.map((word) => [word, meaningOfWord(word, single?.title ?? '', meanings, find)] as const)
    const said: Words = Object.fromEntries(
      pairs.flatMap(([word, value]) => (value === null ? [] : [[word, value]])),
    )
    const unknown = pairs.flatMap(([word, value]) => (value === null ? [word] : []))
    return [{ key, from: null, words: said, unknown, verdict: 'ask' }]
  })
}

/**
 * The same of the columns that a person pointed out where none, or another one, was proposed.
 * @param chosen key of ours → title of theirs
 */
export function wordsOfChosen(seen: SeenTable, chosen: ReadonlyMap<string, string>): MappedProposal[] {
  const isOther = ({ key, title }: ColumnProposal) => chosen.has(key) && chosen.get(key) !== title
  const columns = seen.columns.map((column) =>
    isOther(column) ? { ...column, title: chosen.get(column.key)!, score: 1 } : column,
  )
  const others = new Set(seen.columns.filter(isOther).map(({ key }) => key))
  return wordedFields({ ...seen, columns }).filter(({ key }) => others.has(key))
}

function meaningOfWord(
  word: string,
  title: string,
  meanings: readonly Meaning[],
  find: MeaningFinder,
): string | null {
  const [hint] = find(word)
  if (hint?.hinted === true) return nearestMeaning(find(word))?.value ?? null // « OK » for a step is no tick
  const ticked = isTicked(word)
  if (ticked === null || SAYS_NOTHING.has(fold(word))) return nearestMeaning(find(word))?.value ?? null
  // « Itinérant : Oui / Non »: the title says the value, and no is the other one where there are but two.
  const named =
    nearestMeaning(find(title))?.value ?? meanings.find(({ value }) => sameStem(value, title))?.value ?? null
  if (named === null || ticked) return named
  const others = meanings.filter(({ value }) => value !== named)
  return others.length === 1 ? others[0]!.value : null
}

const SAYS_NOTHING = new Set(['?', '-', 'nc'])

/** « Itinérance » and « Itinérant ». */
function sameStem(one: string, other: string): boolean {
  return letters(one).slice(0, 7) === letters(other).slice(0, 7)
}
