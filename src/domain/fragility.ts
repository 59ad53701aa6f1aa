/** One component of an index, as its file gives it. */
export type FragilityComponent = { readonly key: string; readonly label: string; readonly value: number }

/** The Indice de fragilité numérique of one EPCI: context only, part of no score. */
export type EpciFragility = {
  /** On the scale of its file. */
  readonly score: number
  /** The median of the EPCI of the file. */
  readonly median: number
  readonly components: readonly FragilityComponent[]
  /** Where the file says it comes from; null: it does not. */
  readonly source: string | null
}

/** An index by SIREN, from the file that the user gave; null where no file is given. */
export type Fragility = ReadonlyMap<string, EpciFragility> | null
