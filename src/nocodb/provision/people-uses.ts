import { z } from 'zod'
import type { MetaClient } from '../meta-client.ts'
import type { CurrentTable } from './current-schema.ts'
import type { Provisioned } from './provisioned.ts'

const Raw = z.object({
  columns: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      pv: z.unknown().optional(),
      system: z.unknown().optional(),
      uidt: z.string(),
      colOptions: z.unknown().optional(),
    }),
  ),
  views: z.array(z.looseObject({ id: z.string(), title: z.string() })),
})

/** What people built upon columns of Portrea: taking those away would break, or silently open, something of theirs. */
export type PeopleUses = {
  /** In French, for people: « le filtre de la vue « Public » »; null: nothing of theirs rests on it. */
  of(columnId: string): string | null
  /** Whether a column names the rows of its table: it cannot go alone. */
  namesRows(columnId: string): boolean
}

/**
 * Looks at every column and view that Portrea did not make: formulas, lookups and rollups, filters (without theirs, a
 * shared view would show more than it did), kanbans and calendars.
 */
export async function readPeopleUses(
  meta: MetaClient,
  schema: readonly CurrentTable[],
  made: Provisioned,
): Promise<PeopleUses> {
  const uses: { readonly text: string; readonly what: string }[] = []
  const naming = new Set<string>()
  for (const { id: tableId } of schema) {
    const { columns, views } = Raw.parse(await meta.dbTable.read(tableId))
    for (const { id, title, pv, system, uidt, colOptions } of columns) {
      if (pv) naming.add(id)
      if (made.columns.has(id) || Boolean(system) || uidt === 'ForeignKey' || isLink(uidt)) continue
      uses.push({ text: JSON.stringify(colOptions ?? null), what: `la colonne « ${title} »` })
    }
    for (const view of views) {
      if (made.views.has(view.id)) continue
      const filters = await meta.dbTableFilter.read(view.id, { includeAllFilters: true })
      uses.push({ text: JSON.stringify(filters.list), what: `le filtre de la vue « ${view.title} »` })
      uses.push({ text: JSON.stringify(view['view'] ?? null), what: `la vue « ${view.title} »` })
    }
  }
  return {
    of: (columnId) => uses.find(({ text }) => text.includes(columnId))?.what ?? null,
    namesRows: (columnId) => naming.has(columnId),
  }
}

/** The two sides of a link name each other: that one of them is somebody's is seen elsewhere. */
function isLink(uidt: string): boolean {
  return uidt === 'Links' || uidt === 'LinkToAnotherRecord'
}
