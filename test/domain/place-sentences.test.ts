import { describe, expect, it } from 'vitest'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import {
  blockSentences,
  countSentences,
  needSentences,
  placeSentences,
  similarSentence,
} from '../../src/domain/place-sentences.ts'
import { shareOf } from '../../src/domain/indicators/shares.ts'
import { region } from '../../src/domain/region.ts'
import { rules } from '../helpers/rules.ts'
import { plainSpaces } from '../helpers/plain.ts'

const like = (known: Partial<EpciReport>) => known as EpciReport
const plain = (lines: readonly string[]) => lines.map(plainSpaces)

describe('an EPCI that is alike', () => {
  const similar = {
    siren: '200067072',
    name: 'CC Y',
    similarity: 0.916,
    compared: ['governance', 'tooling', 'population'],
    recommended: 'outil',
    retained: null,
  } as const

  it('says on what, and which choice was made there', () => {
    expect(similarSentence(similar)).toBe(
      'CC Y, semblable à 92 % (gouvernance, outillage et population) : « Outil » recommandé, rien de retenu',
    )
    expect(similarSentence({ ...similar, retained: 'outil' })).toMatch(/ : « Outil » retenu$/)
    expect(similarSentence({ ...similar, retained: 'reseau' })).toMatch(
      / : « Réseau » retenu \(« Outil » recommandé\)$/,
    )
  })
})

describe('the four needs', () => {
  const need = (status: 'nobody' | 'unknown' | 'covered', actors = 0, communes: number | null = null) => ({
    ...{ status, actors, communes },
  })

  it('tells nobody from nobody known, and how widely the others are met', () => {
    const needs = {
      information: need('nobody'),
      equipment: need('unknown'),
      help: need('covered', 1),
      training: need('covered', 12, 0.405),
    } as unknown as EpciReport['needs']
    const { information, equipment, help, training } = rules.indicators.needs
    expect(plain(needSentences(like({ needs }), rules.indicators))).toEqual([
      `${information.label} : personne`,
      `${equipment.label} : personne de connu, mais des fiches ne disent pas leurs services`,
      `${help.label} : 1 acteur`,
      `${training.label} : 12 acteurs, dans 41 % des communes`,
    ])
  })
})

describe('the four needs, where there is no record', () => {
  it('are not known, and that is no fault of records', () => {
    const nobody = { status: 'unknown', actors: 0, communes: null }
    const needs = { information: nobody, equipment: nobody, help: nobody, training: nobody }
    const said = needSentences(like({ needs, actors: 0 } as unknown as EpciReport), rules.indicators)
    expect(said.every((line) => line.endsWith(' : inconnu, faute de fiche'))).toBe(true)
  })
})

describe('the blocks of fields', () => {
  const block = { completeness: 66.6, filled: 0.5 }
  const byBlock = {
    identity: { completeness: 100, filled: 1 },
    contact: block,
    place: block,
    hours: { completeness: null, filled: 0.125 },
    offer: block,
    publics: { completeness: 0, filled: null },
    access: { completeness: null, filled: null },
  } as unknown as EpciReport['byBlock']

  it('says how full each is; one that the profile does not ask for is optional', () => {
    const { blocks } = rules.indicators
    expect(plain(blockSentences(like({ byBlock, actors: 3 }), rules.indicators))).toEqual([
      `${blocks.identity.label} : 100 % (100 % des cases)`,
      `${blocks.contact.label} : 67 % (50 % des cases)`,
      `${blocks.place.label} : 67 % (50 % des cases)`,
      `${blocks.hours.label} : facultatif (13 % des cases)`,
      `${blocks.offer.label} : 67 % (50 % des cases)`,
      `${blocks.publics.label} : 0 %`,
      `${blocks.access.label} : facultatif`,
    ])
  })

  it('says nothing without records', () => {
    expect(blockSentences(like({ byBlock, actors: 0 }), rules.indicators)).toEqual([])
  })
})

