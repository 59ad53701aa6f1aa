import { describe, expect, it } from 'vitest'
import type { Trait } from '../../../src/domain/duplicates/comparison.ts'
import { reasonOf } from '../../../src/domain/duplicates/reason.ts'
import { rules } from '../../helpers/rules.ts'

const reason = (...traits: Trait[]) =>
  reasonOf(traits, rules.duplicates.says).replaceAll(/[\u00a0\u202f]/gu, ' ')

describe('why two records look alike', () => {
  it.each<[Trait, string]>([
    [{ trait: 'name', points: 40, likeness: 1, written: 'alike' }, 'même nom'],
    [{ trait: 'name', points: 40, likeness: 1, written: 'otherwise' }, 'nom équivalent'],
    [{ trait: 'name', points: 30, likeness: 0.929, written: 'otherwise' }, 'nom proche à 92 %'],
    [{ trait: 'address', points: 30 }, 'même adresse'],
    [{ trait: 'street', points: 22 }, 'même rue'],
    [{ trait: 'number', points: 5 }, 'même rue'],
    [{ trait: 'pivot', points: 30, rna: false }, 'même SIRET'],
    [{ trait: 'pivot', points: 30, rna: true }, 'même RNA'],
    [{ trait: 'phone', points: 30 }, 'même téléphone'],
    [{ trait: 'email', points: 15 }, 'même courriel'],
    [{ trait: 'identifier', points: 30 }, 'même identifiant'],
    [{ trait: 'distance', points: 12, metres: 1033.4 }, 'à 1 033 m'],
    [{ trait: 'commune', points: 10 }, 'même commune'],
    [{ trait: 'elsewhere', points: -20 }, 'dans une autre commune'],
    [{ trait: 'body', points: 1 }, ''],
    [{ trait: 'kind', points: 8 }, ''],
    [{ trait: 'postalCode', points: 1 }, ''],
  ])('is said of %j', (trait, said) => {
    expect(reason(trait)).toBe(said)
  })

  it('says nothing of what sets them apart or gives nothing, but that they are not in one town', () => {
    const against = (
      ['otherKind', 'itinerant', 'words', 'numbers', 'otherPivot', 'otherAddress', 'far'] as const
    ).map((trait): Trait => ({ trait, points: -10 }))
    const nothing: Trait[] = [
      { trait: 'phone', points: 0 },
      { trait: 'name', points: -5, likeness: 0.4, written: 'otherwise' },
    ]
    expect(reason(...against, ...nothing, { trait: 'elsewhere', points: -20 })).toBe('dans une autre commune')
    expect(reason(...against.map((trait) => ({ ...trait, points: 10 })))).toBe('')
  })

  it('begins with what weighs most', () => {
    const traits: Trait[] = [
      { trait: 'commune', points: 10 },
      { trait: 'phone', points: 30 },
      { trait: 'email', points: 15 },
    ]
    expect(reason(...traits)).toBe('même téléphone, même courriel, même commune')
  })
})
