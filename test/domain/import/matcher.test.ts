import { describe, expect, it } from 'vitest'
import { type KnownMatches, NOTHING_KNOWN } from '../../../src/domain/import/match.ts'
import { matcher } from '../../../src/domain/import/matcher.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf, geography, TODAY } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string | null>>

const LIBRARY: Fields = {
  nom: 'Médiathèque de Callac',
  commune: 'Callac',
  code_postal: '22160',
  adresse: '3 rue de Genève',
  telephone: '+33296604787',
}
const HALL: Fields = {
  nom: 'Mairie de Callac',
  commune: 'Callac',
  code_postal: '22160',
  adresse: 'Place Jean Auffret',
  telephone: '+33296458130',
}
/** The SIRET and the switchboard of a town. */
const SHARED: Fields = { pivot: '21290232000011', telephone: '0298989898' }

function record(id: string, fields: Fields, rest: Partial<Actor> = {}): Actor {
  return actorOf(fields, { id, ...rest })
}

function matched(
  base: readonly Actor[],
  source: readonly Actor[],
  known: Partial<KnownMatches> = {},
): Record<string, unknown> {
  const held = matcher({ rules, geography, today: TODAY }, base, { ...NOTHING_KNOWN, ...known })
  const told: Record<string, unknown> = {}
  const tell = (key: string, match: ReturnType<(typeof held)['add']> & {}) => {
    told[key] =
      match.kind === 'same'
        ? match.record + (match.twinOf === undefined ? '' : ` as ${match.twinOf}`)
        : match.kind === 'new'
          ? `new${match.twinOf === undefined ? '' : ` as ${match.twinOf}`}`
          : match.candidates.map(({ record: id }) => id)
  }
  for (const [at, actor] of source.entries()) {
    const match = held.add({ key: actor.id, line: at + 2, actor })
    if (match !== null) tell(actor.id, match)
  }
  for (const { record: one, match } of held.rest()) tell(one.key, match)
  return told
}

