import type { Actor } from '../actor.ts'
import { blockingKeys } from '../duplicates/blocking-keys.ts'
import { type ComparisonRecord, cardReader } from '../duplicates/comparison-record.ts'
import { comparison, type Feature, scoreOf } from '../duplicates/comparison.ts'
import { normalizedFieldsOf } from '../duplicates/normalized-fields.ts'
import { reasonOf } from '../duplicates/reason.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { typeset } from '../typography.ts'
import type { Candidate } from './match.ts'

/** A record ready to be compared; one without a name has no keys. */
export type Place = {
  readonly id: string
  readonly card: ComparisonRecord
  readonly keys: readonly number[]
}

/** Reads records, and says how likely two of them are one place. */
export type PlaceComparer = {
  read(actor: Actor): Place
  /** The other one as a candidate for the first; null: too little. */
  pair(one: Place, other: Place): Candidate | null
  /** Whether they are one place by the threshold on duplicates. */
  same(one: Place, other: Place): boolean
}

/** Compiles the comparison of places; what is below `least` points is too little. */
export function placeComparer(
  rules: { readonly completeness: CompletenessRules; readonly duplicates: DuplicateRules },
  least: number,
): PlaceComparer {
  const { duplicates } = rules
  const [normalized, read] = [normalizedFieldsOf(rules), cardReader(duplicates)]
  const keysOf = blockingKeys(duplicates)
  const lenient = comparison({ ...duplicates, threshold: least })
  const score = (features: readonly Feature[] | null) => (features === null ? 0 : scoreOf(features))
  return {
    read(actor) {
      const card = read(normalized(actor.fields))
      const keys = card.name.length === 0 ? [] : [...new Set(keysOf(card).map(({ key }) => key))]
      return { id: actor.id, card, keys }
    },
    pair(one, other) {
      const features = lenient(one.card, other.card)
      const points = score(features)
      if (features === null || points < least) return null
      return { record: other.id, score: points, reason: typeset(reasonOf(features, duplicates.says)) }
    },
    same: (one, other) => score(lenient(one.card, other.card)) >= duplicates.threshold,
  }
}

/** Places met under their keys; where more than `crowd` share one, none is met there. */
export type PlaceIndex = { add(place: Place): void; near(place: Place): Iterable<Place> }

/** An empty index. */
export function placeIndex(crowd: number): PlaceIndex {
  const under = new Map<number, Place[]>()
  return {
    add(place) {
      for (const key of place.keys) {
        const bearers = under.get(key)
        if (bearers === undefined) under.set(key, [place])
        else bearers.push(place)
      }
    },
    near(place) {
      const met = new Set<Place>()
      for (const key of place.keys) {
        const bearers = under.get(key) ?? []
        if (bearers.length <= crowd) for (const one of bearers) met.add(one)
      }
      return met
    },
  }
}
