import type { Rules } from '../config/rules-file.ts'
import { REFERENTIALS } from '../domain/diagnostic.ts'
import type { Referential, Situation } from '../domain/diagnostic.ts'
import { decisionOf } from '../domain/decision.ts'
import type { Decision } from '../domain/decision.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import { recommend } from '../domain/recommendation.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import { frenchDay, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { lastSnapshots, snapshotsFrom } from '../store/snapshots.ts'
import type { Snapshot } from '../store/snapshots.ts'
import { digestOf, ruleSets } from './keep-snapshots.ts'

/** An old result, made again from what it rested on. */
export type Replay = {
  readonly siren: string
  /** The day asked for, and that of the result which stood then. */
  readonly at: string
  readonly day: string
  /** The fingerprint of its rules. */
  readonly rules: string
  readonly retained: Referential | null
  readonly situation: Situation
  /** What was decided then, as it was kept. */
  readonly decision: Decision
  /** The same made again; null: its rules are lost, or written for another version of this program. */
  readonly recommendation: Recommendation | null
  /** Whether every figure is the same, to the last bit. */
  readonly same: boolean
  /** French: what is not the same, and why it may be; empty where all is. */
  readonly differences: readonly string[]
}

/**
 * Makes the result of an EPCI that stood on a day ('YYYY-MM-DD') again, from its own inputs by its own rules.
 * Throws EPCI_NOT_FOUND where none was kept by then, naming the first that was.
 */
export async function replay(store: Store, atHand: Rules, siren: string, at: string): Promise<Replay> {
  const [snapshot] = await lastSnapshots(store, siren, { upTo: at, limit: 1 })
  if (snapshot === undefined) throw await nothingKept(store, siren, at)
  const { day, rules, retained, situation, decision } = snapshot
  const decides = (await ruleSets(store, atHand, [rules])).get(rules)?.decides ?? null
  const recommendation = decides === null ? null : recommend(situation, decides)
  const same = recommendation !== null && digestOf(recommendation) === snapshot.digest
  const differences = same ? [] : told(snapshot, recommendation).map(typeset)
  return { siren, at, day, rules, retained, situation, decision, recommendation, same, differences }
}

async function nothingKept(store: Store, siren: string, at: string): Promise<PortreaError> {
  const [first] = await snapshotsFrom(store, siren, { from: at, limit: 1 })
  const instead =
    first === undefined
      ? 'vérifiez le SIREN, ou synchronisez d’abord'
      : `le premier résultat gardé est du ${frenchDay(first.day)}`
  return new PortreaError(
    'EPCI_NOT_FOUND',
    `Aucun résultat de l’EPCI ${siren} n’est gardé au ${frenchDay(at)} ou avant : ${instead}.`,
  )
}

function told({ decision }: Snapshot, again: Recommendation | null): string[] {
  if (again === null)
    return ["Les règles d'alors ne sont plus là, ou ne se lisent plus avec cette version de Portrea."]
  const now = decisionOf(again)
  const label = (key: Referential) => `« ${REFERENTIAL_LABELS[key]} »`
  const points = REFERENTIALS.filter((key) => now.scores[key] !== decision.scores[key]).map(
    (key) =>
      `Points de ${label(key)} : ${frenchNumber(decision.scores[key], 6)} alors, ${frenchNumber(now.scores[key], 6)} refaits.`,
  )
  const changed =
    now.recommended === decision.recommended
      ? []
      : [`Référentiel : ${label(decision.recommended)} alors, ${label(now.recommended)} refait.`]
  return [
    ...changed,
    ...points,
    'Cette version de Portrea ne calcule pas comme celle qui a donné ce résultat, ou la base de Portrea a été modifiée.',
  ]
}
