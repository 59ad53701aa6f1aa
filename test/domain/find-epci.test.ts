import { describe, expect, it } from 'vitest'
import { finder } from '../../src/domain/find-epci.ts'

const NAMES: Readonly<Record<string, string>> = {
  '35': 'Ille-et-Vilaine',
  '56': 'Morbihan',
  '2A': 'Corse-du-Sud',
}
const departments = { of: () => [], name: (code: string) => NAMES[code] ?? null }
const EPCIS = [
  { siren: '243500741', name: 'CC de Saint-Méen Montauban', departments: ['35'] },
  { siren: '200067932', name: 'CA Golfe du Morbihan - Vannes Agglomération', departments: ['56'] },
  { siren: '200067460', name: "CC de l'Oust à Brocéliande", departments: ['56'] },
  { siren: '242010056', name: 'CA du Pays Ajaccien', departments: ['2A'] },
]

describe('an EPCI is found', () => {
  it.each([
    ['St Méen', ['243500741']],
    ['st meen', ['243500741']],
    ['golfe morbihan', ['200067932']],
    ['MORBIHAN', ['200067932', '200067460']],
    ['56', ['200067932', '200067460']],
    ['2a', ['242010056']],
    ['ille et vilaine', ['243500741']],
    ['Oust Brocel', ['200067460']],
    ['243 500 741', ['243500741']],
    ['vannes agglo', ['200067932']],
    ['', ['243500741', '200067932', '200067460', '242010056']],
    ['Quimper', []],
  ])('« %s »', (wanted, sirens) => {
    expect(EPCIS.filter(finder(wanted, departments)).map(({ siren }) => siren)).toEqual(sirens)
  })
})
