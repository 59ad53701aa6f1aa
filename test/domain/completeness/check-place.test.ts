import { describe, expect, it } from 'vitest'
import { communeKey, communeNamed } from '../../../src/domain/completeness/commune-names.ts'
import { actorOf, assessed, geography } from './records.ts'
import { said, sentence } from './said.ts'

const SAINT_BRIEUC = { commune: 'Saint-Brieuc', code_postal: '22000', code_insee: '22278' }
const SBAA = '200069409'
const LTC = '200065928'

describe('an INSEE code', () => {
  it.each([
    ['22278', {}, 'ok'],
    ['2a004', {}, 'ok'],
    [' 22278 ', {}, 'ok'],
    ['75113', {}, 'ok'],
    ['22102', {}, 'merged → 22046'],
    [' 22102', {}, 'merged → 22046'],
    ['1004', {}, 'leading_zero → 01004'],
    [' 1004', {}, 'leading_zero → 01004'],
    ['x1004', {}, 'unknown'],
    ['10999', {}, 'unknown'],
    ['9999', {}, 'unknown'],
    ['99999', {}, 'unknown'],
    ['99999', { commune: 'Rennes', code_postal: '35000' }, 'unknown → 35238'],
    ['35000', { commune: 'RENNES' }, 'unknown → 35238'],
    ['35000', { commune: 'Lannion' }, 'unknown'],
    ['35000', {}, 'unknown'],
    ['35360', { commune: 'Landujan', code_postal: '35360' }, 'other_commune → 35143'],
    ['35360', { commune: 'Landujan', code_postal: ' 35360 ' }, 'other_commune → 35143'],
    // Something else in the record speaks for the code: which of the two is right is not for us to say.
    ['35360', { nom: 'Mairie de Vitré', commune: 'Landujan', code_postal: '35360' }, 'other_commune'],
    ['22278', { commune: 'Lannion', code_postal: '22300', adresse: '1 rue A 22000' }, 'other_commune'],
    ['22278', { commune: 'Lannion', code_postal: '22300', pivot: '21220278200018' }, 'other_commune'],
    ['22 278', {}, 'notation → 22278'],
    ['22278', { commune: 'SAINT BRIEUC', code_postal: '22000' }, 'ok'],
    ['13213', { commune: 'Marseille', code_postal: '13013' }, 'ok'],
    ['22278', { commune: 'Lannion', code_postal: '22000' }, 'ok'],
    ['22102', { commune: 'Lannion', code_postal: '22300' }, 'other_commune → 22113'],
    // 22130 is a postal code, and the old code of a commune that is now part of Lannion (22300).
    ['22130', {}, 'unknown'],
    ['22130', { code_postal: '22130' }, 'unknown'],
    ['22130', { commune: 'Corseul' }, 'unknown → 22048'],
    ['22130', { commune: 'CORSEUL', code_postal: '22130' }, 'unknown → 22048'],
    [' 22130 ', { commune: 'Corseul', code_postal: ' 22130' }, 'unknown → 22048'],
    ['22130', { commune: 'Ailleurs', code_postal: '22130' }, 'unknown'],
    ['22130', { commune: 'Lannion' }, 'merged → 22113'],
    ['22130', { code_postal: '22300' }, 'merged → 22113'],
    ['22130', { commune: 'Lannion', code_postal: '22300' }, 'merged → 22113'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('code_insee', value, others)).toBe(expected)
  })

  it('is held against the EPCI that a person chose', () => {
    expect(said('code_insee', '22278', {}, { linkedEpci: SBAA })).toBe('ok')
    expect(said('code_insee', '22278', {}, { linkedEpci: LTC })).toBe('other_epci')
    expect(sentence('code_insee', '22278', {}, { linkedEpci: LTC })).toMatch(
      /Saint-Brieuc est dans CA Saint-Brieuc Armor Agglomération, la fiche est rattachée à CA Lannion-Trégor Communauté/u,
    )
    expect(said('code_insee', '22102', {}, { linkedEpci: LTC })).toBe('merged → 22046 + other_epci')
    expect(sentence('code_insee', '22016', {}, { linkedEpci: LTC })).toContain('est dans aucun EPCI')
    expect(sentence('code_insee', '22278', {}, { linkedEpci: '999999999' })).toContain(
      'rattachée à 999999999',
    )
  })

  it.each([
    ['22130', { commune: 'Corseul', code_postal: '22130' }, '200068989'],
    ['22120', { commune: 'Quessoy', code_postal: '22120' }, '200069391'],
    ['22130', { commune: 'Corseul' }, '200068989'],
    // Of no known commune; but all that use this postal code are in one EPCI.
    ['22130', { code_postal: '22130' }, '200068989'],
    ['35360', { commune: 'Landujan', code_postal: '35360' }, '200038990'],
  ])(
    '« %s » with %j, a postal code in its place, counts for the EPCI of the commune that is meant',
    (value, others, epci) => {
      const { findings, ...seen } = assessed(actorOf({ ...others, code_insee: value }))
      expect(seen.epci).toBe(epci)
      expect(findings.filter(({ field }) => field === 'commune' || field === 'code_postal')).toEqual([])
    },
  )

  it('of another commune than name and postal code say does not move the record', () => {
    const others = { commune: 'Corseul', code_postal: '22130', code_insee: '22113' }
    expect(assessed(actorOf(others)).epci).toBe(LTC)
  })

  it('of another commune is told with both names', () => {
    const others = { commune: 'Landujan', code_postal: '35360' }
    expect(sentence('code_insee', '35360', others)).toContain('autre commune (Vitré)')
    const old = { commune: 'Corseul', code_postal: '22130' }
    expect(sentence('code_insee', '22102', old)).toContain('autre commune (Le Mené)')
    expect(sentence('code_insee', '22102', old)).toContain('désignent Corseul')
    expect(sentence('code_insee', '35360', others)).toContain('désignent Landujan')
  })
})

