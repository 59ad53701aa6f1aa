import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { farPoints } from '../../../src/domain/completeness/far-points.ts'
import type { Gap } from '../../../src/domain/completeness/far-points.ts'
import { numberColumn } from '../../../src/domain/completeness/number-column.ts'

/** A record: its point (NaN: none), its commune and its EPCI (0: none). */
type Placed = readonly [latitude: number, longitude: number, commune: number, epci: number]

function columnsOf(records: readonly Placed[]) {
  const columns = {
    latitudes: numberColumn(Float32Array),
    longitudes: numberColumn(Float32Array),
    groups: [numberColumn(Uint32Array), numberColumn(Uint32Array)] as const,
  }
  for (const [latitude, longitude, commune, epci] of records) {
    columns.latitudes.push(latitude)
    columns.longitudes.push(longitude)
    columns.groups[0].push(commune)
    columns.groups[1].push(epci)
  }
  return columns
}

/** By the chord between two points of a sphere. */
function kilometres(one: readonly [number, number], other: readonly [number, number]): number {
  const [[x, y, z], [u, v, w]] = [onSphere(one), onSphere(other)]
  return 2 * 6371 * Math.asin(Math.hypot(x - u, y - v, z - w) / 2)
}

function onSphere([latitude, longitude]: readonly [number, number]): readonly [number, number, number] {
  const [up, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(up) * Math.cos(east), Math.cos(up) * Math.sin(east), Math.sin(up)]
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const half = sorted.length / 2
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

/** The same, each record held against all others, one by one. */
function oneByOne(
  records: readonly Placed[],
  at: number,
  limits: Parameters<typeof farPoints>[1],
): Omit<Gap, 'reach'> | null {
  const points = records.map((one) => [Math.fround(one[0]), Math.fround(one[1])] as const)
  if (Number.isNaN(points[at]![0])) return null
  for (const group of [0, 1]) {
    const own = records[at]![2 + group]
    if (own === 0) continue
    const others = points.filter(
      (point, place) => place !== at && !Number.isNaN(point[0]) && records[place]![2 + group] === own,
    )
    if (others.length < limits.others) continue
    const middle = [medianOf(others.map(([one]) => one)), medianOf(others.map(([, one]) => one))] as const
    const km = kilometres(points[at]!, middle)
    const near = others.some((other) => {
      const distance = kilometres(points[at]!, other)
      return distance <= limits.km && distance > 0.1
    })
    return km > limits.km && !(limits.alone && near) ? { km, group } : null
  }
  return null
}

const degree = (least: number) => fc.integer({ min: 0, max: 40 }).map((step) => least + step / 20)
const anyRecord: fc.Arbitrary<Placed> = fc
  .tuple(
    degree(47.5),
    degree(-4),
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 0, max: 2 }),
    fc.boolean(),
  )
  .map(([latitude, longitude, commune, epci, known]) => [
    known || commune === 2 ? latitude : Number.NaN,
    known || commune === 2 ? longitude : Number.NaN,
    commune,
    epci,
  ])

describe('points far from the others', () => {
  it('are those that looking at each beside each finds', () => {
    const limits = fc.record({
      km: fc.constantFrom(5, 30, 60),
      others: fc.integer({ min: 1, max: 4 }),
      alone: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 24 }), limits, (records, one) => {
        const gapOf = farPoints(columnsOf(records), one)
        for (const at of records.keys()) {
          const expected = oneByOne(records, at, one)
          const found = gapOf(at)
          expect(found?.group).toBe(expected?.group)
          expect(found?.km ?? 0).toBeCloseTo(expected?.km ?? 0, 6)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are held against the mean of the two in the middle where they are even', () => {
    const four: Placed[] = [48, 48.2, 48.4, 48.8].map((latitude) => [latitude, -3, 1, 0])
    const limits = { km: 30, others: 3, alone: false }
    const gapOf = farPoints(columnsOf([...four, [49, -3, 1, 0]]), limits)
    expect(gapOf(4)?.km).toBeCloseTo(kilometres([49, -3], [48.3, -3]), 0)
    expect(gapOf(2)).toBeNull()
  })

  it('are none of those without a point or a group', () => {
    const limits = { km: 1, others: 1, alone: false }
    const gapOf = farPoints(
      columnsOf([
        [48, -3, 0, 0],
        [49, -3, 0, 0],
        [Number.NaN, Number.NaN, 1, 1],
        [48, -3, 1, 1],
        [48, -3, 1, 1],
      ]),
      limits,
    )
    expect([0, 1, 2, 3, 4].map(gapOf)).toEqual([null, null, null, null, null])
  })
})
