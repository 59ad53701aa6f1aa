import type { Departments } from '../../domain/departments.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { typeset } from '../../domain/typography.ts'

/** One EPCI of a list: its report, and what is known of it beside. */
export type EpciRow = {
  readonly report: EpciReport
  /** Codes of its départements; none where the official list does not know it. */
  readonly departments: readonly string[]
  /** Who is in charge, each once, as NocoDB names them at the moment of asking; null: NocoDB did not say. */
  readonly officers: readonly string[] | null
  /** Whether it is of who looks. */
  readonly mine: boolean
}

/** How many of its diagnostic's questions there are: the référents are counted where they are listed. */
export const QUESTIONS = 9

/** How many questions of the diagnostic have an answer; null: none was ever filled in. */
export function answeredCount({ declared: { answeredOn } }: EpciReport): number | null {
  const count = Object.keys(answeredOn).filter((key) => key !== 'referents').length
  return count === 0 ? null : count
}

/** « Ille-et-Vilaine (35) » */
export function departmentText(code: string, { name }: Departments): string {
  const known = name(code)
  return known === null ? code : typeset(`${known} (${code})`)
}