describe('a postal code', () => {
  it.each([
    ['22000', {}, 'ok'],
    ['22000', SAINT_BRIEUC, 'ok'],
    ['22 000', SAINT_BRIEUC, 'notation → 22000'],
    ['22 000', {}, 'notation → 22000'],
    ['F-22000', {}, 'notation → 22000'],
    ['f22000', {}, 'notation → 22000'],
    ['22000 Cedex', {}, 'notation → 22000'],
    ['22023 CEDEX 12', SAINT_BRIEUC, 'cedex → 22000'],
    ['22023', {}, 'unknown'],
    ['22023', { code_insee: '35238' }, 'unknown'],
    ['1000', {}, 'notation → 01000'],
    ['1640', { code_insee: '01002' }, 'notation → 01640'],
    ['9999', {}, 'format'],
    ['x22000', {}, 'format'],
    ['220001', {}, 'format'],
    ['22000x', {}, 'format'],
    ['2200', { code_insee: '22278' }, 'format → 22000'],
    ['2200', { code_insee: '35238' }, 'format'],
    ['Bretagne', {}, 'format'],
    ['29200', { code_insee: '22278' }, 'other_commune'],
    ['29200', { ...SAINT_BRIEUC, commune: 'St Brieuc' }, 'other_commune → 22000'],
    ['29200', { ...SAINT_BRIEUC, commune: 'Callac' }, 'other_commune'],
    ['29200', { code_insee: '35238', commune: 'Rennes' }, 'other_commune'],
    ['75001', { code_insee: '75113' }, 'ok'],
    ['75013', { code_insee: '75113' }, 'ok'],
    ['35360', { code_insee: '35360', commune: 'Landujan' }, 'ok'],
    ['29200', { commune: 'Lannion' }, 'ok'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('code_postal', value, others)).toBe(expected)
  })

  it('of another commune is told with the right ones, three at most', () => {
    expect(sentence('code_postal', '29200', { code_insee: '35238' })).toContain(
      'Rennes (35000, 35200, 35700)',
    )
    expect(sentence('code_postal', '29200', { code_insee: '75056' })).toMatch(
      /Paris \(\d{5}, \d{5}, \d{5}\)/u,
    )
  })
})

