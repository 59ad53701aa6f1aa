import type { ListedPlaces } from './listed-places.ts'
import { median } from './quantile.ts'
import type { PrefillRules } from './rules/prefill.ts'

/** Where the expected number of records comes from: the first that is known. */
export type ExpectedBasis =
  | 'declared'
  | 'reference_list'
  | 'source_lists'
  | 'regional_ratio'
  | 'default_ratio'

/** How many records an EPCI should have, and why; null: nothing tells. */
export type ExpectedRecords = {
  readonly expected: number | null
  readonly basis: ExpectedBasis | null
  /** The ratio used, in records per 10 000 inhabitants; null where none was. */
  readonly per10000: number | null
  /** The name of the reference list used; null where none was. */
  readonly list: string | null
  /** What the sources that were read name there, whatever `expected` comes from; null: no place. */
  readonly listed: ListedPlaces | null
  /** What the population gives by the ratio, where the lists name less, and not all kinds; null elsewhere. */
  readonly byPopulation: number | null
}

/** What tells how many records an EPCI should have. */
export type Targets = {
  /** « Acteurs attendus », which people write. */
  readonly declared: number | null
  /** Records of the imported reference list that lie in it; null: the list names none. */
  readonly reference: { readonly records: number; readonly list: string } | null
  /** What the sources that were read name there; null: no place. */
  readonly listed: ListedPlaces | null
  readonly population: number | null
}

/** Records per 10 000 inhabitants: the median of a region, or the default. */
export type Ratio = { readonly per10000: number; readonly regional: boolean }

/** An EPCI whose ratio may be that of its region: `region` is null where it is not official. */
export type Counted = Targets & {
  readonly region: string | null
  readonly present: number
  readonly prefilled: number
}

/**
 * Expected records of an EPCI (DOMAIN.md section 5): the declared target, else the reference list, else what the sources
 * that were read name there, else the population by the ratio, rounded, one at least.
 */
export function expectedRecords(
  { declared, reference, listed, population }: Targets,
  { per10000, regional }: Ratio,
): ExpectedRecords {
  const none = { expected: null, basis: null, per10000: null, list: null, listed, byPopulation: null }
  if (declared !== null) return { ...none, expected: declared, basis: 'declared' }
  if (reference !== null)
    return { ...none, expected: reference.records, basis: 'reference_list', list: reference.list }
  const roughly = population === null ? null : Math.max(1, Math.round((population * per10000) / 10_000))
  if (listed !== null) {
    const expected = listed.records
    const more = listed.floor && roughly !== null && roughly > expected
    const beside = more ? { per10000, byPopulation: roughly } : {}
    return { ...none, expected, basis: 'source_lists', ...beside }
  }
  if (roughly === null) return none
  return { ...none, expected: roughly, basis: regional ? 'regional_ratio' : 'default_ratio', per10000 }
}

/** Whether what is expected is the least that there is, or an order of size: it ends nothing, and makes nobody late. */
export function isRough({ basis, listed }: Pick<ExpectedRecords, 'basis' | 'listed'>): boolean {
  if (basis === 'regional_ratio' || basis === 'default_ratio') return true
  return isFloor({ basis, listed })
}

/** Whether it is the least that there is: of some kinds of actors no list tells. */
export function isFloor({ basis, listed }: Pick<ExpectedRecords, 'basis' | 'listed'>): boolean {
  return basis === 'source_lists' && listed?.floor === true
}

/** pre-filled / expected in 0–100, at most 100; null where nothing says what is expected. */
export function progressOf(prefilled: number, expected: number | null): number | null {
  if (expected === null) return null
  return expected === 0 ? 100 : Math.min(100, (100 * prefilled) / expected)
}

/**
 * The ratio of each region: the median of present records per 10 000 inhabitants among its EPCI whose pre-fill is done,
 * where at least so many are, else the default. Done by their own target or list: a ratio never proves itself.
 */
export function regionalRatios(
  epcis: readonly Counted[],
  { expected: { per10000, medianFrom } }: PrefillRules,
): (region: string | null) => Ratio {
  const done = Map.groupBy(epcis.filter(isDone), ({ region }) => region)
  const ratios = new Map(
    [...done].map(([region, its]) => [
      region,
      its.map(({ present, population }) => (10_000 * present) / (population ?? 1)),
    ]),
  )
  return (region) => {
    const known = ratios.get(region) ?? []
    const middle = known.length < medianFrom ? null : median(known)
    return middle === null ? { per10000, regional: false } : { per10000: middle, regional: true }
  }
}

function isDone({ declared, reference, population, prefilled }: Counted): boolean {
  const target = declared ?? reference?.records ?? null
  return target !== null && target > 0 && prefilled >= target && population !== null && population > 0
}
