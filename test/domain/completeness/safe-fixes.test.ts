import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import { actorOf, assessed, keepsAll, rules } from './records.ts'

const fixesOf = (fields: Parameters<typeof actorOf>[0], rest?: Parameters<typeof actorOf>[1]) =>
  safeFixes(actorOf(fields, rest), assessed, keepsAll).map(({ field, code, before, after }) => [
    field,
    code,
    before,
    after,
  ])

describe('what is mended without asking anybody', () => {
  it('is what is right in substance', () => {
    expect(fixesOf({ telephone: '02 96 60 47 87', horaires: 'du lundi au vendredi de 9h à 12h' })).toEqual([
      ['telephone', 'telephone.notation', '02 96 60 47 87', '+33296604787'],
      ['horaires', 'horaires.notation', 'du lundi au vendredi de 9h à 12h', 'Mo-Fr 09:00-12:00'],
    ])
  })

  it.each([
    ['a warning, though it has a suggestion', { telephone: '02 96 60 47 87 / 02 96 60 47 88' }],
    ['a nearly right word', { services: 'Aide au démarches administrative' }],
    ['a blocking value, though it has a suggestion', { latitude: '-2.74538', longitude: '48.51727' }],
    ['what is right', { nom: 'Mairie', telephone: '+33296604787' }],
    ['what says nothing', { nom: 'NC' }],
  ])('is not %s', (_, fields) => {
    expect(fixesOf(fields)).toEqual([])
  })

  it('is not what a person called exact', () => {
    expect(fixesOf({ nom: 'ESPACE NUMERIQUE LES ARCADES' }, { verified: ['nom.capitals'] })).toEqual([])
  })

  it('is mended step by step where one fix uncovers another', () => {
    expect(fixesOf({ nom: ' MAIRIE  ANNEXE DE CALLAC', code_insee: '22025' })).toEqual([
      ['nom', 'nom.spaces', ' MAIRIE  ANNEXE DE CALLAC', 'MAIRIE ANNEXE DE CALLAC'],
      ['nom', 'nom.capitals', 'MAIRIE ANNEXE DE CALLAC', 'Mairie Annexe de Callac'],
    ])
  })

  it('is left where it would bring a graver finding, or move the record to another EPCI', () => {
    const judge = (actor: ReturnType<typeof actorOf>) => {
      const info = {
        field: 'nom',
        code: 'nom.spaces',
        severity: 'info',
        message: '',
        suggestion: 'B',
      } as const
      const grave = { ...info, code: 'nom.other', severity: 'warning' } as const
      const seen = assessed(actor)
      const before = actor.fields.nom === 'A'
      return {
        ...seen,
        epci: before ? '1' : actor.fields.source,
        findings: before ? [info] : seen.epci === null && actor.fields.commune === null ? [] : [grave],
      }
    }
    const apply = (fields: Parameters<typeof actorOf>[0]) =>
      safeFixes(actorOf(fields), judge, keepsAll).length
    expect(apply({ nom: 'A', source: '1' })).toBe(1)
    expect(apply({ nom: 'A', source: '2' })).toBe(0)
    expect(apply({ nom: 'A', source: '1', commune: 'X' })).toBe(0)
  })

  it('leaves nothing to normalise, brings no graver finding, and fills no less', () => {
    const examples = new Map(
      rules.fields.map(({ field, examples: given }) => [field, given.map((one) => one.given)]),
    )
    const fields = fc.record(
      Object.fromEntries(
        FIELDS.map((field) => [field, fc.option(fc.constantFrom(...(examples.get(field) ?? ['x'])))]),
      ),
    )
    fc.assert(
      fc.property(fields, (written) => {
        const before = assessed(actorOf(written))
        const mended = { ...written }
        for (const { field, before: old, after } of safeFixes(actorOf(written), assessed, keepsAll)) {
          expect(mended[field]).toBe(old)
          mended[field] = after
        }
        const after = assessed(actorOf(mended))
        const codes = (assessment: typeof before) =>
          assessment.findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)
        expect(codes(before)).toEqual(expect.arrayContaining(codes(after)))
        expect(after.completeness).toBeGreaterThanOrEqual(before.completeness)
      }),
    )
  })
})
