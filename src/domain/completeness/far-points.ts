import type { NumberColumn } from './number-column.ts'

/** The points of the records, NaN where none is known, and the groups (0: none) each lies in. */
export type Points = {
  readonly latitudes: NumberColumn
  readonly longitudes: NumberColumn
  /** The groups in which the others are looked for: the first that holds enough of them decides. */
  readonly groups: readonly NumberColumn[]
}

/** How far a point is from the median of the others of its group, and which of `groups` that is. */
export type Gap = { readonly km: number; readonly group: number }

/**
 * The points further than `km` kilometres from the median point of the others of their group, where there are at
 * least `others` of them. Each point is left out of the median it is held against: the order of the records, and how
 * odd the point itself is, change nothing.
 */
export function farPoints({ latitudes, longitudes, groups }: Points, limits: { km: number; others: number }) {
  const medians = groups.map((group) => ({
    latitude: othersMedian(latitudes, group, limits.others),
    longitude: othersMedian(longitudes, group, limits.others),
  }))
  return (at: number): Gap | null => {
    const [latitude, longitude] = [latitudes.at(at), longitudes.at(at)]
    for (const [group, median] of medians.entries()) {
      const [middle, across] = [median.latitude(at), median.longitude(at)]
      if (middle === null || across === null) continue
      const km = kilometres(latitude, longitude, middle, across)
      return km > limits.km ? { km, group } : null
    }
    return null
  }
}

/** Of a place: the median of the numbers of the others of its group; null where it has none itself, or they are too few. */
function othersMedian(column: NumberColumn, groups: NumberColumn, least: number) {
  const { starts, sorted } = byGroup(column, groups)
  return (at: number): number | null => {
    const [own, group] = [column.at(at), groups.at(at)]
    if (Number.isNaN(own) || group === 0) return null
    const [start = 0, end = 0] = [starts[group], starts[group + 1]]
    const others = end - start - 1
    if (others < least) return null
    const rank = rankOf(own, sorted, start, end)
    const other = (place: number): number => sorted[place < rank ? place : place + 1] as number
    const middle = start + Math.floor((others - 1) / 2)
    return others % 2 === 1 ? other(middle) : (other(middle) + other(middle + 1)) / 2
  }
}

/** The numbers of each group in rising order, one group after the other. */
function byGroup(column: NumberColumn, groups: NumberColumn): { starts: Uint32Array; sorted: Float32Array } {
  let last = 0
  for (let at = 0; at < groups.length; at++) last = Math.max(last, groups.at(at))
  const starts = new Uint32Array(last + 2)
  for (let at = 0; at < column.length; at++) if (!Number.isNaN(column.at(at))) starts[groups.at(at) + 1]! += 1
  for (let group = 1; group < starts.length; group++) starts[group]! += starts[group - 1]!
  const sorted = new Float32Array(starts[last + 1]!)
  const next = starts.slice()
  for (let at = 0; at < column.length; at++)
    if (!Number.isNaN(column.at(at))) sorted[next[groups.at(at)]!++] = column.at(at)
  for (let group = 0; group <= last; group++) sorted.subarray(starts[group], starts[group + 1]).sort()
  return { starts, sorted }
}

/** Where a number stands between `start` and `end` of a rising list that holds it. */
function rankOf(number: number, sorted: Float32Array, start: number, end: number): number {
  let [low, high] = [start, end - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}

const EARTH_KM = 6371
const RADIANS = Math.PI / 180

/** Along a great circle, degrees in, kilometres out (R. W. Sinnott, « Virtues of the Haversine », Sky & Telescope, 1984). */
export function kilometres(
  latitude: number,
  longitude: number,
  toLatitude: number,
  toLongitude: number,
): number {
  const up = Math.sin(((toLatitude - latitude) * RADIANS) / 2)
  const across = Math.sin(((toLongitude - longitude) * RADIANS) / 2)
  const part = up * up + Math.cos(latitude * RADIANS) * Math.cos(toLatitude * RADIANS) * across * across
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(part)))
}
