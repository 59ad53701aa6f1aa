import { fold } from '../completeness/text.ts'
import { sourcesOf } from '../mapping/mapping.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { frenchList, typeset } from '../typography.ts'
import type { Agreed } from './agreement.ts'
import type { LiveTable } from './live-base.ts'

/** What a person said no to in a base: it is not proposed any more, until somebody takes the line out of config/columns.yaml. */
export type Refusal = {
  /** Title of a table of theirs. */
  readonly table: string
  /** The place of ours that it, or what is named below, does not have: `actors`, `actors.telephone`. */
  readonly is: string
  /** Columns of theirs that do not have it: the one, or several together. */
  readonly columns?: readonly string[] | undefined
  /** Words of theirs that stay as they are. */
  readonly words?: readonly string[] | undefined
  /** A value that is not that of all its rows. */
  readonly constant?: string | undefined
}

/** The same base, each table with what was refused of it. */
export function withRefusals(base: readonly LiveTable[], refusals: readonly Refusal[]): LiveTable[] {
  return base.map((table) => ({ ...table, refusals: refusals.filter((one) => one.table === table.title) }))
}

type Refused = Pick<LiveTable, 'refusals'>

/** Whether a person said that the table is none of ours by that key. */
export function isRefusedTable({ refusals = [] }: Refused, key: string): boolean {
  return refusals.some((one) => one.is === key && isOfTable(one))
}

/** `table.column` + title of theirs: what single columns were refused for, to be looked up fast. */
export function refusedColumns({ refusals = [] }: Refused): ReadonlySet<string> {
  return new Set(
    refusals.flatMap(({ is, columns = [] }) => (columns.length === 1 ? [`${is} ${columns[0]}`] : [])),
  )
}

/** Whether a person said that a place is not read so. */
export function isRefusedMapping({ refusals = [] }: Refused, place: string, from: Mapping): boolean {
  const constant = 'constant' in from ? from.constant : null
  const own = sourcesOf(from).toSorted().join('\n')
  return refusals.some(({ is, columns = [], constant: refused }) => {
    if (is !== place) return false
    return constant === null ? own !== '' && columns.toSorted().join('\n') === own : refused === constant
  })
}

/** Whether a word of a place is one that a person answered about: nothing more is asked about it. */
export function answeredWords({ refusals = [] }: Refused, place: string): (word: string) => boolean {
  const words = new Set(
    refusals.flatMap(({ is, words: own = [] }) => (is === place ? own.map((word) => fold(word)) : [])),
  )
  return (word) => words.has(fold(word))
}

/** What a person says no to when a proposal is refused. */
export function refusalOf(table: string, place: string, from: Mapping): Refusal {
  return 'constant' in from
    ? { table, is: place, constant: from.constant }
    : { table, is: place, columns: [...new Set(sourcesOf(from))] }
}

/**
 * All that is refused now, each once: what was, and what is since, without what a person has agreed to meanwhile.
 * @param others titles of the tables of actors beside the first one
 */
export function refusedNow(
  before: readonly Refusal[],
  now: readonly Refusal[],
  agreed: Agreed,
  others: readonly string[],
): Refusal[] {
  const isAgreed = (one: Refusal) => {
    const [key = ''] = one.is.split('.')
    if (isOfTable(one))
      return agreed.get(key) === one.table || (key === 'actors' && others.includes(one.table))
    const [column] = one.columns ?? []
    return one.columns?.length === 1 && agreed.get(key) === one.table && agreed.get(one.is) === column
  }
  const all = new Map(
    [...before, ...now].map((one) => [
      JSON.stringify([one.table, one.is, one.columns, one.words, one.constant]),
      one,
    ]),
  )
  return [...all.values()].filter((one) => !isAgreed(one))
}

function isOfTable({ columns, words, constant }: Refusal): boolean {
  return columns === undefined && words === undefined && constant === undefined
}

/** A refusal in French, a line. */
export function refusalText(
  { table, is, columns, words, constant }: Refusal,
  nameOf: (place: string) => string,
): string {
  const own = `« ${nameOf(is)} »`
  if (columns !== undefined)
    return typeset(
      `« ${table} » : ${frenchList(columns.map((title) => `« ${title} »`))} ${columns.length > 1 ? 'ensemble ne sont pas' : "n'est pas"} ${own}`,
    )
  if (words !== undefined)
    return typeset(
      `« ${table} », ${own} : ${frenchList(words.map((word) => `« ${word} »`))} ${words.length > 1 ? 'restent tels quels' : 'reste tel quel'}`,
    )
  if (constant !== undefined)
    return typeset(`« ${table} » : ${own} n'est pas « ${constant} » sur toutes les fiches`)
  return typeset(`« ${table} » n'est pas une table « ${nameOf(is)} »`)
}
