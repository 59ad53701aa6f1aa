import type { Evidence } from './column-score.ts'
import type { LiveTable, OwnTable } from './live-base.ts'
import type { ColumnProposal } from './match-columns.ts'

/** Whether most rows share what each should have of its own: a list of communes that names the EPCI of each. */
export function isOfSomethingElse(
  own: OwnTable,
  theirs: LiveTable,
  columns: readonly ColumnProposal[],
): boolean {
  const found = repeatedIn(own, theirs, columns)
  const filled = theirs.columns.find(({ title }) => title === found?.title)?.profile?.filled ?? 0
  return found !== null && found.rows > MOST * filled
}
const MOST = 0.5

/** Whether its rows bear the names of communes where they should bear those of EPCI. */
export function namesCommunes(own: OwnTable, theirs: LiveTable, columns: readonly ColumnProposal[]): boolean {
  return own.places.some(({ key, naming, shapes }) => {
    if (!naming || !shapes.includes('epci_name')) return false
    const title = columns.find((column) => column.key === key)?.title
    const named = theirs.columns.find((column) => column.title === title)?.profile
    return (
      named != null && named.shapes.commune_name > MOST && named.shapes.epci_name < named.shapes.commune_name
    )
  })
}

/** Rows that share what each should have of its own: a code where there is one, else a name. */
export function repeatedIn(
  own: OwnTable,
  theirs: LiveTable,
  columns: readonly ColumnProposal[],
): Extract<Evidence, { kind: 'repeated' }> | null {
  const found = own.places.flatMap(({ key, unique, naming }) => {
    const title = unique ? columns.find((column) => column.key === key)?.title : null
    const profile = theirs.columns.find((column) => column.title === title)?.profile
    return title === null || title === undefined || !profile || profile.filled === 0
      ? []
      : [{ title, naming, rows: profile.repeats }]
  })
  const told = found.find(({ naming }) => !naming) ?? found[0]
  return told === undefined || told.rows === 0
    ? null
    : { kind: 'repeated', title: told.title, rows: told.rows }
}
