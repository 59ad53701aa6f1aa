import { isDeepStrictEqual } from 'node:util'
import type { TableKey } from '../config/column-keys.ts'
import type { RowId } from '../nocodb/cells.ts'
import { linkOf, readActorsByIds } from '../nocodb/read-actors.ts'
import { readSirens, sirensOf } from '../nocodb/epci-identity.ts'
import { assertUnmoved } from '../nocodb/drift.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Lease } from '../store/leases.ts'
import { forgetRecords, recordsByIds, rememberLinked, saveRecords } from '../store/records.ts'
import type { KeptFacts, KnownRecord } from '../store/records.ts'
import { believedGone } from './live-brake.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import { startCensus } from './census.ts'
import type { Contribution } from './census.ts'
import type { ToldByOthers } from './cross-cells.ts'
import { parisDay } from '../domain/days.ts'
import type { LiveSync } from './live-memory.ts'
import type { Remembered } from './remembered.ts'
import { reportedList } from './reported.ts'
import { markEpcis, markStaleEpcis } from './stale-epcis.ts'
import { toldByOthers, touchedByFacts } from './told-by-others.ts'
import { NOT_FOLLOWED } from './territory-prefill.ts'

/** Which of the claims failed, and why; the others are done. */
export type Failures = ReadonlyMap<Lease, string>

/** Tables of which any change may change the figures of an EPCI. */
export const DECLARED: readonly TableKey[] = ['epcis', 'diagnostics', 'days', 'referents']

/**
 * Looks again at the rows that were told: reads them from NocoDB, writes the cells that differ beside each record, and
 * marks the EPCI that the change concerns: of a record that moved or was deleted, the former one too. Stopped anywhere
 * and done again, it ends in the same state. Throws what concerns them all (NocoDB or the store away).
 */
export async function drainRows(parts: LiveSync, claims: readonly Lease[]): Promise<Failures> {
  const { base, columns } = parts
  const ids = new Map(DECLARED.map((key) => [base.table(columns[key].title).id, key]))
  const actors = base.table(columns.actors.title).id
  const declared = claims.filter(({ about }) => ids.has(about))
  if (declared.length > 0) {
    const rows = declared.filter(({ about }) => ids.get(about) === 'epcis')
    await markStaleEpcis(parts, new Set(rows.map(({ record }) => Number(record))))
  }
  // What is told of another table concerns no figure: it is done.
  return drainActors(
    parts,
    claims.filter(({ about }) => about === actors),
  )
}

async function drainActors(parts: LiveSync, claims: readonly Lease[]): Promise<Failures> {
  const ids = [...new Set(claims.map(({ record }) => Number(record)))].filter(Number.isSafeInteger)
  if (ids.length === 0) return new Map()
  const { base, columns, store } = parts
  const [known, { rows, sirens }, means] = await Promise.all([
    recordsByIds(store, base.id, ids),
    readRows(parts, ids),
    linkMeans(parts),
  ])
  await assertUnmoved(base, [columns.actors.title, columns.epcis.title])
  const today = parisDay(parts.now())
  const assess = (told: ToldByOthers | null) => {
    const contributions = new Map<RowId, Contribution>()
    const census = startCensus({
      ...{ rules: parts.rules, geography: parts.geography, columns, today, told, keyed: base.http.keyed },
      ...{ reported: reportedList(), dissolved: dissolvedEpcis(parts.geography) },
      ...{ compiled: parts.memory.compiled(today), whole: false, written: () => true },
      onAssessed: (id, contribution) => void contributions.set(id, contribution),
    })
    const beside = { followedIn: NOT_FOLLOWED, links: epciLinks({ ...means, sirens }) }
    return { ...census.page(rows, known, beside), contributions }
  }
  const { remember } = assess(null)
  const here = new Set(rows.map(({ id }) => id))
  const gone = await believedGone(
    parts,
    [...known.keys()].filter((id) => !here.has(id)),
  )
  const moved = [...remember.map(({ id }) => id), ...gone].map((id) => known.get(id)?.epci)
  const touched = await touchedByFacts(parts, changedFacts(known, remember, gone))
  const epcis = new Set([...moved, ...remember.map(({ epci }) => epci), ...touched.epcis])
  await markEpcis(
    parts,
    [...epcis].filter((epci) => typeof epci === 'string'),
    'update',
  )
  await enqueueRecords(
    parts,
    touched.rows.filter((id) => !ids.includes(id)),
  )
  // What others tell of these rows follows from all that is known of them now: it is kept before it is told.
  await saveRecords(store, base.id, remember)
  await forgetRecords(store, base.id, gone)
  const { changes, contributions } = assess(await toldByOthers(parts, [...here]))
  const { refused, filled = [] } = await writeRows(base, base.table(columns.actors.title), changes)
  await rememberLinked(store, base.id, filled)
  for (const [id, contribution] of contributions) parts.memory.put(id, today, contribution)
  const reasons = new Map(
    refused.map(({ id, columns: cells, reason }) => [id, `${cells.join(', ')}: ${reason}`]),
  )
  return new Map(
    claims.flatMap((claim) => {
      const reason = reasons.get(Number(claim.record))
      return reason === undefined ? [] : [[claim, reason] as const]
    }),
  )
}

/** What of the records the others are held against, where it changed: as it was, and as it is. */
function changedFacts(
  known: ReadonlyMap<RowId, KnownRecord>,
  remember: readonly Remembered[],
  gone: readonly RowId[],
): KeptFacts[] {
  const changed = remember.flatMap(({ id, epci, cross }) => {
    const before = known.get(id)
    return before?.epci === epci && isDeepStrictEqual(before.cross, cross) ? [] : [before?.cross, cross]
  })
  return [...changed, ...gone.map((id) => known.get(id)?.cross)].filter((facts) => facts !== undefined)
}

/**
 * The rows, and the EPCI of the base. Links are read by what is remembered of the EPCI, unless one leads to another, or
 * is to be filled.
 */
async function readRows({ base, columns, geography, memory }: LiveSync, ids: readonly RowId[]) {
  const known = memory.territories()
  const sirens = sirensOf(known?.epcis ?? [])
  const there = new Set(known?.epcis.map(({ id }) => id))
  const rows = await readActorsByIds(base, columns, sirens, ids)
  if (rows.every((row) => there.has(linkOf(row, columns) ?? NaN))) return { rows, sirens }
  const now = await readSirens(base, columns, geography)
  const fresh = rows.map((row) => {
    const link = linkOf(row, columns)
    const linkedEpci = link === null ? null : (now.of.get(link) ?? null)
    const notInEpci = link === null ? null : (now.wrong.get(link) ?? null)
    return { ...row, actor: { ...row.actor, linkedEpci, notInEpci } }
  })
  return { rows: fresh, sirens: now }
}
