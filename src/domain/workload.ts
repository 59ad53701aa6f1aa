import { FACTORS, REFERENTIALS } from './diagnostic.ts'
import type { Drivers, Referential, Situation } from './diagnostic.ts'
import type { Maturity } from './maturity.ts'
import { weigh } from './maturity.ts'
import type { ReferentialRule, ReferentialRules } from './rules/referentials.ts'

/** Days of one role in one EPCI; bounds are the Hub's, the estimate never leaves them. */
export type Days = {
  readonly low: number
  readonly high: number
  /** Person-days, to the half day. */
  readonly estimate: number
  /** 0–1, where in the bounds the estimate lies; null: unknown, the midpoint is used. */
  readonly driver: number | null
  /** What moves the figure, in French. */
  readonly basis: string
  /** True where the driver is unknown. */
  readonly default: boolean
}

/** The workload of one EPCI under one référentiel. */
export type Workload = { readonly referents: Days; readonly deploymentOfficer: Days }

/** The workload under each of the three référentiels (DOMAIN.md section 4; bounds: the Hub's document). */
export function workloads(
  situation: Situation,
  factors: Maturity,
  rules: ReferentialRules,
): Record<Referential, Workload> {
  const entries = REFERENTIALS.map((key) => [
    key,
    workload(situation.drivers, factors, rules.referentials[key]),
  ])
  return Object.fromEntries(entries) as Record<Referential, Workload>
}

function workload(drivers: Drivers, factors: Maturity, rule: ReferentialRule): Workload {
  const { score } = weigh(FACTORS.map((key) => ({ score: factors[key].score, weight: 1 })))
  const support = score === null ? null : 1 - score / 100
  const raw = drivers[rule.driver.key]
  const own = raw === null ? null : clamp(raw / rule.driver.full)
  return {
    referents: days(rule.days.referents, mix(own, support, rule.driver.maturityWeight), rule.driver.basis),
    deploymentOfficer: days(
      rule.days.deploymentOfficer,
      support,
      'maturité du territoire : moins il est mûr, plus il faut d’appui',
    ),
  }
}

/** The référents' driver, with the share of (lack of) maturity that the Hub asked for (0 by default). */
function mix(own: number | null, support: number | null, maturityWeight: number): number | null {
  if (maturityWeight === 0) return own
  return own === null || support === null ? null : own * (1 - maturityWeight) + support * maturityWeight
}

function days(
  bounds: { readonly low: number; readonly high: number },
  driver: number | null,
  basis: string,
): Days {
  const { low, high } = bounds
  return { low, high, estimate: estimatedDays(bounds, driver), driver, basis, default: driver === null }
}

/** Days between these bounds, to the half day, where the driver (0–1; null: unknown, the midpoint) says. */
export function estimatedDays(
  { low, high }: { readonly low: number; readonly high: number },
  driver: number | null,
): number {
  return clamp(halfDays(low + (high - low) * (driver ?? 0.5)), low, high)
}

/** To the half day, halves up; a hair is added so that 9.749999… written in binary counts as the 9.75 it means. */
function halfDays(value: number): number {
  return Math.floor(value * 2 + 0.5 + 1e-9) / 2
}

function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value))
}
