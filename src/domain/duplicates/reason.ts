import type { DuplicateRules } from '../rules/duplicates.ts'
import { frenchNumber } from '../typography.ts'
import type { Trait } from './comparison.ts'

/** Why two records look alike, in French, what weighs most first: « même SIRET, nom proche à 92 % ». */
export function reasonOf(traits: readonly Trait[], says: DuplicateRules['says']): string {
  const told = traits
    .filter(({ trait, points }) => points > 0 || trait === 'elsewhere')
    .map((trait) => ({ points: trait.points, text: sentence(trait, says) }))
  return told
    .filter(({ text }) => text !== null)
    .toSorted((one, other) => other.points - one.points)
    .map(({ text }) => text)
    .join(', ')
}

function sentence(trait: Trait, says: DuplicateRules['says']): string | null {
  switch (trait.trait) {
    case 'name':
      if (trait.likeness === 1) return trait.written === 'alike' ? says.sameName : says.equalName
      return says.closeName.replace('{percent}', frenchNumber(Math.floor(trait.likeness * 100), 0))
    case 'address':
      return says.sameAddress
    case 'street':
    case 'number':
      return says.sameStreet
    case 'pivot':
      return trait.rna ? says.sameRna : says.samePivot
    case 'phone':
      return says.samePhone
    case 'email':
      return says.sameEmail
    case 'identifier':
      return says.sameIdentifier
    case 'distance':
      return says.distance.replace('{metres}', frenchNumber(trait.metres, 0))
    case 'commune':
      return says.sameCommune
    case 'elsewhere':
      return says.elsewhere
    case 'body':
    case 'otherPivot':
    case 'otherAddress':
    case 'postalCode':
    case 'far':
    case 'kind':
    case 'otherKind':
    case 'itinerant':
    case 'words':
    case 'numbers':
      return null
  }
}
