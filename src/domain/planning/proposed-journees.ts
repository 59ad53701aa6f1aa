import { addDays } from '../days.ts'
import { STAGE_LABELS } from '../labels.ts'
import type { Stage } from '../labels.ts'
import { monthAfter, monthNumber } from './months.ts'
import type { OfficerPlan, PlannedEpci } from './planning.ts'
import { addedOver, spreadDays } from './spread.ts'
import type { PlanningSettings } from './spread.ts'

/** How near an EPCI is to a journée; `unknown`: neither its pre-fill nor its stage says anything. */
export type Readiness = 'ready' | 'at_risk' | 'far' | 'unknown'

/** One EPCI without a journée to come, and the month proposed for one. */
export type Proposed = {
  readonly siren: string
  readonly name: string
  /** Who is named for it; none: nobody. */
  readonly people: readonly string[]
  readonly readiness: Readiness
  /** What made that: each a code, with what was seen. */
  readonly because: readonly Because[]
  /** 'YYYY-MM'; null: no month of those shown is proposed, `why` says why. */
  readonly month: string | null
  readonly why:
    | 'first_free'
    | 'no_capacity_told'
    | 'nobody_named'
    | 'no_room'
    | 'too_far'
    | 'beyond'
    | 'not_agreed'
    | 'unknown'
}

/** A reason for a readiness. */
export type Because =
  | { readonly code: 'progress'; readonly progress: number; readonly enough: boolean }
  | { readonly code: 'progress_unknown' | 'no_forecast' | 'stage_unknown' }
  | { readonly code: 'forecast'; readonly end: string }
  | { readonly code: 'stage'; readonly stage: Stage; readonly enough: boolean }

type Named = { readonly epci: PlannedEpci; readonly people: readonly string[] }

type Given = {
  readonly named: readonly Named[]
  readonly plans: readonly OfficerPlan[]
  readonly months: readonly string[]
  readonly today: string
}

const ORDER: readonly Readiness[] = ['ready', 'at_risk', 'far', 'unknown']
const STAGES = Object.keys(STAGE_LABELS) as Stage[]

/**
 * The EPCI that had no journée and have none to come, the readiest first, each in the first month in which it can be ready
 * and its days fit in the capacity of all whom it names, those placed before it included. Where no capacity is told, or
 * nobody is named, the month says only when it can be ready; where nothing fits, or too little is known, none is proposed.
 */
export function proposals({ named, plans, months, today }: Given, settings: PlanningSettings): Proposed[] {
  const loads = new Map(
    plans.flatMap(({ name, daysPerMonth, months: own }) =>
      name === null || daysPerMonth === null
        ? []
        : [[name, { capacity: daysPerMonth, load: new Map(own.map((one) => [one.month, one.estimate])) }]],
    ),
  )
  const waiting = named
    .filter(({ epci }) => epci.next === null && epci.last === null && epci.stage !== 'finished')
    .map((one) => ({ ...one, ...readinessOf(one.epci, settings, today) }))
    .toSorted(
      (one, other) =>
        ORDER.indexOf(one.readiness) - ORDER.indexOf(other.readiness) ||
        (other.epci.progress ?? -1) - (one.epci.progress ?? -1) ||
        (one.epci.siren < other.epci.siren ? -1 : 1),
    )
  return waiting.map(({ epci, people, readiness, because }) => {
    const about = { siren: epci.siren, name: epci.name, people, readiness, because }
    return { ...about, ...place({ epci, people, readiness }, loads, { months, today }, settings) }
  })
}

/** How near an EPCI is to a journée, with what says so. */
export function readinessOf(
  { progress, forecastEnd, stage }: PlannedEpci,
  { ready }: PlanningSettings,
  today: string,
): Pick<Proposed, 'readiness' | 'because'> {
  const agreed = stage !== null && STAGES.indexOf(stage) >= STAGES.indexOf(ready.stage)
  const filled = progress !== null && progress >= ready.progress
  const because: Because[] = [
    progress === null ? { code: 'progress_unknown' } : { code: 'progress', progress, enough: filled },
    stage === null ? { code: 'stage_unknown' } : { code: 'stage', stage, enough: agreed },
  ]
  if (progress === null && stage === null) return { readiness: 'unknown', because }
  if (stage !== null && !agreed) return { readiness: 'far', because }
  if (filled) return { readiness: stage === null ? 'at_risk' : 'ready', because }
  if (progress === null) return { readiness: 'unknown', because }
  const ahead = forecastEnd !== null && forecastEnd > today
  because.push(ahead ? { code: 'forecast', end: forecastEnd } : { code: 'no_forecast' })
  return { readiness: ahead ? 'at_risk' : 'far', because }
}

type Loads = ReadonlyMap<string, { readonly capacity: number; readonly load: Map<string, number> }>

function place(
  { epci, people, readiness }: Named & { readonly readiness: Readiness },
  loads: Loads,
  { months, today }: { readonly months: readonly string[]; readonly today: string },
  settings: PlanningSettings,
): Pick<Proposed, 'month' | 'why'> {
  if (readiness === 'unknown') return { month: null, why: 'unknown' }
  const { stage } = settings.ready
  if (epci.stage !== null && STAGES.indexOf(epci.stage) < STAGES.indexOf(stage))
    return { month: null, why: 'not_agreed' }
  const first = earliest(epci, settings, today)
  if (first === null) return { month: null, why: 'too_far' }
  const open = months.filter((month) => month >= first && !settings.avoid.includes(monthNumber(month)))
  const [soonest = null] = open
  if (soonest === null) return { month: null, why: 'beyond' }
  const busy = people.flatMap((name) => loads.get(name) ?? [])
  if (people.length === 0) return { month: soonest, why: 'nobody_named' }
  const part = epci.days.estimate / people.length
  for (const month of open) {
    const added = spreadDays(month, part, settings)
    if (busy.some(({ load, capacity }) => addedOver(load, added, capacity) > 0)) continue
    for (const { load } of busy)
      for (const [at, days] of added) if (load.has(at)) load.set(at, (load.get(at) ?? 0) + days)
    // Of whom no capacity is told nobody knows whether it fits; of the others it does.
    return { month, why: busy.length < people.length ? 'no_capacity_told' : 'first_free' }
  }
  return { month: null, why: 'no_room' }
}

/** The first month in which a journée can be: after the notice, and the forecast end of the pre-fill where it is not enough. */
function earliest(
  { progress, forecastEnd }: PlannedEpci,
  { notice, ready }: PlanningSettings,
  today: string,
): string | null {
  const noticed = addDays(today, notice)
  const filled = progress !== null && progress >= ready.progress
  if (!filled && (forecastEnd === null || forecastEnd <= today)) return null
  const day = filled || forecastEnd === null || forecastEnd < noticed ? noticed : forecastEnd
  return day.endsWith('-01') ? day.slice(0, 7) : monthAfter(day, 1)
}
