import type { ColumnProposal } from '../domain/adoption/match-columns.ts'
import { partsOf, severalWay } from '../domain/adoption/mapped/by-hand.ts'
import type { MappedProposal } from '../domain/adoption/mapped/mapped-proposal.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { TableProposal } from '../domain/adoption/propose.ts'
import { typeset } from '../domain/typography.ts'
import { chooseSome } from './adopt-choice.ts'
import { linesOf, says } from './adopt-mapped-text.ts'
import { agreedTo } from './adopt-ask.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import { review } from './adopt-review.ts'
import { reasonText, score } from './adopt-text.ts'
import { shownTitle } from './shown-title.ts'

/** Without this table there is nothing to count: where none was recognised, a person may say which it is. */
export const NEEDED = 'actors'

/** A table of theirs that has its place. */
export type Titled = TableProposal & { readonly title: string }

/**
 * Asks about the doubtful columns of one table, and what several of them make, as one question; line by line only where
 * the answer says so. Adds `table.column` → title to `agreed`.
 * @param whole a question about the table itself, to be answered with them; null: it has its place
 * @returns false where the answer to that one is no
 */
export async function askColumns(
  ask: Ask,
  table: Titled,
  sure: boolean,
  agreed: Map<string, string>,
  asked: Asked,
  whole: string | null = null,
): Promise<boolean> {
  const { rules } = asked
  const take = (key: string, titles: readonly string[]) => taken(table.key, key, titles, agreed, asked)
  const isAsked = (verdict: 'match' | 'ask' | 'none') => verdict === 'ask' || (!sure && verdict === 'match')
  const mapped = table.mapped.filter((one) => says(one) && isAsked(one.verdict))
  const doubtful = table.columns.filter((column) => isAsked(verdictOf(column, rules)))
  for (const { key, title, ...column } of table.columns)
    if (title !== null && sure && verdictOf({ title, ...column }, rules) === 'match') take(key, [title])
  // Of a field that two columns may hold together, whether they do is the question.
  const further = new Set(mapped.flatMap(({ key, from }) => (from === null ? [] : [key])))
  const single = doubtful.filter(({ key }) => !further.has(key))
  const no = await refused(ask, table, [...single, ...mapped], asked, whole)
  if (no === null) return false
  for (const one of mapped) {
    asked.settled.set(one, !no.has(one))
    const column = doubtful.find(({ key }) => key === one.key)
    if (further.has(one.key) && one.from !== null && column?.title != null && !no.has(one))
      take(one.key, [column.title])
  }
  const again = doubtful.filter((column) => {
    if (further.has(column.key)) return !agreed.has(`${table.key}.${column.key}`)
    if (!no.has(column)) take(column.key, [column.title!])
    return no.has(column)
  })
  for (const column of again) {
    const titles = await askColumn(ask, table, column, agreed, asked)
    take(column.key, titles)
    if (titles.length === 0) noteRefused(table, column, agreed, asked)
  }
  return true
}

/** Which of these lines a person does not agree to; one line alone is a question of its own. */
async function refused(
  ask: Ask,
  table: Titled,
  lines: readonly (ColumnProposal | MappedProposal)[],
  asked: Asked,
  whole: string | null,
): Promise<ReadonlySet<ColumnProposal | MappedProposal> | null> {
  const [first, ...others] = lines
  if (first === undefined) return whole === null || (await agreedTo(ask, whole)) ? new Set() : null
  if (others.length === 0 && whole === null) {
    if ('candidates' in first) return new Set([first]) // its own question offers what else could do
    const text = typeset(`Table « ${shownTitle(table.title)} » : ${lineOf(first, table, asked).join('\n')}`)
    return (await agreedTo(ask, `${text}\nEst-ce juste ?`)) ? new Set() : new Set([first])
  }
  const shown = await Promise.all(
    lines.map(async (one) => {
      const texts = lineOf(one, table, asked)
      if (!('candidates' in one) || one.title === null) return texts
      const values = await asked.samples(table.title, one.title)
      return values.length === 0 ? texts : [...texts, `  ${values.join(' · ')}`]
    }),
  )
  const title = `Table « ${shownTitle(table.title)} », à confirmer :`
  const no = await review(
    ask,
    typeset([title, ...(whole === null ? [] : [whole])].join('\n')),
    shown,
    whole !== null,
  )
  if (no === null) return null
  return new Set(lines.filter((_, at) => no.has(at)))
}

