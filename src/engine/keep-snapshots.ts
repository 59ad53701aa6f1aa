import { createHash } from 'node:crypto'
import type { Rules } from '../config/rules-file.ts'
import { stableJson } from '../domain/stable-json.ts'
import { decisionOf, decisionText } from '../domain/decision.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { readRuleSet } from '../domain/rules/recommendation.ts'
import type { RuleSet } from '../domain/rules/recommendation.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import type { Store } from '../store/database.ts'
import { ruleTexts, saveRuleSet, saveSnapshots } from '../store/snapshots.ts'
import type { Snapshot } from '../store/snapshots.ts'

/** Keeps what each report rests on, with the rules themselves, so that it can be made again later. */
export async function keepSnapshots(
  store: Store,
  rules: Rules,
  reports: readonly EpciReport[],
): Promise<void> {
  if (reports.length === 0) return
  await saveRuleSet(store, rules.fingerprint, rulesText(rules))
  await saveSnapshots(store, reports.map(snapshotOf))
}

/** What is kept of a report. */
export function snapshotOf({ siren, day, rules, situation, retained, recommendation }: EpciReport): Snapshot {
  const decision = decisionOf(recommendation)
  return { siren, day, rules, situation, retained, decision, digest: digestOf(recommendation) }
}

/** Stands for every figure of a recommendation. */
export function digestOf(recommendation: Recommendation): string {
  return sha256(decisionText(recommendation))
}

/**
 * The rules of these fingerprints: those at hand, else as they were kept. A text that does not bear out its
 * fingerprint was tampered with or damaged: it is left out, like one that was never kept.
 */
export async function ruleSets(
  store: Store,
  atHand: Rules,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, RuleSet>> {
  const others = fingerprints.filter((one) => one !== atHand.fingerprint)
  const kept = [...(await ruleTexts(store, others))].filter(([one, text]) => one === `sha256:${sha256(text)}`)
  const texts = [[atHand.fingerprint, rulesText(atHand)] as const, ...kept]
  return new Map(texts.map(([one, text]) => [one, readRuleSet(one, text)]))
}

function rulesText({ fingerprint: _, ...rules }: Rules): string {
  return stableJson(rules)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
