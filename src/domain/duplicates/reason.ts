import type { DuplicateRules } from '../rules/duplicates.ts'
import { frenchNumber } from '../typography.ts'
import type { Feature } from './comparison.ts'

/** Why two records look alike, in French, what weighs most first: « même SIRET, nom proche à 92 % ». */
export function reasonOf(features: readonly Feature[], says: DuplicateRules['says']): string {
  const told = features
    .filter(({ feature, points }) => points > 0 || feature === 'elsewhere')
    .map((feature) => ({ points: feature.points, text: sentence(feature, says) }))
  return told
    .filter(({ text }) => text !== null)
    .toSorted((one, other) => other.points - one.points)
    .map(({ text }) => text)
    .join(', ')
}

function sentence(feature: Feature, says: DuplicateRules['says']): string | null {
  switch (feature.feature) {
    case 'name':
      if (feature.likeness === 1) return feature.written === 'alike' ? says.sameName : says.equalName
      return says.closeName.replace('{percent}', frenchNumber(Math.floor(feature.likeness * 100), 0))
    case 'address':
      return says.sameAddress
    case 'street':
    case 'number':
      return says.sameStreet
    case 'pivot':
      return feature.rna ? says.sameRna : says.samePivot
    case 'phone':
      return says.samePhone
    case 'email':
      return says.sameEmail
    case 'identifier':
      return says.sameIdentifier
    case 'distance':
      return says.distance.replace('{metres}', frenchNumber(feature.metres, 0))
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
    case 'only':
    case 'host':
    case 'otherKind':
    case 'itinerant':
    case 'branch':
    case 'words':
    case 'numbers':
      return null
  }
}
