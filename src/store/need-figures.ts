import type { ImportedFigure } from '../domain/need.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'

/** Which figures are replaced: those of these columns, of these EPCI or, where null, of every one. */
export type Replaced = { readonly columns: readonly string[]; readonly sirens: readonly string[] | null }

/** Keeps these figures in place of those that are replaced; all or none. */
export async function saveNeedFigures(
  store: Store,
  { columns, sirens }: Replaced,
  figures: ReadonlyMap<string, readonly ImportedFigure[]>,
  importedAt: string,
): Promise<void> {
  const rows = [...figures].flatMap(([siren, its]) =>
    its.map(({ column, ...one }) => ({ siren, figure: column, ...one, importedAt })),
  )
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(columns)) {
      const old = db.deleteFrom('needFigures').where('figure', 'in', some)
      if (sirens === null) await old.execute()
      else for (const its of batches(sirens)) await old.where('siren', 'in', its).execute()
    }
    for (const some of batches(rows)) await db.insertInto('needFigures').values(some).execute()
  })
}

/** The figures kept of each EPCI, in the order of their columns. */
export async function needFigures(store: Store): Promise<Map<string, ImportedFigure[]>> {
  const rows = await store.db
    .selectFrom('needFigures')
    .select(['siren', 'figure', 'value', 'source', 'year'])
    .execute()
  const figures = rows
    .sort((one, other) => (one.figure < other.figure ? -1 : 1))
    .map(({ siren, figure, ...one }) => [siren, { column: figure, ...one }] as const)
  const bySiren = Map.groupBy(figures, ([siren]) => siren)
  return new Map([...bySiren].map(([siren, its]) => [siren, its.map(([, figure]) => figure)]))
}
