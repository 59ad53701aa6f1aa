/** Metres between two points (latitude and longitude in degrees), on a plane: right to a percent over some kilometres. */
export function metresBetween(one: readonly [number, number], other: readonly [number, number]): number {
  const north = (one[0] - other[0]) * DEGREE
  const middle = ((one[0] + other[0]) / 2) * (Math.PI / 180)
  const east = (one[1] - other[1]) * DEGREE * Math.cos(middle)
  return Math.hypot(north, east)
}

/** Metres in a degree of latitude. */
const DEGREE = 111_195
