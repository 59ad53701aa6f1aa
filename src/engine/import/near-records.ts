import type { Actor } from '../../domain/actor.ts'
import { placeFinder, wholeCommune } from '../../domain/completeness/place.ts'
import { parisDay } from '../../domain/days.ts'
import type { RecordId } from '../../domain/record-id.ts'
import { recordId, SPAN } from '../../domain/record-id.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import { ROW_ID } from '../../nocodb/cells.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { readActorsByIds } from '../../nocodb/read-actors.ts'
import { idIs } from '../../nocodb/row-key.ts'
import { readMatching } from '../../nocodb/rows.ts'
import { recordsUnder } from '../../store/duplicates.ts'
import { waitingRows } from '../../store/inbox.ts'
import { greatestBetween, idsWithoutCommune, recordsInPlaces } from '../../store/records.ts'
import { lastDoneRun } from '../../store/runs.ts'
import { dayRules } from '../day-rules.ts'
import type { Deciding } from './deciding.ts'
import { importBaseOf, readImportBase } from './import-base.ts'
import type { ImportBase } from './import-base.ts'

/**
 * The records of the base that one of these places may be, and no more of it: those under its keys and in its commune by
 * what the store knows, and those that it has not seen yet, or is about to look at again. What that takes follows how many
 * records a commune has, not how many the base has. Where the store never saw the whole base, or waits for much of it,
 * all records are read.
 */
export async function recordsNear(parts: Deciding, places: readonly Actor[]): Promise<ImportBase> {
  const { base, columns, geography, store } = parts
  const unseen = (await lastDoneRun(store)) === null ? null : await unseenRecords(parts)
  if (unseen === null) return readImportBase(parts)
  const ids = new Set([...unseen, ...(await knownNear(parts, places))])
  const rows = await readActorsByIds(base, columns, await readSirens(base, columns, geography), [...ids])
  const actors = new Map(rows.map(({ actor }) => [actor.id, actor]))
  return importBaseOf(parts, actorTables(base, columns), actors)
}

async function knownNear(parts: Deciding, places: readonly Actor[]): Promise<readonly RecordId[]> {
  const { store, base, rules, geography, now, digest } = parts
  const { pairing } = dayRules(parts, parisDay(now()), digest)
  const { crowd } = rules.duplicates
  const keys = places.flatMap((place) => pairing.comparable(place)?.keys ?? [])
  const under = await recordsUnder(store, base.id, [...new Set(keys)])
  const placeOf = placeFinder(geography)
  const communes = places.flatMap((place) => {
    const { commune } = placeOf(place)
    return commune === null ? [] : wholeCommune(commune, geography).code
  })
  const around = await recordsInPlaces(store, base.id, { epcis: [], communes: [...new Set(communes)] })
  // Where more share a key than are compared, it tells nothing.
  const met = [...under.values()].filter((ids) => ids.length <= crowd).flat()
  const unplaced = await idsWithoutCommune(store, base.id, UNPLACED)
  return [...met, ...around.map(({ id }) => id), ...unplaced]
}

/** Records whose commune cannot be told may be anywhere: a few are read, of many none but those under the keys. */
const UNPLACED = 300

/** More than these are read with all the others. */
const FEW = 2000

/** Records that the store does not know as they are now; null: too many, or the whole of a table. */
async function unseenRecords({ store, base, columns }: Deciding): Promise<readonly RecordId[] | null> {
  const unseen: RecordId[] = []
  for (const from of actorTables(base, columns).tables) {
    const [first, beyond] = [recordId(from.part, 0), recordId(from.part, SPAN - 1)]
    const last = await greatestBetween(store, base.id, first, beyond)
    if (last === null) return null
    const waiting = await waitingRows(store, base.id, from.table.id, FEW)
    unseen.push(...waiting.map((row) => from.idOf(row)))
    const where = idIs(from.table, 'gt', last - first)
    for await (const page of readMatching(base, from.table, { columns: [], where })) {
      unseen.push(...page.map((row) => from.idOf(row[ROW_ID])))
      if (unseen.length > FEW) return null
    }
  }
  return unseen.length > FEW ? null : unseen
}
