import { crossIndex } from '../domain/completeness/cross-index.ts'
import type { Finding } from '../domain/finding.ts'
import type { RowId } from '../nocodb/cells.ts'
import { recordsByIds, recordsSharing } from '../store/records.ts'
import type { KeptFacts } from '../store/records.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import type { ToldByOthers } from './cross-cells.ts'
import type { SyncParts } from './parts.ts'

/** Under which rules, and with which key, the facts of every record of a base are kept. */
const WATERMARK = 'cross'

/**
 * What all the other records tell of these, by what the store keeps of each: to the last sign what a whole run would say.
 * null: the store does not know every record yet, or knows them by other rules.
 */
export async function toldByOthers(parts: SyncParts, ids: readonly RowId[]): Promise<ToldByOthers | null> {
  const { base, store, rules, geography } = parts
  if ((await readWatermark(store, base.id, WATERMARK)) !== keptUnder(parts)) return null
  const known = [...(await recordsByIds(store, base.id, ids)).values()]
  const facts = known.flatMap(({ cross }) => cross ?? [])
  const around = await recordsSharing(store, base.id, { facts, epcis: known.map(({ epci }) => epci) })
  const { completeness } = rules
  const index = crossIndex(completeness, geography, completeness.writeBack)
  for (const [id, { epci, cross }] of around) index.addFacts(id, { ...cross, epci })
  const asked = new Set(ids)
  const told = new Map<RowId, readonly Finding[]>()
  for (const { key, findings } of index.findings()) if (asked.has(key)) told.set(key, findings)
  return told
}

/** The records of which these facts, as they were or as they are, tell something: their EPCI, and those that are in none. */
export async function touchedByFacts(
  { base, store }: Pick<SyncParts, 'base' | 'store'>,
  facts: readonly KeptFacts[],
): Promise<{ readonly rows: readonly RowId[]; readonly epcis: readonly string[] }> {
  if (facts.length === 0) return { rows: [], epcis: [] }
  const around = [...(await recordsSharing(store, base.id, { facts, epcis: [] }))]
  const epcis = new Set(around.flatMap(([, { epci }]) => epci ?? []))
  const numbers = new Set(facts.flatMap(({ id, pivot, phone }) => [id, pivot, phone]))
  numbers.delete(0)
  const bears = ({ id, pivot, phone }: KeptFacts) => [id, pivot, phone].some((number) => numbers.has(number))
  const rows = around.filter(([, { epci, cross }]) => epci === null || bears(cross)).slice(0, MOST_ROWS)
  return { rows: rows.map(([id]) => id), epcis: [...epcis] }
}

/** Rows looked at again at once; the others follow with the figures of their EPCI. */
const MOST_ROWS = 200

/** A whole run kept the facts of every record. */
export async function keepFactsKnown(parts: SyncParts): Promise<void> {
  const { base, store } = parts
  await saveWatermark(store, base.id, WATERMARK, keptUnder(parts))
}

function keptUnder({ base, rules }: SyncParts): string {
  return `${rules.fingerprint} ${base.http.keyed(WATERMARK)}`
}
