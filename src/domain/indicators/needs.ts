import type { ActorFields } from '../actor.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { NEED_FIELDS, NEEDS } from '../rules/indicators.ts'
import type { IndicatorRules, NeedKey } from '../rules/indicators.ts'
import { standardValues } from './standard-values.ts'

/** Whether somebody meets a need: unknown where nobody is known to, and some records do not name their services. */
export type NeedStatus = 'covered' | 'nobody' | 'unknown'

/** How one of the four needs is met in an EPCI. */
export type NeedCoverage = {
  readonly status: NeedStatus
  /** Records that meet it. */
  readonly actors: number
  /** 0–1: communes of the EPCI with such a record; null: nothing to say. */
  readonly communes: number | null
}

/** The four needs of one EPCI. */
export type Needs = Readonly<Record<NeedKey, NeedCoverage>>

/** Reads which needs a record meets, one bit a need in the order of NEEDS, from its services, kinds and programmes. */
export function compileNeeds(
  { needs }: Pick<IndicatorRules, 'needs'>,
  completeness: Pick<CompletenessRules, 'fields'>,
): (fields: ActorFields) => number {
  const readers = (Object.keys(NEED_FIELDS) as (keyof typeof NEED_FIELDS)[]).map((list) => {
    const field = NEED_FIELDS[list]
    const bits = new Map<string, number>()
    NEEDS.forEach((need, at) => {
      for (const value of needs[need][list]) bits.set(value, (bits.get(value) ?? 0) | (1 << at))
    })
    return { field, bits, read: standardValues(field, completeness) }
  })
  return (fields) => {
    let met = 0
    for (const { field, bits, read } of readers)
      for (const { value } of read(fields[field])) if (value !== null) met |= bits.get(value) ?? 0
    return met
  }
}

/**
 * Sums of the records of one EPCI → how each need is met. `told` counts the records that name their services: only
 * these say what they do not offer; a kind or a programme tells what a place does, never all that it does.
 */
export function needCoverage(counts: {
  readonly actors: number
  readonly told: number
  /** Records that meet each need, in the order of NEEDS. */
  readonly met: readonly number[]
  /** The needs met in each commune with an actor, as bits. */
  readonly communes: readonly number[]
  /** Communes of the EPCI. */
  readonly official: number
}): Needs {
  const { actors, told, met, communes, official } = counts
  const entries = NEEDS.map((need, at) => {
    const own = met[at] ?? 0
    const status: NeedStatus = own > 0 ? 'covered' : actors > 0 && told === actors ? 'nobody' : 'unknown'
    const places = communes.filter((bits) => (bits & (1 << at)) !== 0).length
    const share = status === 'unknown' || official === 0 ? null : places / official
    return [need, { status, actors: own, communes: share }] as const
  })
  return Object.fromEntries(entries) as Needs
}
