import type { PrefillStatus } from '../prefill.ts'
import { median } from '../quantile.ts'
import type { Stage } from '../labels.ts'
import { monthsFrom } from './months.ts'
import { officerFinder } from './officer-names.ts'
import type { Officer } from './officer-names.ts'
import { proposals } from './proposed-journees.ts'
import type { Proposed } from './proposed-journees.ts'
import { addedOver, overOf, possible, spreadDays, spreadOf } from './spread.ts'
import type { PlanningSettings } from './spread.ts'

/** One EPCI, as far as it is planned. */
export type PlannedEpci = {
  readonly siren: string
  readonly name: string
  /** « Chargé·e de déploiement » as it stands; null: nobody is named. Of people: it stays in memory. */
  readonly officer: string | null
  /** Person-days of the chargé·e for the whole mission, with their range (`Workload`). */
  readonly days: { readonly estimate: number; readonly range: readonly [number, number] }
  readonly progress: number | null
  readonly forecastEnd: string | null
  readonly status: PrefillStatus | null
  /** The next journée and the last one held, 'YYYY-MM-DD'. */
  readonly next: string | null
  readonly last: string | null
  readonly stage: Stage | null
}

/** Person-days that some EPCI ask for in one month. */
export type MonthLoad = {
  /** 'YYYY-MM' */
  readonly month: string
  readonly estimate: number
  readonly range: readonly [number, number]
  readonly journees: number
  /** Person-days over the capacity; null: none is told. */
  readonly over: number | null
  /**
   * Person-days over the capacity, of all months together, that one more journée in this month would add; null: no capacity
   * is told, or the month is none for a journée: avoided, or before there is time to invite.
   */
  readonly oneMore: number | null
}

/** The year of one chargé·e; `name` null: of the EPCI that name nobody. */
export type OfficerPlan = {
  readonly name: string | null
  readonly daysPerMonth: number | null
  readonly epcis: number
  readonly months: readonly MonthLoad[]
  /** Person-days of missions with a journée that fall before the months shown, and after them. */
  readonly before: number
  readonly after: number
  /** EPCI without a journée to come or held, and their person-days: in no month. */
  readonly undated: { readonly epcis: number; readonly estimate: number }
}

/** A year of journées. A proposal: nothing of it is written anywhere. */
export type Planning = {
  readonly months: readonly string[]
  readonly officers: readonly OfficerPlan[]
  /** EPCI without a journée to come, in the order in which one is proposed. */
  readonly proposed: readonly Proposed[]
  /** Person-days that one more journée stands for: the median of the EPCI; null: there is none. */
  readonly typicalDays: number | null
  /** Named in an EPCI, in no row of the table of chargé·e·s: their capacity cannot be told. */
  readonly unlisted: readonly string[]
  /** Some figures are of the EPCI of who looks alone; absent: all are of every EPCI. */
  readonly partly?: true
}

/** What a planning is made of. `today` is 'YYYY-MM-DD'; officers of the table, in its order. */
export type PlanningFacts = {
  readonly epcis: readonly PlannedEpci[]
  readonly officers: readonly Officer[]
  readonly today: string
}

/**
 * Spreads the person-days of each mission over the months around its journée (the next, else the last), adds them up by
 * chargé·e, and proposes months for the EPCI without one. An EPCI that names several people asks each for an equal part.
 */
export function planning({ epcis, officers, today }: PlanningFacts, settings: PlanningSettings): Planning {
  const months = monthsFrom(today, settings.horizon)
  const find = officerFinder(officers)
  const named = epcis.map((epci) => ({ epci, people: find(epci.officer) }))
  const typicalDays = median(epcis.map(({ days }) => days.estimate))
  const listed = listedOnce(officers)
  const others = [...new Set(named.flatMap(({ people }) => people))].filter((name) => !listed.has(name))
  const everybody = [
    ...listed.keys(),
    ...others.toSorted((one, other) => one.localeCompare(other, 'fr')),
    null,
  ]
  const plans = everybody.flatMap((name) => {
    const own = named.filter(({ people }) => (name === null ? people.length === 0 : people.includes(name)))
    if (name === null && own.length === 0) return []
    const parts = own.map(({ epci, people }) => ({ epci, part: 1 / Math.max(1, people.length) }))
    const daysPerMonth = name === null ? null : (listed.get(name) ?? null)
    return [officerPlan({ name, daysPerMonth, parts, months, typicalDays, today }, settings)]
  })
  return {
    months,
    officers: plans,
    proposed: proposals({ named, plans, months, today }, settings),
    typicalDays,
    unlisted: others,
  }
}

function listedOnce(officers: readonly Officer[]): ReadonlyMap<string, number | null> {
  const listed = new Map<string, number | null>()
  const find = officerFinder(officers)
  for (const { name, daysPerMonth } of officers)
    for (const known of find(name)) listed.set(known, listed.get(known) ?? daysPerMonth)
  return listed
}

type Own = {
  readonly name: string | null
  readonly daysPerMonth: number | null
  readonly parts: readonly { readonly epci: PlannedEpci; readonly part: number }[]
  readonly months: readonly string[]
  readonly typicalDays: number | null
  readonly today: string
}

function officerPlan(own: Own, settings: PlanningSettings): OfficerPlan {
  const { name, daysPerMonth, parts, months, typicalDays, today } = own
  const dated = parts.flatMap(({ epci, part }) => {
    const journee = journeeOf(epci)
    return journee === null ? [] : [{ epci, part, journee }]
  })
  const undated = parts.filter(({ epci }) => journeeOf(epci) === null)
  const sums = new Map(months.map((month) => [month, { estimate: 0, low: 0, high: 0, journees: 0 }]))
  let before = 0
  let after = 0
  for (const { epci, part, journee } of dated) {
    const at = sums.get(journee.slice(0, 7))
    if (at !== undefined && epci.next !== null) at.journees += 1
    for (const { month, share } of spreadOf(journee, settings)) {
      const sum = sums.get(month)
      const weight = part * share
      if (sum === undefined && month < (months[0] ?? '')) before += weight * epci.days.estimate
      else if (sum === undefined) after += weight * epci.days.estimate
      else {
        sum.estimate += weight * epci.days.estimate
        sum.low += weight * epci.days.range[0]
        sum.high += weight * epci.days.range[1]
      }
    }
  }
  const load = new Map([...sums].map(([month, { estimate }]) => [month, estimate]))
  return {
    name,
    daysPerMonth,
    epcis: parts.length,
    months: [...sums].map(([month, { estimate, low, high, journees }]) => ({
      ...{ month, estimate, journees, range: [low, high] as const },
      over: daysPerMonth === null ? null : overOf(estimate, daysPerMonth),
      oneMore:
        daysPerMonth === null || typicalDays === null || !possible(month, today, settings)
          ? null
          : addedOver(load, spreadDays(month, typicalDays, settings), daysPerMonth),
    })),
    ...{ before, after },
    undated: {
      epcis: undated.length,
      estimate: undated.reduce((sum, { epci, part }) => sum + part * epci.days.estimate, 0),
    },
  }
}

/** The journée around which the mission is spread; null: none is known. */
function journeeOf({ next, last }: PlannedEpci): string | null {
  return next ?? last
}
