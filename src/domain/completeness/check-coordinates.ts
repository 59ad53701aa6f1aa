import { type Check, type CheckKind, type Found, found, NOTHING } from './check.ts'

/** `boxes`: the rectangles that hold France, overseas included, as [south, north, west, east] in degrees. */
export type CoordinatesParams = { readonly boxes: readonly (readonly number[])[] }

/** The latitude or the longitude (by the field it is used on) of a place in France, in decimal degrees (WGS84). */
export const coordinates: CheckKind<CoordinatesParams> = {
  reasons: () => ({ number: [], comma: [], range: [], zero: [], swapped: [], outside: [] }),
  remember: false,
  make: ({ field, params: { boxes } }) => (field === 'latitude' ? latitude(boxes) : longitude(boxes)),
}

type Boxes = CoordinatesParams['boxes']

/** The latitude also answers for the point: one finding is enough to say that it is elsewhere. */
function latitude(boxes: Boxes): Check {
  return (value, { fields }) => {
    const own = readNumber(value)
    if (own === null) return found('number', inDegrees(value, 'latitude', boxes))
    const other = fields.longitude === null ? null : readNumber(fields.longitude)
    if (!within(boxes, 0, own)) return astray(boxes, 'latitude', own, other)
    if (other === null || inFrance(boxes, own, other)) return comma(value)
    // Where only the longitude is wrong, that is where it is said.
    const elsewhere = within(boxes, 2, other) || inFrance(boxes, other, own)
    return elsewhere ? astray(boxes, 'latitude', own, other) : comma(value)
  }
}

function longitude(boxes: Boxes): Check {
  return (value, { fields }) => {
    const own = readNumber(value)
    if (own === null) return found('number', inDegrees(value, 'longitude', boxes))
    const other = fields.latitude === null ? null : readNumber(fields.latitude)
    if (within(boxes, 2, own) && !(own === 0 && other === 0)) return comma(value)
    return astray(boxes, 'longitude', own, other)
  }
}

/** Why a number is the latitude or longitude of no place in France. */
function astray(
  boxes: Boxes,
  field: 'latitude' | 'longitude',
  own: number,
  other: number | null,
): readonly Found[] {
  if (own === 0 && other === 0) return found('zero')
  const swapped =
    field === 'latitude'
      ? other !== null && inFrance(boxes, other, own)
      : other !== null && inFrance(boxes, own, other)
  if (swapped) return found('swapped', String(other))
  return found(Math.abs(own) > (field === 'latitude' ? 90 : 180) ? 'range' : 'outside')
}

function comma(value: string): readonly Found[] {
  return value.includes(',') ? found('comma', value.trim().replace(',', '.')) : NOTHING
}

/** Whether a number lies between the bounds at `side` and `side + 1` of one of the boxes. */
function within(boxes: Boxes, side: 0 | 2, number: number): boolean {
  for (const box of boxes) if (number >= (box[side] ?? 0) && number <= (box[side + 1] ?? 0)) return true
  return false
}

/** A number as it may be written: with a comma, or not at all; null: none. */
export function readNumber(text: string): number | null {
  const number = Number(text)
  if (Number.isFinite(number)) return number
  const plain = text.trim()
  return /^-?\d+,\d+$/u.test(plain) ? Number(plain.replace(',', '.')) : null
}

/** Longer is no point: the patterns below would look at each of its spaces many times. */
const LONGEST = 100
const SIXTIETHS =
  /^\s*([NSEWO]?)\s*(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|'')\s*)?([NSEWO]?)\s*$/iu
const POINT = /^\s*\(?\s*(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*\)?\s*$/u

/** 48° 31' 2" N, or a whole point copied from a map (« 48.51727, -2.74538 »), as a number in France; null: neither. */
function inDegrees(text: string, field: 'latitude' | 'longitude', boxes: Boxes): string | null {
  if (text.length > LONGEST) return null
  const point = POINT.exec(text)
  const number = point === null ? fromSixtieths(text) : Number(point[field === 'latitude' ? 1 : 2])
  const found = number !== null && within(boxes, field === 'latitude' ? 0 : 2, number)
  return found ? String(number) : null
}

function fromSixtieths(text: string): number | null {
  const read = SIXTIETHS.exec(text)
  if (read === null) return null
  const [, before = '', degrees = '', minutes = '0', seconds = '0', after = ''] = read
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds.replace(',', '.')) / 3600
  const sign = /[SWO]/iu.test(before + after) ? -1 : 1
  return (sign * Math.round(size * 1e5)) / 1e5
}

function inFrance(boxes: Boxes, latitude: number, longitude: number): boolean {
  for (const [south = 0, north = 0, west = 0, east = 0] of boxes)
    if (latitude >= south && latitude <= north && longitude >= west && longitude <= east) return true
  return false
}
