import { REFERENTIALS } from './diagnostic.ts'
import type { Referential } from './diagnostic.ts'
import { median, quantile } from './quantile.ts'
import type { IndicatorRules } from './rules/indicators.ts'
import type { ReferentialRules } from './rules/referentials.ts'
import { estimatedDays } from './workload.ts'

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
  /** In config/referentials.yaml. */
  readonly bounds: Bounds
  /** Median of |real − estimated|, in days; null without observations. */
  readonly medianError: number | null
  /** Median of real − estimated, in days: above 0, the days are underestimated. */
  readonly bias: number | null
  readonly verdict: Verdict
  /** The bounds that would fit better; null unless `verdict` is `proposed`. */
  readonly proposal: Proposal | null
}

/** Bounds that would fit better, with the median error of each: the present ones, and these on territories left out. */
export type Proposal = Bounds & { readonly errorNow: number; readonly errorThen: number }

/** too_early: not enough territories; fits: no better bounds were found; proposed: better ones, for people to decide. */
export type Verdict = 'too_early' | 'fits' | 'proposed'

/** Every role under every référentiel, and how many territories each needs before anything is proposed. */
export type Calibration = { readonly atLeast: number; readonly roles: readonly RoleCalibration[] }

/**
 * Holds estimates against real days and applies nothing. The error is the median of the absolute ones, which a few odd
 * territories do not move. New bounds are quantiles of the real days, to the half day, no bound further from its
 * present value than a share of it. They are proposed only where they would have served territories that they were
 * not drawn from: each in turn is left out and estimated from the others (leave-one-out cross-validation).
 */
export function calibrate(
  observations: readonly Observation[],
  rules: {
    readonly referentials: Pick<ReferentialRules, 'referentials'>
    readonly indicators: Pick<IndicatorRules, 'calibration'>
  },
): Calibration {
  const settings = rules.indicators.calibration
  const roles = REFERENTIALS.flatMap((referential) =>
    ROLES.map((role) => {
      const own = observations.filter((one) => one.referential === referential && one.role === role)
      const bounds = rules.referentials.referentials[referential].days[role]
      return { referential, role, ...calibrateRole(own, bounds, settings) }
    }),
  )
  return { atLeast: settings.atLeast, roles }
}

type Settings = IndicatorRules['calibration']

function calibrateRole(
  own: readonly Observation[],
  bounds: Bounds,
  settings: Settings,
): Omit<RoleCalibration, 'referential' | 'role'> {
  const gaps = own.map(({ actual, estimate }) => actual - estimate)
  const errors = gaps.map(Math.abs)
  const seen = {
    observations: own.toSorted((a, b) => gapOf(b) - gapOf(a) || (a.siren < b.siren ? -1 : 1)),
    bounds: { low: bounds.low, high: bounds.high },
    medianError: median(errors),
    bias: median(gaps),
  }
  if (own.length < settings.atLeast) return { ...seen, verdict: 'too_early', proposal: null }
  const proposal = proposedBounds(own, bounds, settings)
  const errorNow = median(own.map((one) => error(one, bounds))) ?? 0
  const errorThen = median(own.map((one) => error(one, withoutOne(one, own, bounds, settings)))) ?? 0
  const same = proposal.low === bounds.low && proposal.high === bounds.high
  if (same || errorThen >= errorNow) return { ...seen, verdict: 'fits', proposal: null }
  return { ...seen, verdict: 'proposed', proposal: { ...proposal, errorNow, errorThen } }
}

function gapOf({ actual, estimate }: Observation): number {
  return Math.abs(actual - estimate)
}

/** What these bounds, with the same driver, would have been wrong by. */
function error({ actual, driver }: Observation, bounds: Bounds): number {
  return Math.abs(actual - estimatedDays(bounds, driver ?? 0.5))
}

function withoutOne(
  one: Observation,
  own: readonly Observation[],
  bounds: Bounds,
  settings: Settings,
): Bounds {
  return proposedBounds(
    own.filter((other) => other !== one),
    bounds,
    settings,
  )
}

function proposedBounds(own: readonly Observation[], bounds: Bounds, settings: Settings): Bounds {
  const days = own.map(({ actual }) => actual)
  const near = (now: number, at: number) => {
    const wanted = quantile(days, at) ?? now
    const room = now * settings.furthest
    return nearestHalfDay(wanted, now - room, now + room) ?? now
  }
  const [low, high] = [near(bounds.low, settings.low), near(bounds.high, settings.high)]
  return { low: Math.min(low, high), high: Math.max(low, high) }
}

/** The half day between `least` and `most` that is nearest to these days; null: there is none. */
function nearestHalfDay(days: number, least: number, most: number): number | null {
  const [first, last] = [Math.ceil(least * 2) / 2, Math.floor(most * 2) / 2]
  return first > last ? null : Math.min(last, Math.max(first, Math.round(days * 2) / 2))
}
