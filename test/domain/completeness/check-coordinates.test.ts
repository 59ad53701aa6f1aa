import { describe, expect, it } from 'vitest'
import { said } from './said.ts'

/** Corners of the rectangles of config/completeness.yaml, each just inside. */
const PLACES = {
  métropole: ['48.5', '-2.7'],
  'sud-ouest de la métropole': ['41.2', '-5.3'],
  'nord-est de la métropole': ['51.2', '9.7'],
  Guadeloupe: ['16.2', '-61.5'],
  Martinique: ['14.6', '-61'],
  Guyane: ['4.9', '-52.3'],
  'La Réunion': ['-20.88', '55.45'],
  Mayotte: ['-12.8', '45.2'],
  'Saint-Pierre-et-Miquelon': ['46.78', '-56.2'],
  'Nouvelle-Calédonie': ['-22.3', '166.5'],
  Polynésie: ['-17.5', '-149.6'],
  'Wallis-et-Futuna': ['-13.3', '-176.2'],
} as const

describe('the point of a place', () => {
  it.each(Object.entries(PLACES))('may lie in %s', (_, [latitude, longitude]) => {
    expect(said('latitude', latitude, { longitude })).toBe('ok')
    expect(said('longitude', longitude, { latitude })).toBe('ok')
  })

  it.each([
    ['48.5', null, 'ok'],
    ['48.5', 'au bourg', 'ok'],
    ['-2.7', '48.5', 'swapped → 48.5'],
    ['45.2', '-12.8', 'swapped → -12.8'],
    ['48.5', '-61', 'outside'],
    ['14.6', '-2.7', 'outside'],
    ['40.4', '-3.7', 'outside'],
    ['51.3', '2', 'outside'],
    ['48.5', '9.8', 'ok'],
    ['48.5', '-100', 'ok'],
    ['0', '0', 'zero'],
    ['0', '-2.7', 'outside'],
    ['90', '2', 'outside'],
    ['-90', '2', 'outside'],
    ['90.1', '2', 'range'],
    ['-90.1', '2', 'range'],
    ['48,5', '-2,7', 'comma → 48.5'],
    [' 48,5 ', '-2,7', 'comma → 48.5'],
    ['48,5', null, 'comma → 48.5'],
    ['48,5', '-100', 'comma → 48.5'],
    ['-2,7', '48,5', 'swapped → 48.5'],
    ['48,5,1', null, 'number'],
    ['x48,5', null, 'number'],
    ['48,5x', null, 'number'],
    ['au bourg', null, 'number'],
    ['Infinity', null, 'number'],
    ['48° 31\' 2" N', null, 'number → 48.51722'],
    ['N 48°31’2”', null, 'number → 48.51722'],
    ["48°31'2''", null, 'number → 48.51722'],
    ['48° 31,5′ N', null, 'number'],
    ["48°31'N", null, 'number → 48.51667'],
    ['48 ° N', null, 'number → 48'],
    ['48° 31\' 2,5"', null, 'number → 48.51736'],
    ['48° 31\' 2" S', null, 'number'],
    ['20° 52\' 48" S', null, 'number → -20.88'],
    ['98° 31\' 2" N', null, 'number'],
    ["x48° 31'", null, 'number'],
    ["48° 31' x", null, 'number'],
    ['48.51727, -2.74538', null, 'number → 48.51727'],
    ['(48.51727 ; -2.74538)', null, 'number → 48.51727'],
    ['48.51727 -2.74538', null, 'number → 48.51727'],
    ['148.51727, -2.74538', null, 'number'],
    ['48.51727, -2.74538, 3.1', null, 'number'],
    ['48, -2', null, 'number'],
  ])('latitude « %s » beside longitude « %s »: %s', (value, longitude, expected) => {
    expect(said('latitude', value, longitude === null ? {} : { longitude })).toBe(expected)
  })

  it.each([
    ['-2.7', null, 'ok'],
    ['-2.7', '48.5', 'ok'],
    ['48.5', '-2.7', 'swapped → -2.7'],
    ['-61', '48.5', 'ok'],
    ['-100', '48.5', 'outside'],
    ['0', '0', 'zero'],
    ['0', '48.5', 'ok'],
    ['0', null, 'ok'],
    ['180', '48.5', 'outside'],
    ['-180', '48.5', 'outside'],
    ['180.1', '48.5', 'range'],
    ['-180.1', '48.5', 'range'],
    ['-2,7', '48,5', 'comma → -2.7'],
    ['à côté', '48.5', 'number'],
    ['2° 44\' 43" O', null, 'number → -2.74528'],
    ['2° 44\' 43" W', null, 'number → -2.74528'],
    ['2° 44\' 43" E', null, 'number → 2.74528'],
    ['O 2° 44\' 43"', null, 'number → -2.74528'],
    ['120° 44\' 43" E', null, 'number'],
    ['48.51727, -2.74538', null, 'number → -2.74538'],
    ['48.51727, 120.5', null, 'number'],
  ])('longitude « %s » beside latitude « %s »: %s', (value, latitude, expected) => {
    expect(said('longitude', value, latitude === null ? {} : { latitude })).toBe(expected)
  })
})
