import type { AdoptionRules } from '../rules/adoption.ts'
import { agreedTitles } from './agreement.ts'
import type { Agreed, AgreedTitle } from './agreement.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import type { Vocabulary } from './mapped/vocabulary.ts'
import { proposer } from './propose.ts'
import type { Proposal, TableProposal } from './propose.ts'
import { isRefusedTable } from './refusals.ts'
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
  vocabulary: Vocabulary,
): OtherActorTable[] {
  if (!agreed.has(ACTORS)) return [] // without a first one there is no other
  const placed = new Set([...agreed].flatMap(([key, title]) => (key.includes('.') ? [] : [title])))
  const free = base.filter(
    (one) => one.made === null && !placed.has(one.title) && !isRefusedTable(one, ACTORS),
  )
  const filled = own.filter(({ key, people }) => key !== ACTORS && !people && agreed.has(key))
  const decided = new Map(filled.map(({ key }) => [key, null]))
  return free.flatMap((table) => {
    const { tables, epciText } = proposer([table], own, rules, vocabulary)(decided)
    const found = tables.find(({ title }) => title === table.title)
    if (found === undefined || found.key !== ACTORS || verdictOf(found, rules) === 'none') return []
    const people = found.evidence.some(({ kind }) => kind === 'people')
    return people || !holdsActors(found, rules) ? [] : [{ ...found, title: table.title, epciText }]
  })
}

/** A table of a base that is another list of actors, and what names the EPCI in it in plain text. */
export type OtherActorTable = TableProposal & {
  readonly title: string
  readonly epciText: Proposal['epciText']
}

/** What says where a place is, and what only somebody to be met there has: a list of communes, or of kinds, has not both. */
const WHERE: readonly string[] = ['commune', 'code_insee', 'code_postal', 'adresse']
const OWN: readonly string[] = ['adresse', 'telephone', 'courriels', 'site_web', 'horaires', 'pivot']

function holdsActors(table: TableProposal, rules: AdoptionRules): boolean {
  const taken = [...takenColumns(table, rules), ...takenTogether(table)].map(({ key }) => key)
  return has(taken, WHERE) && has(taken, OWN)
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

/** The fields that several columns of theirs surely make together. */
function takenTogether({ mapped }: TableProposal) {
  return mapped.filter(({ from, verdict }) => from !== null && verdict === 'match')
}

type Names = Readonly<Record<string, { readonly title: string }>>

/**
 * The titles of the columns of such a table, by their keys: those that were agreed to, and, where a column of theirs bears
 * the name of one of ours, another name for ours.
 * @param agreed `actors` and `actors.KEY` → titles of theirs
 * @param placed what has a place: a link of theirs to the table of EPCI is the one that is wanted
 */
export function otherActorTitles(
  agreed: Agreed,
  base: readonly LiveTable[],
  ours: { readonly names: Names; readonly shared: ReadonlySet<string>; readonly apart: string },
  placed: Agreed,
): Readonly<Record<string, string>> {
  const title = agreed.get(ACTORS) ?? ''
  const epci = linkTo(base, title, placed.get('epcis') ?? null)
  const linked = epci === null || agreed.has(`${ACTORS}.epci`) ? [] : [[`${ACTORS}.epci`, epci] as const]
  const own = { [ACTORS]: { title, columns: ours.names } }
  const live = base.filter((one) => one.title === title)
  const wanted = ({ column, why }: AgreedTitle) =>
    column !== null && (why === 'agreed' || ours.shared.has(column))
  const titles = agreedTitles(new Map([...agreed, ...linked]), live, own, ours.apart).filter(wanted)
  return Object.fromEntries(titles.map((one) => [one.column ?? '', one.title]))
}

/** The link of theirs that leads to that table, where there is just one. */
function linkTo(base: readonly LiveTable[], table: string, epcis: string | null): string | null {
  const columns = base.find(({ title }) => title === table)?.columns ?? []
  const links = columns.filter(({ link }) => link !== null && link.table === epcis)
  return links.length === 1 ? (links[0]?.title ?? null) : null
}
