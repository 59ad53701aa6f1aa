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
export type KindTally = { add(kinds: readonly string[]): void; kinds(actors: number): Kinds }

/** Before a wording that the standard does not know: no kind of it begins so. */
const OTHER = '~'

/**
 * Prepares the tallies of kinds. `diversity` is the Gini–Simpson index, unbiased in few draws: (1 − Σp²) n / (n − 1)
 * (E. H. Simpson, « Measurement of Diversity », Nature, 1949), p being the share of each kind among the n kinds named: 0
 * when all are of one kind. What was never named is unknown: nothing is said of few records, or of records most of which
 * name none. A wording that the standard does not know is a kind of its own there, and is never repeated to anybody.
 */
export function compileKinds(
  completeness: Pick<CompletenessRules, 'fields'>,
  { diversity: enough }: Pick<IndicatorRules, 'diversity'>,
  digest: (text: string) => string,
): {
  /** The kinds that a record names: the standard's, and digests of people's own wordings. */
  readonly read: (typologie: string | null) => readonly string[]
  readonly tally: () => KindTally
} {
  const values = standardValues('typologie', completeness)
  return {
    read: (typologie) =>
      values(typologie).map(({ written, value }) => value ?? OTHER + digest(written.toUpperCase())),
    tally: () => kindTally(enough),
  }
}

function kindTally(enough: IndicatorRules['diversity']): KindTally {
  const counts = new Map<string, number>()
  let named = 0
  return {
    add(kinds) {
      if (kinds.length > 0) named += 1
      for (const kind of kinds) increment(counts, kind)
    },
    kinds: (actors) => ({
      diversity:
        actors < enough.records || named < enough.named * actors ? null : diversity([...counts.values()]),
      named,
      distinct: counts.size,
      counts: [...counts]
        .filter(([kind]) => !kind.startsWith(OTHER))
        .map(([kind, records]) => ({ kind, records }))
        .sort((one, other) => other.records - one.records || (one.kind < other.kind ? -1 : 1)),
    }),
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
