import { median } from './quantile.ts'

/** The EPCI that are known together: those of the base, or of a file. */
export type Region = {
  /** How many of them have records and a known population. */
  readonly epcis: number
  /** The median of their records per 10,000 inhabitants; null: nothing to say. */
  readonly actorsPer10000: number | null
}

/** What an EPCI is held beside. */
export function region(epcis: readonly { readonly actorsPer10000: number | null }[]): Region {
  const known = epcis.flatMap(({ actorsPer10000 }) => (actorsPer10000 === null ? [] : [actorsPer10000]))
  return { epcis: known.length, actorsPer10000: median(known) }
}