function lineOf(
  one: ColumnProposal | MappedProposal,
  { key: table }: Titled,
  { nameOf, rules }: Asked,
): string[] {
  if (!('candidates' in one)) return linesOf(one, (key) => nameOf(`${table}.${key}`))
  const why = [score(one.score), reasonText(one.evidence, rules)].filter(Boolean).join(' ; ')
  return [typeset(`« ${shownTitle(one.title ?? '')} » → ${nameOf(`${table}.${one.key}`)} (${why})`)]
}

/** None of what was offered first is that field: nothing of it is to be offered again. */
function noteRefused(
  table: Titled,
  { key, title, candidates }: ColumnProposal,
  agreed: ReadonlyMap<string, string>,
  asked: Asked,
): void {
  const isFree = freeFor(table, key, agreed, asked)
  const offered = new Set([...candidates.map((one) => one.title), ...(title === null ? [] : [title])])
  for (const one of offered)
    if (isFree(one)) asked.refused.push({ table: table.title, is: `${table.key}.${key}`, columns: [one] })
}

/** One column is the field; several are read together; none: nothing is said. */
export function taken(
  table: string,
  key: string,
  titles: readonly string[],
  agreed: Map<string, string>,
  { together }: Asked,
): void {
  const [title] = titles
  if (title === undefined) return
  agreed.set(`${table}.${key}`, title)
  if (titles.length > 1) together.set(`${table}.${key}`, titles)
}

/** Columns of a table that stand for a field again, for what was proposed instead of them was refused. */
export type Refused = { readonly table: Titled; readonly columns: readonly ColumnProposal[] }

/** Asks about each of them; adds `table.column` → title to `agreed`. */
export async function askInstead(
  ask: Ask,
  refusedOnes: readonly Refused[],
  agreed: Map<string, string>,
  asked: Asked,
): Promise<void> {
  for (const { table, columns } of refusedOnes)
    for (const column of columns) {
      const titles = await askColumn(ask, table, column, agreed, asked)
      taken(table.key, column.key, titles, agreed, asked)
      if (titles.length === 0) noteRefused(table, column, agreed, asked)
    }
}

/** One of the candidates, or any columns that are left and can serve, several where the field takes them; none: empty. */
export async function askColumn(
  ask: Ask,
  table: Titled,
  { key, candidates, title, score: rate, evidence }: ColumnProposal,
  agreed: ReadonlyMap<string, string>,
  asked: Asked,
): Promise<readonly string[]> {
  const { rules, nameOf, samples } = asked
  const isFree = freeFor(table, key, agreed, asked)
  const one = title === null ? [] : [{ title, score: rate, evidence }]
  const free = (candidates.length > 0 ? candidates : one).filter((each) => isFree(each.title))
  const others = leftFor(table, key, asked).filter(
    (each) => isFree(each) && !free.some((candidate) => candidate.title === each),
  )
  if (free.length + others.length === 0) return []
  return chooseSome(ask, {
    question: typeset(
      `Table « ${shownTitle(table.title)} » : quelle colonne est « ${nameOf(`${table.key}.${key}`)} » ?`,
    ),
    choices: free.map((each) => ({
      title: each.title,
      why: [score(each.score), reasonText(each.evidence, rules)].filter(Boolean).join(' ; '),
    })),
    others,
    samplesOf: (each) => samples(table.title, each),
    another: 'une autre colonne',
    none: asked.none ?? 'aucune : Portrea ajoutera la sienne',
    several: table.key === NEEDED && severalWay(key) !== null,
  })
}

/** Whether a column may still be chosen: one that another field has may hold a part of this one too. */
export function freeFor(
  table: Titled,
  key: string,
  agreed: ReadonlyMap<string, string>,
  { together }: Asked,
): (title: string) => boolean {
  const shared = new Set(table.key === NEEDED ? partsOf(key) : [])
  const places = [...agreed].flatMap(([place, title]) =>
    place.startsWith(`${table.key}.`) ? [[place, title] as const] : [],
  )
  const taking = new Set(
    places.flatMap(([place, title]) =>
      shared.has(place.slice(table.key.length + 1)) ? [] : (together.get(place) ?? [title]),
    ),
  )
  return (title) => !taking.has(title)
}

/** The columns of theirs that could stand there by their type, proposed for nothing or for another place. */
export function leftFor(table: Titled, key: string, { live, own }: Asked): string[] {
  const place = own.find((one) => one.key === table.key)?.places.find((one) => one.key === key)
  const columns = live.find(({ title }) => title === table.title)?.columns ?? []
  if (place === undefined || place.written) return []
  return columns
    .filter(({ made, link, type }) =>
      made !== null ? false : place.linksTo === null ? place.accepts(type) : link !== null,
    )
    .map(({ title }) => title)
}
