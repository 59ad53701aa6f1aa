import type { Actor } from '../actor.ts'
import { blockingKeys } from '../duplicates/blocking-keys.ts'
import { type ComparisonRecord, cardReader } from '../duplicates/comparison-record.ts'
import { comparison, type Feature, isElsewhere, isLess, scoreOf } from '../duplicates/comparison.ts'
import { textColumn } from '../duplicates/text-column.ts'
import { normalizedFieldsOf, packed, unpacked } from '../duplicates/normalized-fields.ts'
import { reasonOf } from '../duplicates/reason.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { typeset } from '../typography.ts'
import type { Candidate } from './match.ts'

/** A record ready to be compared; one without a name has no keys. */
export type Place = {
  readonly id: string
  /** What it says, as one text from which `card` is read. */
  readonly said: string
  readonly card: ComparisonRecord
  readonly keys: readonly number[]
}

/** A candidate, and whether it is enough to be the same place where nothing speaks for another. */
export type Likely = Candidate & {
  readonly sure: boolean
  /** Whether an earlier run found it. */
  readonly earlier?: boolean
}

/** Reads records, and says how likely two of them are one place. */
export type PlaceComparer = {
  read(actor: Actor): Place
  /** The same from what it says, without its keys. */
  readAgain(id: string, said: string): Place
  /**
   * Those of the others that may be the first, the best of them, with their points; fewer than `least` are too few, and
   * enough for the one that an earlier run found. What a body and its services may share (one SIRET and another name, a
   * house and its annexe, two names and two addresses) is for a person to judge, however many points there are.
   */
  candidates(one: Place, others: Iterable<Place>, earlier?: string | null): readonly Likely[]
  /** Whether they are one place by the threshold on duplicates, and nothing of it is for a person to judge. */
  same(one: Place, other: Place): boolean
}

/** The best of the records that one may be; who is no better than these is not taken, and not shown. */
const KEPT = 5

/** Compiles the comparison of places; what is below `least` points is too little. */
export function placeComparer(
  rules: { readonly completeness: CompletenessRules; readonly duplicates: DuplicateRules },
  least: number,
): PlaceComparer {
  const { duplicates } = rules
  const { says, matching } = duplicates
  const { alone } = matching
  const [normalized, read] = [normalizedFieldsOf(rules), cardReader(duplicates)]
  const keysOf = blockingKeys({ ...duplicates, threshold: least - alone })
  const lenient = comparison({ ...duplicates, threshold: least - alone })
  const isNamed = (features: readonly Feature[]) =>
    features.some((one) => one.feature === 'name' && one.likeness >= duplicates.likeness.contained) &&
    features.some((one) => one.feature === 'commune') &&
    !features.some(({ feature }) => feature === 'otherKind' || feature === 'host' || feature === 'branch')
  return {
    read(actor) {
      const said = normalized(actor.fields)
      const card = read(said)
      const keys = card.name.length === 0 ? [] : [...new Set(keysOf(card).map(({ key }) => key))]
      return { id: actor.id, said: packed(said), card, keys }
    },
    readAgain: (id, said) => ({ id, said, card: read(unpacked(said)), keys: [] }),
    candidates(one, others, earlier) {
      const met: { readonly id: string; readonly features: readonly Feature[]; readonly named: boolean }[] =
        []
      let named = 0
      for (const other of others) {
        const features = lenient(one.card, other.card)
        if (features === null) continue
        const own = isNamed(features)
        if (own) named += 1
        met.push({ id: other.id, features, named: own })
      }
      const unique = named === 1
      return met
        .flatMap(({ id, features, named: own }) => {
          const points = scoreOf(features) + (unique && own ? alone : 0)
          if (points < least && !isDisputed(features)) return []
          const enough = points >= duplicates.threshold || id === earlier
          return [{ id, points, features, sure: enough && !isForPeople(features, duplicates) }]
        })
        .toSorted((left, right) => right.points - left.points)
        .slice(0, KEPT)
        .map(({ id, points, features, sure }) => {
          const said = [reasonOf(features, says), ...(id === earlier ? [says.earlier] : [])]
          const reason = typeset(said.filter((text) => text !== '').join(', '))
          return { record: id, score: points, reason, sure, earlier: id === earlier }
        })
    },
    same(one, other) {
      const features = lenient(one.card, other.card)
      const enough = features !== null && scoreOf(features) >= duplicates.threshold
      return enough && !isForPeople(features, duplicates)
    },
  }
}

/** One SIRET and another name: a body and its services may bear it all. */
function isDisputed(features: readonly Feature[]): boolean {
  return (
    features.some(({ feature }) => feature === 'pivot') &&
    features.some(({ feature, points }) => feature === 'name' && points < 0) &&
    !features.some(({ feature }) => feature === 'otherKind')
  )
}

/** Whether two places may share all that speaks for one: the annexe of a house, two services, two houses of one body. */
function isForPeople(features: readonly Feature[], rules: DuplicateRules): boolean {
  const has = (...wanted: readonly Feature['feature'][]) =>
    features.some(({ feature }) => wanted.includes(feature))
  const { same } = rules.points.pivot
  const ownPivot = features.some(({ feature, points }) => feature === 'pivot' && points === same)
  const isAnnexe = has('branch') && (isLess(features, rules.likeness) || !has('address', 'street'))
  const areTwo = !ownPivot && (has('words') || isElsewhere(features, rules))
  return isDisputed(features) || isAnnexe || areTwo
}

/** Places met under their keys; where more than `crowd` share one, none is met there. */
export type PlaceIndex = { add(place: Place): void; near(place: Place): Iterable<Place> }

/** An empty index that holds its places ready to be compared, a kilobyte each. */
export function placeIndex(crowd: number): PlaceIndex {
  const places: Place[] = []
  const met = keyIndex(crowd)
  return {
    add(place) {
      places.push(place)
      met.add(place.keys)
    },
    near: ({ keys }) => met.under(keys).map((at) => places[at]!),
  }
}

/** The same for many places of which few are met: what they say is held as bytes, a fifth of the room. */
export function packedPlaceIndex(crowd: number, { readAgain }: PlaceComparer): PlaceIndex {
  const [ids, texts] = [textColumn(), textColumn()]
  const met = keyIndex(crowd)
  return {
    add({ id, said, keys }) {
      ids.push(id)
      texts.push(said)
      met.add(keys)
    },
    near: ({ keys }) => met.under(keys).map((at) => readAgain(ids.at(at), texts.at(at))),
  }
}

/** Which of the places added, by their number in the order of adding, bear a key. */
function keyIndex(crowd: number) {
  const bearers = new Map<number, number | number[]>()
  let count = 0
  return {
    add(keys: readonly number[]) {
      for (const key of keys) {
        const known = bearers.get(key)
        if (known === undefined) bearers.set(key, count)
        else if (typeof known === 'number') bearers.set(key, [known, count])
        else if (known.length <= crowd) known.push(count)
      }
      count += 1
    },
    under(keys: readonly number[]): number[] {
      const found = new Set<number>()
      for (const key of keys) {
        const known = bearers.get(key) ?? []
        if (typeof known === 'number') found.add(known)
        else if (known.length <= crowd) for (const one of known) found.add(one)
      }
      return [...found]
    },
  }
}
