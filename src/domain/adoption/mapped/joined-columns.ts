import type { LiveColumn } from '../live-base.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { endings } from './titles.ts'

/**
 * The number of a house in a column beside its street, and the kind of way in one more: the address is theirs together.
 * Taken without a question where the names and the values say so.
 */
export function addressField(seen: SeenTable): MappedProposal[] {
  const { parts } = seen.rules
  const free = freeColumns(seen)
  const found = columnTitled(seen, proposedFor(seen, 'adresse')?.title ?? null)
  const isNumber = found !== null && share(found, 'number') >= seen.rules.evidence.agree
  const single = isNumber ? null : found
  if (single !== null && isWholeAddress(single)) return []
  // What NocoDB computes is not looked into: by its name it is the whole of it.
  if (seen.theirs.columns.some((column) => column.profile === null && isNamed(column, ownNames(seen), seen)))
    return []
  const named = (names: readonly string[]) => free.filter((column) => isNamed(column, names, seen))
  const street = single ?? named(parts.street)[0] ?? null
  if (street === null || isWholeAddress(street)) return []
  const number = [...(isNumber ? [found] : []), ...named(parts.houseNumber)].find(
    (one) =>
      isTold(one, seen) && share(one, 'number') >= seen.rules.evidence.agree && isBesideIn(one, street),
  )
  if (number === undefined) return []
  const way = named(parts.wayType).find((one) => one !== street && one !== number)
  const from = { join: [number, ...(way === undefined ? [] : [way]), street].map(({ title }) => title) }
  // A number by itself may be that of a file or of a room: right before its street it is that of a house.
  const places = [number, ...(way === undefined ? [] : [way]), street].map((one) =>
    seen.theirs.columns.indexOf(one),
  )
  const inARow = places.every((place, at) => at === 0 || place === places[at - 1]! + 1)
  const sure = inARow && isNamed(street, [...parts.street, ...ownNames(seen)], seen) && isTold(street, seen)
  return [{ key: 'adresse', from, words: null, unknown: [], verdict: sure ? 'match' : 'ask' }]
}

/** « Places : N° » is no part of « Rue », `address.streetNumber` is one of `address.streetAddress`. */
function isBesideIn(number: LiveColumn, street: LiveColumn): boolean {
  return beginningOf(number.title) === beginningOf(street.title)
}

function beginningOf(title: string): string {
  const end = endings(title).at(-1) ?? title
  return title.slice(0, Math.max(0, title.length - end.length))
}

/** Whether nearly all of its values are numbers of houses, without a street. */
export function isHouseNumber({ profile }: Pick<LiveColumn, 'profile'>): boolean {
  return profile !== null && profile.filled >= FEW && profile.parts.number >= NEARLY_ALL
}
const FEW = 4
const NEARLY_ALL = 0.9

/** Most of its values begin with a number already. */
function isWholeAddress(column: LiveColumn): boolean {
  return share(column, 'numbered') >= 0.5
}

function share({ profile }: LiveColumn, part: 'number' | 'numbered'): number {
  return profile?.parts[part] ?? 0
}

function isNamed({ title }: LiveColumn, names: readonly string[], { matcher }: SeenTable): boolean {
  return endings(title).some((end) => matcher.name(end, names)?.likeness === 1)
}

function ownNames({ own }: SeenTable): readonly string[] {
  return own.places.find(({ key }) => key === 'adresse')?.names ?? []
}
