import { describe, expect, it } from 'vitest'
import type { Feature } from '../../../src/domain/duplicates/comparison.ts'
import { reasonOf } from '../../../src/domain/duplicates/reason.ts'
import { rules } from '../../helpers/rules.ts'

const reason = (...features: Feature[]) =>
  reasonOf(features, rules.duplicates.says).replaceAll(/[\u00a0\u202f]/gu, ' ')

describe('why two records look alike', () => {
  it.each<[Feature, string]>([
    [{ feature: 'name', points: 40, likeness: 1, written: 'alike' }, 'même nom'],
    [{ feature: 'name', points: 40, likeness: 1, written: 'otherwise' }, 'nom équivalent'],
    [{ feature: 'name', points: 30, likeness: 0.929, written: 'otherwise' }, 'nom proche à 92 %'],
    [{ feature: 'address', points: 30 }, 'même adresse'],
    [{ feature: 'street', points: 22 }, 'même rue'],
    [{ feature: 'number', points: 5 }, 'même rue'],
    [{ feature: 'pivot', points: 30, rna: false }, 'même SIRET'],
    [{ feature: 'pivot', points: 30, rna: true }, 'même RNA'],
    [{ feature: 'phone', points: 30 }, 'même téléphone'],
    [{ feature: 'email', points: 15 }, 'même courriel'],
    [{ feature: 'identifier', points: 30 }, 'même identifiant'],
    [{ feature: 'distance', points: 12, metres: 1033.4 }, 'à 1 033 m'],
    [{ feature: 'commune', points: 10 }, 'même commune'],
    [{ feature: 'elsewhere', points: -20 }, 'dans une autre commune'],
    [{ feature: 'body', points: 1 }, ''],
    [{ feature: 'kind', points: 8 }, ''],
    [{ feature: 'postalCode', points: 1 }, ''],
  ])('is said of %j', (feature, said) => {
    expect(reason(feature)).toBe(said)
  })

  it('says nothing of what sets them apart or gives nothing, but that they are not in one town', () => {
    const against = (
      ['otherKind', 'itinerant', 'words', 'numbers', 'otherPivot', 'otherAddress', 'far'] as const
    ).map((feature): Feature => ({ feature, points: -10 }))
    const nothing: Feature[] = [
      { feature: 'phone', points: 0 },
      { feature: 'name', points: -5, likeness: 0.4, written: 'otherwise' },
    ]
    expect(reason(...against, ...nothing, { feature: 'elsewhere', points: -20 })).toBe(
      'dans une autre commune',
    )
    expect(reason(...against.map((feature) => ({ ...feature, points: 10 })))).toBe('')
  })

  it('begins with what weighs most', () => {
    const features: Feature[] = [
      { feature: 'commune', points: 10 },
      { feature: 'phone', points: 30 },
      { feature: 'email', points: 15 },
    ]
    expect(reason(...features)).toBe('même téléphone, même courriel, même commune')
  })
})
