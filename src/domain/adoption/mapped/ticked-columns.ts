import { isField } from '../../fields.ts'
import type { LiveColumn } from '../live-base.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { endings, isDenied, isShared } from './titles.ts'
import { meaningFinder, nearestMeaning } from './vocabulary.ts'
import type { MeaningFound } from './vocabulary.ts'

/** So many telling words in common are enough where no title of the field is worded as the standard is. */
const ALONE = 2
/** The share of yes and no from which a column is one that is ticked. */
const TICKED = 0.9

/** Whether a column holds yes or no and nothing else. */
export function isTickedColumn({ type, profile }: Pick<LiveColumn, 'type' | 'profile'>): boolean {
  return type === 'Checkbox' || (profile?.parts.ticked ?? 0) >= TICKED
}

/** `apart`: its title begins with something that says nothing of the field. */
type Found = MeaningFound & { readonly key: string; readonly title: string; readonly apart: boolean }

/**
 * Fields put together from columns that are ticked, one a value: each title names a value that one field expects. Taken
 * without a question where there are several, and every one of them is worded as the standard is.
 */
export function tickedFields(seen: SeenTable): MappedProposal[] {
  const finders = [...seen.vocabulary]
    .filter(([key]) => isField(key) && proposedFor(seen, key) === null)
    .map(([key, meanings]) => ({ key, find: meaningFinder(meanings), names: namesOf(seen, key) }))
  const found = freeColumns(seen)
    .filter((column) => isTickedColumn(column) && (column.type === 'Checkbox' || isTold(column, seen)))
    .flatMap(({ title }) => meaningOf(title, finders, seen) ?? [])
  return [...Map.groupBy(found, ({ key }) => key)].flatMap(([key, columns]): MappedProposal[] => {
    // Beside one that is worded as the standard is, a likeness says more than by itself.
    const among = columns.some(({ exact }) => exact !== null)
      ? columns
      : columns.filter(({ common, hinted }) => common >= ALONE || hinted === true)
    if (among.length === 0) return []
    const from = { each: Object.fromEntries(among.map(({ title, value }) => [title, value])) }
    const sure =
      among.length > 1 && among.every(({ exact, apart }) => exact !== null && !apart) && twiceNone(among)
    return [{ ...{ key, from, words: null, unknown: [] }, verdict: sure ? 'match' : 'ask' }]
  })
}

type Finder = {
  readonly key: string
  readonly find: (text: string) => readonly MeaningFound[]
  readonly names: readonly string[]
}

/** What a title says, by its ending, in one field only; in the field that its beginning names where it names one. */
function meaningOf(title: string, finders: readonly Finder[], seen: SeenTable): Found | null {
  const { matcher } = seen
  if (isDenied(title)) return null // « Non gratuit », « Hors public jeunes »
  const ends = [...endings(title), ...withoutFirstWord(title)].map((end) => {
    const beginning = title.slice(0, title.length - end.length)
    const named = finders.filter(({ names }) => matcher.name(beginning, names)?.likeness === 1)
    const apart = end !== title && named.length === 0 && !isShared(beginning, seen)
    const among = named.length > 0 || withoutFirstWord(title).includes(end) ? named : finders
    return among.flatMap(({ key, find }) => {
      const best = nearestMeaning(find(end))
      return best === null ? [] : [{ ...best, key, title, apart }]
    })
  })
  const untold = new Set<Found[]>()
  // « Public femmes » is that of its ending, whatever the whole is near to. « France Services » is a programme by that name,
  // and a wording of a kind of place: the name itself goes first.
  for (const how of ['value', 'wording', 'hinted', null] as const)
    for (const answers of ends.filter((one) => !untold.has(one))) {
      const alike = answers.filter(({ exact, hinted }) =>
        how === 'hinted' ? hinted === true : exact === how && hinted !== true,
      )
      if (alike.length === 1) return alike[0]!
      if (alike.length > 1) untold.add(answers) // two fields know the word: nobody can tell
    }
  return null
}

/** « Label France Services »: what follows the first word, where that names a field. */
function withoutFirstWord(title: string): string[] {
  const [, rest] = /^\S+\s+(\S.*)$/u.exec(title) ?? []
  return rest === undefined ? [] : [rest]
}

function namesOf({ own }: SeenTable, key: string): readonly string[] {
  return own.places.find((place) => place.key === key)?.names ?? []
}

/** Two columns for one value are two opinions. */
function twiceNone(columns: readonly Found[]): boolean {
  return new Set(columns.map(({ value }) => value)).size === columns.length
}
