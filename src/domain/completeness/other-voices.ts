import type { Commune, Geography } from '../geography.ts'
import type { CheckedRecord } from './check.ts'
import { communeWords } from './commune-names.ts'
import { letters } from './text.ts'

/** A place that a value of the record says; a name alone where no commune is known by it. */
export type Side = Pick<Commune, 'name'> & Partial<Pick<Commune, 'code' | 'postalCodes' | 'epci'>>

/**
 * Whether something else in the record speaks for `side` against `other`: its name, its address, the SIRET of a town
 * hall, the EPCI that a person chose. Then it is not for us to say which of the two is right.
 */
export function speaksFor(
  side: Side,
  other: Commune,
  { fields, place }: CheckedRecord,
  geography: Geography,
): boolean {
  const { postalCodes = [], code = null, epci = null } = side
  if (epci !== null && place.linked === epci && other.epci !== epci) return true
  if (code !== null && geography.municipality(fields.pivot?.slice(0, 9) ?? '')?.code === code) return true
  const address = fields.adresse ?? ''
  const written = address.match(/(?<!\d)\d{5}(?!\d)/gu) ?? []
  if (written.some((one) => postalCodes.includes(one) && !other.postalCodes.includes(one))) return true
  return names(side.name, other.name, [fields.nom, fields.structure_parente, address])
}

/** Whether one of the texts names a place, which the name of the other does not hold. */
function names(name: string, other: string, texts: readonly (string | null)[]): boolean {
  const words = ` ${communeWords(name)} `
  if (words.trim() === '' || ` ${communeWords(other)} `.includes(words)) return false
  return texts.some((text) => text !== null && ` ${saints(letters(text))} `.includes(words))
}

function saints(words: string): string {
  return words.replace(/\bst\b/gu, 'saint').replace(/\bste\b/gu, 'sainte')
}
