/**
 * The value under which the share `at` (0–1) of the values lies, between two of them in proportion (Hyndman and Fan's
 * type 7, that of spreadsheets: CENTILE.INCLURE); null without values.
 */
export function quantile(values: readonly number[], at: number): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  const place = (sorted.length - 1) * at
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}

/** The value in the middle; null without values. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5)
}
