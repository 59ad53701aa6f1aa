import { describe, expect, it } from 'vitest'
import { valueProfiler } from '../../../src/domain/adoption/value-shapes.ts'
import { loadGeography } from '../../../src/config/geography.ts'
import { SHAPES } from '../../../src/domain/rules/adoption.ts'

const profile = valueProfiler({
  geography: loadGeography(),
  isEpciName: (text) => text === 'Brest Métropole',
  accepted: new Map([
    ['typologie', ['BIB', 'Médiathèque']],
    ['itinerance', ['Oui']],
  ]),
  organisations: ['Mairie', 'médiathèque'],
  typeOf: (name) => (name.startsWith('Mairie') ? 'MUNI' : null),
})
const shapesOf = (value: string) => {
  const { shapes } = profile([value])
  return SHAPES.filter((shape) => shapes[shape] === 1)
}

describe('what values look like', () => {
  it.each([
    ['43493312300029', ['siret']],
    ['434 933 123 00029', ['siret']],
    ['434.933-123_00029', ['siret']],
    ['43493312300028', []],
    ['434933123000290', []],
    ['143493312300029', []],
    ['A43493312300029', []],
    ['W291234567', ['siret']],
    ['w2a1234567', ['siret']],
    ['W29123456', []],
    ['AW291234567', []],
    ['W2912345678', []],
    ['123456789', ['siren']],
    ['123 456 789', ['siren']],
    ['1234567890', []],
    ['242900314', ['siren', 'epci_siren']],
    ['Brest Métropole', ['epci_name']],
    ['Brest métropole', []],
    ['29019', ['commune_code']],
    ['2a004', ['commune_code']],
    ['29200', ['commune_code', 'postal_code']],
    ['02 98 00 00 00', ['phone']],
    ['+33 2 98 00 00 00', ['phone']],
    ['0033298000000', ['phone']],
    ['(0)298000000', ['phone']],
    ['02 98 00 00 00 ; 06 00 00 00 00', ['phone']],
    ['02 98 00 00 00 ; voir site', ['phone']],
    ['02 98', []],
    ['02 98 00 00 00, poste 12', ['phone']],
    ['+262 262 00 00 00', ['phone']],
    ['+33 298000', ['phone']],
    ['accueil@example.org', ['email']],
    ['accueil@example.org|a@b.fr', ['email']],
    ['accueil@example', []],
    ['accueil@example.org ou b', []],
    ['accueil@example.org ; voir le site', []],
    ['écrire à accueil@example.org', []],
    ['accueil@example.o', []],
    ['https://acceslibre.beta.gouv.fr/app/1', ['acceslibre', 'url']],
    ['ACCESLIBRE 12', ['acceslibre']],
    ['https://example.org', ['url']],
    ['HTTP://example.org', ['url']],
    ['www.example.org', ['url']],
    ['voir www.example.org', []],
    ['https://example.org et plus', []],
    ['2026-03-12', ['date']],
    ['12/03/2026', ['date']],
    ['48.39', ['latitude', 'longitude']],
    ['48.39', ['latitude', 'longitude']],
    ['52.1', ['longitude']],
    ['51.6', ['latitude', 'longitude']],
    ['40.9', []],
    ['-4.48', ['longitude']],
    ['-5.7', []],
    ['-21.1', ['latitude']],
    ['-12.0', ['latitude']],
    ['-61.5', ['longitude']],
    ['55.5', ['longitude']],
    ['165.3', ['longitude']],
    ['16.2', ['latitude']],
    ['48', []],
    ['41.0', ['latitude']],
    ['10,0', ['latitude', 'longitude']],
    ['N 48.39', []],
    ['48.39 N', []],
    ['1048.39', []],
    ['48.39.1', []],
    ['Lundi 9h-12h', ['hours']],
    ['Mo-Fr 09:00-12:00', ['hours']],
    ['24/7 0h', ['hours']],
    ['9h-12h', []],
    ['mardi 9h', ['hours']],
    ['mar. 9h', ['hours']],
    ['mercredi 10 h', ['hours']],
    ['mer 14h30', ['hours']],
    ['Jeudi 9 : 30', ['hours']],
    ['jeu. 9h', ['hours']],
    ['Vendredi 9h', ['hours']],
    ['ven 9h', ['hours']],
    ['Samedi 9h', ['hours']],
    ['sam. 9h', ['hours']],
    ['Dimanche 9h', ['hours']],
    ['dim 9h', ['hours']],
    ['lundi et mardi, 9 personnes', []],
    ['lundi à h', []],
    ['Lundi', []],
    ['1 rue de Siam', ['street']],
    ['Place de la Liberté', ['street']],
    ['12 allée des Pins', ['street']],
    ['Bd Foch', ['street']],
    ['3 av Foch', ['street']],
    ['3 av. Foch', ['street']],
    ['pl Foch', ['street']],
    ['pl. Foch', ['street']],
    ['La grue', []],
  ])('%s', (value, shapes) => {
    expect(shapesOf(value)).toEqual(shapes)
  })

  it('are shares of what is filled, never values', () => {
    const made = profile(['48.39', ' ', '', ' 2026-03-12 ', 'x', '48.1'])
    expect(made.filled).toBe(4)
    expect(made.shapes).toMatchObject({ latitude: 0.5, date: 0.25, siret: 0 })
    expect(Object.keys(made.shapes)).toEqual([...SHAPES])
  })

  it('are nothing where nothing is filled', () => {
    const made = profile(['', ' '])
    expect(made.filled).toBe(0)
    expect(Object.values(made.shapes).every((share) => share === 0)).toBe(true)
    expect([...made.accepted]).toEqual([
      ['typologie', 0],
      ['itinerance', 0],
    ])
  })

  it('are among what a column accepts, whatever their case and accents, one by one where there are several', () => {
    const { accepted } = profile(['bib', 'MEDIATHEQUE', 'BIB|médiathèque', 'BIB|autre', 'oui'])
    expect(accepted.get('typologie')).toBe(0.6)
    expect(accepted.get('itinerance')).toBe(0.2)
  })
})

describe('whose values they are', () => {
  it.each<[string, number]>([
    ['Ada Lovelace', 1],
    ['LOVELACE Ada', 1],
    ['Anne Le Bihan', 1],
    ['Jean-Luc Le Gall de Kerjean', 0], // so many words are more often a title
    ['Mairie Brest', 0],
    ['Médiathèque Saint-Michel', 0],
    ['Brest Métropole', 0],
    ['le phare', 0],
    ['Ada', 0],
    ['Lieu 2', 0],
  ])('%s looks like a person: %i', (value, people) => {
    expect(profile([value]).people).toBe(people)
  })

  it('counts every row whose value stands in another, however it is written', () => {
    expect(profile(['242900314', '242 900 314', '243500139', '']).repeats).toBe(2)
    expect(profile(['242900314', '243500139']).repeats).toBe(0)
  })
})

describe('the type that names tell', () => {
  it('is the commonest of them, with the share of the names that tell it', () => {
    expect(profile(['Mairie de A', 'Mairie de B', 'Le Phare', 'Mairie de C']).kind).toEqual({
      value: 'MUNI',
      share: 0.75,
    })
    expect(profile(['Le Phare']).kind).toBeNull()
    expect(profile([]).kind).toBeNull()
  })
})
