import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { epciTally } from '../../../src/domain/indicators/tally.ts'
import { actorOf, assessed, geography, TODAY } from '../completeness/records.ts'

const SBAA = '200069409'
const COMMUNES = geography.epci(SBAA)?.communes.length ?? 0

function indicators(actors: readonly Actor[], siren = SBAA) {
  const tally = epciTally(siren, geography, TODAY)
  for (const actor of actors) tally.add(actor, assessed(actor))
  return tally.indicators()
}

describe('the indicators of an EPCI', () => {
  it('are unknown, never zero, without a record', () => {
    expect(indicators([])).toMatchObject({
      actors: 0,
      completeness: null,
      validity: null,
      freshness: null,
      contactedShare: null,
      kindDiversity: null,
      communesCovered: null,
      prefilled: 0,
      toContact: 0,
    })
  })

  it('give the mean of completeness and the share of records that nothing blocks', () => {
    const [named, wrong] = [actorOf({ nom: 'Callac' }), actorOf({ telephone: '02 96' })]
    const { actors, completeness, validity, byField } = indicators([named, wrong])
    expect({ actors, completeness, validity }).toEqual({
      actors: 2,
      completeness: assessed(named).completeness / 2,
      validity: 50,
    })
    expect(byField).toMatchObject({ nom: 0.5, telephone: 0, services: 0 })
  })

  it('count freshness among the records whose age is known only', () => {
    const ages = ['2026-03-01', '2020-01-01', null, null].map((changedOn) => actorOf({}, { changedOn }))
    expect(indicators(ages).freshness).toBe(50)
    expect(indicators([actorOf({})]).freshness).toBeNull()
  })

  it('count a commune once, an old code for its successor', () => {
    const codes = ['22278', '22278', '22007', '22055', '29019']
    const covered = indicators(codes.map((code_insee) => actorOf({ code_insee }))).communesCovered
    expect(covered).toBe(2 / COMMUNES)
  })

  it('say nothing of communes where the EPCI is not of the official list', () => {
    expect(indicators([actorOf({ code_insee: '22278' })], '999999999').communesCovered).toBeNull()
  })

  it('count an arrondissement for its city', () => {
    const lyon = geography.commune('69383')?.epci ?? ''
    const count = geography.epci(lyon)?.communes.length ?? 0
    const places = ['69383', '69381', '69123'].map((code_insee) => actorOf({ code_insee }))
    expect(indicators(places, lyon).communesCovered).toBe(1 / count)
  })

  it('know nothing of contacts where nobody wrote any', () => {
    expect(indicators([actorOf({}), actorOf({})])).toMatchObject({ contactedShare: null, toContact: 2 })
  })

  it('count the contacts of 12 months, and leave out a contact without a date', () => {
    const actors = [
      actorOf({}, { contactedOn: '2026-03-01', step: 'Contacté' }),
      actorOf({}, { contactedOn: '2025-03-15', step: 'Contacté' }),
      actorOf({}, { contactedOn: null, step: 'Validée' }),
      actorOf({}, { contactedOn: null, step: 'À contacter' }),
      actorOf({}),
    ]
    expect(indicators(actors)).toMatchObject({ contactedShare: 1 / 4, toContact: 2 })
  })

  it('measure the diversity of kinds from none to nearly one', () => {
    const kinds = (...typologies: string[]) =>
      indicators(typologies.map((typologie) => actorOf({ typologie }))).kindDiversity
    expect(kinds('BIB', 'BIB')).toBe(0)
    expect(kinds('BIB', 'CCAS')).toBe(0.5)
    expect(kinds('BIB|CCAS')).toBe(0.5)
    expect(kinds('BIB', 'CCAS', 'ASSO', 'EPN')).toBe(0.75)
    expect(indicators([actorOf({ nom: 'Callac' })]).kindDiversity).toBeNull()
  })

  it('come out the same to the last bit in whatever order the records come', () => {
    const record = fc
      .record({
        nom: fc.option(fc.constantFrom('Callac', 'LA POSTE')),
        pivot: fc.option(fc.constantFrom('43493312300029', '1')),
        code_insee: fc.option(fc.constantFrom('22278', '22055', '29019')),
        typologie: fc.option(fc.constantFrom('BIB', 'ASSO|CCAS')),
        services: fc.option(fc.constantFrom('Vélo', 'Utilisation sécurisée du numérique')),
      })
      .map((fields) => actorOf(fields))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (actors) => {
        expect(JSON.stringify(indicators(actors.toReversed()))).toBe(JSON.stringify(indicators(actors)))
      }),
    )
  })
})