describe('the records of a source', () => {
  it('are new where no record is like them, and the same as the one that is', () => {
    const base = [record('1', LIBRARY), record('2', HALL)]
    const source = [
      record('a', { ...LIBRARY, nom: 'MEDIATHEQUE DE CALLAC', adresse: '3, r. de Genève' }),
      record('b', { nom: 'Cybercentre', commune: 'Brest', code_postal: '29200' }),
    ]
    expect(matched(base, source)).toEqual({ a: '1', b: 'new' })
  })

  it('are one to one: the better pair wins, and the other is for a person to say', () => {
    const other = { ...LIBRARY, nom: 'Médiathèque Anita Conti de Callac', telephone: null }
    const source = [record('b', other), record('a', LIBRARY)]
    expect(matched([record('1', LIBRARY)], [source[1]!])).toEqual({ a: '1' })
    expect(matched([record('1', { ...LIBRARY, adresse: null }), record('2', HALL)], source)).toMatchObject({
      a: '1',
    })
  })

  describe.each<[string, Fields, Fields, string | readonly string[]]>([
    [
      'a town hall and its annexe',
      { nom: 'Mairie de Quimper', adresse: '44 place Saint-Corentin' },
      { nom: 'Mairie annexe', adresse: '2 place de Stang' },
      'new',
    ],
    [
      'a town hall and its annexe, under one SIRET and telephone',
      { nom: 'Mairie de Quimper', adresse: '44 place Saint-Corentin', ...SHARED },
      { nom: 'Mairie annexe de Kerfeunteun', adresse: '2 place de Stang', ...SHARED },
      ['1'],
    ],
    [
      'a body and its house, at one address',
      { nom: 'CCAS de Quimper', adresse: '8 rue Verdelet', ...SHARED },
      { nom: 'CCAS de Quimper – Résidence La Trémoille', adresse: '8 rue Verdelet', ...SHARED },
      ['1'],
    ],
    [
      'two houses of a town, by its SIRET and switchboard',
      { nom: 'Centre social Kermor', ...SHARED },
      { nom: 'Centre social Penhars', ...SHARED },
      ['1'],
    ],
    [
      'two associations under one roof',
      {
        nom: 'Emmaüs Connect',
        adresse: '8 rue Verdelet',
        telephone: '0298000000',
        courriels: 'a@emmaus.org',
      },
      { nom: 'Emmaüs France', adresse: '8 rue Verdelet', telephone: '0298000000', courriels: 'a@emmaus.org' },
      ['1'],
    ],
    [
      'another name at another address',
      { nom: 'Médiathèque de Quimper', adresse: '18 esplanade Julien Gracq', ...SHARED },
      { nom: 'Médiathèque de Quimper Alain Gérard', adresse: '8 rue Verdelet', ...SHARED },
      ['1'],
    ],
    [
      'one name at one address',
      { nom: 'Mairie de Quimper', adresse: '44 place Saint-Corentin' },
      { nom: 'Mairie', adresse: '44, pl. St-Corentin' },
      '1',
    ],
    [
      'one annexe',
      { nom: 'Mairie annexe de Kerfeunteun', ...SHARED },
      { nom: 'MAIRIE ANNEXE KERFEUNTEUN', ...SHARED },
      '1',
    ],
  ])('of %s', (_, ours, theirs, expected) => {
    const town = { commune: 'Quimper', code_postal: '29000' }

    it('are taken for one only where nothing speaks for two', () => {
      const [one, other] = [record('1', { ...town, ...ours }), record('a', { ...town, ...theirs })]
      expect(matched([one], [other])).toEqual({ a: expected })
    })

    it('are told apart within a source too', () => {
      const source = [record('a', { ...town, ...ours }), record('b', { ...town, ...theirs })]
      expect(matched([], source).b).toBe(expected === '1' ? 'new as a' : 'new')
    })
  })

  it('are both the same record where they are one place themselves', () => {
    const source = [record('a', LIBRARY), record('b', { ...LIBRARY, nom: 'Mediatheque Callac' })]
    expect(matched([record('1', LIBRARY)], source)).toEqual({ a: '1', b: '1 as a' })
    expect(matched([], source)).toEqual({ a: 'new', b: 'new as a' })
  })

  it('are for a person to say between two records that are as near and are not one place', () => {
    const base = [
      record('1', { ...LIBRARY, nom: 'Médiathèque de Callac 1' }),
      record('2', { ...LIBRARY, nom: 'Médiathèque de Callac 2' }),
    ]
    const told = matched(base, [record('a', LIBRARY)])
    expect(told.a).toEqual(expect.arrayContaining(['1', '2']))
  })

  it('are what a person said that they are, or are not', () => {
    const base = [record('1', LIBRARY), record('2', HALL)]
    const source = [record('a', LIBRARY)]
    expect(matched(base, source, { linked: () => '2' })).toEqual({ a: '2' })
    expect(matched(base, source, { refused: (_, id) => id === '1' })).toEqual({ a: 'new' })
    expect(matched([record('1', LIBRARY, { notDuplicateOf: 'a' })], source)).toEqual({ a: 'new' })
  })

  it('stay what an earlier run found between two that are as near, unless a person refused it or the record is gone', () => {
    const base = [
      record('1', { ...LIBRARY, nom: 'Médiathèque de Callac 1' }),
      record('2', { ...LIBRARY, nom: 'Médiathèque de Callac 2' }),
    ]
    const source = [record('a', LIBRARY)]
    const told = (known: Partial<KnownMatches>) => matched(base, source, known).a
    expect(told({ earlier: () => '2' })).toBe('2')
    expect(told({ earlier: () => '1' })).toBe('1')
    expect(told({ earlier: () => '9' })).toHaveLength(2)
    expect(told({ earlier: () => '2', refused: (_, id) => id === '2' })).toBe('1')
  })

  it('are compared again: what an earlier run found, and people made another place, is no longer it', () => {
    const base = (fields: Fields) => [record('1', LIBRARY), record('5', fields)]
    const source = [record('a', LIBRARY)]
    const cafe = { nom: 'Cyber-café Le Relais', commune: 'Carhaix-Plouguer', code_postal: '29270' }
    const earlier = () => '5'
    expect(matched(base({ ...cafe, telephone: LIBRARY.telephone! }), source, { earlier })).toEqual({ a: '1' })
    expect(matched([record('5', cafe)], source, { earlier })).toEqual({ a: 'new' })
    expect(matched(base(HALL), source, { earlier })).toEqual({ a: '1' })
  })

  it('show the points of their comparison, whatever an earlier run found', () => {
    const matchOf = (known: Partial<KnownMatches>) => {
      const setting = { rules, geography, today: TODAY }
      const held = matcher(setting, [record('1', LIBRARY)], { ...NOTHING_KNOWN, ...known })
      held.add({ key: 'a', line: 2, actor: record('a', { ...LIBRARY, telephone: null }) })
      const [{ match } = { match: null }] = held.rest()
      return match?.kind === 'same' ? match : null
    }
    const [found, again] = [matchOf({}), matchOf({ earlier: () => '1' })]
    expect(again!.score).toBe(found!.score)
    expect(again!.reason).toBe(`${found!.reason}, ${rules.duplicates.says.earlier}`)
  })

  it('are never said to lie far from all that the base knows around', () => {
    const base = [record('1', LIBRARY), record('2', { ...HALL, latitude: '48.40', longitude: '-3.43' })]
    const fieldsOf = (latitude: string, longitude: string, known = base) => {
      const held = matcher({ rules, geography, today: TODAY }, known)
      held.add({ key: 'a', line: 2, actor: record('a', { ...LIBRARY, latitude, longitude }) })
      const [{ match } = { match: null }] = held.rest()
      return match?.kind === 'same' ? match.differences.map(({ field }) => field) : []
    }
    expect(fieldsOf('48.41', '-3.42')).toEqual(['latitude', 'longitude'])
    expect(fieldsOf('43.2', '5.4')).toEqual([])
    const elsewhere = { nom: 'Mairie', commune: 'Tréguier', code_postal: '22220' }
    const department = [base[0]!, record('3', { ...elsewhere, latitude: '48.79', longitude: '-3.23' })]
    expect(fieldsOf('48.41', '-3.42', department)).toEqual(['latitude', 'longitude'])
    expect(fieldsOf('43.2', '5.4', department)).toEqual([])
    expect(fieldsOf('43.2', '5.4', [base[0]!])).toEqual(['latitude', 'longitude']) // nothing is known there
  })

  it('that have moved are held against what the base knows of the new commune: all of it is proposed, or nothing', () => {
    const pivot = '21220025700012'
    const base = [
      record('1', { ...LIBRARY, pivot, latitude: '48.4041', longitude: '-3.4277' }),
      record('2', {
        ...HALL,
        nom: 'Mairie',
        commune: 'Guingamp',
        code_postal: '22200',
        latitude: '48.56',
        longitude: '-3.15',
      }),
    ]
    const fieldsOf = (latitude: string, longitude: string) => {
      const held = matcher({ rules, geography, today: TODAY }, base)
      const there = { commune: 'Guingamp', code_postal: '22200', adresse: '1 place du Champ au Roy' }
      held.add({
        key: 'a',
        line: 2,
        actor: record('a', { ...LIBRARY, pivot, ...there, latitude, longitude }),
      })
      const [{ match } = { match: null }] = held.rest()
      return match?.kind === 'same' ? match.differences.map(({ field }) => field) : [match?.kind]
    }
    const place = ['adresse', 'code_postal', 'commune', 'latitude', 'longitude']
    expect(fieldsOf('48.5617', '-3.1503').toSorted()).toEqual(place)
    expect(fieldsOf('43.2', '5.4')).toEqual([])
  })
})
