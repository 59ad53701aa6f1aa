import type { FieldName } from '../fields.ts'

/** A field where the source says something that the record does not. */
export type Difference = {
  readonly field: FieldName
  /** `completion`: the record says nothing, or lacks some values of a list; `conflict`: both say something else. */
  readonly kind: 'completion' | 'conflict'
  /** What the record says, as it is read everywhere (see `readFields`); null: nothing. */
  readonly before: string | null
  /** What to write instead: where a list lacks values, all of them. */
  readonly after: string
  /** Fields whose differences are right together only (the two coordinates; what says where a place is); absent: alone. */
  readonly together?: readonly FieldName[]
}

/** A record of the base that a source record may be. */
export type Candidate = {
  readonly record: string
  /** The sum of the points, unrounded. */
  readonly score: number
  /** French, for a person: « même SIRET, nom proche à 92 % ». */
  readonly reason: string
}

/** What a source record is to the base. */
export type Match =
  /** No record of the base is like it; `twinOf`: the key of an earlier record of the source that is the same place. */
  | { readonly kind: 'new'; readonly twinOf?: string }
  /** It is this record; no differences: all that it says is already there. `twinOf`: as for `new`, of the same record. */
  | (Candidate & {
      readonly kind: 'same'
      readonly differences: readonly Difference[]
      readonly twinOf?: string
    })
  /** Several records, or too little: a person says. */
  | { readonly kind: 'unsure'; readonly candidates: readonly Candidate[] }

/** What people said of source records, and earlier runs found; asked by their keys. */
export type KnownMatches = {
  /** The record that a person said it is; null: not said. */
  linked(key: string): string | null
  /** Whether a person said that it is not this record. */
  refused(key: string, record: string): boolean
  /** The record that an earlier run matched it with; null: none. */
  earlier(key: string): string | null
}

/** Nobody said anything, and no run was before. */
export const NOTHING_KNOWN: KnownMatches = { linked: () => null, refused: () => false, earlier: () => null }
