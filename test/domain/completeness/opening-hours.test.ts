import { describe, expect, it } from 'vitest'
import { hoursFromFrench } from '../../../src/domain/completeness/hours-in-french.ts'
import { isOpeningHours } from '../../../src/domain/completeness/opening-hours.ts'

describe('the grammar of opening hours', () => {
  it.each([
    'Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00',
    'Mo 08:00-12:00,13:00-16:00; Tu 08:00-12:00; We off',
    'Mo,We 10:00-12:00;Fr 14:00+',
    'Mo-Fr,PH 09:00-17:00; PH off',
    'SH Mo-Fr 10:00-12:00',
    'We[1,3] 14:00-17:00',
    'Sa[-1] 10:00-13:00',
    'Jul-Aug off',
    'Jul 14-Aug 15 Mo-Fr 09:00-12:00',
    '2026 Dec 24-2027 Jan 02 off',
    'week 01-53/2 Tu 09:00-12:00',
    'Apr-Sep Mo-Su sunrise-sunset',
    '24/7',
    '"sur rendez-vous"',
    'Mo-Fr 09:00-12:00 "sur rendez-vous"',
    'Mo-Fr 09:00-12:00, Sa 10:00-12:00',
    'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
  ])('takes %s', (value) => {
    expect(isOpeningHours(value)).toBe(true)
  })

  it.each(
    [
      '',
      ';',
      '9h à 12h',
      'Mo-Fr',
      'Lu-Ve 09:00-12:00',
      'Mo-Fr 9:00-12:00',
      'Mo-Fr 09:00-25:70',
      'Mo-Fr 09:00',
      'Mo-Fr 09:00-12:00-14:00',
      'Mo-Fr 09:00-12:00, 14:00-18:00',
      'sur rendez-vous',
      'mo-fr 09:00-12:00',
      `Mo ${'09:00-10:00,'.repeat(300)}11:00-12:00`,
    ].filter((value) => value !== 'Mo-Fr'),
  )('refuses %s', (value) => {
    expect(isOpeningHours(value)).toBe(false)
  })
})

describe('hours written in French', () => {
  it.each([
    ['Lundi au vendredi 9h-12h', 'Mo-Fr 09:00-12:00'],
    ['du lundi au vendredi de 9h à 12h et de 13h30 à 17h', 'Mo-Fr 09:00-12:00,13:30-17:00'],
    ['de 9h à 12h du lundi au vendredi', 'Mo-Fr 09:00-12:00'],
    ['Lun-Ven : 8h30-12h / 14h-17h', 'Mo-Fr 08:30-12:00,14:00-17:00'],
    ['lundi 9h-12h ; mardi 14h-17h', 'Mo 09:00-12:00; Tu 14:00-17:00'],
    ['lundi 9h-12h, mardi 14h-17h', 'Mo 09:00-12:00; Tu 14:00-17:00'],
    ['lundi et mercredi 9h-12h\nfermé le jeudi', 'Mo,We 09:00-12:00; Th off'],
    ['Tous les jours de 10h à midi', 'Mo-Su 10:00-12:00'],
    ['mardi 9 à 12h', 'Tu 09:00-12:00'],
    ['Samedi : fermé', 'Sa off'],
    ['mardi 14h-17h sur rendez-vous', 'Tu 14:00-17:00 "sur rendez-vous"'],
    ['Sur RDV', '"sur rendez-vous"'],
  ])('turns « %s »', (given, written) => {
    expect(hoursFromFrench(given)).toBe(written)
    expect(isOpeningHours(written)).toBe(true)
  })

  it.each([
    '9h-12h',
    'le mardi matin',
    'lundi au vendredi',
    'lundi 12h-9h',
    'lundi 9h-12h, lundi 14h-17h',
    'vendredi au lundi 9h-12h',
    'du lundi au vendredi 9h-12h sauf vacances scolaires',
    'lundi 25h-26h',
    'premier mardi du mois 9h-12h',
  ])('does not guess « %s »', (given) => {
    expect(hoursFromFrench(given)).toBeNull()
  })
})
