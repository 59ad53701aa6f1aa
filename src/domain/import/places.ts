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

/** A candidate, and whether it is enough to be the same place where nothing speaks for another. */
export type Likely = Candidate & { readonly sure: boolean }

/** Reads records, and says how likely two of them are one place. */
export type PlaceComparer = {
  read(actor: Actor): Place
  /**
   * Those of the others that may be the first, with their points; fewer than `least` are too few. One SIRET and another
   * name are for a person to judge, however many points there are: a body and its services may bear it all.
   */
  candidates(one: Place, others: Iterable<Place>): readonly Likely[]
  /** Whether they are one place by the threshold on duplicates. */
  same(one: Place, other: Place): boolean
}

/** Compiles the comparison of places; what is below `least` points is too little. */
export function placeComparer(
  rules: { readonly completeness: CompletenessRules; readonly duplicates: DuplicateRules },
  least: number,
): PlaceComparer {
  const { duplicates } = rules
  const { alone } = duplicates.matching
  const [normalized, read] = [normalizedFieldsOf(rules), cardReader(duplicates)]
  const keysOf = blockingKeys({ ...duplicates, threshold: least - alone })
  const lenient = comparison({ ...duplicates, threshold: least - alone })
  const score = (features: readonly Feature[] | null) => (features === null ? 0 : scoreOf(features))
  const isNamed = (features: readonly Feature[]) =>
    features.some((one) => one.feature === 'name' && one.likeness >= duplicates.likeness.contained) &&
    features.some((one) => one.feature === 'commune') &&
    !features.some((one) => one.feature === 'otherKind' || one.feature === 'host')
  const isDisputed = (features: readonly Feature[]) =>
    features.some(({ feature }) => feature === 'pivot') &&
    features.some(({ feature, points }) => feature === 'name' && points < 0) &&
    !features.some(({ feature }) => feature === 'otherKind')
  return {
    read(actor) {
      const card = read(normalized(actor.fields))
      const keys = card.name.length === 0 ? [] : [...new Set(keysOf(card).map(({ key }) => key))]
      return { id: actor.id, card, keys }
    },
    candidates(one, others) {
      const met = [...others].flatMap((other) => {
        const features = lenient(one.card, other.card)
        return features === null ? [] : [{ id: other.id, features, named: isNamed(features) }]
      })
      const unique = met.filter(({ named }) => named).length === 1
      return met.flatMap(({ id, features, named }) => {
        const points = scoreOf(features) + (unique && named ? alone : 0)
        const disputed = isDisputed(features)
        if (points < least && !disputed) return []
        const sure = points >= duplicates.threshold && !disputed
        return [{ record: id, score: points, reason: typeset(reasonOf(features, duplicates.says)), sure }]
      })
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
