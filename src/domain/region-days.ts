import { ROLES } from './calibration.ts'
import type { Role } from './calibration.ts'
import type { EpciReport } from './epci-report.ts'

/** Person-days of some EPCI together. */
export type TotalDays = {
  readonly estimate: number
  /** The sums of the ends: every unknown at its least, every one at its most. */
  readonly range: readonly [number, number]
  /** Of how many EPCI nothing is known that moves this figure: they count with the middle of their bounds. */
  readonly unknown: number
}

/** The days of these EPCI, each counted once. */
export type EpcisDays = { readonly epcis: number } & Readonly<Record<Role, TotalDays>>

/** The days of the EPCI known together, in all and by month of their journée. */
export type RegionDays = EpcisDays & {
  /** In order; `month` is 'YYYY-MM', null and last: no journée has a date. */
  readonly months: readonly (EpcisDays & { readonly month: string | null })[]
}

type Counted = Pick<EpciReport, 'workload' | 'prefill'>

/** An EPCI counts in one month only: that of its next journée, else that of its last. */
export function regionDays(reports: readonly Counted[]): RegionDays {
  const months = [...Map.groupBy(reports, monthOf)].map(([month, own]) => ({ month, ...total(own) }))
  return { ...total(reports), months: months.toSorted((one, other) => (before(one, other) ? -1 : 1)) }
}

function monthOf({ prefill: { collaborativeDay, lastCollaborativeDay } }: Counted): string | null {
  return (collaborativeDay ?? lastCollaborativeDay)?.slice(0, 7) ?? null
}

function before(one: { month: string | null }, other: { month: string | null }): boolean {
  return other.month === null || (one.month !== null && one.month < other.month)
}

function total(reports: readonly Counted[]): EpcisDays {
  const ofRole = (role: Role): TotalDays => {
    const days = reports.map(({ workload }) => workload[role])
    const sum = (of: (one: (typeof days)[number]) => number) => days.reduce((all, one) => all + of(one), 0)
    return {
      estimate: sum(({ estimate }) => estimate),
      range: [sum(({ range }) => range[0]), sum(({ range }) => range[1])],
      unknown: days.filter((one) => one.default).length,
    }
  }
  const [referents, deploymentOfficer] = ROLES.map(ofRole) as [TotalDays, TotalDays]
  return { epcis: reports.length, referents, deploymentOfficer }
}
