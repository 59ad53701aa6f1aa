import { prefill, expectedRatio } from '../domain/prefill.ts'
import { readActorsByIds, readLinkedActors } from '../nocodb/read-actors.ts'
import { readTerritories } from '../nocodb/read-territories.ts'
import type { EpciRow, Territories } from '../nocodb/read-territories.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Claim } from '../store/claims.ts'
import { forgetComputed, listComputed } from '../store/computed.ts'
import type { Computed } from '../store/computed.ts'
import { addFound, FIGURES } from '../store/inbox.ts'
import { idsOfEpci, recordsByIds } from '../store/records.ts'
import { forgetReports } from '../store/reports.ts'
import { assessEpcis, declaredCounts, distinctEpcis } from './assess-epcis.ts'
import type { EpciCounts } from './assess-epcis.ts'
import { startCensus } from './census.ts'
import type { Census } from './census.ts'
import { declaredInputs } from './declared-inputs.ts'
import type { Failures } from './drain-rows.ts'
import { keepReports } from './keep-reports.ts'
import { parisDay } from './paris-day.ts'
import type { SyncParts } from './parts.ts'
import { reportedList } from './reported.ts'

/**
 * Computes the figures of these EPCI from their records, read again, as a whole run does, and writes what differs. A
 * record whose own cells are not what they should be (no hint told of its change) goes to the inbox; so do the EPCI
 * whose expected records follow from the new counts. Throws what concerns them all.
 */
export async function renewFigures(parts: SyncParts, claims: readonly Claim[]): Promise<Failures> {
  const { base, columns, rules, geography, store, log, now } = parts
  const since = now()
  const today = parisDay(since)
  const territories = await readTerritories(base, columns)
  const reported = reportedList()
  const all = distinctEpcis(territories, geography, reported)
  const wanted = new Map(claims.map((claim) => [claim.record, claim]))
  const epcis = new Map([...all].filter(([siren]) => wanted.has(siren)))
  const census = startCensus({ rules, geography, columns, today, reported, written: () => true })
  await readEpcis(parts, census, territories, [...epcis.keys()])
  const others = countsOf(parts, all, await listComputed(store, base.id), wanted)
  const { territory } = census
  const outcomes = assessEpcis(parts, { today, territories, epcis, territory, others, reported })
  const { refused } = await writeRows(
    base,
    base.table(columns.epcis.title),
    outcomes.flatMap(({ change }) => change ?? []),
  )
  const inputs = declaredInputs(territories, all, rules.fingerprint)
  const reports = outcomes.map(({ report }) => report)
  await keepReports(store, base.id, reports, inputs, { at: now(), since })
  await letGo(
    parts,
    [...wanted.keys()].filter((siren) => !all.has(siren)),
  )
  await markExpected(parts, all)
  log.debug({ epcis: [...epcis.keys()], milliseconds: now().getTime() - since.getTime() }, 'figures computed')
  const reasons = new Map(
    refused.map(({ id, columns: cells, reason }) => [id, `${cells.join(', ')}: ${reason}`]),
  )
  return new Map(
    [...epcis].flatMap(([siren, { id }]) => {
      const [claim, reason] = [wanted.get(siren), reasons.get(id)]
      return claim === undefined || reason === undefined ? [] : [[claim, reason] as const]
    }),
  )
}

/** Counts every record of these EPCI: those linked to them in NocoDB, and those remembered under them. */
async function readEpcis(
  { base, columns, store, now }: SyncParts,
  census: Census,
  { epcis }: Territories,
  wanted: readonly string[],
): Promise<void> {
  const sirens = new Map(epcis.flatMap(({ id, siren }) => (siren === null ? [] : [[id, siren] as const])))
  const rows = epcis.filter(({ siren }) => siren !== null && wanted.includes(siren)).map(({ id }) => id)
  const linked = await readLinkedActors(base, columns, sirens, rows)
  const seen = new Set(linked.map(({ id }) => id))
  const remembered = await Promise.all(wanted.map((siren) => idsOfEpci(store, base.id, siren)))
  const others = remembered.flat().filter((id) => !seen.has(id))
  const unlinked = await readActorsByIds(base, columns, sirens, others)
  for (const { id } of unlinked) seen.add(id)
  const all = [...linked, ...unlinked]
  const known = await recordsByIds(store, base.id, [...seen])
  const { changes, remember } = census.page(all, known)
  const gone = others.filter((id) => !seen.has(id))
  const found = new Set([...changes.map(({ id }) => id), ...remember.map(({ id }) => id), ...gone])
  const about = base.table(columns.actors.title).id
  const hints = [...found].map((id) => ({ base: base.id, about, record: String(id) }))
  await addFound(store, hints, now())
}

/** What is known of the other EPCI, from when their figures were last computed. */
function countsOf(
  { geography }: SyncParts,
  all: ReadonlyMap<string, EpciRow>,
  computed: ReadonlyMap<string, Computed>,
  without: ReadonlyMap<string, unknown>,
): EpciCounts[] {
  return [...all].flatMap(([siren, row]) => {
    const known = computed.get(siren)
    if (known === undefined || without.has(siren)) return []
    return [{ ...declaredCounts(row, geography), present: known.present, prefilled: known.prefilled }]
  })
}

/** EPCI that left the base: their records are looked at again, for their links went with them. */
async function letGo({ base, columns, store, now }: SyncParts, sirens: readonly string[]): Promise<void> {
  const computed = await listComputed(store, base.id)
  const gone = sirens.filter((siren) => computed.has(siren))
  const ids = (await Promise.all(gone.map((siren) => idsOfEpci(store, base.id, siren)))).flat()
  const about = base.table(columns.actors.title).id
  await addFound(
    store,
    ids.map((id) => ({ base: base.id, about, record: String(id) })),
    now(),
  )
  await forgetReports(store, gone)
  await forgetComputed(store, base.id, gone)
}

/** Once the counts are kept: the EPCI whose expected records are no longer those that the ratio gives. */
async function markExpected(parts: SyncParts, all: ReadonlyMap<string, EpciRow>): Promise<void> {
  const { base, rules, geography, store, now } = parts
  const computed = await listComputed(store, base.id)
  const ratio = expectedRatio(countsOf(parts, all, computed, new Map()), rules.referentials)
  const stale = [...all].filter(([siren, row]) => {
    const known = computed.get(siren)
    if (known === undefined) return true
    const counts = { ...declaredCounts(row, geography), present: known.present, prefilled: known.prefilled }
    return prefill(counts, ratio).expected !== known.expected
  })
  const hints = stale.map(([siren]) => ({ base: base.id, about: FIGURES, record: siren }))
  await addFound(store, hints, now())
}
