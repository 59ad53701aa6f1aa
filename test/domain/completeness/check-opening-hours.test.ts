import { describe, expect, it } from 'vitest'
import { said, sentence } from './said.ts'

const hours = (value: string) => said('horaires', value)

describe('opening hours', () => {
  it.each(['Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00', '24/7', 'Mo 09:00-12:00; PH off'])(
    'are right as OpenStreetMap writes them: %s',
    (value) => {
      expect(hours(value)).toBe('ok')
    },
  )

  it.each([
    ['Jul-Aug 9:00-12:00', 'Jul-Aug 09:00-12:00'],
    ['PH 9:00-12:00,8:30-9:00', 'PH 09:00-12:00,08:30-09:00'],
    ['PH 09:00 - 12:00', 'PH 09:00-12:00'],
    ['PH 09:00- 12:00', 'PH 09:00-12:00'],
    ['PH 09:00 -12:00', 'PH 09:00-12:00'],
    ['Jul 14 - 16 off', 'Jul 14-16 off'],
    ['PH 9:00-12:00, 14:00-18:00', 'PH 09:00-12:00,14:00-18:00'],
    ['PH 09:00-12:00, 14:00-18:00; Mo  off', 'PH 09:00-12:00,14:00-18:00; Mo off'],
    ['PH  09:00-12:00', 'PH 09:00-12:00'],
    ['PH  9:00-12:00  ;  SH 10:00-12:00', 'PH 09:00-12:00; SH 10:00-12:00'],
    ['PH 9:00-12:00 ;SH off;', 'PH 09:00-12:00; SH off'],
    ['PH 9:00-12:00;\nSH off ; ; ', 'PH 09:00-12:00; SH off'],
    [' PH off', 'PH off'],
    ['lundi de 9h à 12h', 'Mo 09:00-12:00'],
  ])('that differ by their signs alone are tidied: %s', (value, tidy) => {
    expect(hours(value)).toBe(`notation → ${tidy}`)
  })

  it.each(['le mardi matin', 'Mo 25:99-26:00x', 'lundi de 12h à 9h99', 'horaires variables'])(
    'that cannot be read are told, and nothing is proposed: %s',
    (value) => {
      expect(hours(value)).toBe('syntax')
    },
  )

  it('that run through the night are asked about, each span named', () => {
    expect(hours('Mo 14:00-12:00; Tu 18:00-02:00')).toBe('overnight')
    expect(sentence('horaires', 'Mo 14:00-12:00; Tu 19:00-09:00')).toContain('14:00-12:00, 19:00-09:00')
  })

  it('whose later rule takes back an earlier one are merged, and the rule that is lost is named', () => {
    expect(hours('Mo 09:00-12:00; Mo 14:00-17:00')).toBe('replaced → Mo 09:00-12:00,14:00-17:00')
    expect(sentence('horaires', 'Mo 09:00-12:00; Mo 14:00-17:00')).toContain('Mo 09:00-12:00')
  })
})
