import { describe, expect, it } from 'vitest'
import { wordsOfChosen } from '../../../../src/domain/adoption/mapped/own-words.ts'
import { columnMatcher } from '../../../../src/domain/adoption/match-columns.ts'
import { ownTables, vocabularyOf } from '../../../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../../../src/nocodb/provision/desired-schema.ts'
import { adoption, liveTable, names, proposed } from '../../../adopt/proposed.ts'
import { rules } from '../../../helpers/rules.ts'

const vocabulary = vocabularyOf(rules.completeness.fields, adoption.meanings)

/** A table of places with these columns beside what every place has. */
function mappedOf(columns: Readonly<Record<string, readonly unknown[]>>) {
  const place = {
    Nom: ['Le Phare', 'La Fabrique', 'Le Relais', "L'Escale", 'Le Local'],
    Commune: ['Brest', 'Quimper', 'Rennes', 'Vannes', 'Lorient'],
    'Code postal': ['29200', '29000', '35000', '56000', '56100'],
    Téléphone: ['0299000001', '0299000002', '0299000003', '0299000004', '0299000005'],
    Courriel: ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org', 'e@example.org'],
  }
  const { tables } = proposed([liveTable('Lieux', { ...place, ...columns })], new Map([['actors', 'Lieux']]))
  return tables.find(({ key }) => key === 'actors')!.mapped
}
const ticks = ['x', null, 'x', 'x', 'x', 'x']
const five = (value: unknown) => Array.from({ length: 5 }, () => value)

describe('fields that several columns make', () => {
  it.each([
    ['steps that are ticked', { 'À contacter': ticks, Contacté: ticks, Validée: ticks }],
    ['titles that deny', { non_gratuit: ticks, non_payant: ticks }],
    ['titles that exclude', { 'Hors public jeunes': ticks, 'Sauf seniors': ticks }],
    ['counts', { Seniors: [1, 0, 12, 1, 1], Jeunes: [1, 1, 5, 0, 1] }],
    [
      'days of closing',
      {
        'Fermeture lundi': five('9h-12h'),
        'Fermeture mardi': five('9h-12h'),
        'Fermeture jeudi': five('9h-12h'),
      },
    ],
    ['events of days', { Lundi: five('Atelier 14h'), Mardi: five('Atelier 15h'), Jeudi: five('Jeux 16h') }],
    ['numbers that are no place', { GPS: ['48,11', '47,99', '48,39', '47,65', '47,74'] }],
    ['degrees the wrong way round', { GPS: five('-1.67, 48.11') }],
    ['a number of something else', { 'Places : N°': [12, 8, 120, 4, 6], Voie: five('rue de la Paix') }],
  ])('are none of: %s', (_, columns) => {
    expect(mappedOf(columns)).toEqual([])
  })

  it.each([
    [
      'a beginning that says nothing of the field',
      { 'Demandes > Seniors': ticks, 'Demandes > Jeunes': ticks },
    ],
    [
      'a number that is not right before its street',
      { Numéro: [12, 8, 120, 4, 6], Étage: five('2'), Voie: five('rue de la Paix') },
    ],
    [
      'hours of something else than the place',
      Object.fromEntries(
        ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'].map((day) => [
          `Permanence tél ${day}`,
          five('9h-12h'),
        ]),
      ),
    ],
  ])('are asked about where they have %s', (_, columns) => {
    const mapped = mappedOf(columns)
    expect(mapped.length).toBeGreaterThan(0)
    for (const { verdict } of mapped) expect(verdict).toBe('ask')
  })

  it.each([
    ['words of the standard', { Jeunes: ticks, Seniors: ticks }, 'publics_specifiquement_adresses'],
    [
      'a number right before its street',
      { 'N°': [12, 8, 120, 4, 6], Voie: five('rue de la Paix') },
      'adresse',
    ],
    [
      'a place in one column',
      { GPS: ['48.39, -4.48', '47.99, -4.09', '48.11, -1.68', '47.65, -2.76', '47.74, -3.37'] },
      'latitude',
    ],
  ])('are taken for %s', (_, columns, key) => {
    expect(mappedOf(columns).find((one) => one.key === key)?.verdict).toBe('match')
  })

  it('are left to each column where latitude and longitude have one of their own', () => {
    const degrees = { Latitude: five('48,11'), Longitude: five('-1,67') }
    expect(mappedOf(degrees).filter(({ key }) => key === 'latitude')).toEqual([])
  })
})

