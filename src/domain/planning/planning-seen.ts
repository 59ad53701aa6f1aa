import { hidesEach } from '../perimeter.ts'
import type { OfficerPlan, Planning } from './planning.ts'

/**
 * What somebody who sees some EPCI only is shown of the planning of all: their EPCI, with the months and the loads that all of
 * them make, as far as the days of no single EPCI that is kept from them can be told from these.
 * @param own the planning of their EPCI alone
 * @param epcis how many EPCI `whole` is made of, and the SIREN of theirs
 */
export function planningSeen(
  whole: Planning,
  own: Planning,
  epcis: { readonly all: number; readonly own: ReadonlySet<string> },
): Planning {
  const theirs = new Map(own.officers.map((plan) => [plan.name, plan]))
  return {
    months: whole.months,
    officers: whole.officers.flatMap((plan) => {
      const seen = theirs.get(plan.name)
      if (seen === undefined || seen.epcis === 0) return []
      return [plan.name !== null && hidesEach(plan.epcis - seen.epcis) ? plan : withoutCapacity(seen)]
    }),
    proposed: whole.proposed.filter(({ siren }) => epcis.own.has(siren)),
    typicalDays: hidesEach(epcis.all - epcis.own.size) ? whole.typicalDays : null,
    unlisted: own.unlisted,
  }
}

/** Whether it is too much is not known where only a part of it is. */
function withoutCapacity(plan: OfficerPlan): OfficerPlan {
  return { ...plan, months: plan.months.map((month) => ({ ...month, over: null, oneMore: null })) }
}
