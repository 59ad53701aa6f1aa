import type { Actor } from '../domain/actor.ts'
import type { ActorAssessment, Profile } from '../domain/assessment.ts'
import { shownIndicators } from '../domain/epci-report.ts'
import type { ShownIndicators } from '../domain/epci-report.ts'
import type { EpciFragility, Fragility } from '../domain/fragility.ts'
import type { Geography } from '../domain/geography.ts'
import { compileDuplicates } from '../domain/duplicates/duplicate-index.ts'
import { countedOnce } from '../domain/indicators/counted-once.ts'
import { compileTally } from '../domain/indicators/tally.ts'
import { atOnce } from '../domain/steps.ts'
import { BLOCKS } from '../domain/rules/indicators.ts'
import type { Rules } from '../config/rules-file.ts'

/** A record and what the rules say of it. */
export type Judged = { readonly actor: Actor; readonly assessment: ActorAssessment }

/** One EPCI of `assess --json`; percentages to one decimal. */
export type AssessedEpci = ShownIndicators & {
  readonly siren: string
  readonly name: string | null
  readonly population: number | null
  /** Each pair of possible duplicates counted once, as in every figure of the EPCI. */
  readonly actors: number
  readonly records: number
  readonly completeness: number | null
  readonly publishable: number | null
  readonly freshness: number | null
  /** Context only, where a file was given. */
  readonly fragility: EpciFragility | null
}

/** The indicators of each EPCI that the records name, in the order of their SIREN. */
export function assessEpcis(
  judged: readonly Judged[],
  parts: {
    readonly rules: Rules
    readonly geography: Geography
    readonly profile: Profile
    readonly today: string
    readonly fragility: Fragility
  },
): AssessedEpci[] {
  const { rules, geography, profile, today, fragility } = parts
  const countingOf = compileTally({ ...rules, geography, profile, today })
  const duplicatesOf = compileDuplicates(rules)
  const groups = Map.groupBy(judged, ({ assessment }) => assessment.epci)
  const sirens = [...groups.keys()].filter((siren) => siren !== null).sort()
  return sirens.map((siren) => {
    const tally = countedOnce(countingOf(siren), duplicatesOf())
    for (const { actor, assessment } of groups.get(siren) ?? []) tally.add(actor, assessment)
    const indicators = atOnce(tally.indicators())
    const official = geography.epci(siren)
    const population = official?.population || null
    return {
      siren,
      name: official?.name ?? null,
      actors: indicators.actors,
      records: indicators.records,
      completeness: oneDecimal(indicators.completeness),
      publishable: oneDecimal(indicators.publishable),
      freshness: oneDecimal(indicators.freshness),
      ...rounded(shownIndicators(indicators, population)),
      population,
      fragility: fragility?.get(siren) ?? null,
    }
  })
}

/** 0–100 to one decimal; null: unknown. */
export function oneDecimal(value: number): number
export function oneDecimal(value: number | null): number | null
export function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}

function rounded(shown: ShownIndicators): ShownIndicators {
  const blocks = BLOCKS.map((key) => {
    const { completeness, filled } = shown.byBlock[key]
    return [key, { completeness: oneDecimal(completeness), filled }] as const
  })
  return {
    ...shown,
    byBlock: Object.fromEntries(blocks) as ShownIndicators['byBlock'],
    sources: shown.sources.map((one) => ({
      ...one,
      completeness: oneDecimal(one.completeness),
      publishable: oneDecimal(one.publishable),
      freshness: oneDecimal(one.freshness),
    })),
    byCommune: shown.byCommune.map((one) => ({ ...one, completeness: oneDecimal(one.completeness) })),
  }
}
