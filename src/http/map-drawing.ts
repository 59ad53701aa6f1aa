import type { MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import { simplify } from 'topojson-simplify'
import type { ContourTopology, ContourZone } from '../files/contours.ts'

/** What a map draws, in the units of its `viewBox`. */
export type Drawing = {
  readonly width: number
  readonly height: number
  /** The SVG path of each EPCI that has a contour. */
  readonly paths: ReadonlyMap<string, string>
  /** Where the name of a part drawn apart stands. */
  readonly insets: readonly { readonly name: string; readonly x: number; readonly y: number }[]
}

const WIDTH = 1200
const INSET = 200
const GAP = 30
/** What the paths may weigh: with the names, the table and the page, under 400 KB for all the EPCI of France. */
const MOST_SIGNS = 130_000
/** Details under this many square units are not seen. */
const DETAIL = 2
/** Islets smaller than this are left out, where the EPCI has more than them. */
const ISLET = 6

/** A part of France, with its EPCI that are drawn and the metres that they go over. */
type Part = {
  readonly name: string
  readonly topology: ContourTopology
  readonly box: readonly [west: number, north: number, east: number, south: number]
}

/** A part in its place in the drawing: units a metre. */
type Placed = Part & { readonly x: number; readonly y: number; readonly scale: number }

/** Contours → the map of some EPCI: the part of France where most of them are, the others in insets below. */
export function drawing(zones: readonly ContourZone[], sirens: ReadonlySet<string>): Drawing {
  const parts = zones.flatMap((zone) => partOf(zone, sirens) ?? [])
  const counted = parts.toSorted((one, other) => epcisOf(other).length - epcisOf(one).length)
  const { placed, ...frame } = arranged(counted)
  for (let detail = DETAIL; ; detail *= 2) {
    const paths = new Map(placed.flatMap((part) => pathsOf(part, detail)))
    const signs = [...paths.values()].reduce((sum, path) => sum + path.length, 0)
    if (signs <= MOST_SIGNS || detail > 1000) return { ...frame, paths }
  }
}

function epcisOf({ topology }: Part) {
  return topology.objects.epcis.geometries
}

/** null: none of these EPCI is there. */
function partOf({ name, topology }: ContourZone, sirens: ReadonlySet<string>): Part | null {
  const { epcis } = topology.objects
  const geometries = epcis.geometries.filter((one) => sirens.has(propertiesOf(one).siren))
  if (geometries.length === 0) return null
  const own = { ...topology, objects: { epcis: { ...epcis, geometries } } }
  const used = new Set<number>()
  for (const one of geometries) if ('arcs' in one) use(one.arcs, used)
  // What belongs to no one who is drawn is left where it is, and empty: the numbers of the lines stay theirs.
  const arcs = topology.arcs.map((arc, at) => (used.has(at) ? arc : []))
  return { name, topology: { ...own, arcs }, box: boxOf(arcs) }
}

/** What `readContours` gives every geometry. */
function propertiesOf({ properties }: { readonly properties?: object | undefined }): {
  readonly siren: string
} {
  return properties as { readonly siren: string }
}

function use(arcs: unknown, used: Set<number>): void {
  if (Array.isArray(arcs)) for (const one of arcs) use(one, used)
  // Read backwards, a line has the complement of its number.
  else if (typeof arcs === 'number') used.add(arcs < 0 ? ~arcs : arcs)
}

function boxOf(arcs: readonly (readonly Position[])[]): Part['box'] {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const arc of arcs)
    for (const [x = 0, y = 0] of arc) {
      if (x < west) west = x
      if (x > east) east = x
      if (y < north) north = y
      if (y > south) south = y
    }
  return [west, north, east, south]
}

/** Gives each part its place: the first over the whole width, the others below, side by side. */
function arranged([main, ...others]: readonly Part[]): Omit<Drawing, 'paths'> & {
  placed: readonly Placed[]
} {
  if (main === undefined) return { width: WIDTH, height: 0, insets: [], placed: [] }
  const [west, north, east, south] = main.box
  const scale = Math.min(WIDTH / (east - west), WIDTH / (south - north))
  const first = { ...main, scale, x: (WIDTH - (east - west) * scale) / 2, y: 2 }
  const end = Math.ceil((south - north) * scale) + 4
  const small = others.map((part, at) => {
    const [left, top, right, bottom] = part.box
    const most = INSET - GAP
    return {
      ...part,
      scale: Math.min(most / (right - left), most / (bottom - top)),
      x: at * INSET,
      y: end + GAP,
    }
  })
  return {
    width: WIDTH,
    height: small.length === 0 ? end : end + GAP + INSET,
    insets: small.map(({ name, x }) => ({ name, x, y: end + GAP + INSET - 5 })),
    placed: [first, ...small],
  }
}

function pathsOf(part: Placed, detail: number): (readonly [string, string])[] {
  const simple = simplify(part.topology, detail / part.scale ** 2)
  return feature(simple, simple.objects.epcis).features.map(({ geometry, properties }) => {
    const { type, coordinates } = geometry as Polygon | MultiPolygon
    const polygons = type === 'Polygon' ? [coordinates] : coordinates
    return [properties.siren, pathOf(polygons, part)] as const
  })
}

/** Whole numbers, each as far as the last: a third of what it would be. An EPCI is never left out. */
function pathOf(polygons: readonly Position[][][], part: Placed): string {
  const sized = polygons.map((polygon) => ({ polygon, area: areaOf(polygon[0] ?? []) * part.scale ** 2 }))
  const largest = Math.max(...sized.map(({ area }) => area))
  const kept = sized.filter(({ area }) => area >= ISLET || area === largest)
  return kept
    .flatMap(({ polygon }) => polygon.map((ring, at) => ringPath(inUnits(ring, part), at === 0)))
    .join('')
}

type Point = readonly [x: number, y: number]

function inUnits(ring: readonly Position[], { box: [west, north], scale, x: left, y: top }: Placed): Point[] {
  return ring.map(([x = 0, y = 0]) => [
    Math.round(left + (x - west) * scale),
    Math.round(top + (y - north) * scale),
  ])
}

function ringPath(ring: readonly Point[], isOuter: boolean): string {
  const [start = [0, 0] as const, ...others] = ring.slice(0, -1)
  let [x, y] = start
  let path = ''
  for (const [toX, toY] of others) {
    if (toX === x && toY === y) continue
    const [right, down] = [toX - x, toY - y]
    path += `${path === '' || right < 0 ? '' : ' '}${right}${down < 0 ? '' : ' '}${down}`
    ;[x, y] = [toX, toY]
  }
  // Too small to have a surface at this size: a square of two units is seen.
  if (path === '') return isOuter ? `M${start[0] - 1} ${start[1] - 1}h2v2h-2z` : ''
  return `M${start[0]} ${start[1]}l${path}z`
}

function areaOf(ring: readonly Position[]): number {
  const twice = ring.reduce((sum, [x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = ring[(at + 1) % ring.length] ?? []
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}
