import { commandLine } from '../domain/command-line.ts'
import { ACTORS, lostFrom, otherActors, tooFewRows } from '../domain/brake.ts'
import type { BaseCounts } from '../domain/brake.ts'
import { PortreaError } from '../errors.ts'
import { HUMAN_KEYS } from '../nocodb/actor-rows.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from '../nocodb/actor-tables.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { countRows } from '../nocodb/rows.ts'
import { readBrake } from '../store/brake.ts'
import { readRecordCounts } from '../store/record-counts.ts'
import { actorCounts, declaredRowCounts, ofEveryTable } from './base-counts.ts'
import type { LiveSync } from './live-memory.ts'
import type { SyncContext } from './sync-context.ts'

/*
 * Between two runs the brake holds what spreads, not what a record says of itself: each record's own cells follow what
 * stands in it now, and whoever imported a bad file sees at once what it lacks. The figures of EPCI stay as they were last
 * right, and a whole run is asked for: it is held in its turn, and tells.
 */

/** Throws SYNC_HELD where the figures of no EPCI may be written: a run is held, or the base has grown too poor since one. */
export async function holdFigures(parts: LiveSync, declaredRows: DeclaredRows): Promise<void> {
  const { base, columns, store } = parts
  const says = await brakeSays(parts, async () => {
    const counts = await readRecordCounts(store, base.id)
    return {
      ...declaredRowCounts(columns, declaredRows),
      ...ofEveryTable(actorTables(base, columns), actorCounts(counts, HUMAN_KEYS)),
    }
  })
  if (says === 'held') throw heldNow('une synchronisation est retenue')
  if (says === 'poorer')
    throw heldNow('la base est bien plus pauvre que la dernière synchronisation ne l’a vue')
}

/** What the brake says of the base as it is counted now: a run is held, or would be, and is asked for; null: nothing. */
export async function brakeSays(
  { base, store, brake, suspect }: SyncContext & Pick<Partial<LiveSync>, 'suspect'>,
  count: () => Promise<BaseCounts>,
): Promise<'held' | 'poorer' | null> {
  const { seen, held } = await readBrake(store, base.id)
  if (held !== null) return 'held'
  const lost = seen === null ? [] : lostFrom(seen, await count(), brake)
  if (lost.length === 0) return null
  suspect?.(lost)
  return 'poorer'
}

/**
 * Of records that were known and are not in an answer, those that are to be forgotten: all, unless NocoDB itself counts so
 * few that it may be lying, or somebody deleted in bulk; then none, until a run was let through.
 */
export async function believedGone(parts: LiveSync, gone: readonly RecordId[]): Promise<readonly RecordId[]> {
  if (gone.length === 0) return gone
  const { base, columns, store, brake } = parts
  const { seen, held } = await readBrake(store, base.id)
  if (held !== null) return []
  const believed: RecordId[] = []
  for (const [{ table, part }, own] of byTable(actorTables(base, columns), gone, (id) => id)) {
    const key = part === 0 ? ACTORS : otherActors(part)
    const before = seen?.[key]?.rows
    const now = before === undefined ? 0 : await countRows(base, table)
    if (before === undefined || !tooFewRows(key, before, now, brake)) believed.push(...own)
    else parts.suspect([{ code: 'rows.missing', table: key, before, now }])
  }
  return believed
}

/** Why no figures of an EPCI are written. */
export function heldNow(why: string): PortreaError {
  return new PortreaError(
    'SYNC_HELD',
    `Aucun chiffre d’EPCI n’est écrit : ${why}. Voyez \`${commandLine('doctor')}\`, puis réparez la base, ou lancez \`${commandLine('sync', '--accept')}\`.`,
  )
}
