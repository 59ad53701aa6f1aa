import type { CompletenessRules } from '../rules/completeness.ts'
import { standardValues } from './standard-values.ts'

/** The kinds of actors that the records of an EPCI name. */
export type Kinds = {
  /** 0–1: the chance that two kinds drawn from the records differ (Gini–Simpson); null where none is named. */
  readonly diversity: number | null
  /** The standard's kinds, most frequent first, with how many records name each; wordings of people's own are left out. */
  readonly counts: readonly { readonly kind: string; readonly records: number }[]
}

/** Counts kinds record by record. */
export type KindTally = { add(typologie: string | null): void; kinds(): Kinds }

/**
 * Prepares the tallies of kinds. `diversity` is the Gini–Simpson index 1 − Σp² (E. H. Simpson, « Measurement of
 * Diversity », Nature, 1949), p being the share of each kind among the kinds named: 0 when all are of one kind. A
 * wording that the standard does not know is a kind of its own there, and is never repeated to anybody.
 */
export function compileKinds(completeness: Pick<CompletenessRules, 'fields'>): () => KindTally {
  const read = standardValues('typologie', completeness)
  return () => {
    const standard = new Map<string, number>()
    const others = new Map<string, number>()
    return {
      add(typologie) {
        for (const { written, value } of read(typologie))
          if (value === null) increment(others, written.toUpperCase())
          else increment(standard, value)
      },
      kinds: () => ({
        diversity: diversity([...standard.values(), ...others.values()]),
        counts: [...standard]
          .map(([kind, records]) => ({ kind, records }))
          .sort((one, other) => other.records - one.records || (one.kind < other.kind ? -1 : 1)),
      }),
    }
  }
}

function diversity(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const squares = counts.reduce((sum, count) => sum + count * count, 0)
  return total === 0 ? null : 1 - squares / (total * total)
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
