import { Courriel, fromSchemaLieuDeMediationNumerique, Url } from '@gouvfr-anct/lieux-de-mediation-numerique'
import type { SchemaLieuMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique'
import type { ActorFields } from '../../../src/domain/actor.ts'
import type { FieldName } from '../../../src/domain/fields.ts'

/** What stands in for a field that was refused, so that the next one is looked at. */
const RIGHT: Partial<Record<FieldName, string>> = {
  id: 'structure-1',
  pivot: '43493312300029',
  nom: 'Anonymal',
  commune: 'Reims',
  code_postal: '51100',
  adresse: '12 BIS RUE DE LECLERCQ',
  date_maj: '2024-04-02',
}
/** It reads some fields only beside services. */
const SOME_SERVICES = { services: 'Aide aux démarches administratives' }
const OTHER_KEYS: Readonly<Record<string, FieldName>> = { voie: 'adresse', typologies: 'typologie' }

/** The fields that the ANCT's own library refuses in a record of the standard. */
export function refusedFields(fields: ActorFields): Set<FieldName> {
  const refused = new Set<FieldName>()
  const record: Record<string, unknown> = { ...SOME_SERVICES, ...written(fields) }
  for (const field of ['courriels', 'site_web', 'fiche_acces_libre', 'prise_rdv'] as const) {
    const accepts = field === 'courriels' ? Courriel : Url
    const parts = fields[field]?.split('|') ?? []
    if (parts.some((part) => failure(() => accepts(part)) !== null)) refused.add(field)
    delete record[field]
  }
  for (;;) {
    const key = failure(() =>
      fromSchemaLieuDeMediationNumerique(record as unknown as SchemaLieuMediationNumerique),
    )
    if (key === null) break
    const field = OTHER_KEYS[key] ?? (key as FieldName)
    if (refused.has(field)) throw new Error(`refused twice: ${field}`)
    refused.add(field)
    if (RIGHT[field] === undefined) delete record[field]
    else record[field] = RIGHT[field]
    if (field === 'services') record['services'] = SOME_SERVICES.services
  }
  if (Number.isNaN(new Date(fields.date_maj ?? '').getTime())) refused.add('date_maj')
  return refused
}

function written(fields: ActorFields): Record<string, unknown> {
  const filled = Object.entries(fields).filter(([, value]) => value !== null)
  const { pivot = '', adresse = '', code_postal = '', commune = '', ...rest } = Object.fromEntries(filled)
  const number = (value: unknown): unknown => (value === undefined ? undefined : Number(value))
  return {
    ...{ pivot, adresse, code_postal, commune },
    ...rest,
    latitude: number(rest['latitude']),
    longitude: number(rest['longitude']),
  }
}

/** The field that a reading fails on; null: it does not. */
function failure(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Error && 'key' in error) return String(error.key)
    throw error
  }
}
