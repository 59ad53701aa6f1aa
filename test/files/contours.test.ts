import { feature } from 'topojson-client'
import { describe, expect, it } from 'vitest'
import { geographic, readContours } from '../../src/files/contours.ts'
import { gridContours } from '../helpers/grid-contours.ts'

const BRITTANY = [-4.5, 47.5, -1, 48.8] as const
const SIRENS = ['200000001', '200000002', '200000003', '200000004']
const square = (x: number, y: number, size = 0.1) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]
const one = (code: string, ring: readonly (readonly unknown[])[]) => ({
  type: 'Feature',
  properties: { code },
  geometry: { type: 'Polygon', coordinates: [ring] },
})
const of = (...features: object[]) => readContours({ type: 'FeatureCollection', features })

describe('contours of EPCI', () => {
  it('are read from a GeoJSON, share their borders, and weigh less than they did', () => {
    const given = gridContours(SIRENS, BRITTANY, 200)
    const { zones, epcis, refused } = readContours(given)
    expect([epcis, refused, zones.map(({ name }) => name)]).toEqual([4, [], ['Métropole']])
    const { topology } = zones[0]!
    const drawn = feature(topology, topology.objects.epcis).features
    expect(drawn.map(({ properties }) => properties.siren)).toEqual(SIRENS)
    // Two neighbours by a common line: fewer lines than four cells of four sides each.
    expect(topology.arcs.length).toBeLessThan(16)
    expect(JSON.stringify(topology).length).toBeLessThan(JSON.stringify(given).length / 2)
  })

  it('are given back in degrees, where they were, of the EPCI that are asked for', () => {
    const squares = [
      [SIRENS[0]!, -2, 48],
      [SIRENS[1]!, 0.2, 47],
      [SIRENS[2]!, 55.4, -21.2],
    ] as const
    const { zones } = of(...squares.map(([siren, west, south]) => one(siren, square(west, south))))
    const found = geographic(zones, new Set([SIRENS[0]!, SIRENS[2]!]))
    expect([...found.keys()]).toEqual([SIRENS[0], SIRENS[2]])
    for (const [siren, west, south] of [squares[0], squares[2]]) {
      const points = found.get(siren)!.coordinates.flat(2)
      const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)]
      const got = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
      const asked = [west, west + 0.1, south, south + 0.1]
      // About ten metres are lost where contours are kept.
      for (const [at, value] of got.entries()) expect(Math.abs(value - asked[at]!)).toBeLessThan(0.0005)
    }
  })

  it('are read from the list that the API answers, and by another name of the SIREN', () => {
    const contour = { type: 'MultiPolygon', coordinates: [[square(-2, 48)]] }
    expect(readContours([{ code: SIRENS[0], nom: 'A', contour }]).epcis).toBe(1)
    const feature = { type: 'Feature', properties: { CODE_SIREN: 200000001 }, geometry: contour }
    expect(of(feature).epcis).toBe(1)
  })

  it.each([
    ['no SIREN', one('35', square(-2, 48)), 'n’a pas de SIREN'],
    ['a ring that is open', one('200000001', square(-2, 48).slice(0, 4)), 'ne se referme pas'],
    ['a ring of three points', one('200000001', square(-2, 48).slice(0, 3)), 'moins de quatre points'],
    [
      'no surface',
      one('200000001', [
        [-2, 48],
        [-2, 48],
        [-2, 48],
        [-2, 48],
      ]),
      'sans surface',
    ],
    [
      'a point elsewhere',
      one('200000001', square(2.5, 38)),
      'hors des parties de France que la carte dessine (longitude 2.5, latitude 38)',
    ],
    ['metres', one('200000001', square(352_000, 6_789_000, 9000)), 'n’est pas en degrés'],
    [
      'a text',
      one('200000001', [
        ['-2', 48],
        [-1, 48],
        [-1, 47],
        ['-2', 48],
      ]),
      'sans deux nombres',
    ],
    [
      'a point',
      {
        type: 'Feature',
        properties: { code: '200000001' },
        geometry: { type: 'Point', coordinates: [-2, 48] },
      },
      'n’est pas une surface',
    ],
    ['nothing', { type: 'Feature', properties: { code: '200000001' }, geometry: null }, 'n’a pas de contour'],
  ])('refuse %s, say why, and take the others', (_, bad, reason) => {
    const { epcis, refused } = of(bad, one('200000009', square(-3, 48)))
    expect(epcis).toBe(1)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toContain(reason)
  })

  it('take none of two contours of one SIREN', () => {
    const { epcis, refused } = of(one('200000001', square(-2, 48)), one('200000001', square(-3, 48)))
    expect(epcis).toBe(0)
    expect(refused).toEqual([{ item: '200000001', reason: expect.stringContaining('deux fois') }])
  })

  it.each([[null], [3], ['text'], [{}], [[]], [{ features: 'x' }], [[null, 1]]])(
    'of %j are none',
    (document) => {
      expect(readContours(document)).toMatchObject({ epcis: 0, refused: [] })
    },
  )
})
