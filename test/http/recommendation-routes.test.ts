import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSituation } from '../../src/domain/rules/situation.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { Recommendation } from '../../src/http/schemas/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { AUTHORIZED, SIREN, testServer } from './test-server.ts'

describe('POST /api/recommendations', () => {
  it('answers what the domain answers, byte for byte, as its schema says', async () => {
    const { server } = await testServer()
    await fc.assert(
      fc.asyncProperty(anySituation, async ({ listed: _, ...given }) => {
        const answer = await ask(server, given)
        const known = { ...given, listed: { referents: null } }
        const expected = { rules: rules.fingerprint, ...recommend(known, rules) }
        expect(answer.statusCode).toBe(200)
        expect(answer.body).toBe(JSON.stringify(expected))
        expect(Recommendation.parse(answer.json())).toEqual(answer.json())
      }),
      { numRuns: 50 },
    )
  })

  it('writes the keys in the order of the contract', async () => {
    const { server } = await testServer()
    expect(Object.keys((await ask(server, {})).json())).toEqual(
      'rules recommended reading scores intervals aPriori contributions confidence preconditions contradictions reasons method counterfactual counterfactualAim factors workload workloads sensitivity nextQuestions nearTie why'.split(
        ' ',
      ),
    )
  })

  it.each([
    ['nothing', {}],
    ['a SIREN alone', { siren: SIREN }],
    ['everything null', { siren: null, answers: null, observed: null, drivers: null }],
  ])('takes %s as nothing known', async (_, given) => {
    const { server } = await testServer()
    const nothing = { rules: rules.fingerprint, ...recommend(situation({}), rules) }
    expect((await ask(server, given)).body).toBe(JSON.stringify(nothing))
  })

  it('names every fault at once, each with its path and what is accepted', async () => {
    const { server } = await testServer()
    const answer = await ask(server, {
      answers: { aim: 'x', size: 3 },
      observed: { freshness: 101 },
      note: '',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json().errors).toEqual([
      {
        path: 'answers.aim',
        message:
          '"x" n’est pas accepté ; il faut une de ces valeurs : none, mutual_knowledge, database, networking',
      },
      {
        path: 'answers.size',
        message: expect.stringContaining('clé inconnue ; clés acceptées : governance,'),
      },
      { path: 'observed.freshness', message: '101 n’est pas accepté ; il faut un nombre de 0 à 100' },
      { path: 'note', message: 'clé inconnue ; clés acceptées : siren, answers, observed, drivers' },
    ])
  })

  it.each([
    ['no JSON', '{', 'application/json', 400, 'REQUEST_INVALID'],
    ['no body', undefined, 'application/json', 400, 'REQUEST_INVALID'],
    ['another type', 'siren: 1', 'application/yaml', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['too much', `{"note":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'BODY_TOO_LARGE'],
    ['a key that poisons', '{"__proto__":{}}', 'application/json', 400, 'REQUEST_INVALID'],
  ])('refuses %s', async (_, payload, type, status, code) => {
    const { server } = await testServer()
    const answer = await server.inject({
      method: 'POST',
      url: '/api/recommendations',
      headers: { ...AUTHORIZED, 'content-type': type },
      ...(payload === undefined ? {} : { payload }),
    })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ code, status })
  })
})

describe('the input of recommend', () => {
  it.each([
    [{ siren: 20006940 }, 'siren: "20006940" n’est pas accepté ; il faut neuf chiffres'],
    [
      { observed: { completeness: Number.NaN } },
      'observed.completeness: NaN n’est pas accepté ; il faut un nombre de 0 à 100',
    ],
    [
      { observed: { contactedShare: Infinity } },
      'observed.contactedShare: Infinity n’est pas accepté ; il faut un nombre de 0 à 1',
    ],
    [
      { observed: { communesCovered: '0.4' } },
      'observed.communesCovered: "0.4" n’est pas accepté ; il faut un nombre de 0 à 1',
    ],
    [
      { drivers: { actors: 1.5 } },
      'drivers.actors: 1.5 n’est pas accepté ; il faut un nombre entier, 0 ou plus',
    ],
    [
      { answers: { meetingsPerYear: -1 } },
      'answers.meetingsPerYear: -1 n’est pas accepté ; il faut un nombre, 0 ou plus',
    ],
    [
      { answers: [] },
      expect.stringContaining('answers: [] n’est pas accepté ; il faut un objet avec les clés governance,'),
    ],
    ['?', '"?" n’est pas accepté ; il faut un objet avec les clés siren, answers, observed, drivers'],
    [null, 'null n’est pas accepté ; il faut un objet avec les clés siren, answers, observed, drivers'],
  ])('refuses %j', (input, fault) => {
    expect(() => parseSituation(input)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', faults: [fault] }),
    )
  })

  it('reads any situation of the contract as it stands', () => {
    fc.assert(
      fc.property(anySituation, ({ listed: _, ...given }) => {
        const known = { ...given, listed: { referents: null } }
        expect(parseSituation({ siren: SIREN, ...given })).toEqual({ siren: SIREN, situation: known })
      }),
    )
  })
})

function ask(server: Awaited<ReturnType<typeof testServer>>['server'], payload: object) {
  return server.inject({ method: 'POST', url: '/api/recommendations', headers: AUTHORIZED, payload })
}
