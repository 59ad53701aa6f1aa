import type { CompletenessRules } from '../rules/completeness.ts'
import type { IndicatorRules } from '../rules/indicators.ts'
import { standardValues } from './standard-values.ts'

/** The kinds of actors that the records of an EPCI name. */
export type Kinds = {
  /** 0–1: the chance that two kinds drawn from the records differ (Gini–Simpson); null where too few name one. */
  readonly diversity: number | null
  /** Records that name a kind, and how many kinds they name. */
  readonly named: number
  readonly distinct: number
  /** The standard's kinds, most frequent first, with how many records name each; wordings of people's own are left out. */
  readonly counts: readonly { readonly kind: string; readonly records: number }[]
}

/** Counts kinds record by record. */
export type KindTally = { add(typologie: string | null): void; kinds(actors: number): Kinds }

/**
 * Prepares the tallies of kinds. `diversity` is the Gini–Simpson index, unbiased in few draws: (1 − Σp²) n / (n − 1)
 * (E. H. Simpson, « Measurement of Diversity », Nature, 1949), p being the share of each kind among the n kinds named: 0
 * when all are of one kind. What was never named is unknown: nothing is said of few records, or of records most of which
 * name none. A wording that the standard does not know is a kind of its own there, and is never repeated to anybody.
 */
export function compileKinds(
  completeness: Pick<CompletenessRules, 'fields'>,
  { diversity: enough }: Pick<IndicatorRules, 'diversity'>,
): () => KindTally {
  const read = standardValues('typologie', completeness)
  return () => {
    const standard = new Map<string, number>()
    const others = new Map<string, number>()
    let named = 0
    return {
      add(typologie) {
        const pieces = read(typologie)
        if (pieces.length > 0) named += 1
        for (const { written, value } of pieces)
          if (value === null) increment(others, written.toUpperCase())
          else increment(standard, value)
      },
      kinds: (actors) => ({
        diversity:
          actors < enough.records || named < enough.named * actors
            ? null
            : diversity([...standard.values(), ...others.values()]),
        named,
        distinct: standard.size + others.size,
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
  return total < 2 ? null : (total - squares / total) / (total - 1)
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
