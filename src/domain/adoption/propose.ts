import { sourcesOf } from '../mapping/mapping.ts'
import type { AdoptionRules } from '../rules/adoption.ts'
import { chooseTables, doubtsAbout } from './choose-tables.ts'
import type { ChosenTable } from './choose-tables.ts'
import { scoreColumn } from './column-score.ts'
import type { Evidence } from './column-score.ts'
import type { LiveColumn, LiveTable, OwnTable, Place } from './live-base.ts'
import { columnMatcher } from './match-columns.ts'
import type { Candidate, ColumnProposal, Matcher } from './match-columns.ts'
import { inFrench } from './name-likeness.ts'
import { isPutTogether } from './mapped/mapped-proposal.ts'
import type { MappedProposal } from './mapped/mapped-proposal.ts'
import { proposeMapped } from './mapped/propose-mapped.ts'
import type { Vocabulary } from './mapped/vocabulary.ts'
import { ratePairs } from './table-evidence.ts'

/** What is proposed for one table of ours; `title` is null where none of theirs fits. */
export type TableProposal = {
  readonly key: string
  readonly title: string | null
  readonly score: number
  readonly evidence: readonly Evidence[]
  /** A person is to say so, whatever the score: it holds people, it is not what it seems, or another is about as good. */
  readonly contested: boolean
  /** Titles of the tables that are about as good, the best first. */
  readonly rivals: readonly string[]
  readonly columns: readonly ColumnProposal[]
  /** Titles of theirs that no place of ours wants. */
  readonly unused: readonly string[]
  /** Fields that several columns of theirs make, or one in their own words. */
  readonly mapped: readonly MappedProposal[]
  /** Columns whose name is one that we know, and whose type cannot serve. */
  readonly unfit: readonly { readonly key: string; readonly title: string; readonly type: string }[]
}

/** A mapping of a base on ours, to be agreed to. */
export type Proposal = {
  readonly tables: readonly TableProposal[]
  /** A column of the table of actors that names the EPCI in plain text; null: none does. */
  readonly epciText: Candidate | null
}

/** What a person said of tables: key of one of ours → title of theirs; null: none. */
export type DecidedTables = ReadonlyMap<string, string | null>

/**
 * The tables of a base and their columns, each given the place of ours that suits it best, one place each. All is
 * compared once: what is proposed after each decision costs little.
 */
export function proposer(
  base: readonly LiveTable[],
  own: readonly OwnTable[],
  rules: AdoptionRules,
  vocabulary: Vocabulary = new Map(),
): (decided?: DecidedTables) => Proposal {
  const matcher = columnMatcher(rules)
  const pairs = ratePairs(own, base, matcher, rules)
  return (decided = new Map()) =>
    proposalOf(chooseTables(base, own, pairs, rules, decided), { matcher, rules, vocabulary })
}

type Knowing = {
  readonly matcher: Matcher
  readonly rules: AdoptionRules
  readonly vocabulary: Vocabulary
}

function proposalOf(chosen: readonly ChosenTable[], { matcher, rules, vocabulary }: Knowing): Proposal {
  const titles = new Map(
    chosen.flatMap(({ table, theirs }) => (theirs === null ? [] : [[table.key, theirs.title]])),
  )
  const tables = chosen.map(({ table, theirs, pair, rivals }): TableProposal => {
    if (theirs === null || pair === null) return nothing(table)
    const columns = withLinks(table, theirs, pair.columns, titles, matcher, rules)
    const { score } = pair
    const doubts =
      (theirs.former ?? theirs.made) === null
        ? doubtsAbout(table, theirs, columns, rivals, matcher, rules)
        : []
    const evidence = [...pair.evidence, ...doubts]
    const contested = doubts.length > 0
    return {
      key: table.key,
      title: theirs.title,
      score,
      evidence,
      contested,
      rivals,
      columns,
      mapped: [],
      unused: [],
      unfit: [],
    }
  })
  const complete = withOtherSides(tables, chosen, titles).map((one, at) => {
    const { table, theirs } = chosen[at]!
    if (theirs === null) return one
    const proposal =
      table.key === 'actors' ? withMapped(one, table, theirs, { matcher, rules, vocabulary }) : one
    return { ...proposal, ...rest(table, theirs, proposal, matcher) }
  })
  return { tables: complete, epciText: epciText(complete, chosen, matcher, rules) }
}

/** A field that is surely put together needs no single column; what is asked about stands beside the one that there is. */
function withMapped(
  proposal: TableProposal,
  own: OwnTable,
  theirs: LiveTable,
  knowing: Knowing,
): TableProposal {
  const mapped = proposeMapped({ theirs, own, columns: proposal.columns, ...knowing })
  const instead = new Set(
    mapped.filter(({ from, verdict }) => isPutTogether(from) && verdict === 'match').map(({ key }) => key),
  )
  const replaced = (column: ColumnProposal) => instead.has(column.key)
  const single = new Map(
    proposal.columns.filter((one) => one.title !== null && replaced(one)).map((one) => [one.key, one]),
  )
  const columns = proposal.columns.map((column) =>
    replaced(column) ? { ...column, title: null, score: 0, evidence: [], contested: false } : column,
  )
  const withSingle = (one: MappedProposal) => {
    const column = single.get(one.key)
    return column === undefined ? one : { ...one, instead: column }
  }
  return { ...proposal, columns, mapped: mapped.map(withSingle) }
}

