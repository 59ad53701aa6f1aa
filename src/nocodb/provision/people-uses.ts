import type { MetaClient } from '../meta-client.ts'
import { isLink } from '../meta-model.ts'
import type { CurrentTable } from '../meta-model.ts'
import type { Provisioned } from './provisioned.ts'

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
  for (const { columns, views } of schema) {
    for (const { id, title, namesRows, system, uidt, made: detail } of columns) {
      if (namesRows) naming.add(id)
      // The two sides of a link name each other: that one of them is somebody's is seen elsewhere.
      if (made.columns.has(id) || system || uidt === 'ForeignKey' || isLink(uidt)) continue
      uses.push({ text: detail, what: `la colonne « ${title} »` })
    }
    for (const { id, title, made: detail } of views) {
      if (made.views.has(id)) continue
      const filters = await meta.filters(id, { all: true })
      uses.push({ text: JSON.stringify(filters), what: `le filtre de la vue « ${title} »` })
      uses.push({ text: detail, what: `la vue « ${title} »` })
    }
  }
  return {
    of: (columnId) => uses.find(({ text }) => text.includes(columnId))?.what ?? null,
    namesRows: (columnId) => naming.has(columnId),
  }
}