describe('a second telephone or mail', () => {
  const phones = (from: number) => Array.from({ length: 5 }, (_, at) => `02 98 00 00 ${from + at}`)
  const mails = (name: string) => Array.from({ length: 5 }, (_, at) => `${name}${at}@example.org`)
  const nom = ['Le Phare', 'La Fabrique', 'Le Relais', "L'Escale", 'Le Local']
  const town = { Commune: ['Brest', 'Quimper', 'Rennes', 'Vannes', 'Lorient'] }
  const fromOf = (key: string, columns: Readonly<Record<string, readonly unknown[]>>) =>
    proposed([liveTable('Lieux', { Nom: nom, ...town, ...columns })], new Map([['actors', 'Lieux']]))
      .tables.find((table) => table.key === 'actors')!
      .mapped.find((one) => one.key === key)

  it.each([
    [['Tel fixe', 'Tel portable']],
    [['Téléphone accueil', 'Téléphone direct']],
    [['Téléphone', 'Tél. mobile']],
    [['Tél 1', 'Tél 2']],
    [['Standard', 'Téléphone du secrétariat']],
    [['Phone', 'Phone (other)']],
  ])('are offered as one field, the first one filled, and asked about: %s', (titles) => {
    const columns = Object.fromEntries(titles.map((title, at) => [title, phones(10 * (at + 1))]))
    const found = fromOf('telephone', columns)
    expect(found?.verdict).toBe('ask')
    expect(found?.from).toEqual({ first: expect.arrayContaining(titles) })
  })

  it.each([
    [['Mail 1', 'Mail 2']],
    [['Courriel', 'Courriel secondaire']],
    [['Mail', 'Adresse mail accueil']],
    [['E-mail de contact', 'E-mail secrétariat']],
  ])('are offered as one field, of mails all of them: %s', (titles) => {
    const columns = Object.fromEntries(titles.map((title, at) => [title, mails('abc'[at]!)]))
    expect(fromOf('courriels', columns)?.from).toEqual({ all: expect.arrayContaining(titles) })
  })

  it.each([
    ['Mail du contributeur'],
    ['Mail du répondant'],
    ['Courriel de la directrice'],
    ['Votre e-mail'],
    ['Mail perso'],
    ['Email (from Contacts)'],
    ['Mail Mme Durand'],
    ['Saisi par'],
  ])('are never that of somebody: %s', (title) => {
    const mapped = fromOf('courriels', { Courriel: mails('a'), [title]: mails('b') })
    expect(mapped).toBeUndefined()
  })

  it('are not those of each year', () => {
    const years = { 'Téléphone contact 2023': phones(30), 'Téléphone contact 2024': phones(40) }
    expect(fromOf('telephone', { Téléphone: phones(10), ...years })).toBeUndefined()
  })
})

describe('a column that is ticked', () => {
  it('says what its ending says, whatever the whole title is near to', () => {
    const [publics] = mappedOf({ 'Public jeunes': ticks, 'Public seniors': ticks, 'Public femmes': ticks })
    expect(publics?.from).toEqual({
      each: { 'Public jeunes': 'Jeunes', 'Public seniors': 'Seniors', 'Public femmes': 'Femmes' },
    })
  })
})

describe('what people often write for a value', () => {
  it('names values of the rules alone', () => {
    for (const [key, values] of Object.entries(adoption.meanings)) {
      const expected = (vocabulary.get(key) ?? []).map(({ value }) => value)
      expect(expected, key).toEqual(expect.arrayContaining(Object.keys(values)))
    }
  })

  it('is asked about, and never taken', () => {
    const boxes = { Emploi: ticks, Cybersécurité: ticks, 'Prise en main': ticks }
    const [services] = mappedOf(boxes)
    expect(services).toMatchObject({ key: 'services', verdict: 'ask' })
    expect(services?.from).toEqual({
      each: {
        Emploi: 'Insertion professionnelle via le numérique',
        Cybersécurité: 'Utilisation sécurisée du numérique',
        'Prise en main': 'Maîtrise des outils numériques du quotidien',
      },
    })
  })

  it('says what a whole table is of', () => {
    const base = [
      liveTable('Réseau de lecture publique', { Nom: ['Le Phare', 'La Fabrique', 'Le Relais', "L'Escale"] }),
    ]
    const { tables } = proposed(base, new Map([['actors', 'Réseau de lecture publique']]))
    expect(tables.find(({ key }) => key === 'actors')?.mapped).toMatchObject([
      { key: 'typologie', from: { constant: 'BIB' }, verdict: 'ask' },
    ])
  })
})

describe('words of a column that a person pointed out', () => {
  it('are asked about, where it is another column than the one proposed', () => {
    const { tables } = proposed([
      liveTable('Lieux', {
        Nom: ['Le Phare', 'La Fabrique', 'Le Relais', "L'Escale"],
      }),
    ])
    const { columns } = tables.find(({ key }) => key === 'actors')!
    const live = liveTable('Lieux', {
      Nom: ['Le Phare'],
      Famille: ['Bibliothèque de village', 'Bidule', 'Bibliothèque de village', 'Bidule'],
    })
    const own = ownTables(names, desiredSchema(names, rules), adoption).find(({ key }) => key === 'actors')!
    const seen = { theirs: live, own, columns, matcher: columnMatcher(adoption), rules: adoption, vocabulary }
    const [typology] = wordsOfChosen(seen, new Map([['typologie', 'Famille']]))
    expect(typology).toMatchObject({ key: 'typologie', from: null, verdict: 'ask' })
    expect(typology?.unknown).toEqual(['Bibliothèque de village', 'Bidule'])
    expect(wordsOfChosen(seen, new Map())).toEqual([])
  })
})
