import type { FieldName } from '../fields.ts'

/** A check that holds a record against the others of its base: where it stands and what it says; `crossIndex` does the work. */
export type CrossCheckKind = {
  readonly field: FieldName
  readonly reason: string
  /** What its sentence may name. */
  readonly facts: readonly string[]
}

/**
 * `km`: how far from the others a point is odd; `others`: how many of them it takes to say so; `alone`: only where none
 * of them is within `km` either; `radii`: in a large EPCI, so many times the radius of a disc of its area.
 */
export type OutlierParams = {
  readonly km: number
  readonly others: number
  readonly alone: boolean
  readonly radii: number
}

/** No two records bear the same identifier. */
export const unique: CrossCheckKind = { field: 'id', reason: 'repeated', facts: ['count'] }

/** A SIRET or RNA that several records bear: the places of one body may, so it is worth a look and no more. */
export const shared: CrossCheckKind = { field: 'pivot', reason: 'shared', facts: ['count', 'where'] }

/** A telephone of records in several EPCI: a switchboard, or a number copied along with the rest. */
export const sharedPhone: CrossCheckKind = { field: 'telephone', reason: 'shared', facts: ['count', 'epcis'] }

/** A point far from the median of the other records of its commune, else of its EPCI. */
export const outlier: CrossCheckKind = {
  field: 'latitude',
  reason: 'outlier',
  facts: ['distance', 'place', 'km'],
}
