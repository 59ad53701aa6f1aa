import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../src/domain/steps.ts'
import { duplicateIndex } from '../../../src/domain/duplicates/duplicate-index.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string | null>>

const LIBRARY = {
  nom: 'Médiathèque de Callac',
  commune: 'Callac',
  code_postal: '22160',
  adresse: '3 rue de Genève',
  telephone: '+33296604787',
  pivot: '21220025700012',
}

function found(...records: readonly Fields[]) {
  const index = duplicateIndex(rules)
  for (const [at, fields] of records.entries()) index.add(actorOf(fields, { id: `fiche-${at + 1}` }))
  return atOnce(index.find())
}

const pairs = (...records: readonly Fields[]) => found(...records).pairs
const reason = (...records: readonly Fields[]) =>
  pairs(...records)[0]?.reason.replaceAll(/[\u00a0\u202f]/gu, ' ')

describe('possible duplicates', () => {
  it('are two records of one name, one commune and one address, however they are written', () => {
    const other = { nom: 'MEDIATHEQUE DE CALLAC', commune: 'CALLAC', adresse: '3, r. de geneve 22160 CALLAC' }
    const [pair] = pairs(LIBRARY, other)
    expect(pair).toMatchObject({ one: 'fiche-1', other: 'fiche-2' })
    expect(pair?.reason).toBe('même nom, même adresse, même commune')
  })

  it('are explained by all that agrees, what weighs most first', () => {
    const other = {
      ...LIBRARY,
      nom: 'Médiathèque municipale',
      adresse: 'Le Bourg',
      telephone: '02 96 60 47 87',
    }
    expect(reason(LIBRARY, other)).toBe('même SIRET, même téléphone, nom proche à 86 %, même commune')
  })

  it.each<[string, Fields, Fields]>([
    [
      'the legal name of a body and its usual one',
      { nom: 'COMMUNE DE CALLAC', commune: 'Callac', adresse: 'PL JEAN AUFFRET 22160 CALLAC' },
      { nom: 'Mairie de Callac', commune: 'Callac', adresse: 'Place Jean Auffret' },
    ],
    [
      'a misspelt street, and a house number that one of them lacks',
      { nom: 'France services', commune: 'Tréguier', adresse: '12 rue Lammenais', telephone: '0296923346' },
      {
        nom: 'FRANCE SERVICES TREGUIER',
        commune: 'Tréguier',
        adresse: 'rue Lamennais',
        telephone: '+33296923346',
      },
    ],
    [
      'one establishment under two addresses',
      {
        nom: 'CCAS de Ploumilliau',
        commune: 'Lannion',
        code_postal: '22300',
        pivot: '26220043900012',
        adresse: '16 Rue Anatole Le Bras',
      },
      {
        nom: 'CTRE COM ACTION SOCIALE DE PLOUMILLIAU',
        commune: 'Ploumilliau',
        code_postal: '22300',
        pivot: '26220043900012',
        adresse: 'PL DE LEGLISE',
      },
    ],
    [
      'one name and telephone in two postal codes',
      {
        nom: 'Espace numérique Kerlann',
        commune: 'Bruz',
        code_postal: '35170',
        telephone: '0299000000',
        adresse: '1 rue Blaise Pascal',
      },
      {
        nom: 'Espace Numérique KERLANN',
        commune: 'Ker Lann',
        code_postal: '35172',
        telephone: '02.99.00.00.00',
        adresse: '1 rue Blaise-Pascal',
      },
    ],
    [
      'one « Identifiant » typed twice',
      { id: 'structure-12', nom: 'Le Phare', commune: 'Brest' },
      { id: 'structure-12', nom: 'Le Phare', commune: 'Brest' },
    ],
  ])('are %s', (_, one, other) => {
    expect(pairs(one, other)).toHaveLength(1)
  })

  it.each<[string, Fields, Fields]>([
    [
      'two places of one name only',
      { nom: LIBRARY.nom, commune: 'Callac' },
      { nom: LIBRARY.nom, commune: 'Callac' },
    ],
    [
      'a town hall and its library, at one address',
      LIBRARY,
      { ...LIBRARY, nom: 'Mairie de Callac', telephone: null },
    ],
    [
      'two branches that share a SIRET',
      { ...LIBRARY, nom: 'Bibliothèque Triangle', adresse: '3 bd de Yougoslavie', telephone: null },
      { ...LIBRARY, nom: 'Bibliothèque Maurepas', adresse: '32 rue de la Marbaudais', telephone: null },
    ],
    [
      'two branches in two communes that share a SIRET and a telephone',
      {
        ...LIBRARY,
        nom: 'CDAS de Redon',
        commune: 'Redon',
        code_postal: '35600',
        adresse: '9 avenue de la Gare',
      },
      {
        ...LIBRARY,
        nom: 'CDAS de Vitré',
        commune: 'Vitré',
        code_postal: '35500',
        adresse: '6 bd Joliot Curie',
      },
    ],
    [
      'a town hall and its annexe, at two addresses',
      { nom: 'Mairie de Quimper', commune: 'Quimper', adresse: '44 place Saint-Corentin' },
      { nom: 'Mairie annexe', commune: 'Quimper', adresse: '2 place de Stang' },
    ],
    [
      'a town hall and its annexe that share a SIRET and a telephone',
      { ...LIBRARY, nom: 'Mairie de Callac' },
      { ...LIBRARY, nom: 'Mairie annexe de Kerbernez', adresse: '2 place de Stang' },
    ],
    [
      'two houses of a town, by its SIRET and switchboard',
      { ...LIBRARY, nom: 'Centre social Kermor', adresse: null },
      { ...LIBRARY, nom: 'Centre social Penhars', adresse: null },
    ],
    ['a bus and the house it leaves from', LIBRARY, { ...LIBRARY, nom: 'Médiathèque de Callac (bus)' }],
    [
      'two houses told apart by a number',
      { ...LIBRARY, nom: 'Résidence Kerjean 1', adresse: null, telephone: null },
      { ...LIBRARY, nom: 'Résidence Kerjean 2', adresse: null, telephone: null },
    ],
    [
      'two that leave the same blanks: « à compléter », « NC », zeros',
      {
        nom: LIBRARY.nom,
        commune: 'Callac',
        adresse: 'à compléter',
        telephone: 'NC',
        pivot: '00000000000000',
      },
      {
        nom: LIBRARY.nom,
        commune: 'Callac',
        adresse: 'à compléter',
        telephone: 'NC',
        pivot: '00000000000000',
      },
    ],
    ['two records without a name', { ...LIBRARY, nom: '???' }, { ...LIBRARY, nom: null }],
  ])('are not %s', (_, one, other) => {
    expect(pairs(one, other)).toEqual([])
  })

  it('are two places of one name only where the rules let a name be enough', () => {
    const lenient = duplicateIndex({ ...rules, duplicates: { ...rules.duplicates, threshold: 50 } })
    for (const id of ['a', 'b']) lenient.add(actorOf({ nom: LIBRARY.nom, commune: 'Callac' }, { id }))
    expect(atOnce(lenient.find()).pairs).toHaveLength(1)
  })

  it('say where the other record is when it is not in the same commune', () => {
    const other = { ...LIBRARY, commune: 'Carnoët', code_postal: '22161' }
    expect(reason(LIBRARY, other)).toMatch(/dans une autre commune$/)
  })

  it('are told by their distance where the addresses do not say it', () => {
    const here = {
      nom: 'Le Phare',
      commune: 'Brest',
      telephone: '0298000000',
      latitude: '48.3900',
      longitude: '-4.4860',
    }
    expect(reason(here, { ...here, latitude: '48,39030' })).toBe(
      'même nom, même téléphone, à 33 m, même commune',
    )
  })

  it('are each given once, in the order of their ids whatever the order of reading, with what names them', () => {
    const three = found(LIBRARY, { ...LIBRARY, id: 'structure-2' }, LIBRARY)
    expect(three.pairs.map(({ one, other }) => `${one} ${other}`)).toEqual([
      'fiche-1 fiche-2',
      'fiche-1 fiche-3',
      'fiche-2 fiche-3',
    ])
    expect(three.records.get('fiche-2')).toEqual({
      name: LIBRARY.nom,
      commune: 'Callac',
      identifier: 'structure-2',
    })
  })

  it('are not proposed by the thousand where one import repeats itself, and that is said', () => {
    const { pairs: none, crowds } = found(
      ...Array.from({ length: rules.duplicates.crowd + 1 }, () => LIBRARY),
    )
    expect(none).toEqual([])
    expect(crowds.map(({ kind }) => kind)).toContain('phone')
    expect(
      crowds.every(({ records, id }) => records === rules.duplicates.crowd + 1 && id === 'fiche-1'),
    ).toBe(true)
  })

  it('tell under what the crowd came together', () => {
    const crowd = Array.from({ length: rules.duplicates.crowd + 1 }, (_, at) => ({
      nom: `Relais ${String.fromCodePoint(97 + (at % 26)).repeat(6)}${at}`,
      courriels: 'accueil@example.org',
    }))
    expect(found(...crowd).crowds).toEqual([{ kind: 'email', records: crowd.length, id: 'fiche-1' }])
  })

  it('are given in the order of their ids, not of their reading', () => {
    const index = duplicateIndex(rules)
    for (const id of ['c', 'a', 'd', 'b']) index.add(actorOf(LIBRARY, { id }))
    expect(atOnce(index.find()).pairs.map(({ one, other }) => one + other)).toEqual([
      'ab',
      'ac',
      'ad',
      'bc',
      'bd',
      'cd',
    ])
  })

  it('are proposed from the threshold on', () => {
    const here = { nom: 'Le Phare', commune: 'Brest', telephone: '0298000000' }
    const at = (threshold: number) => {
      const index = duplicateIndex({ ...rules, duplicates: { ...rules.duplicates, threshold } })
      for (const id of ['a', 'b']) index.add(actorOf(here, { id }))
      return atOnce(index.find()).pairs
    }
    const [pair] = at(60)
    expect(at(pair?.score ?? 0)).toHaveLength(1)
    expect(at((pair?.score ?? 0) + 0.001)).toEqual([])
  })

  it('are looked for in steps, a record held against some others at a time', () => {
    const index = duplicateIndex(rules)
    for (let at = 0; at < 40; at += 1)
      index.add(actorOf({ nom: `Relais ${at}`, telephone: LIBRARY.telephone }, { id: String(at) }))
    let steps = 0
    const work = index.find()
    while (work.next().done !== true) steps += 1
    expect(steps).toBeGreaterThanOrEqual(39)
  })

  it('still meet by something else where a crowd shares their telephone', () => {
    const crowd = Array.from({ length: rules.duplicates.crowd }, (_, at) => ({
      nom: `Relais ${String.fromCodePoint(97 + (at % 26)).repeat(6)}${at}`,
      code_postal: String(10_000 + at),
      telephone: LIBRARY.telephone,
    }))
    expect(pairs(LIBRARY, LIBRARY, ...crowd)).toHaveLength(1)
  })
})
