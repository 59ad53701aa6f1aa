import { type Check, type CheckKind, found, NOTHING } from './check.ts'

/** `boxes`: the rectangles that hold France, overseas included, as [south, north, west, east] in degrees. */
export type CoordinatesParams = { readonly boxes: readonly (readonly number[])[] }

/** The latitude or the longitude (by the field it is used on) of a place in France, in decimal degrees (WGS84). */
export const coordinates: CheckKind<CoordinatesParams> = {
  reasons: () => ({ number: [], comma: [], range: [], zero: [], swapped: [], outside: [] }),
  scope: 'record',
  make: ({ field, params: { boxes } }) =>
    field === 'latitude'
      ? coordinate(
          90,
          (fields) => fields.longitude,
          (own, other) => inFrance(boxes, own, other),
        )
      : coordinate(
          180,
          (fields) => fields.latitude,
          (own, other) => inFrance(boxes, other, own),
        ),
}

function coordinate(
  limit: number,
  otherOf: (fields: Parameters<Check>[1]['fields']) => string | null,
  isFrance: (own: number, other: number) => boolean,
): Check {
  return (value, { fields }) => {
    const own = readNumber(value)
    if (own === null) return found('number')
    const written = otherOf(fields)
    const other = written === null ? null : readNumber(written)
    const comma = value.includes(',') ? found('comma', value.trim().replace(',', '.')) : NOTHING
    if (other === null) return Math.abs(own) > limit ? found('range') : comma
    if (isFrance(own, other)) return comma
    if (own === 0 && other === 0) return found('zero')
    if (isFrance(other, own)) return found('swapped', String(other))
    return Math.abs(own) > limit ? found('range') : [...comma, ...found('outside')]
  }
}

function readNumber(text: string): number | null {
  const number = Number(text)
  if (Number.isFinite(number)) return number
  return /^\s*-?\d+,\d+\s*$/u.test(text) ? Number(text.replace(',', '.')) : null
}

function inFrance(boxes: CoordinatesParams['boxes'], latitude: number, longitude: number): boolean {
  for (const [south = 0, north = 0, west = 0, east = 0] of boxes)
    if (latitude >= south && latitude <= north && longitude >= west && longitude <= east) return true
  return false
}
