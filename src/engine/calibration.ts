import type { Rules } from '../config/rules-file.ts'
import { calibrate, ROLES } from '../domain/calibration.ts'
import type { Calibration, Observation, Role } from '../domain/calibration.ts'
import { decisionOf } from '../domain/decision.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Store } from '../store/database.ts'
import { snapshotsFrom } from '../store/snapshots.ts'

/** How many results, from the first kept, are searched for the first estimate that rested on data. */
const FIRST_RESULTS = 100

/** Holds the days really spent against what was estimated at the start, and the drivers against the region. Applies nothing. */
export async function calibration(
  store: Store,
  rules: Rules,
  reports: readonly EpciReport[],
): Promise<Calibration> {
  const told = reports.filter(({ actualDays }) => ROLES.some((role) => (actualDays[role] ?? 0) > 0))
  const observed = await Promise.all(told.map((report) => observations(store, report)))
  return calibrate(observed.flat(), reports, rules)
}

/** Days of 0 are days not yet spent, or not yet told: nothing to hold an estimate against. */
async function observations(store: Store, report: EpciReport): Promise<Observation[]> {
  const { siren, name, actualDays, workload, recommendation } = report
  const { referential } = workload
  const kept = await snapshotsFrom(store, siren, { from: '', limit: FIRST_RESULTS })
  const decided = [...kept, { day: report.day, decision: decisionOf(recommendation) }]
  return ROLES.flatMap((role) => {
    const actual = actualDays[role]
    if (actual === null || actual === 0) return []
    return [{ siren, name, referential, role, actual, ...firstEstimate(decided, referential, role) }]
  })
}

/**
 * The estimate made at the start, which people planned by: the first that rested on data, else the first of all, where
 * the middle was used.
 */
function firstEstimate(
  decided: readonly Pick<Awaited<ReturnType<typeof snapshotsFrom>>[number], 'day' | 'decision'>[],
  referential: Observation['referential'],
  role: Role,
): Pick<Observation, 'estimate' | 'driver' | 'estimatedOn'> {
  const rested = decided.find(({ decision }) => !decision.days[referential][role].default) ?? decided[0]!
  const { estimate, driver, default: unknown } = rested.decision.days[referential][role]
  return { estimatedOn: rested.day, estimate, driver: unknown ? null : driver }
}
