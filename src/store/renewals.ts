import type { Store } from './database.ts'
import { readWatermark, saveWatermark } from './watermarks.ts'

/** How often what bears this name was renewed: what was signed under another number is dead. `kind`: whose names they are. */
export async function countRenewals(store: Store, kind: string, name: string): Promise<number> {
  return Number((await readWatermark(store, kind, name)) ?? 0)
}

/** Renews it once more. */
export async function renew(store: Store, kind: string, name: string): Promise<void> {
  await saveWatermark(store, kind, name, String((await countRenewals(store, kind, name)) + 1))
}
