import { fromSchemaLieuDeMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique'
import type { SchemaLieuMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique'
import type { FieldName } from '../fields.ts'

/** What the library calls otherwise than the standard. */
const OTHER_KEYS: Readonly<Record<string, FieldName>> = { voie: 'adresse', typologies: 'typologie' }
/** It reads some fields only beside services. */
const SOME_SERVICES = 'Aide aux démarches administratives'
/** What stands in for a required field that it refused, so that the others are looked at. */
const RIGHT: Readonly<Partial<Record<FieldName, string>>> = {
  id: 'structure-1',
  pivot: '43493312300029',
  nom: 'Anonymal',
  commune: 'Reims',
  code_postal: '51100',
  adresse: '12 BIS RUE DE LECLERCQ',
  date_maj: '2024-04-02',
}

/** The fields of a record that the ANCT's own library of the national standard refuses. */
export function refusedByLibrary(fields: Readonly<Partial<Record<FieldName, string>>>): Set<FieldName> {
  const refused = new Set<FieldName>()
  const { latitude, longitude, ...rest } = fields
  const record: Record<string, unknown> = {
    ...{ ...RIGHT, services: SOME_SERVICES, ...rest },
    ...(latitude === undefined ? {} : { latitude: Number(latitude) }),
    ...(longitude === undefined ? {} : { longitude: Number(longitude) }),
  }
  // Each field is refused once at most.
  for (let left = Object.keys(record).length; left > 0; left -= 1) {
    const key = refusedKey(record)
    if (key === null) break
    const field = OTHER_KEYS[key] ?? (key as FieldName)
    refused.add(field)
    if (field === 'services') record['services'] = SOME_SERVICES
    else if (RIGHT[field] === undefined) delete record[field]
    else record[field] = RIGHT[field]
  }
  return refused
}

/** The field that a reading fails on; null: it does not. */
function refusedKey(record: Readonly<Record<string, unknown>>): string | null {
  try {
    fromSchemaLieuDeMediationNumerique(record as unknown as SchemaLieuMediationNumerique)
    return null
  } catch (error) {
    if (error instanceof Error && 'key' in error) return String(error.key)
    throw error
  }
}
