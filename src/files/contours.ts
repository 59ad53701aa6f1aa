import { geoConicConformal, geoMercator } from 'd3-geo'
import type { GeoProjection } from 'd3-geo'
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify } from 'topojson-simplify'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { isObject } from './flat-item.ts'

/**
 * EPCI that share their borders, each geometry under its SIREN, in metres on the plane of their part of France, south
 * downwards. The third number of a point is the surface, in m², that is lost where the point is left out.
 */
export type ContourTopology = Topology<{ epcis: GeometryCollection<{ siren: string }> }>

/** One part of France, drawn by itself. */
export type ContourZone = { readonly name: string; readonly topology: ContourTopology }

/** What a file of contours gives: what can be drawn, and what cannot, with the reason in French. */
export type ContourReading = {
  readonly zones: readonly ContourZone[]
  readonly epcis: number
  readonly refused: readonly { readonly item: string; readonly reason: string }[]
}

type Zone = {
  readonly name: string
  /** Degrees → metres on a plane. */
  readonly projection: GeoProjection
  /** West, south, east, north, in degrees. */
  readonly box: readonly [number, number, number, number]
}

const METRES = 6_371_000

/** The parts of France that are drawn; « métropole » by the cone of Lambert-93. */
const ZONES: readonly Zone[] = [
  {
    name: 'Métropole',
    projection: plane(geoConicConformal().parallels([44, 49]).rotate([-3, 0]).center([0, 46.5])),
    box: [-5.6, 41.2, 9.8, 51.3],
  },
  overseas('Guadeloupe', [-63.3, 15.7, -60.9, 18.3]),
  overseas('Martinique', [-61.4, 14.2, -60.6, 15]),
  overseas('Guyane', [-54.8, 2, -51.4, 6]),
  overseas('La Réunion', [55.1, -21.5, 56, -20.7]),
  overseas('Mayotte', [44.8, -13.2, 45.5, -12.4]),
  overseas('Saint-Pierre-et-Miquelon', [-56.6, 46.6, -56, 47.3]),
]

function overseas(name: string, box: Zone['box']): Zone {
  const [west, south, east, north] = box
  const middle = plane(geoMercator().center([(west + east) / 2, (south + north) / 2]))
  return { name, projection: middle, box }
}

function plane(projection: GeoProjection): GeoProjection {
  return projection.scale(METRES).translate([0, 0])
}

/** The properties that may bear the SIREN, in any case. */
const SIREN_NAMES = ['code', 'siren', 'code_siren', 'siren_epci', 'code_epci']

/** Smaller details are left out when the file is read, in m². */
const DETAIL = 20_000

/**
 * A GeoJSON collection, or the list that the API answers (`[{ code, contour }]`), → contours that share their borders.
 * Each SIREN once, rings closed and of some area, points in one part of France; whether a ring crosses itself is not looked at.
 */
export function readContours(document: unknown): ContourReading {
  const refused: { item: string; reason: string }[] = []
  const found = new Map<string, Polygon | MultiPolygon>()
  const twice = new Set<string>()
  for (const [at, item] of itemsOf(document).entries()) {
    const siren = sirenOf(item)
    const told = siren ?? `élément ${at + 1}`
    const geometry = geometryOf(item)
    const reason = siren === null ? `n’a pas de SIREN (${SIREN_NAMES.join(', ')})` : faultOf(geometry)
    if (siren !== null && found.has(siren)) twice.add(siren)
    else if (reason !== null) refused.push({ item: told, reason })
    else if (siren !== null) found.set(siren, geometry as Polygon | MultiPolygon)
  }
  for (const siren of twice) {
    found.delete(siren)
    refused.push({ item: siren, reason: 'est donné deux fois : aucun des deux contours n’est pris' })
  }
  return { zones: zonesOf(found), epcis: found.size, refused }
}

function itemsOf(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  const items = isObject(document) ? document['features'] : document
  return Array.isArray(items) ? items.filter(isObject) : []
}

function sirenOf(item: Readonly<Record<string, unknown>>): string | null {
  const properties = isObject(item['properties']) ? item['properties'] : item
  for (const [name, value] of Object.entries(properties))
    if (SIREN_NAMES.includes(name.toLowerCase()) && /^\d{9}$/u.test(String(value))) return String(value)
  return null
}

function geometryOf(item: Readonly<Record<string, unknown>>): unknown {
  return item['geometry'] ?? item['contour'] ?? null
}

/** Why a geometry cannot be drawn; null: it can. */
function faultOf(geometry: unknown): string | null {
  if (!isObject(geometry)) return 'n’a pas de contour'
  const { type, coordinates } = geometry
  const polygons: unknown = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null
  if (!Array.isArray(polygons) || polygons.length === 0)
    return 'n’est pas une surface (Polygon, MultiPolygon)'
  for (const polygon of polygons as unknown[]) {
    if (!Array.isArray(polygon) || polygon.length === 0) return 'a une surface sans contour'
    for (const ring of polygon as unknown[]) {
      const fault = ringFault(ring, polygons)
      if (fault !== null) return fault
    }
  }
  return null
}

