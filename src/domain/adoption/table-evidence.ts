import type { AdoptionRules } from '../rules/adoption.ts'
import type { Evidence } from './column-score.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import type { ColumnProposal, Matcher } from './match-columns.ts'
import { inFrench } from './name-likeness.ts'
import { peopleIn } from './people.ts'
import { isOfSomethingElse, namesCommunes } from './repeated.ts'

/** How well a table of theirs fits one of ours. */
export type Pair = {
  /** 0–1; more evidence always gives more, and none gives 1. */
  readonly score: number
  /** All that speaks for it, in what makes a table certain (1: its name, or as many columns as are needed); no upper end. */
  readonly weight: number
  /** Whether theirs holds people. */
  readonly people: boolean
  readonly evidence: readonly Evidence[]
  readonly columns: readonly ColumnProposal[]
}

type Found = {
  readonly byName: number
  readonly named: readonly Evidence[]
  readonly columns: readonly ColumnProposal[]
  /** Title of a column of theirs → its best score among the places of this table of ours. */
  readonly best: ReadonlyMap<string, number>
}

/**
 * Every table of ours (rows) against every table of theirs. A column that suits several tables of ours alike (a name, an
 * e-mail) says little of which one it is in: its score is shared out between them. Links add what the tables at their
 * other end are worth.
 */
export function ratePairs(
  own: readonly OwnTable[],
  base: readonly LiveTable[],
  matcher: Matcher,
  rules: AdoptionRules,
): Pair[][] {
  const found = own.map((table) => base.map((theirs) => look(table, theirs, matcher, rules)))
  const columns = own.map((table, row) =>
    base.map(
      (_, at) =>
        columnsWeight(
          found[row]![at]!,
          found.map((others) => others[at]!.best),
        ) / table.needs,
    ),
  )
  return own.map((table, row) =>
    base.map((theirs, at): Pair => {
      const one = found[row]![at]!
      const is = theirs.former ?? theirs.made
      const kept = theirs.kept === true ? 'kept' : 'former'
      const kind = typeof theirs.former === 'string' ? kept : 'made'
      if (is !== null)
        return is === table.key
          ? { score: 1, weight: Infinity, people: false, evidence: [{ kind }], columns: one.columns }
          : { score: 0, weight: 0, people: false, evidence: [], columns: [] }
      if (table.places.every(({ written }) => written))
        return { score: 0, weight: 0, people: false, evidence: [], columns: one.columns }
      // A list of people is no list of places, however many of its columns would do.
      const people = peopleIn(table, theirs, one.columns, matcher, rules) !== null
      // Nor is a list whose rows share what each should have of its own, unless it bears the name.
      const isOther =
        !isNamed(one) &&
        (isOfSomethingElse(table, theirs, one.columns) || namesCommunes(table, theirs, one.columns))
      const trust = isOther ? 0 : people && !table.people ? rules.evidence.contradicted : 1
      const linked = linksWeight(table, at, { own, base, columns }, rules) / table.needs
      const worth = trust * (columns[row]![at]! + linked)
      // A name alone is a question: it counts in full once half of what is needed stands beside it.
      const name = trust * one.byName * Math.min(1, 0.5 + worth)
      return {
        score: 1 - (1 - name) * (1 - nearingOne(worth)),
        weight: trust * one.byName + worth,
        people,
        evidence: one.named,
        columns: one.columns,
      }
    }),
  )
}

function look(table: OwnTable, theirs: LiveTable, matcher: Matcher, { evidence }: AdoptionRules): Found {
  const columns = matcher.columns(table, theirs)
  const name = matcher.name(theirs.title, table.names)
  const exact = name?.likeness === 1
  const best = new Map<string, number>()
  for (const { candidates } of columns)
    for (const { title, score } of candidates) best.set(title, Math.max(score, best.get(title) ?? 0))
  return {
    byName: name === null ? 0 : exact ? evidence.exact : evidence.near * name.likeness,
    named: name === null ? [] : [{ kind: 'name', name: inFrench(name.name, table), exact }],
    columns,
    best,
  }
}

function isNamed({ named }: Found): boolean {
  return named.some((one) => one.kind === 'name' && one.exact)
}

/** The scores of the columns found, each shared with the other tables of ours that it would suit, by the squares. */
function columnsWeight({ columns }: Found, everywhere: readonly ReadonlyMap<string, number>[]): number {
  return columns.reduce((sum, { title, score }) => {
    if (title === null) return sum
    const all = everywhere.reduce((total, best) => total + (best.get(title) ?? 0) ** 2, 0)
    return all === 0 ? sum : sum + (score * score ** 2) / all
  }, 0)
}

type Base = {
  readonly own: readonly OwnTable[]
  readonly base: readonly LiveTable[]
  /** By table of ours and table of theirs: what the columns are worth. */
  readonly columns: readonly (readonly number[])[]
}

/** A link counts as far as the table at its other end is what ours would lead to, or be led to from; shared likewise. */
function linksWeight(
  table: OwnTable,
  at: number,
  { own, base, columns }: Base,
  { evidence }: AdoptionRules,
): number {
  const worthOf = (key: string, title: string) => {
    const [row, column] = [
      own.findIndex((one) => one.key === key),
      base.findIndex((one) => one.title === title),
    ]
    return Math.min(1, columns[row]?.[column] ?? 0)
  }
  const leading = (key: string) =>
    own.filter(({ places }) => places.some(({ linksTo }) => linksTo === key)).length
  const { title, columns: theirs } = base[at]!
  return table.places.reduce((sum, { linksTo, listOf }) => {
    if (linksTo !== null) {
      const ends = theirs.flatMap(({ link }) => (link === null ? [] : [worthOf(linksTo, link.table)]))
      return sum + (evidence.link * Math.max(0, ...ends)) / leading(linksTo)
    }
    if (listOf === null) return sum
    const starts = base.flatMap((one) =>
      one.columns.some(({ link }) => link?.table === title) ? [worthOf(listOf, one.title)] : [],
    )
    return sum + (evidence.link * Math.max(0, ...starts)) / leading(table.key)
  }, 0)
}

/** As good as its argument while that is small, always growing, never quite 1. */
function nearingOne(worth: number): number {
  return worth / (1 + worth ** SHARPNESS) ** (1 / SHARPNESS)
}
const SHARPNESS = 6