describe('the name of a commune', () => {
  it.each([
    ['Saint-Brieuc', { code_insee: '22278' }, 'ok'],
    ['SAINT BRIEUC', { code_insee: '22278' }, 'spelling → Saint-Brieuc'],
    ['St-Brieuc Cedex 2', { code_insee: '22278' }, 'spelling → Saint-Brieuc'],
    ['Callac', { code_insee: '22278' }, 'other_name'],
    ['Callac', { code_insee: '22278', code_postal: ' 22000 ' }, 'other_name → Saint-Brieuc'],
    ['Callac', { code_insee: '22278', code_postal: '22160' }, 'ok'],
    ['Collinée', { code_insee: '22046' }, 'former → Le Mené'],
    ['COLLINEE', { code_insee: '22046' }, 'former → Le Mené'],
    ['Collinée', { code_insee: '22102' }, 'former → Le Mené'],
    ['Marseille', { code_insee: '13213' }, 'ok'],
    ['Marseille 13', { code_insee: '13213' }, 'ok'],
    ['Aubagne', { code_insee: '13213' }, 'other_name'],
    ['Callac', {}, 'ok'],
    ['Callac', { code_postal: '00000' }, 'ok'],
    ['Callac', { code_postal: '22160' }, 'ok'],
    ['callac', { code_postal: '22160' }, 'spelling → Callac'],
    ['Lannion', { code_postal: '29200' }, 'unknown'],
    ['Rostrennenn', { code_postal: '22110' }, 'unknown → Rostrenen'],
    ['Rostrennennn', { code_postal: '22110' }, 'unknown'],
    ['Brst', { code_postal: '29200' }, 'unknown'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('commune', value, others)).toBe(expected)
  })

  it('is held against the EPCI that a person chose where no code is', () => {
    const others = { code_postal: '22000' }
    expect(said('commune', 'Saint-Brieuc', others, { linkedEpci: LTC })).toBe('other_epci')
    expect(said('commune', 'St Brieuc', others, { linkedEpci: LTC })).toBe(
      'spelling → Saint-Brieuc + other_epci',
    )
    expect(said('commune', 'Saint-Brieuc', { code_insee: '22278' }, { linkedEpci: LTC })).toBe('ok')
  })

  it.each([
    // After a merger of which no list keeps the old names, any of the names that were put together.
    ['Theix', '56450', 'partial → Theix-Noyalo', '200067932'],
    ['Noyalo', '56450', 'partial → Theix-Noyalo', '200067932'],
    ['PLUMELIAU', '56930', 'partial → Pluméliau-Bieuzy', '200096675'],
    ['Bieuzy', '56310', 'partial → Pluméliau-Bieuzy', '200096675'],
    ['Guipronvel', '29290', 'former → Milizac-Guipronvel', '242900074'],
    // The beginning of a name, before a distance of letters; the article may be missing.
    ['Chaumes', '44320', 'partial → Chaumes-en-Retz', '200067346'],
    ['Dol', '35120', 'partial → Dol-de-Bretagne', '200070670'],
    ['Mené', '22330', 'partial → Le Mené', '200067460'],
    // Too little, or a word that stands for a river or a country.
    ['Retz', '44320', 'unknown', null],
    ['Saint', '35480', 'unknown', '200043990'],
    // A postal code and a name that are both right, of two places.
    ['Lannion', '22000', 'other_postal_code', null],
    ['Saint-Malo', '35480', 'other_postal_code', null],
    // Big receivers: the name is unique in the département of their code.
    ['BREST CEDEX 2', '29238', 'spelling → Brest', '242900314'],
    ['Brest', '29238', 'ok', '242900314'],
    ['AJACCIO CEDEX 9', '20704', 'spelling → Ajaccio', '242010056'],
    // A postal code alone, where all that use it are in one EPCI.
    ['Recouvrance', '29200', 'unknown', '242900314'],
    ['St Brieuc', '22 000', 'spelling → Saint-Brieuc', '200069409'],
    ['Saint-Brieuc', 'F-22000', 'ok', '200069409'],
    ['Bourg-en-Bresse', '1000', 'ok', '200071751'],
    // A zero that was only guessed proves nothing against a name.
    ['Saint-Brieuc', '2200', 'ok', null],
    ['Paris 13e', '75013', 'spelling → Paris', '200054781'],
    ['Ã‰vran', '22630', 'encoding → Évran', '200068989'],
  ])('« %s » with postal code « %s » is %s, and counts for %s', (value, code_postal, expected, epci) => {
    expect(said('commune', value, { code_postal })).toBe(expected)
    expect(assessed(actorOf({ commune: value, code_postal })).epci).toBe(epci)
  })

  it.each([
    ['its name', { nom: 'Mairie de Guingamp' }],
    ['the address', { adresse: '1 place A 22200 Guingamp' }],
    ['its postal code in the address', { adresse: '1 place A 22200' }],
  ])('is not replaced where %s speaks for it', (_, others) => {
    const codes = { code_postal: '22000', code_insee: '22278' }
    expect(said('commune', 'Guingamp', { ...codes, ...others })).toBe('other_name')
    expect(said('commune', 'Guingamp', codes)).toBe('other_name → Saint-Brieuc')
  })

  it('says what it should be', () => {
    expect(sentence('commune', 'Callac', { code_insee: '22278' })).toContain(
      'commune 22278, qui est Saint-Brieuc',
    )
    expect(sentence('commune', 'Collinée', { code_insee: '22046' })).toContain('partie de Le Mené')
    expect(sentence('commune', 'Lannion', { code_postal: '29200' })).toContain('code postal 29200')
  })
})

