import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  inputFaults,
  inputInvalid,
  parseSituation,
  SituationInput,
  strict,
} from '../../../src/domain/rules/situation.ts'
import { PortreaError } from '../../../src/errors.ts'
import { situation } from '../../helpers/situations.ts'

function faultsOf(input: unknown): readonly string[] {
  try {
    parseSituation(input)
    return []
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    expect([cause.code, cause.message]).toEqual(['INPUT_INVALID', 'Cette situation ne peut pas être lue.'])
    expect(cause.cause).toBeInstanceOf(z.ZodError)
    return cause.faults
  }
}

describe('what `recommend` accepts', () => {
  it('is a situation of which anything may be missing or null', () => {
    const nothing = { siren: null, situation: situation({}) }
    expect(parseSituation({})).toEqual(nothing)
    expect(parseSituation({ siren: null, answers: null, observed: null, drivers: null })).toEqual(nothing)
    expect(parseSituation({ siren: '200067981', answers: { aim: 'none' }, drivers: { actors: 0 } })).toEqual({
      siren: '200067981',
      situation: situation({ answers: { aim: 'none' }, drivers: { actors: 0 } }),
    })
  })

  it('takes a SIREN that YAML has read as a number', () => {
    expect(parseSituation({ siren: 200069409 }).siren).toBe('200069409')
  })

  it('is within its bounds, which count', () => {
    const low = {
      observed: { completeness: 0, freshness: 0, contactedShare: 0, participationRate: 0 },
      drivers: { expectedParticipationRate: 0, actors: 0 },
      answers: { meetingsPerYear: 0 },
    }
    const high = {
      observed: { completeness: 100, freshness: 100, contactedShare: 1, communesCovered: 1 },
      drivers: { expectedParticipationRate: 1, actors: 400 },
      answers: { meetingsPerYear: 2.5 },
    }
    expect([faultsOf(low), faultsOf(high)]).toEqual([[], []])
  })

  it('says where each fault is, what was given, and what is accepted', () => {
    expect(
      faultsOf({
        siren: '20006798',
        answers: { aim: 'reseau', meetingsPerYear: -1 },
        observed: { completeness: 100.5, freshness: -0.5, contactedShare: 1.5, communesCovered: -1 },
        drivers: { expectedParticipationRate: '50 %', actors: 1.5 },
      }),
    ).toEqual([
      'siren: "20006798" n’est pas accepté ; il faut neuf chiffres',
      'answers.meetingsPerYear: -1 n’est pas accepté ; il faut un nombre, 0 ou plus',
      'answers.aim: "reseau" n’est pas accepté ; il faut une de ces valeurs : none, mutual_knowledge, database, networking',
      'observed.completeness: 100.5 n’est pas accepté ; il faut un nombre de 0 à 100',
      'observed.freshness: -0.5 n’est pas accepté ; il faut un nombre de 0 à 100',
      'observed.contactedShare: 1.5 n’est pas accepté ; il faut un nombre de 0 à 1',
      'observed.communesCovered: -1 n’est pas accepté ; il faut un nombre de 0 à 1',
      'drivers.expectedParticipationRate: "50 %" n’est pas accepté ; il faut un nombre de 0 à 1',
      'drivers.actors: 1.5 n’est pas accepté ; il faut un nombre entier, 0 ou plus',
    ])
  })

  it('is a number where one is asked for, whatever it is of', () => {
    const given = {
      answers: { meetingsPerYear: '2' },
      observed: { completeness: '50', communesCovered: true },
      drivers: { actors: '1' },
    }
    expect(faultsOf(given)).toEqual([
      'answers.meetingsPerYear: "2" n’est pas accepté ; il faut un nombre, 0 ou plus',
      'observed.completeness: "50" n’est pas accepté ; il faut un nombre de 0 à 100',
      'observed.communesCovered: true n’est pas accepté ; il faut un nombre de 0 à 1',
      'drivers.actors: "1" n’est pas accepté ; il faut un nombre entier, 0 ou plus',
    ])
  })

  it('tells in its schema what each number is', () => {
    const text = JSON.stringify(z.toJSONSchema(SituationInput, { io: 'input', unrepresentable: 'any' }))
    const told = [...text.matchAll(/"(\w+)":\{"default":null,"description":"[^"]+"/gu)].map(([, key]) => key)
    const { answers: _, observed, drivers } = situation({})
    expect(told).toEqual(['meetingsPerYear', ...Object.keys(observed), ...Object.keys(drivers)])
  })

  it.each(['1234567890', '12345678', 'x123456789', '123456789x', 'abcdefghi', 12345678, 1234567.89])(
    'refuses %j as a SIREN',
    (siren) => {
      expect(faultsOf({ siren })).toEqual([
        `siren: ${typeof siren === 'number' && Number.isInteger(siren) ? `"${siren}"` : JSON.stringify(siren)} n’est pas accepté ; il faut neuf chiffres`,
      ])
    },
  )

  it('names each unknown key, and what is known beside it', () => {
    expect(faultsOf({ answers: { purpose: 1, scope: 2 } })).toEqual([
      'answers.purpose: clé inconnue ; clés acceptées : governance, roadmap, referents, network, meetingsPerYear, aim, commitment, tool, use, mastery',
      'answers.scope: clé inconnue ; clés acceptées : governance, roadmap, referents, network, meetingsPerYear, aim, commitment, tool, use, mastery',
    ])
    expect(faultsOf({ reponses: {} })).toEqual([
      'reponses: clé inconnue ; clés acceptées : siren, answers, observed, drivers',
    ])
    expect(faultsOf({ drivers: [1] })).toEqual([
      'drivers: […] n’est pas accepté ; il faut un objet avec les clés expectedParticipationRate, actors',
    ])
  })

  it('has no path where the whole is no object, and shows what is long by its beginning', () => {
    const accepted = 'n’est pas accepté ; il faut un objet avec les clés siren, answers, observed, drivers'
    expect(faultsOf(undefined)).toEqual([`undefined ${accepted}`])
    expect(faultsOf(Number.NaN)).toEqual([`NaN ${accepted}`])
    expect(faultsOf('x'.repeat(58))).toEqual([`"${'x'.repeat(58)}" ${accepted}`])
    expect(faultsOf('x'.repeat(59))).toEqual([`"${'x'.repeat(59)}… ${accepted}`])
  })
})

describe('the faults of any schema', () => {
  const schema = strict({ one: z.strictObject({ list: z.array(z.number({ error: 'no number' })) }) })
  const error = schema.safeParse({ one: { list: [1, 'x'] }, other: 1 }).error!

  it('have the path of what is wrong', () => {
    expect(inputFaults(error)).toEqual([
      { path: 'one.list.1', message: 'no number' },
      { path: 'other', message: 'clé inconnue ; clés acceptées : one' },
    ])
  })

  it('make an INPUT_INVALID with our sentence', () => {
    const made = inputInvalid('This body cannot be read.', error)
    expect(made).toMatchObject({
      code: 'INPUT_INVALID',
      message: 'This body cannot be read.',
      cause: error,
      faults: ['one.list.1: no number', 'other: clé inconnue ; clés acceptées : one'],
    })
  })
})
