import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { differencesBetween } from '../../../src/domain/import/differences.ts'
import { mergeOf } from '../../../src/domain/import/merge.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf, assessed, geography, TODAY } from '../completeness/records.ts'

type Fields = Partial<Record<FieldName, string | null>>

const merge = mergeOf(assessed, differencesBetween({ rules, geography, today: TODAY }))
const PLACE = { nom: 'Médiathèque de Callac', commune: 'Callac', code_postal: '22160', code_insee: '22025' }
const record = (id: string, fields: Fields = {}, rest: Partial<Actor> = {}) =>
  actorOf({ ...PLACE, ...fields }, { id, ...rest })
const kept = (one: Actor, other: Actor) => {
  const [forth, back] = [merge(one, other), merge(other, one)]
  expect(back).toEqual(forth)
  return forth.kept
}

describe('a merge of two records', () => {
  it('keeps the one that people validated, however complete the other is', () => {
    const full = record('1', { telephone: '+33296455234', horaires: 'Mo-Fr 09:00-12:00' })
    expect(kept(full, record('2', {}, { step: 'Validée' }))).toBe('2')
    expect(kept(full, record('2', {}, { step: 'À contacter' }))).toBe('1')
  })

  it('else the more complete one, else the one changed last, else that of the lesser number', () => {
    expect(kept(record('1'), record('2', { telephone: '+33296455234' }))).toBe('2')
    const day = (changedOn: string) => ({ changedOn })
    expect(kept(record('1', {}, day('2026-01-01')), record('2', {}, day('2026-02-01')))).toBe('2')
    expect(kept(record('10'), record('9'))).toBe('9')
  })

  it('tells field by field what the other one says beside', () => {
    const one = record('1', { telephone: '+33296455234', adresse: '3 rue des Ajoncs' })
    const other = record('2', { telephone: '02 96 45 52 99', site_web: 'https://callac.bzh' })
    expect(merge(one, other)).toMatchObject({
      ...{ kept: '1', other: '2' },
      differences: [
        { field: 'telephone', kind: 'conflict', before: '+33296455234', after: '+33296455299' },
        { field: 'site_web', kind: 'completion', before: null, after: 'https://callac.bzh' },
      ],
    })
  })
})
