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
  if (!agreed.has(ACTORS)) return [] // without a first one there is no other
  const placed = new Set([...agreed].flatMap(([key, title]) => (key.includes('.') ? [] : [title])))
  const free = base.filter(({ title, made }) => made === null && !placed.has(title))
  const filled = own.filter(({ key, people }) => key !== ACTORS && !people && agreed.has(key))
  const decided = new Map(filled.map(({ key }) => [key, null]))
  return free.flatMap((table) => {
    const found = proposer([table], own, rules)(decided).tables.find(({ title }) => title === table.title)
    if (found === undefined || found.key !== ACTORS || verdictOf(found, rules) === 'none') return []
    const people = found.evidence.some(({ kind }) => kind === 'people')
    return people || !holdsActors(found, rules) ? [] : [found]
  })
}

/** What says where a place is, and what only somebody to be met there has: a list of communes, or of kinds, has not both. */
const WHERE: readonly string[] = ['commune', 'code_insee', 'code_postal', 'adresse']
const OWN: readonly string[] = ['adresse', 'telephone', 'courriels', 'site_web', 'horaires', 'pivot']

function holdsActors(table: TableProposal, rules: AdoptionRules): boolean {
  const taken = takenColumns(table, rules).map(({ key }) => key)
  return taken.includes('nom') && has(taken, WHERE) && has(taken, OWN)
}

function has(taken: readonly string[], keys: readonly string[]): boolean {
  return keys.some((key) => taken.includes(key))
}

/** The columns that are taken with the table: those that are sure, and what names its rows, for no table of actors goes without. */
function takenColumns({ columns }: TableProposal, rules: AdoptionRules) {
  return columns.flatMap((column) => {
    const { key, title } = column
    const verdict = verdictOf(column, rules)
    return title !== null && (verdict === 'match' || (key === 'nom' && verdict === 'ask'))
      ? [{ key, title }]
      : []
  })
}

/**
 * The titles of the columns of such a table, by their keys: those that are taken, and, where a column of theirs bears the name
 * of one of ours, another name for ours.
 * @param shared the keys of the columns that every table of actors has
 * @param placed what has a place: a link of theirs to the table of EPCI is the one that is wanted
 */
export function otherActorTitles(
  table: TableProposal,
  base: readonly LiveTable[],
  names: { readonly columns: Readonly<Record<string, { readonly title: string }>> },
  rules: AdoptionRules,
  shared: ReadonlySet<string>,
  placed: Agreed,
): Readonly<Record<string, string>> {
  const { title } = table
  const agreed = new Map([[ACTORS, title ?? '']])
  for (const one of takenColumns(table, rules)) agreed.set(`${ACTORS}.${one.key}`, one.title)
  const epci = linkTo(base, title, placed.get('epcis') ?? null)
  if (epci !== null) agreed.set(`${ACTORS}.epci`, epci)
  const own = { [ACTORS]: { title: title ?? '', columns: names.columns } }
  const live = base.filter((one) => one.title === title)
  const wanted = ({ column, why }: AgreedTitle) => column !== null && (why === 'agreed' || shared.has(column))
  const titles = agreedTitles(agreed, live, own, rules.apart).filter(wanted)
  return Object.fromEntries(titles.map((one) => [one.column ?? '', one.title]))
}

/** The link of theirs that leads to that table, where there is just one. */
function linkTo(base: readonly LiveTable[], table: string | null, epcis: string | null): string | null {
  const columns = base.find(({ title }) => title === table)?.columns ?? []
  const links = columns.filter(({ link }) => link !== null && link.table === epcis)
  return links.length === 1 ? (links[0]?.title ?? null) : null
}
