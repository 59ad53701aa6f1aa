import { setImmediate as turn } from 'node:timers/promises'
import type { EpciReport } from '../domain/epci-report.ts'
import { assertFits, renamedText } from '../nocodb/drift.ts'
import { readActors, readActorsByIds, stampOf } from '../nocodb/read-actors.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import { participantsWithoutDay, readTerritories } from '../nocodb/read-territories.ts'
import type { Territories } from '../nocodb/read-territories.ts'
import type { BaseCounts, TableCounts } from '../domain/brake.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { recordsBetween } from '../store/records.ts'
import { assessEpcis, distinctEpcis } from './assess-epcis.ts'
import { choicesSeen } from './choices-seen.ts'
import { actorCounter, territoryCounts } from './base-counts.ts'
import { startCensus } from './census.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import type { Census } from './census.ts'
import type { Gate } from './gate.ts'
import { pageInSlices } from './in-slices.ts'
import { inSteps } from './in-steps.ts'
import { declaredInputs } from './declared-inputs.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import type { EpciLinks } from './epci-links.ts'
import { NOTHING_UNCOUNTED, uncountedChanges } from './faulty-rows.ts'
import { parisDay } from '../domain/days.ts'
import { planConditions } from './plan-conditions.ts'
import type { ConditionsPlan } from './plan-conditions.ts'
import { prefillBasis } from './territory-prefill.ts'
import type { PrefillBasis } from './territory-prefill.ts'
import { reportedList } from './reported.ts'
import type { Reported } from './reported.ts'
import type { SyncParts } from './parts.ts'
import { strayConditions } from './territory-conditions.ts'

/** What a reading of the whole base found; nothing has been written to NocoDB but what the gate let through. */
export type BaseReading = {
  readonly actors: number
  readonly epcis: number
  /** What of it was there. */
  readonly counts: BaseCounts
  readonly reports: readonly EpciReport[]
  /** Of each EPCI, the fingerprint of what people declared of it. */
  readonly inputs: ReadonlyMap<string, string>
  readonly epciChanges: readonly Change[]
  readonly noteChanges: readonly Change[]
  readonly conditions: ConditionsPlan
  /** The cells « Doublons possibles » that change: looked for when asked, once; it is long work for this process alone. */
  readonly duplicates: () => Promise<readonly Change[]>
  /** What was found odd so far. */
  readonly reported: () => readonly Reported[]
  /** NocoDB's own instant of the actor that changed last; null: none is there. */
  readonly newest: string | null
}

type ReadOptions = {
  /** SIREN whose EPCI may be written (null: all); everything is read all the same. */
  readonly epcis: readonly string[] | null
  /** Whether rows of an EPCI may be written; null: of none. */
  readonly written: (siren: string | null) => boolean
  /** Where goes what the actors ask for. */
  readonly gate: Pick<Gate, 'take' | 'late'>
  readonly onPage?: (actors: number) => Promise<void> | void
}