function ringFault(ring: unknown, polygons: unknown): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return 'a un contour de moins de quatre points'
  if (!ring.every(isPosition)) return 'a un point sans deux nombres'
  const [first, last] = [ring[0] as Position, ring.at(-1) as Position]
  if (first[0] !== last[0] || first[1] !== last[1]) return 'a un contour qui ne se referme pas'
  const zone = zoneOf(polygons as Position[][][])
  const out = ring.find((point) => zone === undefined || !isIn(point, zone))
  if (out === undefined) return isFlat(ring) ? 'a un contour sans surface' : null
  const [x = 0, y = 0] = out
  return Math.abs(x) > 180 || Math.abs(y) > 90
    ? 'n’est pas en degrés (WGS 84) : convertissez le fichier'
    : `a un point hors des parties de France que la carte dessine (longitude ${x}, latitude ${y})`
}

function isPosition(point: unknown): point is Position {
  return Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1])
}

function isIn([x = 0, y = 0]: Position, { box: [west, south, east, north] }: Zone): boolean {
  return x >= west && x <= east && y >= south && y <= north
}

/** The part of France in which polygons begin. */
function zoneOf(polygons: readonly Position[][][]): Zone | undefined {
  const [first] = polygons[0]?.[0] ?? []
  return first === undefined || !isPosition(first) ? undefined : ZONES.find((zone) => isIn(first, zone))
}

function isFlat(ring: readonly Position[]): boolean {
  const twice = ring.reduce((sum, [x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = ring[(at + 1) % ring.length] ?? []
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) < 1e-9
}

type Found = ReadonlyMap<string, Polygon | MultiPolygon>

function polygonsOf({ type, coordinates }: Polygon | MultiPolygon): Position[][][] {
  return type === 'Polygon' ? [coordinates] : coordinates
}

function zonesOf(found: Found): ContourZone[] {
  const groups = Map.groupBy(found, ([, geometry]) => zoneOf(polygonsOf(geometry)))
  return ZONES.flatMap((zone) => {
    const own = groups.get(zone)
    return own === undefined ? [] : [{ name: zone.name, topology: shared(own, zone) }]
  })
}

/** Common borders become one line, so that neighbours stay neighbours once they are simplified. */
function shared(own: readonly (readonly [string, Polygon | MultiPolygon])[], zone: Zone): ContourTopology {
  const epcis: FeatureCollection<MultiPolygon, { siren: string }> = {
    type: 'FeatureCollection',
    features: own.map(([siren, geometry]) => ({
      type: 'Feature',
      properties: { siren },
      geometry: { type: 'MultiPolygon', coordinates: projected(polygonsOf(geometry), zone) },
    })),
  }
  const weighed = presimplify(topology({ epcis }) as unknown as ContourTopology)
  const arcs = weighed.arcs.map((arc) =>
    arc.flatMap(([x = 0, y = 0, surface = 0]): Position[] =>
      surface < DETAIL ? [] : [[x, y, Math.min(ALWAYS, Math.round(surface))]],
    ),
  )
  return { ...weighed, arcs }
}

/** The contours of these EPCI in degrees (WGS 84), as they are kept: simplified; five decimals are about a metre. */
export function geographic(
  zones: readonly ContourZone[],
  sirens: ReadonlySet<string>,
): ReadonlyMap<string, MultiPolygon> {
  const found = new Map<string, MultiPolygon>()
  for (const { name, topology: kept } of zones) {
    const invert = ZONES.find((zone) => zone.name === name)?.projection.invert
    if (invert === undefined) continue
    const degrees = ([x = 0, y = 0]: Position): Position => (invert([x, y]) ?? [0, 0]).map(fiveDecimals)
    for (const { properties, geometry } of feature(kept, kept.objects.epcis).features)
      if (sirens.has(properties.siren) && (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon')) {
        const polygons = polygonsOf(geometry)
        const coordinates = polygons.map((polygon) => polygon.map((ring) => ring.map(degrees)))
        found.set(properties.siren, { type: 'MultiPolygon', coordinates })
      }
  }
  return found
}

function fiveDecimals(value: number): number {
  return Math.round(value * 1e5) / 1e5
}

/** The surface of a point that is never left out: JSON has no infinity. */
const ALWAYS = 1e15

/** About ten metres: what two neighbours say of one border is one line. Heights are left out. */
function projected(polygons: readonly Position[][][], { projection }: Zone): Position[][][] {
  const tens = (value: number) => Math.round(value / 10) * 10
  return polygons.map((polygon) =>
    polygon.map((ring) =>
      ring.map(([x = 0, y = 0]) => {
        const [right, down] = projection([x, y]) ?? [0, 0]
        return [tens(right), tens(down)]
      }),
    ),
  )
}
