import type { AgreedMapping } from '../../config/columns-document.ts'
import type { ColumnName } from '../../config/column-name.ts'
import type { Columns } from '../../config/columns-file.ts'
import { sourcesOf, withSources } from '../../domain/mapping/mapping.ts'

/**
 * The fields whose columns people renamed in NocoDB, read from the names that they bear now.
 * @param former id of what was renamed → its place: `actors.services.Ateliers`, of the columns that a field is mapped from
 * @param titleOf the title that a column bears now, by its id
 */
export function renamedSources(
  { actors }: Columns,
  former: ReadonlyMap<string, string>,
  titleOf: (id: string) => string | null,
): AgreedMapping[] {
  return Object.entries<ColumnName>(actors.columns).flatMap(([key, { from }]) => {
    if (from === undefined) return []
    const now = new Map(
      [...former].flatMap(([id, place]) => {
        const before = sourcesOf(from).find((source) => place === `actors.${key}.${source}`)
        const title = titleOf(id)
        return before === undefined || title === null ? [] : [[before, title] as const]
      }),
    )
    if (now.size === 0) return []
    return [{ key, from: withSources(from, (title) => now.get(title) ?? title), words: null }]
  })
}
