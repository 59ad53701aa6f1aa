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
    expect([cause.code, cause.message]).toEqual(['INPUT_INVALID', 'This situation cannot be read.'])
    expect(cause.cause).toBeInstanceOf(z.ZodError)
    return cause.faults
  }
}

describe('what `recommend` accepts', () => {
  it('is a situation of which anything may be missing or null', () => {
    const nothing = { siren: null, situation: situation({}) }
    expect(parseSituation({})).toEqual(nothing)
    expect(parseSituation({ siren: null, answers: null, observed: null, drivers: null })).toEqual(nothing)
    expect(
      parseSituation({ siren: '200067981', answers: { aim: 'none' }, drivers: { actorsToRecord: 0 } }),
    ).toEqual({
      siren: '200067981',
      situation: situation({ answers: { aim: 'none' }, drivers: { actorsToRecord: 0 } }),
    })
  })

  it('is within its bounds, which count', () => {
    const low = {
      observed: { completeness: 0, freshness: 0, contactedShare: 0, participationRate: 0 },
      drivers: { expectedParticipationRate: 0, actorsToRecord: 0, actorsToContact: 0 },
      answers: { meetingsPerYear: 0 },
    }
    const high = {
      observed: { completeness: 100, freshness: 100, contactedShare: 1, kindDiversity: 1 },
      drivers: { expectedParticipationRate: 1, actorsToRecord: 400 },
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
        drivers: { expectedParticipationRate: '50 %', actorsToRecord: 1.5, actorsToContact: -1 },
      }),
    ).toEqual([
      'siren: "20006798" is not accepted; nine digits, as text',
      'answers.meetingsPerYear: -1 is not accepted; a number, 0 or more',
      'answers.aim: "reseau" is not accepted; one of none, mutual_knowledge, database, networking',
      'observed.completeness: 100.5 is not accepted; a number from 0 to 100',
      'observed.freshness: -0.5 is not accepted; a number from 0 to 100',
      'observed.contactedShare: 1.5 is not accepted; a number from 0 to 1',
      'observed.communesCovered: -1 is not accepted; a number from 0 to 1',
      'drivers.expectedParticipationRate: "50 %" is not accepted; a number from 0 to 1',
      'drivers.actorsToRecord: 1.5 is not accepted; a whole number, 0 or more',
      'drivers.actorsToContact: -1 is not accepted; a whole number, 0 or more',
    ])
  })

  it('is a number where one is asked for, whatever it is of', () => {
    const given = {
      answers: { meetingsPerYear: '2' },
      observed: { completeness: '50', kindDiversity: true },
      drivers: { actorsToRecord: '1', actorsToContact: {} },
    }
    expect(faultsOf(given)).toEqual([
      'answers.meetingsPerYear: "2" is not accepted; a number, 0 or more',
      'observed.completeness: "50" is not accepted; a number from 0 to 100',
      'observed.kindDiversity: true is not accepted; a number from 0 to 1',
      'drivers.actorsToRecord: "1" is not accepted; a whole number, 0 or more',
      'drivers.actorsToContact: {} is not accepted; a whole number, 0 or more',
    ])
  })

  it('tells in its schema what each number is', () => {
    const text = JSON.stringify(z.toJSONSchema(SituationInput, { io: 'input', unrepresentable: 'any' }))
    const told = [...text.matchAll(/"(\w+)":\{"default":null,"description":"[^"]+"/gu)].map(([, key]) => key)
    const { answers: _, observed, drivers } = situation({})
    expect(told).toEqual(['meetingsPerYear', ...Object.keys(observed), ...Object.keys(drivers)])
  })

  it.each(['1234567890', '12345678', 'x123456789', '123456789x', 'abcdefghi', 123456789])(
    'refuses %j as a SIREN',
    (siren) => {
      expect(faultsOf({ siren })).toEqual([
        `siren: ${JSON.stringify(siren)} is not accepted; nine digits, as text`,
      ])
    },
  )

  it('names each unknown key, and what is known beside it', () => {
    expect(faultsOf({ answers: { purpose: 1, scope: 2 } })).toEqual([
      'answers.purpose: unknown key; accepted: governance, roadmap, referents, network, meetingsPerYear, aim, commitment, tool, use, mastery',
      'answers.scope: unknown key; accepted: governance, roadmap, referents, network, meetingsPerYear, aim, commitment, tool, use, mastery',
    ])
    expect(faultsOf({ reponses: {} })).toEqual([
      'reponses: unknown key; accepted: siren, answers, observed, drivers',
    ])
    expect(faultsOf({ drivers: [1] })).toEqual([
      'drivers: [1] is not accepted; an object with the keys expectedParticipationRate, actorsToRecord, actorsToContact',
    ])
  })

  it('has no path where the whole is no object, and shows what is long by its beginning', () => {
    const accepted = 'is not accepted; an object with the keys siren, answers, observed, drivers'
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
      { path: 'other', message: 'unknown key; accepted: one' },
    ])
  })

  it('make an INPUT_INVALID with our sentence', () => {
    const made = inputInvalid('This body cannot be read.', error)
    expect(made).toMatchObject({
      code: 'INPUT_INVALID',
      message: 'This body cannot be read.',
      cause: error,
      faults: ['one.list.1: no number', 'other: unknown key; accepted: one'],
    })
  })
})