describe('the territory', () => {
  const nothing = {
    actorsPer10000: null,
    communesWithoutActor: [],
    byCommune: [],
    elsewhere: 0,
    actors: 0,
    kinds: { diversity: null, named: 0, distinct: 0, counts: [] },
  } as unknown as EpciReport
  const beside = { region: { epcis: 0, actorsPer10000: null }, fragility: null }
  const said = (known: object, held: object = {}) =>
    plain(placeSentences({ ...nothing, ...known }, { ...beside, ...held }, rules.completeness.fields))
  const communes = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ code: `2900${at}`, name: `Commune ${at + 1}` }))

  it('says nothing of what is not known', () => {
    expect(said({})).toEqual([])
  })

  it('says the density beside the regional median, where there is one', () => {
    expect(said({ actorsPer10000: 4.04 })).toEqual(['4 acteurs pour 10 000 habitants'])
    expect(said({ actorsPer10000: 1.25 }, { region: { epcis: 7, actorsPer10000: 3.5 } })).toEqual([
      '1,3 acteur pour 10 000 habitants (médiane sur 7 EPCI : 3,5)',
    ])
  })

  it('names communes without an actor, twelve of them at most, where the communes are known', () => {
    const without = (count: number) =>
      said({ communesWithoutActor: communes(count), byCommune: [{ code: '29019' }] })
    expect(said({ communesWithoutActor: communes(2) })).toEqual([])
    expect(without(1)).toEqual(['1 commune sans acteur : Commune 1'])
    expect(without(3)).toEqual(['3 communes sans acteur : Commune 1, Commune 2 et Commune 3'])
    expect(without(12)[0]).toMatch(/, Commune 11 et Commune 12$/)
    expect(without(13)[0]).toMatch(/^13 communes sans acteur : Commune 1, .*, Commune 12 et 1 autre$/)
    expect(without(14)[0]).toMatch(/, Commune 12 et 2 autres$/)
  })

  it('counts the records of no commune of the EPCI', () => {
    expect(said({ elsewhere: 1 })).toEqual(["1 fiche sans commune de l'EPCI"])
    expect(said({ elsewhere: 2 })).toEqual(["2 fiches sans commune de l'EPCI"])
  })

  it('names kinds as people read them, eight at most, and how many records name none', () => {
    const kinds = (counts: [string, number][], known: object = {}) =>
      said({
        actors: 4,
        kinds: {
          ...{ diversity: null, named: 4, distinct: counts.length },
          counts: counts.map(([kind, records]) => ({ kind, records })),
          ...known,
        },
        ...known,
      })
    expect(
      kinds([
        ['EPN', 3],
        ['INCONNU', 1],
      ]),
    ).toEqual(["2 types d'acteurs pour 4 fiches : Espace public numérique (3), INCONNU (1)"])
    expect(kinds([['BIB', 1]], { named: 1, actors: 3 })).toEqual([
      "1 type d'acteurs pour 1 fiche : Bibliothèque ou médiathèque (1) ; 2 n'en disent aucun",
    ])
    expect(kinds([], { named: 2, distinct: 1, actors: 3 })).toEqual([
      "1 type d'acteurs pour 2 fiches ; 1 n'en dit aucun",
    ])
    const many = kinds(Array.from({ length: 9 }, (_, at) => [`K${at + 1}`, 1]))
    expect(many[0]).toMatch(/, K8 \(1\)$/)
  })

  it('says what shares are made of, marks those of few, and tells sources apart', () => {
    const share = (count: number, of: number) => shareOf(count, of, 10)
    const counted = (known: object) =>
      plain(
        countSentences({
          ...{ actors: 3, records: 3, sources: [] },
          shares: {
            publishable: share(2, 3),
            freshness: share(0, 0),
            contactedShare: share(0, 12),
            communesCovered: share(2, 32),
          },
          ...known,
        }),
      )
    expect(counted({})).toEqual([
      'publiables : 2 sur 3 (peu de fiches, à lire avec prudence)',
      'contactés depuis un an : 0 sur 12',
      'communes avec un acteur : 2 sur 32',
    ])
    expect(counted({ records: 4 })[0]).toBe(
      '4 fiches pour 3 acteurs : 1 doublon possible, chaque lieu compté une fois',
    )
    expect(counted({ records: 0, actors: 0 })).toEqual([])
    const figures = { records: 2, completeness: 40.4, publishable: 50, freshness: null }
    expect(
      counted({
        sources: [
          { source: 'Hub', ...figures },
          { source: null, ...figures, freshness: 100 },
        ],
      }).slice(3),
    ).toEqual([
      'source « Hub » : 2 fiches, complétude 40 %, publiables 50 %, âge inconnu',
      'sans source : 2 fiches, complétude 40 %, publiables 50 %, à jour 100 %',
    ])
  })

  it('gives the fragility as context alone', () => {
    expect(said({}, { fragility: { score: 3.456, median: 2, components: [] } })).toEqual([
      'indice de fragilité numérique 3,46 (médiane du fichier : 2), pour le contexte : il ne compte dans aucun score',
    ])
  })
})

describe('the EPCI that are known together', () => {
  it('counts those whose density is known, and takes their median', () => {
    const of = (...densities: (number | null)[]) =>
      region(densities.map((actorsPer10000) => ({ actorsPer10000 })))
    expect(of(1, null, 5, 3)).toEqual({ epcis: 3, actorsPer10000: 3 })
    expect(of(null)).toEqual({ epcis: 0, actorsPer10000: null })
  })
})
