import type { AdoptionRules } from '../rules/adoption.ts'
import { assign } from './assignment.ts'
import { scoreColumn } from './column-score.ts'
import type { Evidence, Scored } from './column-score.ts'
import type { LiveColumn, LiveTable, OwnTable, Place } from './live-base.ts'
import { isHouseNumber } from './mapped/joined-columns.ts'
import { isTickedColumn } from './mapped/ticked-columns.ts'
import type { NameMatch } from './name-likeness.ts'
import { refusedColumns } from './refusals.ts'
import { ofRespondent, secondaryTitles } from './secondary.ts'
import { titleMatcher } from './title-matcher.ts'
import type { TitleMatcher } from './title-matcher.ts'
import { sharedBeginning } from './title-words.ts'

/** A column of theirs that could stand in a place of ours. */
export type Candidate = Scored & { readonly title: string }

/** What is proposed for one place of ours; `title` is null where nothing fits. */
export type ColumnProposal = {
  readonly key: string
  readonly title: string | null
  readonly score: number
  readonly evidence: readonly Evidence[]
  /** Another column is about as good, or this one is about as good elsewhere: a person chooses. */
  readonly contested: boolean
  /** Every column that could stand here, the best first. */
  readonly candidates: readonly Candidate[]
}

/** Compares names once a title: a matcher serves all tables of a base. */
export type Matcher = {
  name(title: string, names: readonly string[]): NameMatch | null
  columns(own: OwnTable, theirs: LiveTable): ColumnProposal[]
  /** Whether a title says, beyond the name that it matched, that it is somebody's and not the place's. */
  isAside(title: string, match: NameMatch | null): boolean
}

export function columnMatcher(rules: AdoptionRules): Matcher {
  const titles = titleMatcher(rules)
  return {
    name: titles.name,
    isAside: titles.isAside,
    columns(own, theirs) {
      const seen = seenTitles(own, theirs, titles, rules)
      const scored = own.places.map((place) =>
        theirs.columns.map((column) => scoreOf(place, column, seen, titles, rules)),
      )
      // What suits one place so much better is not proposed for another, even where that one goes without.
      const most = theirs.columns.map((_, at) => Math.max(...scored.map((row) => row[at]!.score)))
      const isWorth = (one: number, at: number) =>
        one >= rules.doubtful && one >= rules.evidence.elsewhere * most[at]!
      const worth = scored.map((row) => row.map(({ score: one }, at) => (isWorth(one, at) ? one : 0)))
      const given = assign(worth)
      return own.places.map((place, row) => proposal(place, theirs, { scored, worth, given, row }, rules))
    },
  }
}

function scoreOf(
  place: Place,
  column: LiveColumn,
  { own, table, beginning, secondary, respondent, refused }: Titles,
  titles: TitleMatcher,
  rules: AdoptionRules,
): Scored {
  if (typeof column.former === 'string') return former(place, column, own)
  if (column.made !== null) return made(place, column, table)
  if (refused.has(`${own.key}.${place.key} ${column.title}`)) return NONE
  if (place.written || place.linksTo !== null || !place.accepts(column.type)) return NONE
  const title = column.title.startsWith(beginning) ? column.title.slice(beginning.length) : column.title
  const match = titles.key(title, place.names)
  // Yes or no is no value of a field; a column of that very name may say it in two words.
  if (isTickedColumn(column) && match?.likeness !== 1 && !place.accepts('Checkbox')) return NONE
  if (place.naming && isLink(column)) return NONE // it names a row of another table
  if (place.shapes.includes('street') && isHouseNumber(column)) return NONE // half of an address
  const scored = scoreColumn(place, match, column.profile, rules)
  const isAside = secondary.has(column.title) || (!own.people && titles.isAside(title, match))
  const isFirst = !respondent.has(column.title) && (match?.likeness === 1 || !isAside)
  return isFirst ? scored : { ...scored, score: scored.score * rules.evidence.secondary }
}

