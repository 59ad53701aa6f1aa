import type { AdoptionRules } from '../rules/adoption.ts'
import { agreedTitles } from './agreement.ts'
import type { Agreed, AgreedTitle } from './agreement.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import { proposer } from './propose.ts'
import type { TableProposal } from './propose.ts'
import { verdictOf } from './verdict.ts'

const ACTORS = 'actors'

/**
 * The tables of a base that are lists of actors too, beside those that have their place: of all that is still without one,
 * or holds people, that is what each of them suits best. They are proposed, and never taken without a question.
 */
export function otherActorTables(
  base: readonly LiveTable[],
  own: readonly OwnTable[],
  rules: AdoptionRules,
  agreed: Agreed,
): TableProposal[] {
  const placed = new Set([...agreed].flatMap(([key, title]) => (key.includes('.') ? [] : [title])))
  const free = base.filter(({ title, made }) => made === null && !placed.has(title))
  const open = own.filter(({ key, people }) => key === ACTORS || people || !agreed.has(key))
  return free.flatMap((table) => {
    const found = proposer([table], open, rules)().tables.find(({ title }) => title === table.title)
    if (found === undefined || found.key !== ACTORS || verdictOf(found, rules) === 'none') return []
    return isNamed(found, rules) ? [found] : []
  })
}

/** A list without the names of its places is no table of actors. */
function isNamed({ columns }: TableProposal, rules: AdoptionRules): boolean {
  return columns.some((column) => column.key === 'nom' && verdictOf(column, rules) === 'match')
}

/**
 * The titles of the columns of such a table, by their keys: those that are sure, and, where a column of theirs bears the name
 * of one of ours, another name for ours (`shared`: the columns that every table of actors has).
 */
export function otherActorTitles(
  { title, columns }: TableProposal,
  base: readonly LiveTable[],
  names: { readonly columns: Readonly<Record<string, { readonly title: string }>> },
  rules: AdoptionRules,
  shared: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const agreed = new Map([[ACTORS, title ?? '']])
  for (const column of columns)
    if (column.title !== null && verdictOf(column, rules) === 'match')
      agreed.set(`${ACTORS}.${column.key}`, column.title)
  const own = { [ACTORS]: { title: title ?? '', columns: names.columns } }
  const live = base.filter((one) => one.title === title)
  const wanted = ({ column, why }: AgreedTitle) => column !== null && (why === 'agreed' || shared.has(column))
  const titles = agreedTitles(agreed, live, own, rules.apart).filter(wanted)
  return Object.fromEntries(titles.map((one) => [one.column ?? '', one.title]))
}
