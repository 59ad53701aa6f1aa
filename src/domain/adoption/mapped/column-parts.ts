import { hoursFromFrench } from '../../completeness/hours-in-french.ts'
import { fold } from '../../completeness/text.ts'
import { isTicked } from '../../mapping/mapping.ts'
import { isLatitude, isLongitude } from '../degrees.ts'
import { readPoint } from '../../mapping/point.ts'
import { readAddress } from '../../mapping/written-address.ts'

/** What the sampled values of a column could be a part of: shares (0–1) of those that are filled. */
export type ColumnParts = {
  /** Yes or no, with at least one yes. */
  readonly ticked: number
  /** Hours of one day, or that it is closed. */
  readonly hours: number
  /** The number of a house alone. */
  readonly number: number
  /** Begins with a number, as a whole address does. */
  readonly numbered: number
  /** Both degrees of a place. */
  readonly point: number
  /** A postal code and a commune that has it. */
  readonly town: number
  /** The same behind a street. */
  readonly address: number
}

/**
 * Looks at values; nothing of them is kept.
 * @param hasCode whether a commune of that name has that postal code
 */
export function columnParts(
  filled: readonly string[],
  hasCode: (commune: string, postalCode: string) => boolean,
): ColumnParts {
  const share = (fits: (value: string, at: number) => boolean) =>
    filled.length === 0 ? 0 : filled.filter(fits).length / filled.length
  const towns = filled.flatMap((value) => {
    const found = readAddress(value)
    return found !== null && hasCode(found.commune, found.postalCode) ? [found] : []
  })
  const answers = filled.map((value) => isTicked(value))
  return {
    ticked: answers.includes(true) && !filled.some(isCount) ? share((_, at) => answers[at] !== null) : 0,
    hours: share((value) => CLOSED.has(fold(value)) || hoursFromFrench(`lundi ${value}`) !== null),
    number: share((value) => HOUSE_NUMBER.test(value)),
    numbered: share((value) => /^\d/u.test(value)),
    point: share(isPlace),
    town: towns.length / Math.max(1, filled.length),
    address: towns.filter(({ street }) => street !== null).length / Math.max(1, filled.length),
  }
}

/** « 12 » people, visits or desks: 1 and 0 beside it are no yes and no. */
function isCount(value: string): boolean {
  return /^\d+$/u.test(value) && value !== '0' && value !== '1'
}

/** Both degrees of a place of France, latitude first. */
function isPlace(value: string): boolean {
  const point = readPoint(value)
  if (point === null) return false
  const [latitude, longitude] = [point.latitude, point.longitude].map((part) =>
    Number(part.replace(',', '.')),
  )
  return isLatitude(latitude!) && isLongitude(longitude!)
}

/** Words for a closed day that no text of hours says it by. */
const CLOSED = new Set(['-', '/', 'non'])
const HOUSE_NUMBER = /^\d{1,4}(?:\s?(?:bis|ter|quater|[a-d]))?(?:\s?[-/]\s?\d{1,4})?$/iu
