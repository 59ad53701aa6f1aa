import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { ConditionStatus } from '../domain/success-conditions.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Row, RowId } from './cells.ts'
import { readRows } from './rows.ts'

/** One row of the table « Conditions de réussite » that the service made: `code` is a key of config/success-conditions.yaml. */
export type ConditionRow = {
  readonly id: RowId
  readonly siren: string
  readonly code: string
  /** What people say; null: nothing yet. */
  readonly ticked: ConditionStatus | null
  readonly row: Row
}

/** The rows of « Conditions de réussite » that bear a code; those that people added are theirs alone. */
export async function readConditions(base: Base, { conditions: table }: Columns): Promise<ConditionRow[]> {
  const { siren, code, status, remark: _, ...written } = table.columns
  const columns = [siren, code, status, ...Object.values(written)].map(({ title }) => title)
  const found: ConditionRow[] = []
  for await (const page of readRows(base, base.table(table.title), { columns }))
    for (const row of page) {
      const [key, of] = [row[code.title] ?? null, row[siren.title] ?? null]
      if (key === null || of === null) continue
      const ticked = fromLabel(LABELS.conditionStatus, row[status.title])
      found.push({ id: row[ROW_ID], siren: String(of), code: String(key), ticked, row })
    }
  return found
}
