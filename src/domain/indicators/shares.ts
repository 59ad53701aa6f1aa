/** A share with what it is made of: « 2 sur 3 ». */
export type Share = {
  readonly count: number
  readonly of: number
  /** Over too few to say much (config/indicators.yaml, `shares`). */
  readonly little: boolean
  /** 0–1: 95 % interval of Wilson; null where there is nothing to count. */
  readonly interval: readonly [number, number] | null
}

/** Of a normal distribution: 95 % of it lie so many standard deviations around its mean. */
const Z = 1.959963984540054

/** A count of a whole, with its 95 % score interval (E. B. Wilson, « Probable inference », JASA, 1927). */
export function shareOf(count: number, of: number, few: number): Share {
  return { count, of, little: of < few, interval: of === 0 ? null : wilson(count, of) }
}

function wilson(count: number, of: number): readonly [number, number] {
  const p = count / of
  const scale = 1 + Z ** 2 / of
  const middle = (p + Z ** 2 / (2 * of)) / scale
  const half = (Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2))) / scale
  // Rounding may leave a hair below 0 or above 1, where the ends are exact.
  return [count === 0 ? 0 : middle - half, count === of ? 1 : middle + half]
}
