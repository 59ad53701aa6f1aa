import type { Rules } from '../config/rules-file.ts'
import { stableJson } from '../domain/stable-json.ts'
import { changesBetween } from '../domain/changes.ts'
import type { Changes, Moment } from '../domain/changes.ts'
import { changesSentences } from '../domain/changes-sentences.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { EpciFragility, Fragility } from '../domain/fragility.ts'
import type { Region } from '../domain/region.ts'
import { similarEpcis } from '../domain/similar.ts'
import type { SimilarEpci } from '../domain/similar.ts'
import type { Store } from '../store/database.ts'
import { lastOtherwise, lastSnapshots, snapshotsFrom } from '../store/snapshots.ts'
import type { Snapshot } from '../store/snapshots.ts'
import { ruleSets, snapshotOf } from './keep-snapshots.ts'

/** What changed between two results, with French sentences. */
export type ChangesInFrench = Changes & { readonly sentences: readonly string[] }

/** What one report alone cannot say of an EPCI. */
export type EpciContext = {
  /** What it is held beside. */
  readonly region: Region
  /** Context only, where a file was given. */
  readonly fragility: EpciFragility | null
  /** The EPCI most like it, the nearest first. */
  readonly similar: readonly SimilarEpci[]
  /** Since the last result that was not the same; null: none was kept. */
  readonly changes: ChangesInFrench | null
  /** When the recommended référentiel last changed; null: it never did since results are kept. */
  readonly turned: ChangesInFrench | null
}

/** What is known together: the reports of every EPCI, and what was kept of their past. */
export type EpciContextSources = {
  readonly store: Store
  readonly rules: Rules
  /** Those that it may be held beside one by one. */
  readonly reports: readonly EpciReport[]
  /** All of them together. */
  readonly region: Region
  readonly fragility: Fragility
}

/** Sets one report beside the others, and beside its own past. */
export async function epciContext(report: EpciReport, sources: EpciContextSources): Promise<EpciContext> {
  const { store, rules, reports, fragility } = sources
  const [before, turn] = await Promise.all([previous(store, report), lastTurn(store, report)])
  const now = snapshotOf(report)
  const pairs = [before === null ? null : ([before, now] as const), turn]
  const [changes = null, turned = null] = await compared(sources, pairs)
  return {
    region: sources.region,
    fragility: fragility?.get(report.siren) ?? null,
    similar: similarEpcis(report, reports, rules.indicators),
    changes,
    turned,
  }
}

/** Equal results may stand twice in a row, where a day came back to what it was: a third one differs. */
const EQUALS = 3

async function previous(store: Store, report: EpciReport): Promise<Snapshot | null> {
  const now = snapshotOf(report)
  const last = await lastSnapshots(store, report.siren, { upTo: report.day, limit: EQUALS })
  return last.find((one) => !sameResult(one, now)) ?? null
}

function sameResult(one: Snapshot, other: Snapshot): boolean {
  return (
    one.rules === other.rules &&
    one.digest === other.digest &&
    one.retained === other.retained &&
    stableJson(one.situation) === stableJson(other.situation)
  )
}

/** The last result that recommended otherwise, and the one that came after it. */
async function lastTurn(store: Store, report: EpciReport): Promise<readonly [Snapshot, Snapshot] | null> {
  const { siren, day, recommendation } = report
  const before = await lastOtherwise(store, siren, { upTo: day, recommended: recommendation.recommended })
  if (before === null) return null
  const following = await snapshotsFrom(store, siren, { from: before.day, limit: 2 })
  const after = following.find((one) => one.day > before.day && one.day <= day) ?? snapshotOf(report)
  return [before, after]
}

/** Each pair compared; null where there is none, or where the rules at hand no longer know how. */
async function compared(
  { store, rules }: EpciContextSources,
  pairs: readonly (readonly [Snapshot, Snapshot] | null)[],
): Promise<(ChangesInFrench | null)[]> {
  if (pairs.every((pair) => pair === null)) return pairs.map(() => null)
  const needed = pairs.flatMap((pair) => (pair === null ? [] : pair.map((one) => one.rules)))
  const sets = await ruleSets(store, rules, needed)
  const momentOf = ({ rules: fingerprint, ...snapshot }: Snapshot): Moment => ({
    ...snapshot,
    rules: sets.get(fingerprint) ?? { fingerprint, files: {}, decides: null },
  })
  return pairs.map((pair) => {
    if (pair === null) return null
    const changes = changesBetween(momentOf(pair[0]), momentOf(pair[1]))
    return { ...changes, sentences: changesSentences(changes, rules) }
  })
}
