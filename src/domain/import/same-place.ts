import type { Actor, ActorFields } from '../actor.ts'
import { readNumber } from '../completeness/check-coordinates.ts'
import type { Place } from '../completeness/place.ts'
import { readPostalCode } from '../completeness/postal-code.ts'
import { metresBetween } from '../duplicates/metres.ts'
import type { FieldName } from '../fields.ts'

/** What says where a record is, and is wrong in part where it is changed in part. */
export const PLACE_FIELDS: readonly FieldName[] = [
  ...(['commune', 'code_postal', 'code_insee', 'adresse', 'complement_adresse'] as const),
  ...(['latitude', 'longitude'] as const),
]
/** One point in two fields. */
export const POINT_FIELDS: readonly FieldName[] = ['latitude', 'longitude']

/** Whether the two say different communes; what one of them does not say is no contradiction. */
export function inOtherCommune(one: Place, other: Place): boolean {
  return one.commune !== null && other.commune !== null && one.commune.code !== other.commune.code
}

/** Two postal codes of one commune say the same where one is a CEDEX, which is for the post alone. */
export function samePostalCode(one: string, other: string): boolean {
  const [left, right] = [readPostalCode(one.trim()), readPostalCode(other.trim())]
  if (left === null || right === null) return left === right && one.trim() === other.trim()
  return left.code === right.code || isCedex(one) || isCedex(other)
}

function isCedex(text: string): boolean {
  return /cedex/iu.test(text)
}

/** Whether `theirs` is the point of `ours`, or less precise; null: one of them is none. */
export function samePoint(ours: ActorFields, theirs: ActorFields, metres: number): boolean | null {
  const [one, other] = [pointOf(ours), pointOf(theirs)]
  if (one === null || other === null) return null
  return metresBetween(one, other) <= metres || POINT_FIELDS.every((_, at) => rounded(one, other, theirs, at))
}

/** The point of a record; null: it has none whole. */
function pointOf(fields: Actor['fields']): readonly [number, number] | null {
  const [north, east] = [fields.latitude, fields.longitude].map((text) =>
    text === null ? null : readNumber(text),
  )
  return north == null || east == null ? null : [north, east]
}

/** Whether a degree of theirs is one of ours with fewer decimals. */
function rounded(
  one: readonly [number, number],
  other: readonly [number, number],
  theirs: ActorFields,
  at: number,
): boolean {
  const written = theirs[POINT_FIELDS[at]!] ?? ''
  const decimals = /[.,](\d+)\s*$/u.exec(written)?.[1]?.length ?? 0
  return Math.abs(one[at]! - other[at]!) <= 0.5 * 10 ** -decimals
}
