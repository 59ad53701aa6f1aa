import type { Actor } from '../actor.ts'

/** One place in a source: a list kept by somebody. */
export type SourceRecord = {
  /** Tells it apart in its source from one reading to the next: its own id there, else made of SIRET, name and commune. */
  readonly key: string
  /** Its line (CSV), rank (JSON, GeoJSON) or row (sheet) in the file, from 1. */
  readonly line: number
  /** As records of the base are: `actor.id` is the key. */
  readonly actor: Actor
}