function nothing({ key, places }: OwnTable): TableProposal {
  const none = { title: null, score: 0, evidence: [], contested: false }
  const columns = places.map((place) => ({ key: place.key, ...none, candidates: [] }))
  return { key, ...none, rivals: [], columns, mapped: [], unused: [], unfit: [] }
}

/** Links are known by the table they lead to; their name counts where several lead there. */
function withLinks(
  own: OwnTable,
  theirs: LiveTable,
  columns: readonly ColumnProposal[],
  titles: ReadonlyMap<string, string>,
  matcher: Matcher,
  { evidence: weights, doubtful }: AdoptionRules,
): ColumnProposal[] {
  const taken = new Set(columns.flatMap(({ title, score }) => (score >= doubtful ? (title ?? []) : [])))
  return columns.map((column, at) => {
    const place = own.places[at]!
    if (place.linksTo === null || column.title !== null) return column
    const table = titles.get(place.linksTo)
    const links = theirs.columns.filter(
      ({ title, link, made }) => made === null && link !== null && link.table === table && !taken.has(title),
    )
    const candidates = links
      .map(({ title }): Candidate => {
        const name = matcher.name(title, place.names)
        const byName = name === null ? 0 : name.likeness
        const score = links.length === 1 ? weights.link : Math.max(doubtful, weights.near * byName)
        const named: Evidence[] =
          name === null ? [] : [{ kind: 'name', name: inFrench(name.name, place), exact: byName === 1 }]
        return { title, score, evidence: [{ kind: 'link', table: table ?? '' }, ...named] }
      })
      .sort((one, other) => other.score - one.score)
    const [best] = candidates
    if (best === undefined) return column
    return { ...column, ...best, contested: links.length > 1, candidates }
  })
}

/** The other side of a link that is found, on the parent's table, is found with it. */
function withOtherSides(
  tables: readonly TableProposal[],
  chosen: readonly { readonly table: OwnTable; readonly theirs: LiveTable | null }[],
  titles: ReadonlyMap<string, string>,
): TableProposal[] {
  const sideOf = (parent: string, child: string) => {
    const at = tables.findIndex(({ key }) => key === child)
    const { table, theirs } = chosen[at]!
    const place = table.places.find(({ linksTo }) => linksTo === parent)
    const found = tables[at]?.columns.find(({ key }) => key === place?.key)
    return theirs?.columns.find(({ title }) => title === found?.title)?.link?.otherSide ?? null
  }
  return tables.map((proposal, at) => {
    const { table } = chosen[at]!
    const columns = proposal.columns.map((column) => {
      const child = table.places.find(({ key }) => key === column.key)?.listOf ?? null
      const title = child === null || column.title !== null ? null : sideOf(table.key, child)
      if (title === null || child === null) return column
      const evidence = [{ kind: 'link', table: titles.get(child) ?? child } as const]
      return { ...column, title, score: 1, evidence }
    })
    return { ...proposal, columns }
  })
}

function rest(own: OwnTable, theirs: LiveTable, { columns, mapped }: TableProposal, matcher: Matcher) {
  const parts = mapped.flatMap(({ from }) => (from === null ? [] : sourcesOf(from)))
  const taken = new Set([...columns.map(({ title }) => title), ...parts, ...own.read])
  const free = theirs.columns.filter(({ title, made }) => !taken.has(title) && made === null)
  const unfit = free.flatMap((column) => {
    const place = own.places.find((one) => cannotServe(one, column) && isNamed(one, column, matcher))
    return place === undefined ? [] : [{ key: place.key, title: column.title, type: column.type }]
  })
  return { unused: free.map(({ title }) => title), unfit }
}

function cannotServe(place: Place, column: LiveColumn): boolean {
  return place.linksTo === null && !place.written && !place.accepts(column.type)
}

function isNamed({ names }: Place, { title }: LiveColumn, matcher: Matcher): boolean {
  return matcher.name(title, names)?.likeness === 1
}

/** The EPCI in plain text: only among the columns that no place of ours wants. */
function epciText(
  tables: readonly TableProposal[],
  chosen: readonly { readonly theirs: LiveTable | null }[],
  matcher: Matcher,
  rules: AdoptionRules,
): Candidate | null {
  const at = tables.findIndex(({ key }) => key === 'actors')
  const actors = tables[at]
  const columns = chosen[at]?.theirs?.columns ?? []
  const place = { key: 'epciText', ...rules.epciText }
  const candidates = columns
    .filter(({ title, link, made }) => link === null && made === null && actors?.unused.includes(title))
    .map((column) => ({
      title: column.title,
      ...scoreColumn(place, matcher.name(column.title, place.names), column.profile, rules),
    }))
    .sort((one, other) => other.score - one.score)
  const [best] = candidates
  return best !== undefined && best.score >= rules.doubtful ? best : null
}