function seenTitles(
  own: OwnTable,
  table: LiveTable,
  { name }: TitleMatcher,
  { evidence, forms }: AdoptionRules,
): Titles {
  const titles = table.columns.map(({ title }) => title)
  return {
    ...{ own, table, secondary: secondaryTitles(table.columns), refused: refusedColumns(table) },
    beginning: sharedBeginning(titles, evidence.shared),
    respondent: ofRespondent(titles, (title, names) => name(title, names)?.likeness === 1, forms),
  }
}

type Titles = {
  readonly own: OwnTable
  readonly table: LiveTable
  /** What most titles begin with. */
  readonly beginning: string
  /** Those that repeat others. */
  readonly secondary: ReadonlySet<string>
  /** Those of whoever answered a form. */
  readonly respondent: ReadonlySet<string>
  /** `table.column` of ours + theirs: what a person said no to. */
  readonly refused: ReadonlySet<string>
}

function isLink({ type }: LiveColumn): boolean {
  return type === 'LinkToAnotherRecord' || type === 'Links'
}

const NONE: Scored = { score: 0, evidence: [] }

/** What was renamed since stays where it was, and nowhere else. */
function former(place: Place, column: LiveColumn, own: OwnTable): Scored {
  const kind = column.kept === true ? 'kept' : 'former'
  return column.former === `${own.key}.${place.key}` ? { score: 1, evidence: [{ kind }] } : NONE
}

/** What Portrea made serves where it was made for, and nowhere else. */
function made(place: Place, column: LiveColumn, table: LiveTable): Scored {
  const here = table.made !== null && column.made === `${table.made}.${place.key}`
  return here ? { score: 1, evidence: [{ kind: 'made' }] } : NONE
}

type Matrix = {
  readonly scored: readonly (readonly Scored[])[]
  readonly worth: readonly (readonly number[])[]
  readonly given: readonly (number | null)[]
  readonly row: number
}

function proposal(
  place: Place,
  theirs: LiveTable,
  matrix: Matrix,
  { margin, evidence: { telling }, shapes }: AdoptionRules,
): ColumnProposal {
  const { scored, worth, given, row } = matrix
  const tellsAlone = (shown: readonly Evidence[]) =>
    shown.some(
      (one) =>
        one.kind === 'values' &&
        one.verdict === 'confirms' &&
        one.shape !== 'accepted' &&
        (shapes[one.shape]?.tells ?? 0) >= telling,
    )
  const candidates = theirs.columns
    .map(({ title }, column) => ({ title, column, ...scored[row]![column]! }))
    .filter(({ column }) => worth[row]![column]! > 0)
    .sort((one, other) => other.score - one.score)
  const at = given[row] ?? null
  const listed = candidates.map(({ column: _, ...candidate }) => candidate)
  if (at === null)
    return { key: place.key, title: null, score: 0, evidence: [], contested: false, candidates: listed }
  const { score, evidence } = scored[row]![at]!
  const isKnown = evidence.some(({ kind }) => kind === 'made' || kind === 'former' || kind === 'kept')
  if (isKnown)
    return {
      ...{ key: place.key, title: theirs.columns[at]!.title, score, evidence },
      ...{ contested: false, candidates: listed },
    }
  // Whatever their names, two columns of e-mails may be that of the place and that of somebody.
  const rival = candidates.find(
    ({ column, score: other, evidence: shown }) =>
      column !== at && !given.includes(column) && (other >= score - margin || tellsAlone(shown)),
  )
  const wanted = worth.some(
    (others, other) => other !== row && given[other] === null && others[at]! >= score - margin,
  )
  return {
    key: place.key,
    title: theirs.columns[at]!.title,
    score,
    evidence: rival === undefined ? evidence : [...evidence, { kind: 'rival', title: rival.title }],
    contested: rival !== undefined || wanted,
    candidates: listed,
  }
}
