import { describe, expect, it } from 'vitest'
import { isTicked, mappedValue, sourcesOf } from '../../../src/domain/mapping/mapping.ts'
import type { Mapping } from '../../../src/domain/mapping/mapping.ts'

type Cells = Readonly<Record<string, string | number | boolean | null>>
const read = (mapping: Mapping, cells: Cells, field = 'services') =>
  mappedValue(mapping, field, (title) => cells[title])

describe('a field that a base holds in its own way', () => {
  it.each<[string, Mapping, Cells, string | null]>([
    ['the first column that holds something', { first: ['A', 'B'] }, { A: '  ', B: '02' }, '02'],
    ['none of them', { first: ['A', 'B'] }, { A: null, B: '' }, null],
    ['a box that is not ticked holds nothing', { first: ['A', 'B'] }, { A: false, B: 'b' }, 'b'],
    ['every value, each once', { all: ['A', 'B', 'C'] }, { A: 'a@x', B: 'b@x', C: 'a@x' }, 'a@x|b@x'],
    [
      'a number and a street',
      { join: ['N', 'Voie'] },
      { N: 12, Voie: ' rue de la Paix ' },
      '12 rue de la Paix',
    ],
    ['a street without its number', { join: ['N', 'Voie'] }, { N: null, Voie: 'Le Bourg' }, 'Le Bourg'],
    ['a number without its street is no address', { join: ['N', 'Voie'] }, { N: 12, Voie: null }, null],
    ['the same for every row', { constant: 'RFS' }, {}, 'RFS'],
  ])('%s', (_, mapping, cells, expected) => {
    expect(read(mapping, cells)).toBe(expected)
  })

  it.each<[string | number | boolean | null | undefined, boolean | null]>([
    ...['x', 'X', ' x ', 'Oui', 'oui', 'OUI', 'o', 'Vrai', 'true', '1', '✓', '✅', 1, true].map(
      (one) => [one, true] as [never, true],
    ),
    ...['', 'Non', 'n', '0', '-', '—', 'faux', 0, false, null, undefined].map(
      (one) => [one, false] as [never, false],
    ),
    ...['2 postes', 'à venir', 'sur demande'].map((one) => [one, null] as [never, null]),
  ])('a cell that holds %j ticks its column: %j', (cell, expected) => {
    expect(isTicked(cell)).toBe(expected)
  })

  it('makes a list of the columns that are ticked, and leaves to the checks what is neither yes nor no', () => {
    const each = {
      Démarches: 'Aide aux démarches administratives',
      Ateliers: 'Ateliers',
      Prêt: 'Accès à du matériel',
    }
    expect(read({ each }, { Démarches: 'x', Ateliers: 'Non', Prêt: true })).toBe(
      'Aide aux démarches administratives|Accès à du matériel',
    )
    expect(read({ each }, { Démarches: 'Oui, sur rendez-vous', Ateliers: 'Non (projet)', Prêt: null })).toBe(
      'Aide aux démarches administratives',
    )
    expect(read({ each }, { Démarches: 'en projet' })).toBe('en projet')
    expect(read({ each }, { Démarches: false, Ateliers: 'non' })).toBeNull()
  })

  const week = {
    Mo: 'Lundi',
    Tu: 'Mardi',
    We: 'Mercredi',
    Th: 'Jeudi',
    Fr: 'Vendredi',
    Sa: 'Samedi',
    Su: 'Dimanche',
  } as const
  it.each<[string, Cells, string | null]>([
    [
      'in French',
      { Lundi: '9h-12h', Mardi: '9h-12h et 14h-17h30' },
      'Mo 09:00-12:00; Tu 09:00-12:00,14:00-17:30',
    ],
    ['as the standard writes them', { Lundi: '09:00-12:00,14:00-17:00' }, 'Mo 09:00-12:00,14:00-17:00'],
    ['with their day again', { Lundi: 'Lundi : 9h - 12h' }, 'Mo 09:00-12:00'],
    ['a day that is closed', { Lundi: '9h-12h', Mardi: 'Fermé' }, 'Mo 09:00-12:00; Tu off'],
    ['a day of which nothing is said', { Lundi: '9h-12h', Mardi: '-', Mercredi: null }, 'Mo 09:00-12:00'],
    [
      'one that nobody can read stays as it stands',
      { Lundi: 'matin', Mardi: '9h-12h' },
      'lundi : matin ; mardi : 9h-12h',
    ],
    ['none', { Lundi: null }, null],
  ])('puts the hours of seven columns together: %s', (_, cells, expected) => {
    expect(read({ days: week }, cells, 'horaires')).toBe(expected)
  })

  it.each([
    ['48.11, -1.67', '48.11', '-1.67'],
    ['48.11,-1.67', '48.11', '-1.67'],
    ['(48.11 ; -1.67)', '48.11', '-1.67'],
    ['48,11 ; -1,67', '48,11', '-1,67'],
    ['48,11 -1,67', '48,11', '-1,67'],
    ['48.11;-1.67', '48.11', '-1.67'],
    ['POINT(-1.67 48.11)', '48.11', '-1.67'],
    ['SRID=4326;POINT (-1.67 48.11)', '48.11', '-1.67'],
    ['{"type":"Point","coordinates":[-1.67,48.11]}', '48.11', '-1.67'],
    ['{"lat": 48.11, "lng": -1.67}', '48.11', '-1.67'],
    ['mairie', 'mairie', 'mairie'],
    ['48,11,-1,67', '48,11,-1,67', '48,11,-1,67'],
  ])('reads both degrees out of « %s »', (cell, latitude, longitude) => {
    const part = (field: string) => read({ point: 'Géo' }, { Géo: cell }, field)
    expect([part('latitude'), part('longitude')]).toEqual([latitude, longitude])
  })

  it('names the columns that it reads', () => {
    expect(sourcesOf({ each: { A: 'a', B: 'b' } })).toEqual(['A', 'B'])
    expect(sourcesOf({ days: { Fr: 'V', Mo: 'L' } })).toEqual(['L', 'V'])
    expect(sourcesOf({ constant: 'RFS' })).toEqual([])
    expect(sourcesOf({ point: 'Géo' })).toEqual(['Géo'])
  })
})

