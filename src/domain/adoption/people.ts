import type { AdoptionRules } from '../rules/adoption.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import type { ColumnProposal, Matcher } from './match-columns.ts'

/** What says that a table holds people: the title of a column, or null for the table itself. */
export type PeopleSign = { readonly title: string | null }

/** Whether a table of theirs holds people: its name, a column, or the names that its rows bear say so; null: nothing does. */
export function peopleIn(
  own: OwnTable,
  theirs: LiveTable,
  columns: readonly ColumnProposal[],
  matcher: Matcher,
  { people }: AdoptionRules,
): PeopleSign | null {
  const known = (title: string, names: readonly string[]) => matcher.name(title, names)?.likeness === 1
  if (known(theirs.title, people.tables)) return { title: null }
  const column = theirs.columns.find(({ title }) => known(title, people.columns))
  if (column !== undefined) return { title: column.title }
  for (const { key } of own.places.filter(({ naming }) => naming)) {
    const title = columns.find((one) => one.key === key)?.title
    const profile = theirs.columns.find((one) => one.title === title)?.profile
    if (title !== undefined && (profile?.people ?? 0) >= people.named) return { title }
  }
  return null
}
