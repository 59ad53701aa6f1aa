import type { Rules } from '../config/rules-file.ts'
import type { Answers } from '../domain/diagnostic.ts'
import type { Stage } from '../domain/labels.ts'
import { successConditions } from '../domain/success-conditions.ts'
import type { ConditionResult, ConditionStatus, PreparedJournee } from '../domain/success-conditions.ts'
import type { ConditionRow } from '../nocodb/read-conditions.ts'

/** The conditions of success of one EPCI, from its journées, its référents and its rows; of two rows for one condition the later tick counts. */
export function epciConditions(
  facts: {
    readonly today: string
    readonly referents: Answers['referents']
    readonly stage: Stage | null
    readonly journees: readonly PreparedJournee[]
    readonly rows: readonly ConditionRow[]
  },
  rules: Pick<Rules, 'success-conditions'>,
): ConditionResult[] {
  const { rows, ...known } = facts
  const ticked = new Map<string, ConditionStatus>()
  for (const { code, ticked: status } of [...rows].sort((one, other) => one.id - other.id))
    if (status !== null) ticked.set(code, status)
  return successConditions({ ...known, ticked }, rules['success-conditions'])
}

/** The rows whose condition the rules no longer hold. */
export function strayConditions(
  rows: readonly ConditionRow[],
  rules: Pick<Rules, 'success-conditions'>,
): ConditionRow[] {
  const keys = new Set(rules['success-conditions'].conditions.map(({ key }) => key))
  return rows.filter(({ code }) => !keys.has(code))
}
