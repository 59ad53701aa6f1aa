import type { AgreedTitle } from '../domain/adoption/agreement.ts'
import type { Evidence } from '../domain/adoption/column-score.ts'
import type { Proposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { typeset } from '../domain/typography.ts'
import { reasonText } from './adopt-text.ts'

/** Whether config/columns.yaml says so already, and nobody has to be told why. */
export function stands(
  { table, column, title }: AgreedTitle,
  proposal: Proposal,
  columns: Readonly<Record<string, { readonly title: string; readonly columns: object }>>,
): boolean {
  const own = columns[table]
  const names = (own?.columns ?? {}) as Readonly<Record<string, { readonly title: string }>>
  const before = column === null ? own?.title : names[column]?.title
  return (
    before === title &&
    evidenceOf(proposal, table, column).some(({ kind }) => kind === 'kept' || kind === 'made')
  )
}

function evidenceOf({ tables }: Proposal, table: string, column: string | null): readonly Evidence[] {
  const found = tables.find(({ key }) => key === table)
  const one = column === null ? found : found?.columns.find(({ key }) => key === column)
  return one?.evidence ?? []
}

/** Why a table or a column bears that name, for the line beside it. */
export function commentOf(
  { table, column, why }: AgreedTitle,
  proposal: Proposal,
  rules: AdoptionRules,
): string {
  if (why === 'apart') return typeset('ce nom était déjà pris dans votre base')
  const evidence = evidenceOf(proposal, table, column)
  return (
    reasonText(
      evidence.filter(({ kind }) => kind === 'name' || kind === 'values' || kind === 'link'),
      rules,
    ) || typeset('choisi par vous')
  )
}
