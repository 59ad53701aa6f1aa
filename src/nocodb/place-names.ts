import type { Columns } from '../config/columns-file.ts'
import { shownName } from '../domain/shown-name.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { readByIds } from './rows.ts'

/** The names of these places as they stand in the base now, for those who may see it; they are kept nowhere. */
export async function placeNames(
  base: Base,
  { actors }: Columns,
  ids: readonly RowId[],
): Promise<ReadonlyMap<RowId, string>> {
  if (ids.length === 0) return new Map()
  const { title } = actors.columns.nom
  const rows = await readByIds(base, base.table(actors.title), ids, [title])
  return new Map(
    rows.flatMap((row) => {
      const name = typeof row[title] === 'string' ? shownName(row[title]) : ''
      return name === '' ? [] : [[row.Id, name] as const]
    }),
  )
}
