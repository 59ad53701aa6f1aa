import type { Store } from './database.ts'
import { readWatermark, saveWatermark } from './watermarks.ts'

/**
 * A table or column of a base when all fitted last: its id, how config/columns.yaml called it, its type; of a table, what
 * NocoDB called its key. No cell of it.
 */
export type KnownColumn = {
  readonly id: string
  readonly title: string
  readonly type: string
  readonly rowKey?: string
}

const NAME = 'columns'

/** What is remembered of the tables and columns of a base, by key of config/columns.yaml; nothing: it never fitted. */
export async function readKnownColumns(
  store: Store,
  base: string,
): Promise<Readonly<Record<string, KnownColumn>>> {
  const text = await readWatermark(store, base, NAME)
  return text === null ? {} : (JSON.parse(text) as Record<string, KnownColumn>)
}

/** Remembers them, in place of what was. */
export async function saveKnownColumns(
  store: Store,
  base: string,
  known: Readonly<Record<string, KnownColumn>>,
): Promise<void> {
  await saveWatermark(store, base, NAME, JSON.stringify(known))
}
