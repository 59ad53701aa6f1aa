import { hidesEach } from '../perimeter.ts'
import type { MonthLoad, OfficerPlan, Planning } from './planning.ts'

/**
 * What somebody who sees some EPCI only is shown of the planning of all: their EPCI, with the months and the loads that all of
 * them make, figure by figure, as far as the days of no single EPCI that is kept from them can be told from it; else the part
 * of their own.
 * @param own the planning of their EPCI alone
 * @param hidden the planning of each EPCI that is kept from them, alone
 * @param epcis the SIREN of theirs
 */
export function planningSeen(
  whole: Planning,
  own: Planning,
  hidden: readonly Planning[],
  epcis: ReadonlySet<string>,
): Planning {
  const theirs = new Map(own.officers.map((plan) => [plan.name, plan]))
  const officers = whole.officers.flatMap((plan) => {
    const seen = theirs.get(plan.name)
    if (seen === undefined || seen.epcis === 0) return []
    const others = hidden.flatMap((one) =>
      one.officers.filter(({ name, epcis: count }) => name === plan.name && count > 0),
    )
    return [
      plan.name !== null && hidesEach(others.length) ? mixed(plan, seen, others) : withoutCapacity(seen),
    ]
  })
  const isPartly = officers.some((plan) => plan.name !== null && !whole.officers.includes(plan))
  return {
    months: whole.months,
    officers,
    proposed: whole.proposed.filter(({ siren }) => epcis.has(siren)),
    typicalDays: hidesEach(hidden.length) ? whole.typicalDays : null,
    unlisted: own.unlisted,
    ...(isPartly ? { partly: true } : {}),
  }
}

/** Of each figure, that of all where it hides each of the others behind it, else their own. */
function mixed(plan: OfficerPlan, seen: OfficerPlan, others: readonly OfficerPlan[]): OfficerPlan {
  const hides = (counts: (other: OfficerPlan) => boolean) => hidesEach(others.filter(counts).length)
  const month = (all: MonthLoad, at: number): MonthLoad => {
    const part = seen.months[at] ?? all
    const days = hides(({ months }) => (months[at]?.range[1] ?? 0) > 0 || (months[at]?.estimate ?? 0) > 0)
    const journees = hides(({ months }) => (months[at]?.journees ?? 0) > 0) ? all.journees : part.journees
    return days
      ? journees === all.journees
        ? all
        : { ...all, journees }
      : { ...part, journees, over: null, oneMore: null }
  }
  const months = plan.months.map(month)
  const mended = {
    ...plan,
    // One more journée is held against the load of several months.
    months: months.every(({ estimate }, at) => estimate === plan.months[at]?.estimate)
      ? months
      : months.map((one) => ({ ...one, oneMore: null })),
    before: hides(({ before }) => before > 0) ? plan.before : seen.before,
    after: hides(({ after }) => after > 0) ? plan.after : seen.after,
    undated: hides(({ undated }) => undated.epcis > 0) ? plan.undated : seen.undated,
  }
  const isWhole =
    months.every((one, at) => one === plan.months[at]) &&
    mended.before === plan.before &&
    mended.after === plan.after &&
    mended.undated === plan.undated
  return isWhole ? plan : mended
}

/** Whether it is too much is not known where only a part of it is. */
function withoutCapacity(plan: OfficerPlan): OfficerPlan {
  return { ...plan, months: plan.months.map((month) => ({ ...month, over: null, oneMore: null })) }
}
