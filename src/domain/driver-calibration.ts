import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import type { EpciReport } from './epci-report.ts'
import { median, quantile } from './quantile.ts'
import type { IndicatorRules } from './rules/indicators.ts'
import type { ReferentialRule, ReferentialRules } from './rules/referentials.ts'
import { workloads } from './workload.ts'
import { yamlDifference } from './yaml-difference.ts'

/** What is looked at of one EPCI. */
export type CalibratedReport = Pick<
  EpciReport,
  'situation' | 'prefill' | 'actors' | 'actualDays' | 'workload'
> & { readonly recommendation: Pick<EpciReport['recommendation'], 'factors'> }

/** The driver of one référentiel, held against the EPCI of the region. */
export type DriverCalibration = {
  readonly referential: Referential
  readonly driver: ReferentialRule['driver']['key']
  /** The value that counts 1 now. */
  readonly full: number
  /** EPCI of which the value is known, those of `byPopulation` left aside, and how many are needed for a proposal. */
  readonly epcis: number
  readonly atLeast: number
  /** EPCI whose value follows from their population alone: an order of size, from which nothing is drawn. */
  readonly byPopulation: number
  /** Their values: the least, the middle, the greatest; null: none is known. */
  readonly values: { readonly least: number; readonly median: number; readonly most: number } | null
  /** worse: real days of enough EPCI speak against what the distribution gives. */
  readonly verdict: 'too_early' | 'fits' | 'worse' | 'proposed'
  /** null where `verdict` is `too_early` or `fits`; where it is `worse`, what is not proposed. */
  readonly proposal: FullProposal | null
}

/** Another value that counts 1. Nothing is applied. */
export type FullProposal = {
  readonly full: number
  /** What to change in config/referentials.yaml, as lines of a difference. */
  readonly difference: readonly string[]
  /** EPCI under this référentiel that tell the real days of their référents, and the median error on them now, and then. */
  readonly told: number
  readonly errorNow: number | null
  readonly errorThen: number | null
}

type Rules = {
  readonly referentials: ReferentialRules
  readonly indicators: Pick<IndicatorRules, 'calibration'>
}

/**
 * The value from which a driver counts in full, drawn from the region's own distribution: that which most of its EPCI do
 * not pass, so that they spread over the bounds. Refused where few are known; the bounds of days stay the Hub's.
 */
export function calibrateDrivers(reports: readonly CalibratedReport[], rules: Rules): DriverCalibration[] {
  return REFERENTIALS.map((referential) => calibrateDriver(referential, reports, rules))
}

function calibrateDriver(
  referential: Referential,
  reports: readonly CalibratedReport[],
  rules: Rules,
): DriverCalibration {
  const { key: driver, full } = rules.referentials.referentials[referential].driver
  const settings = rules.indicators.calibration
  const known = reports.flatMap((report) => {
    const value = valueOf(driver, report.situation)
    return value === null ? [] : [{ value, rough: driver === 'actors' && isByPopulation(report) }]
  })
  const values = known.flatMap(({ value, rough }) => (rough ? [] : [value]))
  const epcis = values.length
  const seen = {
    ...{ referential, driver, full, epcis, atLeast: settings.atLeast, byPopulation: known.length - epcis },
    values: epcis === 0 ? null : spreadOf(values),
  }
  if (epcis < settings.atLeast) return { ...seen, verdict: 'too_early', proposal: null }
  const then = rounded(quantile(values, settings.full) ?? full, settings.steps[driver])
  if (then === full) return { ...seen, verdict: 'fits', proposal: null }
  const proposal = proposalOf(referential, then, reports, rules)
  const worse = proposal.told >= settings.told && (proposal.errorThen ?? 0) > (proposal.errorNow ?? 0)
  return { ...seen, verdict: worse ? 'worse' : 'proposed', proposal }
}

/** The participation at a journée that was held; the actors of the territory. */
function valueOf(driver: DriverCalibration['driver'], { observed, drivers }: Situation): number | null {
  return driver === 'participation' ? observed.participationRate : drivers.actors
}

function isByPopulation({ actors, prefill: { expected, per10000 } }: CalibratedReport): boolean {
  return per10000 !== null && expected !== null && expected > actors
}

function spreadOf(values: readonly number[]): NonNullable<DriverCalibration['values']> {
  return { least: Math.min(...values), median: median(values)!, most: Math.max(...values) }
}

/** To the step, one at least: a driver of which nothing counts in full is none. */
function rounded(value: number, step: number): number {
  const steps = Math.max(1, Math.round(value / step))
  return Number((steps * step).toFixed(6))
}

function proposalOf(
  referential: Referential,
  full: number,
  reports: readonly CalibratedReport[],
  { referentials: rules }: Rules,
): FullProposal {
  const { [referential]: rule } = rules.referentials
  const changed = { ...rule, driver: { ...rule.driver, full } }
  const then = { ...rules, referentials: { ...rules.referentials, [referential]: changed } }
  const told = reports.filter(
    ({ workload, actualDays }) => workload.referential === referential && (actualDays.referents ?? 0) > 0,
  )
  const errorUnder = (under: ReferentialRules) =>
    median(
      told.map(({ situation, recommendation, actualDays }) => {
        const days = workloads(situation, recommendation.factors, under)[referential].referents
        return Math.abs((actualDays.referents ?? 0) - days.estimate)
      }),
    )
  return {
    full,
    difference: yamlDifference('config/referentials.yaml', [
      { path: ['referentials', referential, 'driver', 'full'], from: rule.driver.full, to: full },
    ]),
    ...{ told: told.length, errorNow: errorUnder(rules), errorThen: errorUnder(then) },
  }
}
