import { describe, expect, it } from 'vitest'
import { metresBetween } from '../../../src/domain/duplicates/metres.ts'

describe('the metres between two points', () => {
  // By the haversine formula on a sphere of 6,371 km.
  it.each<[string, [number, number], [number, number], number]>([
    ['Brest, town hall and station', [48.3905, -4.4862], [48.3879, -4.4802], 529],
    ['one minute to the north', [48, -2], [48 + 1 / 60, -2], 1853.3],
    ['one minute to the east, in Brittany', [48, -2], [48, -2 + 1 / 60], 1240.1],
    ['one minute to the east, on La Réunion', [-21, 55.5], [-21, 55.5 + 1 / 60], 1730.1],
    ['ten kilometres across', [48.1, -1.7], [48.17, -1.61], 10_250],
  ])('%s', (_, one, other, metres) => {
    expect(metresBetween(one, other) / metres).toBeCloseTo(1, 2)
    expect(metresBetween(other, one)).toBeCloseTo(metresBetween(one, other), 6)
  })

  it('are none from a point to itself', () => {
    expect(metresBetween([48.39, -4.48], [48.39, -4.48])).toBe(0)
  })
})
