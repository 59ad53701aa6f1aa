import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardReader } from '../../../src/domain/duplicates/comparison-record.ts'
import { comparison, scoreOf } from '../../../src/domain/duplicates/comparison.ts'
import { normalizedFieldsOf } from '../../../src/domain/duplicates/normalized-fields.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string>>

/** Every feature is told, however few points there are. */
const compare = comparison({ ...rules.duplicates, threshold: -1e6 })
const [say, read] = [normalizedFieldsOf(rules), cardReader(rules.duplicates)]
const comparisonRecordOf = (fields: Fields) => read(say(actorOf(fields).fields))
const traitsOf = (one: Fields, other: Fields) =>
  new Map(
    (compare(comparisonRecordOf(one), comparisonRecordOf(other)) ?? []).map((feature) => [
      feature.feature,
      feature.points,
    ]),
  )

const { points } = rules.duplicates
const BREST = { nom: 'Le Phare', commune: 'Brest', code_postal: '29200' }

describe('the comparison of two records', () => {
  it.each<[string, Fields, Fields, string, number]>([
    [
      'one street and number',
      { adresse: '3 rue de Siam' },
      { adresse: '3 bis, r. de Siam' },
      'address',
      points.address.same,
    ],
    [
      'one street without any number',
      { adresse: 'Moulin de Blanchardeau' },
      { adresse: 'MOULIN DE BLANCHARDEAU' },
      'address',
      points.address.same,
    ],
    [
      'one vague street',
      { adresse: 'PL DE LA MAIRIE' },
      { adresse: 'place de la Mairie' },
      'address',
      points.address.same,
    ],
    [
      'a number on one side',
      { adresse: 'rue de Siam' },
      { adresse: '3 rue de Siam' },
      'street',
      points.address.street,
    ],
    [
      'another number',
      { adresse: '3 rue de Siam' },
      { adresse: '5 rue de Siam' },
      'number',
      points.address.number,
    ],
    [
      'another street',
      { adresse: '3 rue de Siam' },
      { adresse: '3 rue de Lyon' },
      'otherAddress',
      points.address.other,
    ],
    ['one SIRET', { pivot: '21220025700012' }, { pivot: '212 200 257 00012' }, 'pivot', points.pivot.public],
    [
      'one SIRET of no public body',
      { pivot: '43493312300029' },
      { pivot: '43493312300029' },
      'pivot',
      points.pivot.same,
    ],
    ['one SIREN', { pivot: '21220025700012' }, { pivot: '21220025700020' }, 'body', points.pivot.body],
    ['one SIREN and nothing more', { pivot: '212200257' }, { pivot: '212200257' }, 'body', points.pivot.body],
    ['one RNA', { pivot: 'W123456789' }, { pivot: 'w 123 456 789' }, 'pivot', points.pivot.same],
    ['two RNA', { pivot: 'W123456789' }, { pivot: 'W123456788' }, 'otherPivot', points.pivot.other],
    [
      'two bodies',
      { pivot: '21220025700012' },
      { pivot: '26220043900012' },
      'otherPivot',
      points.pivot.other,
    ],
    [
      'one telephone of several',
      { telephone: '0298000000' },
      { telephone: '0298111111 / 02 98 00 00 00' },
      'phone',
      points.phone,
    ],
    ['one e-mail', { courriels: 'a@example.org' }, { courriels: 'A@example.org' }, 'email', points.email],
    ['one « Identifiant »', { id: 'structure-1' }, { id: 'Structure-1' }, 'identifier', points.identifier],
    ['one commune', {}, {}, 'commune', points.place.commune],
    ['one postal code', {}, { commune: 'Guilers' }, 'postalCode', points.place.postalCode],
    ['two towns', {}, { commune: 'Quimper', code_postal: '29000' }, 'elsewhere', points.place.elsewhere],
    ['one kind', { nom: 'Mairie' }, { nom: 'Commune de Brest' }, 'kind', points.kind],
    ['two kinds', { nom: 'Mairie' }, { nom: 'CCAS' }, 'otherKind', points.against.kind],
    ['a kind of which a commune has one', { nom: 'CCAS' }, { nom: 'CCAS de Brest' }, 'only', points.only],
    [
      'a label and the body that bears it',
      { nom: 'France services', pivot: '21220025700012' },
      { nom: 'Mairie', pivot: '21220025700012' },
      'host',
      points.against.host,
    ],
    [
      'a label and a body of another SIRET',
      { nom: 'France services', pivot: '21220025700012' },
      { nom: 'Mairie', pivot: '26220043900012' },
      'otherKind',
      points.against.kind,
    ],
    [
      'a label and a place that is no body',
      { nom: 'France services', pivot: '21220025700012' },
      { nom: 'Médiathèque', pivot: '21220025700012' },
      'otherKind',
      points.against.kind,
    ],
    ['a house and its annexe', { nom: 'Mairie' }, { nom: 'Mairie annexe' }, 'branch', points.against.branch],
    [
      'a kind of which a commune has one, at one address',
      { nom: 'CCAS', adresse: '3 rue de Siam' },
      { nom: 'CCAS', adresse: '3, r. de Siam' },
      'only',
      points.only,
    ],
    [
      'a kind of which a commune has one, under one name at two addresses',
      { nom: 'CCAS', adresse: '3 rue de Siam' },
      { nom: 'CCAS de Brest', adresse: '3 rue de Lyon' },
      'only',
      points.only,
    ],
    ['a bus', {}, { nom: 'Le Phare mobile' }, 'itinerant', points.against.itinerant],
    ['two numbers', { nom: 'Phare 1' }, { nom: 'Phare 2' }, 'numbers', points.against.number],
    [
      'words of their own',
      { nom: 'Phare Kermor' },
      { nom: 'Phare Pontanézen' },
      'words',
      points.against.words,
    ],
  ])('sees %s', (_, one, other, feature, worth) => {
    const features = traitsOf({ ...BREST, ...one }, { ...BREST, ...other })
    expect(features.get(feature as 'name')).toBe(worth)
  })

  it.each<[string, Fields, Fields, string]>([
    ['a street that one does not give', { adresse: '3 rue de Siam' }, {}, 'otherAddress'],
    ['a street that is only « bourg »', { adresse: '3 rue de Siam' }, { adresse: 'BOURG' }, 'otherAddress'],
    ['a SIRET that one does not give', { pivot: '21220025700012' }, {}, 'otherPivot'],
    ['coordinates that one does not give', { latitude: '40', longitude: '1' }, {}, 'far'],
    ['coordinates that the other does not give', {}, { latitude: '40', longitude: '1' }, 'far'],
    ['a number in one name', { nom: 'Phare 1' }, { nom: 'Phare' }, 'numbers'],
    ['a kind in one name', { nom: 'Mairie' }, { nom: 'Brest' }, 'otherKind'],
    ['a SIRET that the other does not give', {}, { pivot: '21220025700012' }, 'otherPivot'],
    ['a street that the other does not give', {}, { adresse: '3 rue de Siam' }, 'otherAddress'],
    ['a number in the other name', { nom: 'Phare' }, { nom: 'Phare 1' }, 'numbers'],
    ['a kind in the other name', { nom: 'Brest' }, { nom: 'Mairie' }, 'otherKind'],
    [
      'a kind of which a commune has several',
      { nom: 'Médiathèque' },
      { nom: 'Médiathèque de Brest' },
      'only',
    ],
    [
      'a kind of which each quarter of a town has one',
      { nom: 'CCAS' },
      { nom: 'CCAS', code_postal: '29000' },
      'only',
    ],
    [
      'a kind of which a commune has one, in two streets',
      { nom: 'CCAS', adresse: '3 rue de Siam' },
      { nom: 'CCAS Kermor', adresse: '3 rue de Lyon' },
      'only',
    ],
    [
      'a kind of which a commune has one, in two houses of a street',
      { nom: 'CCAS', adresse: '3 rue de Siam' },
      { nom: 'CCAS Kermor', adresse: '5 rue de Siam' },
      'only',
    ],
    [
      'a kind of which a commune has one, far away',
      { nom: 'CCAS', latitude: '48.39', longitude: '-4.48' },
      { nom: 'CCAS Kermor', latitude: '48.42', longitude: '-4.48' },
      'only',
    ],
    ['a kind of which a commune has one and its annexe', { nom: 'CCAS' }, { nom: 'CCAS annexe' }, 'only'],
    ['annexes, of which a commune has several', { nom: 'CCAS annexe' }, { nom: 'Antenne du CCAS' }, 'only'],
    ['two annexes', { nom: 'CCAS annexe' }, { nom: 'Antenne du CCAS' }, 'branch'],
    ['a telling word in one name', { nom: 'Phare' }, { nom: 'Phare Kermor' }, 'words'],
  ])('holds nothing against %s', (_, one, other, feature) => {
    expect([...traitsOf({ ...BREST, ...one }, { ...BREST, ...other }).keys()]).not.toContain(feature)
  })

  it('takes two of a kind of which a commune has one at one address for one, whatever they are called', () => {
    const house = { ...BREST, adresse: '6 rue de Siam' }
    const bus = { ...house, nom: 'Bus France services du Kreiz' }
    const van = { ...house, nom: 'Camping-car France services MSA' }
    expect(traitsOf(bus, van).has('words')).toBe(false)
    expect(traitsOf(bus, { ...van, adresse: '8 rue de Siam' }).get('words')).toBe(points.against.words)
    expect(traitsOf(bus, { ...van, nom: 'Camping-car de la MSA' }).get('words')).toBe(points.against.words)
    // Another kind beside it: a service of the town hall, under its roof.
    const [social, care] = [
      { ...house, nom: 'CCAS Kermor' },
      { ...house, nom: 'CCAS – EHPAD Kerlann' },
    ]
    expect(traitsOf(social, care).get('words')).toBe(points.against.words)
  })

  it('takes one SIRET at one address for one establishment, but a public body’s', () => {
    const house = { ...BREST, adresse: '6 rue de Siam', pivot: '34498782100024' }
    const [legal, usual] = [
      { ...house, nom: 'Association Kermor' },
      { ...house, nom: 'Le Phare' },
    ]
    expect(traitsOf(legal, usual)).toEqual(
      new Map([
        ['pivot', points.pivot.same],
        ['commune', points.place.commune],
        ['name', 0],
        ['address', points.address.same],
      ]),
    )
    for (const other of [{ adresse: '8 rue de Siam' }, { pivot: '21220025700012' }]) {
      const features = traitsOf({ ...legal, ...other }, { ...usual, ...other, adresse: '6 rue de Siam' })
      expect([features.get('name'), features.get('words')]).toEqual([
        points.name.unlike,
        points.against.words,
      ])
    }
  })

  it('knows one of a kind that is filed under another commune of its postal code by its address or its name', () => {
    const here = { nom: 'France services de Brest', commune: 'Brest', code_postal: '29200' }
    const filed = { ...here, commune: 'Guilers' }
    expect(traitsOf(here, filed).get('only')).toBe(points.only)
    expect(traitsOf(here, { ...filed, nom: 'France services' }).has('only')).toBe(false)
    expect(traitsOf({ ...here, nom: 'Bureau de poste' }, { ...filed, nom: 'La Poste' }).has('only')).toBe(
      false,
    )
    expect(traitsOf(here, { ...filed, code_postal: '29820' }).has('only')).toBe(false)
    const address = { adresse: '6 rue de Siam' }
    expect(
      traitsOf({ ...here, ...address }, { ...filed, ...address, nom: 'France services' }).get('only'),
    ).toBe(points.only)
  })

  it('holds no distance in a commune against an address without a number, whose point is the commune’s', () => {
    const here = { ...BREST, latitude: '48.39', longitude: '-4.48', adresse: '3 rue de Siam' }
    const there = { ...here, latitude: '48.45', adresse: 'Mairie' }
    expect(traitsOf(here, there).has('far')).toBe(false)
    expect(traitsOf(here, { ...there, adresse: '4 rue de Lyon' }).get('far')).toBe(points.far.points)
    expect(traitsOf(here, { ...there, commune: 'Guilers' }).get('far')).toBe(points.far.points)
  })

  it.each([
    ['48.39', 'distance', points.distance[0]?.points],
    ['48.3910', 'distance', points.distance[1]?.points],
    ['48.4000', undefined, undefined],
    ['48.4200', 'far', points.far.points],
  ])('measures from 48.39 to %s only where the addresses are not one', (latitude, feature, worth) => {
    const here = { ...BREST, latitude: '48.39', longitude: '-4.48' }
    const there = { ...here, latitude }
    const measured = [...traitsOf(here, there)].find(([name]) => name === 'distance' || name === 'far')
    expect(measured).toEqual(feature === undefined ? undefined : [feature, worth])
    const address = { adresse: '3 rue de Siam' }
    const features = traitsOf({ ...here, ...address }, { ...there, ...address })
    expect(features.has('distance') || features.has('far')).toBe(false)
  })

  it.each<[string, string, number]>([
    ['Le Phare', 'LE PHARE', 1],
    ['Ty Colibri', 'Ty-Colibri', 1],
    ['Tycolibri', 'Ty Colibri', 1],
    ['Le Phare', 'Le Phare de Brest', 1],
    ['Le Phare de Brest', 'Le Phare à Brest', 1],
    ['Quartier Pontanézen', 'Quartier Pontanezenn', 0.98],
    ['Le Phare', 'Kermor', 0],
    ['Phare Kermor', 'Phare', 0.8],
    ['Phare 12', 'Phare 13', 0.5],
  ])('finds the names %j and %j alike by %d', (one, other, likeness) => {
    const [name] = (
      compare(comparisonRecordOf({ ...BREST, nom: one }), comparisonRecordOf({ ...BREST, nom: other })) ?? []
    ).filter(({ feature }) => feature === 'name')
    expect(name).toMatchObject({ feature: 'name' })
    expect((name as { likeness: number }).likeness).toBeCloseTo(likeness, 1)
  })

  it('gives for the name in proportion, and takes below the likeness that gives nothing', () => {
    const worth = (other: string) =>
      traitsOf({ ...BREST, nom: 'Phare Kermor' }, { ...BREST, nom: other }).get('name')
    expect(worth('Phare Kermor')).toBe(points.name.same)
    const { likeness, points: all } = rules.duplicates
    const beyond = (likeness.contained - all.name.from) / (1 - all.name.from)
    expect(worth('Phare')).toBeCloseTo(points.name.same * beyond)
    expect(worth('Pontanézen')).toBe(points.name.unlike)
  })

  it.each<[string, Fields, Fields, string]>([
    [
      'one street, whichever gives the number',
      { adresse: '3 rue de Siam' },
      { adresse: 'rue de Siam' },
      'street',
    ],
    ['no « Identifiant » in common', { id: 'a' }, { id: 'b' }, 'identifier'],
    ['no « Identifiant » at all', {}, {}, 'identifier'],
    [
      'no town on either side',
      { commune: '', code_postal: '' },
      { commune: '', code_postal: '' },
      'elsewhere',
    ],
  ])('tells %s', (_, one, other, feature) => {
    const features = traitsOf({ ...BREST, ...one }, { ...BREST, ...other })
    expect(features.has(feature as 'name')).toBe(feature !== 'identifier')
  })

  it('tells a RNA from a SIRET, and a name that is written alike from one that says the same', () => {
    const told = (one: Fields, other: Fields, feature: string) =>
      (
        compare(comparisonRecordOf({ ...BREST, ...one }), comparisonRecordOf({ ...BREST, ...other })) ?? []
      ).find((found) => found.feature === feature)
    expect(told({ pivot: 'W123456789' }, { pivot: 'W123456789' }, 'pivot')).toMatchObject({ rna: true })
    expect(told({ pivot: '21220025700012' }, { pivot: '21220025700012' }, 'pivot')).toMatchObject({
      rna: false,
    })
    expect(told({}, { nom: 'LE PHARE' }, 'name')).toMatchObject({ likeness: 1, written: 'alike' })
    expect(told({ nom: 'Mairie' }, { nom: 'Commune' }, 'name')).toMatchObject({ written: 'otherwise' })
    expect(told({ nom: 'Pontanézen' }, { nom: 'Pontanezzen' }, 'name')).toMatchObject({
      written: 'otherwise',
    })
  })

  it('counts the name of the commune for little where both names bear it', () => {
    const worth = traitsOf({ ...BREST, nom: 'Kermor de Brest' }, { ...BREST, nom: 'Lambé à Brest' }).get(
      'name',
    )
    const { commune } = rules.duplicates.names.weights
    const likeness = commune / (1 + commune)
    expect(worth).toBeCloseTo((points.name.unlike * (points.name.from - likeness)) / points.name.from, 6)
  })

  it('compares the names of a label and the body that bears it by what they say beside', () => {
    const name = (one: string, other: string) => {
      const pivot = '21220025700012'
      return traitsOf({ ...BREST, nom: one, pivot }, { ...BREST, nom: other, pivot }).get('name')
    }
    expect(name('France services Kermor', 'Communauté de communes Kermor')).toBe(points.name.same)
    expect(name('France services de Brest', 'Commune de Brest')).toBe(0)
  })

  it('takes an acronym for the words that it is made of', () => {
    const short = { ...BREST, nom: 'Phare LAC' }
    const features = traitsOf(short, { ...BREST, nom: 'Phare Leff Armor communauté' })
    const { likeness, points: all } = rules.duplicates
    const beyond = (likeness.contained - all.name.from) / (1 - all.name.from)
    expect(features.get('name')).toBeCloseTo(all.name.same * beyond)
    expect([...features.keys()]).not.toContain('words')
    expect([...traitsOf(short, { ...BREST, nom: 'Phare Leff Brest communauté' }).keys()]).toContain('words')
  })

  it('gives up early nothing that reaches the threshold', () => {
    const some = fc.record({
      nom: fc.constantFrom(
        ...['Le Phare', 'Phare Kermor', 'Phare Kermorr', 'Pontanézen Kermor', 'Kermor'],
        ...['France services de Brest', 'Bus France services Kermor', 'France services Kerlann', 'Mairie'],
      ),
      pivot: fc.constantFrom('', '21220025700012', '34498782100024'),
      commune: fc.constantFrom('Brest', 'Guilers'),
      code_postal: fc.constantFrom('29200', '29820'),
      adresse: fc.constantFrom('3 rue de Siam', 'rue de Siam', '5 rue de Siam', '3 rue Jean Jaurès', ''),
      latitude: fc.constantFrom('48.39', '48.3904', '48.3912', '48.45'),
      longitude: fc.constant('-4.48'),
      telephone: fc.constantFrom('0298000000', '0298111111'),
    })
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [left, right] = [comparisonRecordOf(one), comparisonRecordOf(other)]
        const whole = compare(left, right) ?? []
        const threshold = scoreOf(whole) - 1e-9
        expect(comparison({ ...rules.duplicates, threshold })(left, right)).toEqual(whole)
      }),
      { numRuns: 600 },
    )
  })

  it('does not look at addresses that could not lift the sum to the threshold', () => {
    const strict = comparison(rules.duplicates)
    expect(strict(comparisonRecordOf(BREST), comparisonRecordOf({ ...BREST, nom: 'Kermor' }))).toBeNull()
    const enough = strict(comparisonRecordOf(BREST), comparisonRecordOf(BREST))
    expect(enough).not.toBeNull()
    expect(scoreOf(enough ?? [])).toBe(points.name.same + points.place.commune)
  })
})
