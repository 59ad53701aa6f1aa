import type { Referential } from './diagnostic.ts'
import type { EpciReport } from './epci-report.ts'
import { COMPARED } from './rules/indicators.ts'
import type { ComparedKey, IndicatorRules } from './rules/indicators.ts'

/** What of a report is compared, and what is told of an EPCI that is like another. */
export type Comparable = Pick<EpciReport, 'siren' | 'name' | 'population' | 'retained'> & {
  readonly recommendation: Pick<EpciReport['recommendation'], 'factors' | 'recommended'>
}

/** An EPCI that is like another. */
export type SimilarEpci = {
  readonly siren: string
  readonly name: string
  /** 0–1: 1 − the weighted mean of the differences on what is known of both. */
  readonly similarity: number
  /** What is known of both. */
  readonly compared: readonly ComparedKey[]
  readonly recommended: Referential
  /** What the Hub retained there; null: nothing yet. */
  readonly retained: Referential | null
}

/**
 * The EPCI most like this one, the nearest first, equals in the order of their SIREN. Alike as Gower's general
 * coefficient measures it (J. C. Gower, « A general coefficient of similarity and some of its properties »,
 * Biometrics, 1971): a factor differs by |a − b| / 100, a population by |ln(a / b)| / ln(fold), 1 at most; what is not
 * known of both is left out, and an EPCI with too little in common is not compared.
 */
export function similarEpcis(
  one: Comparable,
  others: readonly Comparable[],
  { similarity: rules }: Pick<IndicatorRules, 'similarity'>,
): SimilarEpci[] {
  const own = coordinates(one)
  return others
    .filter(({ siren }) => siren !== one.siren)
    .flatMap((other) => {
      const { compared, distance } = between(own, coordinates(other), rules)
      if (distance === null) return []
      const { siren, name, retained, recommendation } = other
      const { recommended } = recommendation
      return [{ siren, name, similarity: 1 - distance, compared, recommended, retained }]
    })
    .sort((a, b) => b.similarity - a.similarity || (a.siren < b.siren ? -1 : 1))
    .slice(0, rules.shown)
}

type Coordinates = Readonly<Record<ComparedKey, number | null>>

function coordinates({ population, recommendation: { factors } }: Comparable): Coordinates {
  return {
    governance: factors.governance.score,
    network: factors.network.score,
    orientation: factors.orientation.score,
    tooling: factors.tooling.score,
    population,
  }
}

function between(
  one: Coordinates,
  other: Coordinates,
  { weights, fold, shared }: IndicatorRules['similarity'],
): { compared: ComparedKey[]; distance: number | null } {
  const compared: ComparedKey[] = []
  let [sum, weight] = [0, 0]
  for (const key of COMPARED) {
    const [a, b] = [one[key], other[key]]
    if (a === null || b === null || weights[key] === 0) continue
    compared.push(key)
    sum += weights[key] * (key === 'population' ? byFold(a, b, fold) : Math.abs(a - b) / 100)
    weight += weights[key]
  }
  return { compared, distance: compared.length < shared || weight === 0 ? null : sum / weight }
}

function byFold(one: number, other: number, fold: number): number {
  return Math.min(1, Math.abs(Math.log(one) - Math.log(other)) / Math.log(fold))
}
