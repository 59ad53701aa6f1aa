import { flatItem, isObject } from './flat-item.ts'
import type { RawRow } from './raw-row.ts'

type Feature = Readonly<Record<string, unknown>>

/** Whether an item of JSON is one of a GeoJSON collection. */
export function isFeature(item: Readonly<Record<string, unknown>>): item is Feature {
  return item['type'] === 'Feature' && 'geometry' in item
}

/**
 * Its properties as a row, and its point; `why`: there is none, but a geometry of that kind (or coordinates that are no
 * `degrees`).
 */
export function featureRow(feature: Feature, line: number): { row: RawRow; why: string | null } {
  const properties = isObject(feature['properties']) ? feature['properties'] : {}
  const { titles, values } = flatItem(properties)
  const id = feature['id']
  const isOwn = (typeof id === 'string' || typeof id === 'number') && !titles.includes('id')
  const row = isOwn ? { line, titles: ['id', ...titles], values: [id, ...values] } : { line, titles, values }
  const geometry = isObject(feature['geometry']) ? feature['geometry'] : null
  const point = geometry === null ? null : pointOf(geometry)
  if (point === null) return { row, why: geometry === null ? 'sans géométrie' : String(geometry['type']) }
  if (Math.abs(point.latitude) > 90 || Math.abs(point.longitude) > 180) return { row, why: 'degrees' }
  return { row: { ...row, point }, why: null }
}

/** A point, or several that are one. */
function pointOf(
  geometry: Readonly<Record<string, unknown>>,
): { latitude: number; longitude: number } | null {
  const { type, coordinates } = geometry
  const pair: unknown =
    type === 'Point'
      ? coordinates
      : type === 'MultiPoint' && Array.isArray(coordinates) && coordinates.length === 1
        ? coordinates[0]
        : null
  if (!Array.isArray(pair)) return null
  const [longitude, latitude] = pair as unknown[]
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
}
