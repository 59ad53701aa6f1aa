import type { LiveTable } from './live-base.ts'
import type { Proposal } from './propose.ts'

/** What a person, or the threshold, agreed to: `table` or `table.column` → a title of theirs; absent: none. */
export type Agreed = ReadonlyMap<string, string>

/** The title that a table (`column` null) or a column of ours takes, and why it is another than before. */
export type AgreedTitle = {
  readonly table: string
  readonly column: string | null
  readonly title: string
  /** `agreed`: theirs; `apart`: ours stood there already, as something else. */
  readonly why: 'agreed' | 'apart'
}

type Names = Readonly<
  Record<
    string,
    { readonly title: string; readonly columns: Readonly<Record<string, { readonly title: string }>> }
  >
>

/**
 * The titles to be given in config/columns.yaml. What was agreed takes theirs; what was not is kept apart from what
 * stands in the base under the same name, so that nothing there is ever taken without a word.
 */
export function agreedTitles(
  agreed: Agreed,
  base: readonly LiveTable[],
  names: Names,
  apart: string,
): AgreedTitle[] {
  const titles: AgreedTitle[] = []
  const tables = new Set([...agreed].filter(([key]) => !key.includes('.')).map(([, title]) => title))
  for (const [table, { title: own, columns }] of Object.entries(names)) {
    const theirs = agreed.get(table)
    const free = (title: string) =>
      !holds(tables, title) && base.every((one) => !same(one.title, title) || one.made === table)
    const title = theirs ?? freeTitle(own, free, apart)
    tables.add(title)
    if (theirs !== undefined) titles.push({ table, column: null, title, why: 'agreed' })
    else if (title !== own) titles.push({ table, column: null, title, why: 'apart' })
    const live = base.find((one) => one.title === theirs)
    titles.push(...columnTitles(table, columns, agreed, live, apart))
  }
  return titles
}

function columnTitles(
  table: string,
  columns: Names[string]['columns'],
  agreed: Agreed,
  live: LiveTable | undefined,
  apart: string,
): AgreedTitle[] {
  const keys = Object.keys(columns)
  const taken = new Set(keys.flatMap((key) => agreed.get(`${table}.${key}`) ?? []))
  return keys.flatMap((column): AgreedTitle[] => {
    const theirs = agreed.get(`${table}.${column}`)
    if (theirs !== undefined) return [{ table, column, title: theirs, why: 'agreed' }]
    const own = columns[column]?.title ?? column
    const free = (title: string) =>
      !holds(taken, title) &&
      (live?.columns ?? []).every((one) => !same(one.title, title) || one.made === `${table}.${column}`)
    const title = freeTitle(own, free, apart)
    taken.add(title)
    return title === own ? [] : [{ table, column, title, why: 'apart' }]
  })
}

/** NocoDB takes no two titles that differ by their case alone. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function holds(titles: ReadonlySet<string>, title: string): boolean {
  return [...titles].some((one) => same(one, title))
}

function freeTitle(own: string, free: (title: string) => boolean, apart: string): string {
  if (free(own)) return own
  for (let number = 1; ; number += 1) {
    const title = number === 1 ? `${own} ${apart}` : `${own} ${apart} ${number}`
    if (free(title)) return title
  }
}

/** All that is taken without a question, by key. */
export function withoutQuestion(
  proposal: Proposal,
  isMatch: (one: Proposed) => boolean,
): Map<string, string> {
  const agreed = new Map<string, string>()
  for (const table of proposal.tables) {
    if (table.title === null || !isMatch(table)) continue
    agreed.set(table.key, table.title)
    for (const column of table.columns)
      if (column.title !== null && isMatch(column)) agreed.set(`${table.key}.${column.key}`, column.title)
  }
  return agreed
}

/** Without the links that lead to a table, or come from one, that was not agreed to: ours will be added beside them. */
export function withoutLooseLinks(agreed: Agreed, { tables }: Proposal): Map<string, string> {
  const taken = new Set([...agreed].filter(([key]) => !key.includes('.')).map(([, title]) => title))
  const kept = new Map(agreed)
  for (const { key: table, columns } of tables)
    for (const { key, title, evidence, candidates } of columns) {
      const place = `${table}.${key}`
      const chosen = agreed.get(place)
      const found = chosen === title ? evidence : candidates.find((one) => one.title === chosen)?.evidence
      const link = found?.find((one) => one.kind === 'link')
      if (link !== undefined && !taken.has(link.table)) kept.delete(place)
    }
  return kept
}

type Proposed = { readonly title: string | null; readonly score: number; readonly contested?: boolean }
