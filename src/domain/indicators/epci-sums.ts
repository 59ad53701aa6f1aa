import type { Profile } from '../assessment.ts'
import type { EpciReport } from '../epci-report.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import { nextRecords } from '../next-records.ts'
import type { RecordFacts } from '../record-facts.ts'
import type { NameKeys, Named } from '../referent-names.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { IndicatorRules } from '../rules/indicators.ts'
import { sumOnce } from './counted-once.ts'
import { findingTally } from './finding-tally.ts'
import { prefillTally } from './prefill-tally.ts'
import type { PrefillTally } from './prefill-tally.ts'
import { compileTally } from './tally.ts'
import type { EpciIndicators } from './tally.ts'

/** One record of an EPCI as it is counted. */
export type CountedRecord = {
  readonly id: number
  readonly facts: RecordFacts
  /** 'YYYY-MM-DD'; null: unknown. */
  readonly changedOn: string | null
  /** The codes of what other records tell of it. */
  readonly told: readonly string[]
}

/** Who follows the records of an EPCI, and since when it is consolidated (the day of its last journée; null: it is not). */
export type Followed = {
  readonly named: (names: NameKeys | null) => Named
  readonly since: string | null
}

/** The sums of one EPCI. */
export type EpciSums = {
  readonly indicators: EpciIndicators
  readonly findings: EpciReport['findings']
  readonly prefill: PrefillTally
  /** Records whose « Référent·e » names somebody who is not listed there, by their ids. */
  readonly unknownReferent: readonly number[]
}

type Rules = {
  readonly completeness: CompletenessRules
  readonly indicators: IndicatorRules
  readonly prefill: { readonly next: number }
}

/**
 * Compiles the rules into the sums of one EPCI on a day: of its records, in the order of their ids, and of the pairs of ids
 * among them that may be one place.
 */
export function compileSums(parts: {
  readonly rules: Rules
  readonly geography: Geography
  readonly profile: Profile
  /** 'YYYY-MM-DD' */
  readonly today: string
}): (
  siren: string,
  records: readonly CountedRecord[],
  pairs: readonly (readonly [number, number])[],
  followed: Followed,
) => EpciSums {
  const { rules, profile } = parts
  const countingOf = compileTally({ ...rules, ...parts })
  const findings = findingsByCode(rules.completeness, profile)
  return (siren, records, pairs, { named, since }) => {
    const told = findingTally()
    const prefill = prefillTally(nextRecords(rules.prefill.next, rules.completeness))
    const unknownReferent: number[] = []
    for (const { id, facts, changedOn, told: others } of records) {
      told.add([...facts.findings, ...others].flatMap((code) => findings.get(code) ?? []))
      const whom = named(facts.referent)
      if (whom.unknown) unknownReferent.push(id)
      const { prefilled, step } = facts.reading
      prefill.add(id, { prefilled, gap: facts.gap }, whom, { since, changedOn, step })
    }
    const places = new Map(records.map(({ id }, place) => [id, place]))
    const joined = pairs.flatMap(([one, other]) => {
      const [a, b] = [places.get(one), places.get(other)]
      return a === undefined || b === undefined ? [] : [[a, b] as const]
    })
    const gathered = records.map(({ id, facts }) => ({ id: String(id), reading: facts.reading }))
    const indicators = sumOnce(countingOf(siren).tally(), gathered, joined)
    return { indicators, findings: told.counts(), prefill, unknownReferent }
  }
}

/** What the rules say of each code. */
function findingsByCode(
  { fields, profiles, readOtherwise }: CompletenessRules,
  profile: Profile,
): ReadonlyMap<string, Pick<Finding, 'field' | 'code' | 'severity'>> {
  return new Map(
    fields.flatMap(({ field, findings }) =>
      Object.entries({ ...readOtherwise, ...findings }).map(([reason, { severity }]) => {
        const code = `${field}.${reason}`
        return [code, { field, code, severity: profiles[profile].severities[code] ?? severity }] as const
      }),
    ),
  )
}
