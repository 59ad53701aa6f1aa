import type { Columns } from '../config/columns-file.ts'
import { overInvited } from '../domain/declared.ts'
import { frenchDay, frenchList } from '../domain/typography.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'

type Declared = {
  readonly journees: DeclaredRows['journees']
  readonly diagnostics: DeclaredRows['diagnostics']
}

/** The figures of an EPCI that nobody can mean, or that do not go together, in French; null: none. */
export function oddFigures(
  { days: { columns } }: Columns,
  { name, oddFigures: own }: Pick<EpciRow, 'name' | 'oddFigures'>,
  { journees, diagnostics }: Declared,
): string | null {
  const title = (key: 'invited' | 'expected' | 'present') => `« ${columns[key].title} »`
  const ofDays = journees.flatMap((one) => {
    const odd = [
      ...one.oddFigures.map((column) => `« ${column} »`),
      ...overInvited(one).map((key) => `${one[key]} ${title(key)} pour ${one.invited} ${title('invited')}`),
    ]
    const when = one.date === null ? 'sans date' : `du ${frenchDay(one.date)}`
    return odd.length === 0 ? [] : [`journée ${when} (${frenchList(odd)})`]
  })
  const ofDiagnostics = diagnostics.flatMap((one) => {
    const when = one.date === null ? 'sans date' : `du ${frenchDay(one.date)}`
    return one.oddFigures.map((column) => `diagnostic ${when} (« ${column} »)`)
  })
  const all = [...own.map((column) => `« ${column} »`), ...ofDays, ...ofDiagnostics]
  return all.length === 0 ? null : `${name} : ${all.join(', ')}.`
}
