import type { OutlierParams } from './cross-checks.ts'
import type { NumberColumn } from './number-column.ts'

/** The points of the records, NaN where none is known, and the groups (0: none) each lies in. */
export type Points = {
  readonly latitudes: NumberColumn
  readonly longitudes: NumberColumn
  /** The groups in which the others are looked for: the first that holds enough of them decides. */
  readonly groups: readonly NumberColumn[]
  /** How far from the middle of its group a point may be, where the group is larger than the rule has it; in km. */
  readonly reach?: (group: number, at: number) => number
}

/** How far a point is from the median of the others of its group, and which of `groups` that is. */
export type Gap = { readonly km: number; readonly group: number; readonly reach: number }

/**
 * The points further than `km` kilometres, or than the reach of their group, from the median point of the others of it,
 * where there are at least `others` of them. Each point is left out of the median it is held against: the order of the records, and how
 * odd the point itself is, change nothing. With `alone`, a point with another one of the group within `km` is spared;
 * one at the very same spot does not count, for a wrong point is often given to several records.
 */
export function farPoints(points: Points, limits: Omit<OutlierParams, 'radii'>): (at: number) => Gap | null {
  const groups = points.groups.map((group) => ({
    middleOf: othersMiddle(points, group, limits.others),
    hasNeighbour: neighbours(points, group, limits.km),
  }))
  return (at) => {
    const point = pointAt(points, at)
    for (const [group, { middleOf, hasNeighbour }] of groups.entries()) {
      const middle = middleOf(at)
      if (middle === null) continue
      const km = kilometres(point, middle)
      const reach = Math.max(limits.km, points.reach?.(group, at) ?? 0)
      return km > reach && !(limits.alone && hasNeighbour(at)) ? { km, group, reach } : null
    }
    return null
  }
}

type Point = readonly [latitude: number, longitude: number]
type Numbers = { readonly starts: Uint32Array; readonly sorted: Float32Array }

function pointAt({ latitudes, longitudes }: Points, at: number): Point {
  return [latitudes.at(at), longitudes.at(at)]
}

/** The median point of the others of its group; null where it has no point or group itself, or they are too few. */
function othersMiddle(points: Points, group: NumberColumn, least: number): (at: number) => Point | null {
  const byGroup = placesByGroup(points.latitudes, group)
  const [latitudes, longitudes] = [
    numbersByGroup(points.latitudes, byGroup),
    numbersByGroup(points.longitudes, byGroup),
  ]
  return (at) => {
    const [latitude, longitude] = pointAt(points, at)
    const number = group.at(at)
    const others = (latitudes.starts[number + 1] ?? 0) - (latitudes.starts[number] ?? 0) - 1
    if (Number.isNaN(latitude) || number === 0 || others < least) return null
    return [medianWithout(latitude, latitudes, number), medianWithout(longitude, longitudes, number)]
  }
}

/** The median of the numbers of a group, one of them left out. */
function medianWithout(own: number, { starts, sorted }: Numbers, group: number): number {
  const [start = 0, end = 0] = [starts[group], starts[group + 1]]
  const rank = rankOf(own, sorted, start, end)
  const other = (place: number): number => sorted[place < rank ? place : place + 1] as number
  const others = end - start - 1
  const middle = start + Math.floor((others - 1) / 2)
  return others % 2 === 1 ? other(middle) : (other(middle) + other(middle + 1)) / 2
}

/** The numbers of each group in rising order, one group after the other. */
function numbersByGroup(column: NumberColumn, { starts, places }: PlacesByGroup): Numbers {
  const sorted = Float32Array.from(places, (place) => column.at(place))
  for (let group = 0; group + 1 < starts.length; group++)
    sorted.subarray(starts[group], starts[group + 1]).sort()
  return { starts, sorted }
}

type PlacesByGroup = { readonly starts: Uint32Array; readonly places: Uint32Array }

/** The places of each group, one group after the other; those without a number left out. */
function placesByGroup(column: NumberColumn, groups: NumberColumn): PlacesByGroup {
  let last = 0
  for (let at = 0; at < groups.length; at++) last = Math.max(last, groups.at(at))
  const starts = new Uint32Array(last + 2)
  const add = (group: number, more: number): void => void (starts[group] = (starts[group] as number) + more)
  for (let at = 0; at < column.length; at++) if (!Number.isNaN(column.at(at))) add(groups.at(at) + 1, 1)
  for (let group = 1; group < starts.length; group++) add(group, starts[group - 1] as number)
  const places = new Uint32Array(starts[last + 1] as number)
  const next = starts.slice()
  for (let at = 0; at < column.length; at++) {
    if (Number.isNaN(column.at(at))) continue
    const place = next[groups.at(at)] as number
    places[place] = at
    next[groups.at(at)] = place + 1
  }
  return { starts, places }
}

/** Where a number stands between `start` and `end` of a rising list that holds it. */
function rankOf(number: number, sorted: Float32Array, start: number, end: number): number {
  let [low, high] = [start, end - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return low
}

/** Two records this close are at one address. */
const SAME_SPOT_KM = 0.1
/** Kilometres of a degree of latitude, rounded down: nothing further off in latitude can be within reach. */
const DEGREE_KM = 111

/** Whether another point of the group, not at the same spot, lies within `km`: looked for outwards by latitude. */
function neighbours(points: Points, group: NumberColumn, km: number): (at: number) => boolean {
  let sorted: ReturnType<typeof byLatitude> | null = null
  return (at) => {
    sorted ??= byLatitude(points.latitudes, group) // most bases have no far point to look around
    const { starts, places, ranks } = sorted
    const number = group.at(at)
    const [start = 0, end = 0] = [starts[number], starts[number + 1]]
    const point = pointAt(points, at)
    for (const step of [-1, 1])
      for (let rank = (ranks[at] as number) + step; rank >= start && rank < end; rank += step) {
        const other = pointAt(points, places[rank] as number)
        if (Math.abs(other[0] - point[0]) * DEGREE_KM > km) break
        const distance = kilometres(point, other)
        if (distance <= km && distance > SAME_SPOT_KM) return true
      }
    return false
  }
}

/** The places of each group from south to north, and where each place stands among them. */
function byLatitude(latitudes: NumberColumn, group: NumberColumn) {
  const { starts, places } = placesByGroup(latitudes, group)
  for (let one = 0; one + 1 < starts.length; one++)
    places
      .subarray(starts[one], starts[one + 1])
      .sort((left, right) => latitudes.at(left) - latitudes.at(right))
  const ranks = new Uint32Array(latitudes.length)
  for (const [rank, place] of places.entries()) ranks[place] = rank
  return { starts, places, ranks }
}

const EARTH_KM = 6371
const RADIANS = Math.PI / 180

/** Along a great circle (R. W. Sinnott, « Virtues of the Haversine », Sky & Telescope, 1984). */
function kilometres([latitude, longitude]: Point, [toLatitude, toLongitude]: Point): number {
  const up = Math.sin(((toLatitude - latitude) * RADIANS) / 2)
  const across = Math.sin(((toLongitude - longitude) * RADIANS) / 2)
  const part = up * up + Math.cos(latitude * RADIANS) * Math.cos(toLatitude * RADIANS) * across * across
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(part)))
}
