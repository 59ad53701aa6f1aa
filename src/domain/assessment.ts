import type { FieldName } from './fields.ts'
import type { Finding } from './finding.ts'

/** The national words of age: < 6 months, 6–12, 12–18, beyond, nothing tells. */
export type Freshness = 'current' | 'watch' | 'verify' | 'outdated' | 'unknown'

/** The moment for which a record is judged; each moves levels and severities. */
export type Profile = 'prefill' | 'journee' | 'publication'

/** What the rules say of one record; every number in it can be redone from `missing` and `findings`. */
export type ActorAssessment = {
  readonly id: string
  /** SIREN the record counts for: its link, else its commune's, else that of commune and postal code; null: none. */
  readonly epci: string | null
  /** 0–100: filled weight / applicable weight, unrounded. */
  readonly completeness: number
  readonly missing: readonly FieldName[]
  /** The fields that hold a usable value (no placeholder, no blocking finding), whatever their level. */
  readonly filled: readonly FieldName[]
  readonly findings: readonly Finding[]
  readonly blocking: boolean
  /** Every required field of the profile is filled, and no finding blocks. */
  readonly publishable: boolean
  readonly freshness: Freshness
  /** The required fields filled, completeness ≥ the threshold, no blocking finding, all in profile `prefill`. */
  readonly prefilled: boolean
}
