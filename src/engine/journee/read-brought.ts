import { brought } from '../../domain/journee/brought.ts'
import type { Brought } from '../../domain/journee/brought.ts'
import { answersOf } from '../../nocodb/proposal-answers.ts'
import type { SyncContext } from '../sync-context.ts'
import { originOf } from './propose-answers.ts'

/** What the groups of a journée brought, from « Propositions » as it stands. */
export async function readBrought(
  { base, columns }: Pick<SyncContext, 'base' | 'columns'>,
  journee: number,
): Promise<Brought[]> {
  const rows = await answersOf(base, columns, originOf(journee))
  return brought(rows.map(({ source, ...row }) => ({ ...row, group: groupIn(source) })))
}

/** The group that the name of a source ends with (`sourceText`). */
function groupIn(source: string): number | null {
  const [, group] = /, groupe (\d+)$/u.exec(source) ?? []
  return group === undefined ? null : Number(group)
}
