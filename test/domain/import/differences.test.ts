import { describe, expect, it } from 'vitest'
import { differencesBetween } from '../../../src/domain/import/differences.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf, geography, TODAY } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string | null>>

const between = differencesBetween({ rules, geography, today: TODAY })
const OURS: Fields = {
  nom: 'Médiathèque de Callac',
  commune: 'Callac',
  code_postal: '22160',
  code_insee: '22025',
}
const differences = (ours: Fields, theirs: Fields) =>
  between(actorOf({ ...OURS, ...ours }), actorOf({ ...OURS, ...theirs })).map(
    ({ field, kind, before, after }) => [field, kind, before, after],
  )

describe('what a source says beside a record', () => {
  it.each<[string, Fields, Fields]>([
    ['a telephone in another writing', { telephone: '+33296455234' }, { telephone: '02 96 45 52 34' }],
    ['a telephone among several', { telephone: '+33296455234' }, { telephone: '0296455234 / 0296455235' }],
    ['a short telephone in another writing', { telephone: '3949' }, { telephone: '39 49' }],
    ['a short telephone with its price', { telephone: '36 46' }, { telephone: '3646 (0,06 €/min)' }],
    ['an e-mail in capitals', { courriels: 'a@callac.bzh' }, { courriels: 'A@Callac.bzh' }],
    ['a page by another address', { site_web: 'https://callac.bzh' }, { site_web: 'http://www.callac.bzh/' }],
    ['an abbreviated street', { adresse: '3 rue des Ajoncs' }, { adresse: '3, r. des ajoncs' }],
    [
      'an address with its town',
      { adresse: '3 rue des Ajoncs' },
      { adresse: '3 RUE DES AJONCS 22160 CALLAC' },
    ],
    ['a street without its number', { adresse: '3 rue des Ajoncs' }, { adresse: 'Rue des Ajoncs' }],
    ['a misspelt street', { adresse: '3 rue des Ajoncs' }, { adresse: '3 rue des Ajonts' }],
    [
      'a street whose type is written in an unknown way',
      { adresse: '3 pce Sainte-Suzanne' },
      { adresse: '3 place Sainte-Suzanne' },
    ],
    ['a slip in a street', { adresse: '8 bd Somone Veil' }, { adresse: '8 boulevard Simone Veil' }],
    [
      'a name with a word that many places bear',
      { nom: 'Accueil et loisirs Kermor' },
      { nom: 'Centre accueil et loisirs Kermor' },
    ],
    ['a name in capitals', { nom: 'Médiathèque de Callac' }, { nom: 'MEDIATHEQUE DE CALLAC' }],
    ['a shorter name', { nom: 'Médiathèque Anita Conti de Callac' }, { nom: 'Bibliothèque Anita Conti' }],
    [
      'hours in another order',
      { horaires: 'Mo 09:00-12:00; Tu 10:00-12:00' },
      { horaires: 'Tu 10:00-12:00; Mo 09:00-12:00' },
    ],
    ['hours in French', { horaires: 'Mo-Fr 09:00-12:00' }, { horaires: 'du lundi au vendredi de 9h à 12h' }],
    [
      'hours in two parts that meet',
      { horaires: 'Mo 09:00-17:00' },
      { horaires: 'Mo 09:00-12:00,12:00-17:00' },
    ],
    [
      'hours in parts that overlap',
      { horaires: 'Mo-Tu 09:00-13:00,12:00-17:00' },
      { horaires: 'Mo,Tu 09:00-17:00' },
    ],
    ['closed days', { horaires: 'Mo-Fr 09:00-12:00' }, { horaires: 'Mo-Fr 09:00-12:00; Sa off; PH off' }],
    [
      'a near point',
      { latitude: '48.40410', longitude: '-3.42770' },
      { latitude: '48.40415', longitude: '-3.42765' },
    ],
    [
      'a point with fewer decimals',
      { latitude: '48.4041', longitude: '-3.4277' },
      { latitude: '48.40', longitude: '-3.43' },
    ],
    [
      'a text with other spaces',
      { presentation_detail: 'Un lieu ouvert à toutes et à tous.' },
      { presentation_detail: 'Un lieu  ouvert à toutes\net à tous' },
    ],
    [
      'a shorter list',
      { services: 'Aide aux démarches administratives|Maîtrise des outils numériques du quotidien' },
      { services: 'Maîtrise des outils numériques du quotidien' },
    ],
    ['a placeholder', { telephone: '+33296455234' }, { telephone: 'NC' }],
    ['« no SIRET known »', { pivot: '21220025700012' }, { pivot: '00000000000000' }],
    ['a SIREN of the SIRET', { pivot: '21220025700012' }, { pivot: '212200257' }],
    ['a CEDEX code', { code_postal: '22160' }, { code_postal: '22161 CEDEX' }],
    ['another date, older or not', { date_maj: '2026-01-01' }, { date_maj: '2026-02-01' }],
    ['a date where we give none, which is that of another list', {}, { date_maj: '2025-01-01' }],
    ['another identifier and source', { id: 'a', source: 'Hub' }, { id: 'b', source: 'ANCT' }],
  ])('is nothing for %s', (_, ours, theirs) => {
    expect(differences(ours, theirs)).toEqual([])
  })

  it.each<[string, Fields, Fields, readonly (readonly [FieldName, string, string | null, string])[]]>([
    [
      'fills what is empty, in the standard’s own writing',
      {},
      { telephone: '02 96 45 52 34' },
      [['telephone', 'completion', null, '+33296455234']],
    ],
    [
      'fills what says nothing',
      { telephone: 'NC' },
      { telephone: '02 96 45 52 34' },
      [['telephone', 'completion', 'NC', '+33296455234']],
    ],
    [
      'adds what a list lacks',
      { services: 'Maîtrise des outils numériques du quotidien' },
      { services: 'Aide aux démarches administratives|Maîtrise des outils numériques du quotidien' },
      [
        [
          'services',
          'completion',
          'Maîtrise des outils numériques du quotidien',
          'Maîtrise des outils numériques du quotidien|Aide aux démarches administratives',
        ],
      ],
    ],
    [
      'tells another telephone',
      { telephone: '+33296455234' },
      { telephone: '+33296455299' },
      [['telephone', 'conflict', '+33296455234', '+33296455299']],
    ],
    [
      'tells another short telephone',
      { telephone: '3646' },
      { telephone: '39 49' },
      [['telephone', 'conflict', '3646', '39 49']],
    ],
    [
      'tells another mailbox, by one sign',
      { courriels: 'jean-martin@orange.fr' },
      { courriels: 'jean.martin@orange.fr' },
      [['courriels', 'conflict', 'jean-martin@orange.fr', 'jean.martin@orange.fr']],
    ],
    [
      'adds a mailbox that another sign makes another one',
      { courriels: 'accueil@callac.bzh|jean-martin@orange.fr' },
      { courriels: 'accueil@callac.bzh|jean_martin@orange.fr' },
      [
        [
          'courriels',
          'completion',
          'accueil@callac.bzh|jean-martin@orange.fr',
          'accueil@callac.bzh|jean-martin@orange.fr|jean_martin@orange.fr',
        ],
      ],
    ],
    [
      'tells hours with a break that ours have not',
      { horaires: 'Mo 09:00-17:00' },
      { horaires: 'Mo 09:00-12:00,13:00-17:00' },
      [['horaires', 'conflict', 'Mo 09:00-17:00', 'Mo 09:00-12:00,13:00-17:00']],
    ],
    [
      'tells other hours',
      { horaires: 'Mo-Fr 09:00-12:00' },
      { horaires: 'Mo-Fr 09:00-17:00' },
      [['horaires', 'conflict', 'Mo-Fr 09:00-12:00', 'Mo-Fr 09:00-17:00']],
    ],
    [
      'tells another house number',
      { adresse: '3 rue des Ajoncs' },
      { adresse: '5 rue des Ajoncs' },
      [['adresse', 'conflict', '3 rue des Ajoncs', '5 rue des Ajoncs']],
    ],
    [
      'tells another type',
      { typologie: 'BIB' },
      { typologie: 'MUNI' },
      [['typologie', 'conflict', 'BIB', 'MUNI']],
    ],
  ])('%s', (_, ours, theirs, expected) => {
    expect(differences(ours, theirs)).toEqual(expected)
  })

  it('proposes both coordinates together or none', () => {
    const [ours, theirs] = [
      { latitude: '48.4041', longitude: null },
      { latitude: '48.5', longitude: '-3.2' },
    ]
    const both = between(actorOf({ ...OURS, ...ours }), actorOf({ ...OURS, ...theirs }))
    expect(both.map(({ field, together }) => [field, together])).toEqual([
      ['latitude', ['latitude', 'longitude']],
      ['longitude', ['latitude', 'longitude']],
    ])
  })

  it('proposes where a place has moved to as a whole, its point with its town, or not at all', () => {
    const here = { adresse: '3 rue de Genève', latitude: '48.4041', longitude: '-3.4277' }
    const there = {
      ...{
        commune: 'Guingamp',
        code_postal: '22200',
        code_insee: '22070',
        adresse: '1 place du Champ au Roy',
      },
      ...{ latitude: '48.5617', longitude: '-3.1503' },
    }
    const moved = (theirs: Fields) => between(actorOf({ ...OURS, ...here }), actorOf({ ...OURS, ...theirs }))
    const found = moved(there)
    expect(found.map(({ field }) => field).toSorted()).toEqual(Object.keys(there).toSorted())
    expect(new Set(found.map(({ together }) => together?.join())).size).toBe(1)
    expect(moved({ ...there, code_postal: '29200' })).toEqual([])
  })

  it.each<[string, Fields]>([
    ['a SIRET whose digits are wrong', { pivot: '21220025700011' }],
    ['a postal code of another commune', { code_postal: '29200' }],
    ['a value of no list', { typologie: 'Un lieu' }],
    ['an address that is none', { courriels: 'accueil at nowhere' }],
  ])('never proposes %s', (_, theirs) => {
    const [field] = Object.keys(theirs) as FieldName[]
    expect(differences({ [field!]: null }, theirs)).toEqual([])
  })
})
