import type { FeatureCollection, Polygon, Position } from 'geojson'

/** How far a border strays at a point of the plane: the same for both neighbours, the same at every run. */
function stray(a: number, b: number): number {
  const wave = Math.sin(a * 127.1 + b * 311.7) * 43758.5453
  return wave - Math.floor(wave) - 0.5
}

/**
 * Contours of invented shape that share their borders, in a grid over a box of degrees: one cell a SIREN, row by row,
 * each side of `points` points.
 */
export function gridContours(
  sirens: readonly string[],
  [west, south, east, north]: readonly [number, number, number, number],
  points = 40,
): FeatureCollection<Polygon, { code: string; nom: string }> {
  const columns = Math.ceil(Math.sqrt(sirens.length))
  const rows = Math.ceil(sirens.length / columns)
  const [wide, high] = [(east - west) / columns, (north - south) / rows]
  const at = (x: number, y: number): Position => [
    west + wide * (x + 0.25 * stray(x, y)),
    south + high * (y + 0.25 * stray(y, x)),
  ]
  /** From one corner to the next; the same points whichever way it is gone along. */
  const side = (from: Position, to: Position): Position[] => {
    const isForward = from[0]! < to[0]! || (from[0] === to[0] && from[1]! < to[1]!)
    const [a, b] = isForward ? [from, to] : [to, from]
    const line = Array.from({ length: points }, (_, step): Position => {
      const part = step / points
      const off = step === 0 ? 0 : 0.06 * stray(a[0]! + part, b[1]! - part)
      return [a[0]! + (b[0]! - a[0]!) * part + off * high, a[1]! + (b[1]! - a[1]!) * part + off * wide]
    })
    line.push(b)
    return (isForward ? line : line.reverse()).slice(0, -1)
  }
  const features = sirens.map((code, index) => {
    const [x, y] = [index % columns, Math.floor(index / columns)]
    const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)]
    const ring = corners.flatMap((corner, n) => side(corner, corners[(n + 1) % 4]!))
    return {
      type: 'Feature' as const,
      properties: { code, nom: `EPCI ${code}` },
      geometry: { type: 'Polygon' as const, coordinates: [[...ring, ring[0]!]] },
    }
  })
  return { type: 'FeatureCollection', features }
}
