import type { RecordId } from '../domain/record-id.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import { linkedTo, withIds } from '../nocodb/read-actors.ts'
import type { Where } from '../nocodb/read-actors.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { chunk } from '../nocodb/chunk.ts'
import { idsOfEpci } from '../store/records.ts'
import { assessedBy, viaOf } from './assess-records.ts'
import type { DayRules } from './day-rules.ts'
import type { SyncContext } from './sync-context.ts'
import { scan } from './scan.ts'

/** Ids that go into one address. */
const AT_ONCE = 300

/** The records of these EPCI, by their links or as they are known, that are not as they were when they were last judged. */
export async function changedRecords(
  parts: SyncContext,
  day: DayRules,
  declaredRows: DeclaredRows,
  sirens: readonly string[],
): Promise<RecordId[]> {
  if (sirens.length === 0) return []
  const { base, columns, store } = parts
  const wanted = new Set(sirens)
  const rows = declaredRows.epcis.flatMap(({ id, siren }) =>
    siren !== null && wanted.has(siren) ? [id] : [],
  )
  const known = (await Promise.all(sirens.map((siren) => idsOfEpci(store, base.id, siren)))).flat()
  const judging = { via: viaOf(sirensOf(declaredRows.epcis)), assessedBy: assessedBy(parts, day.digest), day }
  const seen = new Set<RecordId>()
  const changed = new Set<RecordId>()
  const look = async (where: Where) => {
    for await (const page of scan(parts, judging, where)) {
      for (const id of page.ids) seen.add(id)
      for (const id of page.changed) changed.add(id)
    }
  }
  await look((table) => linkedTo(table, rows))
  const all = actorTables(base, columns)
  for (const ids of chunk(
    known.filter((id) => !seen.has(id)),
    AT_ONCE,
  ))
    await look(withIds(ids, all))
  return [...changed, ...known.filter((id) => !seen.has(id))] // the last are gone
}
