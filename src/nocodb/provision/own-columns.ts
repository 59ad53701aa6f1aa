import { counted, typeset } from '../../domain/typography.ts'
import type { Http } from '../http.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { filledCount } from './filled.ts'

/** A column that the service would write to, and that somebody else made. */
export type ForeignColumn = { readonly table: CurrentTable; readonly column: CurrentColumn }

/** The columns to be written back that provision did not make: what stands in them may be somebody's. */
export function foreignColumns(current: readonly CurrentTable[], desired: DesiredSchema): ForeignColumn[] {
  return desired.tables.flatMap(({ title, columns }) => {
    const table = current.find((one) => one.title === title)
    const written = columns.filter(({ role }) => role === 'written').map((column) => column.title)
    if (table === undefined) return []
    return table.columns
      .filter((column) => written.includes(column.title) && column.stage === null)
      .map((column) => ({ table, column }))
  })
}

/** One sentence for each foreign column that holds values: the service would write over them. */
export async function valuesAtRisk(http: Http, columns: readonly ForeignColumn[]): Promise<string[]> {
  const rated = await Promise.all(
    columns.map(async (one) => ({ ...one, count: await filledCount(http, one.table.id, one.column) })),
  )
  return rated
    .filter(({ count }) => count > 0)
    .map(({ table, column, count }) =>
      typeset(
        `La colonne « ${column.title} » de « ${table.title} » n'est pas de Portrea, et ${counted(count, 'ligne y tient', 'lignes y tiennent')} une valeur que la synchronisation remplacerait. Donnez à Portrea un autre nom pour la sienne dans config/columns.yaml, ou videz celle-ci dans NocoDB.`,
      ),
    )
}