describe('two writings of one commune', () => {
  it.each([
    ['Saint-Brieuc', 'ST BRIEUC'],
    ['Sainte-Tréphine', 'ste trephine'],
    ['Binic-Étables-sur-Mer', 'Binic Etables s Mer'],
    ['Brest', 'BREST CEDEX 2'],
    ['Brest', 'Brest Cedex'],
    ['Marseille', 'Marseille 13e arrondissement'],
    ['Marseille', 'Marseille 1er'],
    ['Marseille', 'Marseille 2nd arr'],
    ['Paris', 'Paris 13eme'],
    ['Jugon-les-Lacs', 'Jugon-les-Lacs - Commune nouvelle'],
  ])('%s and %s have one key', (one, other) => {
    expect(communeKey(other)).toBe(communeKey(one))
  })

  it.each([
    ['Brest', 'Brech'],
    ['Saint-Brieuc', 'Saint-Brieuc-des-Iffs'],
    ['Stang', 'Saintang'],
    ['Postel', 'Posaintel'],
    ['Cedexville', 'ville'],
    ['Le Mas', 'Le Ma sur'],
    ['Ville 13e du Nord', 'Ville'],
  ])('%s and %s have not', (one, other) => {
    expect(communeKey(other)).not.toBe(communeKey(one))
  })

  it('name one commune only where they can', () => {
    const users = geography.byPostalCode('22330')
    expect(communeNamed('le mene', users)?.code).toBe('22046')
    expect(communeNamed('Collinée', users)?.code).toBe('22046')
    expect(communeNamed('Rennes', users)).toBeNull()
    const twins = [
      { code: '1', name: 'Ville', postalCodes: [], epci: null },
      { code: '2', name: 'ville', postalCodes: [], epci: null, formerNames: ['Bourg'] },
      { code: '3', name: 'Autre', postalCodes: [], epci: null, formerNames: ['Bourg', 'Ville', 'Hameau'] },
    ]
    expect(communeNamed('Ville', twins)).toBeNull()
    expect(communeNamed('Bourg', twins)).toBeNull()
    expect(communeNamed('Hameau', twins)?.code).toBe('3')
  })
})