/** Reads the base once, a page of actors at a time, and assesses every EPCI. */
export async function readBase(parts: SyncParts, options: ReadOptions): Promise<BaseReading> {
  const { base, columns, rules, geography, now } = parts
  assertFits(base)
  const today = parisDay(now())
  const reported = reportedList()
  for (const one of base.renamed) reported.add('schema.renamed', 0, renamedText(one))
  const dissolved = dissolvedEpcis(geography)
  const reading = readTerritories(base, columns, geography)
  const basis = reading.then((territories) => prefillBasis(parts, territories, today))
  const wanted = options.epcis === null ? null : new Set(options.epcis)
  const census = startCensus({
    rules,
    geography,
    columns,
    today,
    reported,
    dissolved,
    ...{ whole: true, written: options.written, keyed: base.http.keyed },
  })
  const [territories, prefilled, { newest, actors }] = await Promise.all([
    reading,
    basis,
    readCensus(parts, options, census, { territories: reading, basis }),
  ])
  const epcis = distinctEpcis(territories, geography, reported, dissolved)
  const { territory } = census
  const found = {
    today,
    territories,
    epcis,
    territory,
    others: [],
    basis: prefilled,
    choices: await choicesSeen(parts.store, territories.epcis),
    reported,
    asked: new Set<string>(),
  }
  const outcomes = await inSteps(assessEpcis(parts, found))
  const kept = outcomes.filter(({ report }) => wanted === null || wanted.has(report.siren))
  const reports = kept.map(({ report }) => report)
  for (const id of await participantsWithoutDay(base, columns)) reported.add('participant.no_day', id)
  for (const { id } of strayConditions(territories.conditions, rules))
    reported.add('condition.unknown_code', id)
  const uncounted = wanted === null ? uncountedChanges(columns, territories) : NOTHING_UNCOUNTED
  return {
    actors: census.actors,
    epcis: kept.length,
    counts: { actors, ...territoryCounts(columns, territories) },
    reports,
    inputs: declaredInputs(territories, epcis, { ...prefilled, rules: rules.fingerprint }),
    conditions: planConditions(columns, territories.conditions, reports),
    epciChanges: [...kept.flatMap(({ change }) => (change === null ? [] : [change])), ...uncounted.rows],
    noteChanges: [...kept.flatMap(({ notes }) => notes), ...uncounted.notes],
    duplicates: () => inSteps(census.duplicates()),
    reported: () => reported.all(),
    newest,
  }
}

async function readCensus(
  parts: SyncParts,
  { gate, onPage }: ReadOptions,
  census: Census,
  {
    territories,
    basis,
  }: { readonly territories: Promise<Territories>; readonly basis: Promise<PrefillBasis> },
): Promise<{ readonly newest: string | null; readonly actors: TableCounts }> {
  const { base, columns, store } = parts
  const sirens = territories.then(({ epcis }) => sirensOf(epcis))
  sirens.catch(() => {}) // told by whoever awaits `territories`
  const means = await linkMeans(parts)
  let links: EpciLinks | undefined
  basis.catch(() => {}) // likewise
  let last = 0
  let newest: string | null = null
  const counter = actorCounter()
  for await (const page of readActors(base, columns, sirens)) {
    const end = page.at(-1)?.id ?? last
    const known = await recordsBetween(store, base.id, last + 1, end)
    last = end
    links ??= epciLinks({ ...means, sirens: await sirens })
    const outcome = await pageInSlices(census, page, known, {
      followedIn: (await basis).followedIn,
      links,
    })
    for (const row of page) {
      const stamp = stampOf(row)
      if (stamp !== null && (newest === null || stamp > newest)) newest = stamp
    }
    counter.add(page)
    const seen = new Set(page.map(({ id }) => id))
    await gate.take({ ...outcome, gone: [...known.keys()].filter((id) => !seen.has(id)) })
    await onPage?.(census.actors)
  }
  for await (const stale of batches(census.stale(), READ_AGAIN)) {
    const ids = stale.map(({ id }) => id)
    const changes = census.anomalies(await readActorsByIds(base, columns, await sirens, ids), stale)
    await gate.late(changes)
  }
  // Records beyond the last row of the base were deleted there.
  const gone = [...(await recordsBetween(store, base.id, last + 1, Number.MAX_SAFE_INTEGER)).keys()]
  await gate.take({ changes: [], remember: [], gone })
  return { newest, actors: counter.counts() }
}

/** Rows read again at once: their ids go into one address. */
const READ_AGAIN = 400

/** Items looked at before whoever waits has a turn. */
const AT_ONCE = 50

/** The items that are there, some at a time; nulls only give others their turn. */
async function* batches<Item>(items: Iterable<Item | null>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = []
  let seen = 0
  for (const item of items) {
    if (++seen % AT_ONCE === 0) await turn()
    if (item === null || batch.push(item) < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
