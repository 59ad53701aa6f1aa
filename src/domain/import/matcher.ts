import type { Actor } from '../actor.ts'
import { readNumber } from '../completeness/check-coordinates.ts'
import { mentions } from '../duplicates/mention.ts'
import { textColumn } from '../duplicates/text-column.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { typeset } from '../typography.ts'
import { assigned } from './assignment.ts'
import { differencesBetween, type DifferenceSetting } from './differences.ts'
import { type KnownPoints, knownPoints } from './known-points.ts'
import { type Difference, type KnownMatches, type Match, NOTHING_KNOWN } from './match.ts'
import { type Likely, packedPlaceIndex, type Place, placeComparer, placeIndex } from './places.ts'
import { PLACE_FIELDS, POINT_FIELDS } from './same-place.ts'
import type { SourceRecord } from './source-record.ts'

/** What became of a source record. */
export type Matched = { readonly record: SourceRecord; readonly match: Match }

/** Holds the records of a source against those of the base. */
export type Matcher = {
  /** The next record of the source: its match where it is like no record of the base; null: it is told at the end. */
  add(record: SourceRecord): Match | null
  /** Once all are in, and once only: those that wait, in the order in which they came. */
  rest(): Generator<Matched>
}

/** A record of the source that may be one of the base, until all are in. */
type Waiting = {
  readonly record: Pick<SourceRecord, 'key'>
  /** What it says of a place. */
  readonly said: string
  readonly candidates: readonly Likely[]
}

/**
 * Matches the records of a source with those of the base by the rules on duplicates. One record of the base is one record
 * of the source at most, unless those are one place themselves; a better pair wins, and a tie is for a person to say. What
 * people said stands; what an earlier run found decides a tie, as long as the two are still alike.
 */
export function matcher(
  setting: DifferenceSetting,
  base: Iterable<Actor>,
  known: KnownMatches = NOTHING_KNOWN,
): Matcher {
  const { threshold, crowd, matching } = setting.rules.duplicates
  const compare = placeComparer(setting.rules, Math.min(threshold, matching.unsure))
  const held = heldRecords(base, compare, setting.rules.duplicates)
  const choose = candidatesFor(held, compare, setting, known)
  const differences = differencesBetween(setting)
  const fresh = packedPlaceIndex(crowd, compare)
  const waiting: Waiting[] = []
  // As bytes: a list may be much longer than what is held of the base.
  const whole = textColumn()
  return {
    add(record) {
      const place = compare.read(record.actor)
      const candidates = choose(record, place)
      if (candidates.length > 0) {
        waiting.push({ record: { key: record.key }, said: place.said, candidates })
        whole.push(JSON.stringify(record))
        return null
      }
      for (const other of fresh.near(place))
        if (compare.same(place, other)) return { kind: 'new', twinOf: other.id }
      fresh.add(place)
      return { kind: 'new' }
    },
    *rest() {
      const matches = assigned(waiting, {
        margin: matching.margin,
        oneSource: (one, other) =>
          compare.same(compare.readAgain('', one.said), compare.readAgain('', other.said)),
        oneRecord: (one, other) => {
          const [left, right] = [held.places.get(one), held.places.get(other)]
          return left !== undefined && right !== undefined && compare.same(left, right)
        },
      })
      for (const [at, match] of matches.entries()) {
        const record = JSON.parse(whole.at(at)) as SourceRecord
        if (match.kind !== 'same') yield { record, match }
        else {
          const found = differences(held.actor(match.record), record.actor)
          const place = isMove(found) ? compare.read(record.actor) : held.places.get(match.record)
          const near =
            place === undefined || isNear(held.points, place, record) ? found : found.filter(isNoPoint)
          yield { record, match: { ...match, differences: near } }
        }
      }
    },
  }
}

/** Whether the commune is another: the point then goes with all that says where the place is. */
function isMove(found: readonly Difference[]): boolean {
  return found.some(({ together }) => together === PLACE_FIELDS)
}

function isNoPoint({ together }: Difference): boolean {
  return together === undefined || !POINT_FIELDS.every((field) => together.includes(field))
}

/** Whether the point of the source, if it gives one, is not far from all that the base knows around the place. */
function isNear(points: KnownPoints, place: Place, { actor }: SourceRecord): boolean {
  const { latitude, longitude } = actor.fields
  const [north, east] = [readNumber(latitude ?? ''), readNumber(longitude ?? '')]
  return north === null || east === null || !points.isFar(place, [north, east])
}

type Compare = ReturnType<typeof placeComparer>
type Held = ReturnType<typeof heldRecords>

/** The records of the base: ready to be compared, and whole, as bytes. */
function heldRecords(base: Iterable<Actor>, compare: Compare, { crowd, matching }: DuplicateRules) {
  const [whole, rows] = [textColumn(), new Map<string, number>()]
  const [places, words] = [new Map<string, Place>(), new Map<string, string>()]
  const [index, points] = [placeIndex(crowd), knownPoints(matching)]
  for (const actor of base) {
    const place = compare.read(actor)
    rows.set(actor.id, rows.size)
    whole.push(JSON.stringify(actor))
    places.set(actor.id, place)
    if (actor.notDuplicateOf != null) words.set(actor.id, actor.notDuplicateOf)
    index.add(place)
    points.add(place)
  }
  const actor = (id: string) => JSON.parse(whole.at(rows.get(id)!)) as Actor
  return { has: (id: string) => rows.has(id), actor, places, words, index, points }
}

/** The score of what a person said. */
const FINAL = 1000

/** Which records a source record may be: the one that a person said, where it is still there, else those that are like it. */
function candidatesFor(held: Held, compare: Compare, { rules }: DifferenceSetting, known: KnownMatches) {
  const { linked: byPerson } = rules.duplicates.says
  return ({ key, actor }: SourceRecord, place: Place): readonly Likely[] => {
    const refused = (id: string): boolean => {
      const word = held.words.get(id) ?? null
      return known.refused(key, id) || (word !== null && mentions(word, [key, actor.fields.id]))
    }
    const linked = known.linked(key)
    if (linked !== null && held.has(linked))
      return [{ record: linked, score: FINAL, reason: typeset(byPerson), sure: true }]
    const earlier = known.earlier(key)
    const before = earlier === null ? undefined : held.places.get(earlier)
    const near = new Set([...held.index.near(place), ...(before === undefined ? [] : [before])])
    return compare.candidates(place, near, earlier).filter(({ record }) => !refused(record))
  }
}
