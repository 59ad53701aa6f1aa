/** Degrees of metropolitan France, then of its overseas territories. */
const LATITUDES = [
  [41, 51.6],
  [-23, -12],
  [2, 18.2],
] as const
const LONGITUDES = [
  [-5.6, 10],
  [-63.2, -51],
  [45, 56],
  [163, 169],
] as const

/** Whether it is a latitude of France, its overseas territories included. */
export function isLatitude(degrees: number): boolean {
  return LATITUDES.some(([low, high]) => degrees >= low && degrees <= high)
}

/** The same of a longitude. */
export function isLongitude(degrees: number): boolean {
  return LONGITUDES.some(([low, high]) => degrees >= low && degrees <= high)
}
