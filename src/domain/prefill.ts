import type { ReferentialRules } from './rules/referentials.ts'

/** Where the expected number of records comes from: the first that is known. */
export type ExpectedBasis = 'declared' | 'regional_ratio' | 'default_ratio'

/** How far the pre-fill of one EPCI is. */
export type Prefill = {
  /** null where neither a target nor a population is known. */
  readonly expected: number | null
  readonly basis: ExpectedBasis | null
  readonly present: number
  readonly prefilled: number
  /** 0–100, at most 100; null where nothing says what is expected. */
  readonly progress: number | null
  /** Present, not yet pre-filled. */
  readonly toComplete: number
  /** Expected, not yet present; null where nothing says what is expected. */
  readonly toCreate: number | null
}

/** Pre-fill progress of one EPCI (DOMAIN.md section 5): pre-filled / expected, at most 100 %. */
export function prefill(
  epci: {
    readonly declared: number | null
    readonly population: number | null
    readonly present: number
    readonly prefilled: number
  },
  ratio: { readonly per10000: number; readonly regional: boolean },
): Prefill {
  const { expected, basis } = expectedRecords(epci, ratio)
  const { present, prefilled } = epci
  return {
    expected,
    basis,
    present,
    prefilled,
    progress: expected === null ? null : expected === 0 ? 100 : Math.min(100, (100 * prefilled) / expected),
    toComplete: present - prefilled,
    toCreate: expected === null ? null : Math.max(0, expected - present),
  }
}

/**
 * Expected records per 10 000 inhabitants: the median of the EPCI whose pre-fill is done (declared target reached),
 * when there are enough of them, else the default of config/referentials.yaml.
 */
export function expectedRatio(
  epcis: readonly {
    readonly declared: number | null
    readonly population: number | null
    readonly present: number
    readonly prefilled: number
  }[],
  rules: ReferentialRules,
): { per10000: number; regional: boolean } {
  const done = epcis.flatMap(({ declared, population, present, prefilled }) =>
    declared !== null && declared > 0 && prefilled >= declared && population !== null && population > 0
      ? [(present * 10_000) / population]
      : [],
  )
  if (done.length < rules.expectedMedianFrom) return { per10000: rules.expectedPer10000, regional: false }
  return { per10000: median(done), regional: true }
}

function expectedRecords(
  { declared, population }: { readonly declared: number | null; readonly population: number | null },
  { per10000, regional }: { readonly per10000: number; readonly regional: boolean },
): { expected: number | null; basis: ExpectedBasis | null } {
  if (declared !== null) return { expected: declared, basis: 'declared' }
  if (population === null) return { expected: null, basis: null }
  const expected = Math.max(1, Math.round((population * per10000) / 10_000))
  return { expected, basis: regional ? 'regional_ratio' : 'default_ratio' }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