describe('what is no clear answer', () => {
  const one = (cell: string) => read({ each: { Wifi: 'Accès' } }, { Wifi: cell })
  it.each(['oui/non', 'Oui non', 'oui ?', 'Oui, en projet', 'Oui mais plus maintenant', 'Non, oui'])(
    'is left to the checks as it stands: « %s »',
    (cell) => {
      expect(one(cell)).toBe(cell)
    },
  )

  it.each<[string, readonly (string | number | null)[], string | null]>([
    ['a number alone', ['12 bis', null], null],
    ['a way without a name', [null, 'Avenue', null], null],
    ['a zero', [0, 'Rue X'], 'Rue X'],
    ['a dash', ['-', 'Rue X'], 'Rue X'],
    ['a number that is there already', [12, '12 rue X'], '12 rue X'],
    ['a number that another begins with', [1, '12 rue X'], '1 12 rue X'],
  ])('makes no address of %s', (_, cells, expected) => {
    const titles = cells.map((__, at) => `c${at}`)
    const row = Object.fromEntries(cells.map((cell, at) => [`c${at}`, cell]))
    expect(read({ join: titles }, row, 'adresse')).toBe(expected)
  })

  it('leaves hours that name another day than that of their column as they are written', () => {
    const days = { Mo: 'Lundi', Tu: ['Mardi soir', 'Mardi matin'] } as const
    expect(read({ days }, { Lundi: '9h-12h', 'Mardi soir': 'mercredi 14h-16h' }, 'horaires')).toBe(
      'lundi : 9h-12h ; mardi : mercredi 14h-16h',
    )
    expect(read({ days }, { 'Mardi soir': '18h-20h', 'Mardi matin': '9h-12h' }, 'horaires')).toBe(
      'Tu 09:00-12:00,18:00-20:00',
    )
    expect(read({ days }, { 'Mardi soir': 'Fermé', 'Mardi matin': '9h-12h' }, 'horaires')).toBe(
      'Tu 09:00-12:00',
    )
  })

  it.each(['48,11', '44 000', '12/05', '1/2', '48, 1'])('is no point: « %s »', (cell) => {
    expect(read({ point: 'G' }, { G: cell }, 'latitude')).toBe(cell)
  })
})
