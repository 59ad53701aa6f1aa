import type { MetaClient } from '../meta-client.ts'
import type { CurrentTable, CurrentView } from '../meta-model.ts'

/** The tables of a base as they stand now. Throws what the calls throw, and NOCODB_UNAVAILABLE for an unknown form. */
export async function readSchema(meta: MetaClient, baseId: string): Promise<readonly CurrentTable[]> {
  return Promise.all((await meta.tables(baseId)).map(({ id }) => meta.table(id)))
}

/** The view of ours with this key; else the one with this title, which may be somebody's own. */
export function findView(
  table: CurrentTable | undefined,
  wanted: { readonly key: string; readonly title: string },
): CurrentView | undefined {
  return (
    table?.views.find(({ key }) => key === wanted.key) ??
    table?.views.find(({ title }) => title === wanted.title)
  )
}
