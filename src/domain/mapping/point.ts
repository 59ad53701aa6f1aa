/** A place in degrees, as it is written: 'latitude' '48.11', 'longitude' '-1.67'. */
export type WrittenPoint = { readonly latitude: string; readonly longitude: string }

const NUMBER = String.raw`[-−–+]?\d{1,3}(?:[.,]\d+)?`
const WKT = new RegExp(
  String.raw`^(?:SRID=\d+;)?POINT\s*Z?\s*\(\s*(${NUMBER})\s+(${NUMBER})(?:\s+${NUMBER})?\s*\)$`,
  'iu',
)
const DOTTED = String.raw`[-−–+]?\d{1,3}\.\d+`
const DECIMAL = String.raw`[-−–+]?\d{1,3}[.,]\d+`
/** A comma parts two numbers only where both have a point: « 48,11 » is one number. */
const PAIR = new RegExp(String.raw`^[(\[]?\s*(${DOTTED})\s*,\s*(${DOTTED})\s*[)\]]?$`, 'u')
const FRENCH_PAIR = new RegExp(String.raw`^[(\[]?\s*(${DECIMAL})\s*[;|/\s]\s*(${DECIMAL})\s*[)\]]?$`, 'u')

/**
 * A pair of coordinates in one cell: « 48.11, -1.67 », « 48,11 ; -1,67 », `POINT(-1.67 48.11)`, GeoJSON, `{"lat":…,"lng":…}`;
 * null where it is none. As written, latitude comes first, but in WKT and GeoJSON.
 */
export function readPoint(text: string): WrittenPoint | null {
  const trimmed = text.trim()
  const [, x, y] = WKT.exec(trimmed) ?? []
  if (x !== undefined && y !== undefined) return { latitude: y, longitude: x }
  const [, latitude, longitude] = PAIR.exec(trimmed) ?? FRENCH_PAIR.exec(trimmed) ?? []
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude }
  return trimmed.startsWith('{') ? fromJson(trimmed) : null
}

function fromJson(text: string): WrittenPoint | null {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    const list = value?.['coordinates']
    const [longitude, latitude] = Array.isArray(list)
      ? (list as unknown[])
      : [value?.['longitude'] ?? value?.['lng'] ?? value?.['lon'], value?.['latitude'] ?? value?.['lat']]
    return isDegrees(latitude) && isDegrees(longitude)
      ? { latitude: String(latitude), longitude: String(longitude) }
      : null
  } catch {
    return null // no JSON after all
  }
}

function isDegrees(value: unknown): boolean {
  return (
    (typeof value === 'number' || typeof value === 'string') && value !== '' && Number.isFinite(Number(value))
  )
}
