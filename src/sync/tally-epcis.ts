import type { RowId } from '../nocodb/cells.ts'
import { readActorsByIds, readLinkedActors } from '../nocodb/read-actors.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import type { Territories } from '../nocodb/read-territories.ts'
import { recordsByIds, recordsOfEpci } from '../store/records.ts'
import type { KnownRecord } from '../store/records.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { countRecord, startCensus } from './census.ts'
import type { Census, Contribution, Territory } from './census.ts'
import { standingOf } from './cross-cells.ts'
import type { ToldByOthers } from './cross-cells.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import type { EpciLinks } from './epci-links.ts'
import { pageInSlices } from './in-slices.ts'
import type { LiveSync } from './live-memory.ts'
import { reportedList } from './reported.ts'
import { toldByOthers } from './told-by-others.ts'
import type { PrefillBasis } from './territory-prefill.ts'

type Wanted = {
  readonly territories: Territories
  readonly sirens: readonly string[]
  /** Those to read whole, whatever is remembered. */
  readonly afresh: ReadonlySet<string>
  /** 'YYYY-MM-DD' */
  readonly today: string
  readonly basis: PrefillBasis
}

/** Sums of EPCI. */
export type Tallies = {
  readonly territory: (siren: string) => Territory
  /** The EPCI of which a record that is remembered is not there: it is looked at first, and they are counted once more then. */
  readonly short: ReadonlySet<string>
}

/** The sums of these EPCI, to the last bit those that a whole run would make of the same records. */
export async function tallyEpcis(parts: LiveSync, wanted: Wanted): Promise<Tallies> {
  const { rules, geography, columns, memory } = parts
  const { territories, sirens, afresh, today } = wanted
  const seen = new Map<RowId, Contribution>()
  const told = await toldOf(parts, sirens)
  const census = startCensus({
    ...{ rules, geography, columns, today, reported: reportedList(), told, keyed: parts.base.http.keyed },
    dissolved: dissolvedEpcis(geography),
    ...{ compiled: memory.compiled(today), whole: false, written: () => true },
    onAssessed: (id, contribution) => void seen.set(id, contribution),
  })
  const epciSirens = sirensOf(territories.epcis)
  const short = new Set<string>()
  const links = epciLinks({ ...(await linkMeans(parts)), sirens: epciSirens })
  const tallying = { census, told, epciSirens, short, links, ...wanted }
  const remembered = sirens.map((siren) => ({
    siren,
    records: afresh.has(siren) ? null : memory.records(siren, today),
  }))
  const whole = remembered.flatMap(({ siren, records }) => (records === null ? [siren] : []))
  await readWhole(parts, tallying, whole)
  for (const siren of whole) {
    const own = [...seen].filter(([, { assessment }]) => assessment.epci === siren)
    memory.keep(siren, today, new Map(own))
  }
  for (const { siren, records } of remembered)
    if (records !== null) await readChanged(parts, tallying, { siren, records, counted: seen })
  for (const [id, contribution] of seen) memory.put(id, today, contribution)
  return { territory: census.territory, short }
}

type Tallying = Wanted & {
  readonly census: Census
  readonly told: ToldByOthers | null
  readonly links: EpciLinks
  readonly epciSirens: EpciSirens
  readonly short: Set<string>
}

/** Reads every record of these EPCI: those linked to them in NocoDB, and those remembered under them. */
async function readWhole(parts: LiveSync, tallying: Tallying, sirens: readonly string[]): Promise<void> {
  if (sirens.length === 0) return
  const { base, columns, store } = parts
  const { epciSirens } = tallying
  const rows = [...epciSirens.of].flatMap(([id, siren]) => (sirens.includes(siren) ? [id] : []))
  const linked = await readLinkedActors(base, columns, epciSirens, rows)
  const seen = new Set(linked.map(({ id }) => id))
  const known = await Promise.all(sirens.map((siren) => recordsOfEpci(store, base.id, siren)))
  const others = known.flatMap((records) => [...records.keys()]).filter((id) => !seen.has(id))
  const found = await readActorsByIds(base, columns, epciSirens, others)
  const gone = await count(parts, tallying, [...linked, ...found], others)
  for (const [at, siren] of sirens.entries())
    if (gone.some((id) => known[at]?.has(id))) tallying.short.add(siren)
}

type Remembered = {
  readonly siren: string
  readonly records: ReadonlyMap<RowId, Contribution>
  readonly counted: ReadonlyMap<RowId, Contribution>
}

/** Takes what is remembered of an EPCI, and reads the records that have changed since. */
async function readChanged(
  parts: LiveSync,
  tallying: Tallying,
  { siren, records, counted }: Remembered,
): Promise<void> {
  const { base, columns, store } = parts
  const territory = tallying.census.territory(siren)
  const followed = tallying.basis.followedIn(siren)
  const changed: RowId[] = []
  for (const [id, known] of await recordsOfEpci(store, base.id, siren)) {
    if (counted.has(id)) continue // it was read with its new EPCI
    const contribution = records.get(id)
    if (contribution === undefined || !isOf(contribution, known) || !isTold(contribution, id, tallying.told))
      changed.push(id)
    else countRecord(territory, id, contribution, followed)
  }
  const found = await readActorsByIds(base, columns, tallying.epciSirens, changed)
  if ((await count(parts, tallying, found, changed)).length > 0) tallying.short.add(siren)
}

function isOf({ fingerprint, changedOn }: Contribution, known: KnownRecord): boolean {
  return fingerprint === known.fingerprint && changedOn === known.changedOn
}

/** Whether it was seen with what the others tell of it now. */
function isTold({ standing }: Contribution, id: RowId, told: ToldByOthers | null): boolean {
  if (told === null) return true
  const now = standingOf(told.get(id) ?? [])
  return now.length === standing.length && now.every(({ text }, at) => text === standing[at]?.text)
}

/** What the others tell of the records remembered under these EPCI. */
async function toldOf(parts: LiveSync, sirens: readonly string[]): Promise<ToldByOthers | null> {
  const { store, base } = parts
  const known = await Promise.all(sirens.map((siren) => recordsOfEpci(store, base.id, siren)))
  return toldByOthers(
    parts,
    known.flatMap((records) => [...records.keys()]),
  )
}

/** Counts the rows; those that are not as they should be, or gone from among `asked`, are to be looked at. Answers the latter. */
async function count(
  parts: LiveSync,
  { census, basis, links }: Tallying,
  rows: readonly ActorRow[],
  asked: readonly RowId[],
): Promise<readonly RowId[]> {
  const { base, store } = parts
  const ids = rows.map(({ id }) => id)
  const known = await recordsByIds(store, base.id, ids)
  const { changes, remember } = await pageInSlices(census, rows, known, {
    followedIn: basis.followedIn,
    links,
  })
  const here = new Set(ids)
  const gone = asked.filter((id) => !here.has(id))
  const found = new Set([...changes.map(({ id }) => id), ...remember.map(({ id }) => id), ...gone])
  await enqueueRecords(parts, found)
  return gone
}
