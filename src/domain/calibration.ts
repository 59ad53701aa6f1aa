import { REFERENTIALS } from './diagnostic.ts'
import type { Referential } from './diagnostic.ts'
import { calibrateDrivers } from './driver-calibration.ts'
import type { CalibratedReport, DriverCalibration } from './driver-calibration.ts'
import { median } from './quantile.ts'
import type { IndicatorRules } from './rules/indicators.ts'
import type { ReferentialRules } from './rules/referentials.ts'

/** The two roles whose days are estimated. */
export const ROLES = ['referents', 'deploymentOfficer'] as const
/** One of the two roles. */
export type Role = (typeof ROLES)[number]

/** Days really spent in one EPCI, beside what had been estimated. */
export type Observation = {
  readonly siren: string
  readonly name: string
  /** The one that was followed: retained, else recommended. */
  readonly referential: Referential
  readonly role: Role
  /** Person-days. */
  readonly estimate: number
  /** 0–1, where in the bounds the estimate lay; null: unknown, the midpoint was used. */
  readonly driver: number | null
  /** The day of the estimate, 'YYYY-MM-DD'. */
  readonly estimatedOn: string
  /** Person-days, above 0. */
  readonly actual: number
}

/** Bounds of days. */
export type Bounds = { readonly low: number; readonly high: number }

/** Estimates against real days, for one role under one référentiel. */
export type RoleCalibration = {
  readonly referential: Referential
  readonly role: Role
  /** Every territory that tells its days, the furthest from its estimate first. */
  readonly observations: readonly Observation[]
  /** In config/referentials.yaml: the Hub's, not to be drawn from a few territories. */
  readonly bounds: Bounds
  /** Median of |real − estimated|, in days; null without observations. */
  readonly medianError: number | null
  /** Median of real − estimated, in days: above 0, the days are underestimated. */
  readonly bias: number | null
}

/** Every role under every référentiel, and what the region says of the drivers. */
export type Calibration = {
  readonly roles: readonly RoleCalibration[]
  readonly drivers: readonly DriverCalibration[]
}

/**
 * Holds estimates against real days, and the drivers against the region; applies nothing. The error is the median of the
 * absolute ones, which a few odd territories do not move.
 */
export function calibrate(
  observations: readonly Observation[],
  reports: readonly CalibratedReport[],
  rules: {
    readonly referentials: ReferentialRules
    readonly indicators: Pick<IndicatorRules, 'calibration'>
  },
): Calibration {
  const roles = REFERENTIALS.flatMap((referential) =>
    ROLES.map((role) => {
      const own = observations.filter((one) => one.referential === referential && one.role === role)
      const { low, high } = rules.referentials.referentials[referential].days[role]
      return { referential, role, bounds: { low, high }, ...errorsOf(own) }
    }),
  )
  return { roles, drivers: calibrateDrivers(reports, rules) }
}

function errorsOf(
  own: readonly Observation[],
): Pick<RoleCalibration, 'observations' | 'medianError' | 'bias'> {
  const gaps = own.map(({ actual, estimate }) => actual - estimate)
  return {
    observations: own.toSorted((a, b) => gapOf(b) - gapOf(a) || (a.siren < b.siren ? -1 : 1)),
    medianError: median(gaps.map(Math.abs)),
    bias: median(gaps),
  }
}

function gapOf({ actual, estimate }: Observation): number {
  return Math.abs(actual - estimate)
}