describe('an address', () => {
  const RENNES = { commune: 'Rennes', code_postal: '35000', code_insee: '35238' }
  const CHATEAUGIRON = { commune: 'CHATEAUGIRON', code_postal: '35410' }
  it.each([
    ['16 Rue de Rennes 35410 Châteaugiron', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes, 35410, CHATEAUGIRON, France.', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes – 35410 – Châteaugiron', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    // Nothing else says the postal code or the name: they would be lost.
    ['16 Rue de Rennes 35410 Châteaugiron', { code_insee: '35069' }, 'ok'],
    ['16 Rue de Rennes 35410 Châteaugiron', { code_postal: '35410' }, 'ok'],
    [
      '16 Rue de Rennes 35410 Châteaugiron',
      { ...CHATEAUGIRON, code_postal: ' 35410' },
      'with_commune → 16 Rue de Rennes',
    ],
    ['12345 chemin, 16 rue, 35410 Châteaugiron', CHATEAUGIRON, 'with_commune → 12345 chemin, 16 rue'],
    ['35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['A 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['Le 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['BPX 35410 Châteaugiron', CHATEAUGIRON, 'with_commune → BPX'],
    ['Rue BP 12 35410 Châteaugiron', CHATEAUGIRON, 'with_commune → Rue BP 12'],
    ['16 Rue de Rennes, BP n° 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410 - Châteaugiron', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes 35410-Châteaugiron,France..', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes 35410 Châteaugiron , France', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes 35410 Châteaugiron, Francette', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410 Châteaugiron-France', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410, .', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['7, 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410', CHATEAUGIRON, 'with_commune → 16 Rue de Rennes'],
    ['16 Rue de Rennes CS 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes BP n°35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes tsa 35410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 354101 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 135410 Châteaugiron', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410 Ossé', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35410 Nouvoitou', CHATEAUGIRON, 'other_commune'],
    ['16 Rue de Rennes 35410 nouvoitou', { code_insee: '35069' }, 'other_commune'],
    ['16 Rue de Rennes 35410 Nouvoitou', { code_insee: '35204', commune: 'Châteaugiron' }, 'ok'],
    ['16 Rue de Rennes 35000 Rennes', CHATEAUGIRON, 'other_postal_code'],
    ['16 Rue de Rennes 35000 Ailleurs', CHATEAUGIRON, 'ok'],
    ['16 Rue de Rennes 35000 Rennes', { commune: 'Châteaugiron' }, 'ok'],
    ['16 Rue de Rennes 35000 Rennes', { code_postal: '35410' }, 'other_postal_code'],
    ['16 Rue de Rennes 35000 Rennes', {}, 'ok'],
    ['16 Rue  de Rennes', {}, 'spaces → 16 Rue de Rennes'],
    // Another postal code than the record's is told, even of the same town; that of big receivers is no contradiction.
    ['12 rue de la Poterie 35200 Rennes', RENNES, 'other_postal_code'],
    ['12 rue de la Poterie 35200', RENNES, 'other_postal_code'],
    ['1 rue A 35000 Rennes 35200 Rennes', RENNES, 'other_postal_code'],
    ['35200 Rennes, 1 rue A, 35000 Rennes', RENNES, 'other_postal_code'],
    ['1 rue A 35042 Rennes Cedex', RENNES, 'ok'],
    ['1 rue A 35000 Rennes Cedex 7', RENNES, 'ok'],
    [
      '1 rue A 35042 Rennes Cedex 7',
      { commune: 'RENNES CEDEX 7', code_postal: '35042' },
      'with_commune → 1 rue A',
    ],
    ['1 rue A F-35000 Rennes', RENNES, 'with_commune → 1 rue A'],
    ['1 rue A, FR-35000 Rennes', RENNES, 'with_commune → 1 rue A'],
    ['1 rue A 35000 35000 Rennes', RENNES, 'with_commune → 1 rue A'],
    ['1 rue A, 35000 Rennes, 35000 RENNES', RENNES, 'with_commune → 1 rue A'],
    ['Rennes 35000 Rennes', RENNES, 'ok'],
    ['35000 Rennes', RENNES, 'ok'],
    ['35000 Rennes, 1 rue A', RENNES, 'ok'],
    ['Rennes, 1 rue A 35000 Rennes', RENNES, 'with_commune → Rennes, 1 rue A'],
    ['1 rue A 35000 Rennes, bâtiment B', RENNES, 'ok'],
    ['Rue 35000 Rennes', RENNES, 'ok'],
    ['12 chemin de 35000 Rennes', RENNES, 'ok'],
    ['1 rue A (face à 35000 Rennes)', RENNES, 'ok'],
    ['2 rue A 75013 Paris 13e', { commune: 'Paris', code_postal: '75013' }, 'ok'],
    // Name and address on one side, the code on the other: the name's own finding tells it, and no voice is taken away.
    ['1 place A 22200 Guingamp', { commune: 'Guingamp', code_postal: '22200', code_insee: '22278' }, 'ok'],
    ['1 rue A 35410 Nouvoitou', { commune: 'Nouvoitou', code_postal: '35410', code_insee: '35069' }, 'ok'],
    [
      '2 place du Bourg 22330 Collinée',
      { commune: 'Collinée', code_postal: '22330' },
      'with_commune → 2 place du Bourg',
    ],
    ['2 rue A 35000 Rennes', { commune: 'Rennes', code_postal: '35 000' }, 'with_commune → 2 rue A'],
  ])('« %s » with %j is %s', (value, others, expected) => {
    expect(said('adresse', value, others)).toBe(expected)
  })

  it('elsewhere is told with both places', () => {
    expect(sentence('adresse', '1 rue X 35410 Nouvoitou', CHATEAUGIRON)).toContain(
      'elle est à Nouvoitou, la fiche dit Châteaugiron',
    )
    expect(
      sentence('adresse', '1 rue X 35410 Nouvoitou', { commune: 'Ici', code_postal: '35410' }),
    ).toContain('la fiche dit Ici')
    expect(sentence('adresse', '1 rue X 35000 rennes', CHATEAUGIRON)).toContain(
      'elle dit 35000 (Rennes), la fiche 35410',
    )
  })
})
