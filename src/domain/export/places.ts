import type { ExportFields, ExportRecord } from './export-record.ts'
import { WEEK } from '../mapping/mapping.ts'
import { readPlainRule, rulesOf } from '../completeness/opening-hours.ts'

/** Longitude, then latitude, WGS 84; null: the record does not say where it is. */
export function pointOf({ longitude, latitude }: ExportFields): readonly [number, number] | null {
  return longitude === undefined || latitude === undefined ? null : [Number(longitude), Number(latitude)]
}

/** A record as a feature of GeoJSON (RFC 7946), with what it says in the words of the standard; null: without coordinates. */
export function featureOf({ fields }: ExportRecord): object | null {
  const coordinates = pointOf(fields)
  if (coordinates === null) return null
  const { latitude, longitude, ...properties } = fields
  return { type: 'Feature', id: fields.id, geometry: { type: 'Point', coordinates }, properties }
}

/** A record as GoGoCarto takes its elements, its categories being what it offers; null: without coordinates. */
export function elementOf({ fields }: ExportRecord): object | null {
  const point = pointOf(fields)
  if (point === null) return null
  const [longitude, latitude] = point
  return {
    ...{ id: fields.id, name: fields.nom, geo: { latitude, longitude } },
    address: {
      streetAddress: fields.adresse,
      postalCode: fields.code_postal,
      addressLocality: fields.commune,
      addressCountry: 'FR',
    },
    categories: fields.services?.split('|') ?? [],
    ...filled({
      description: fields.presentation_resume,
      descriptionMore: fields.presentation_detail,
      telephone: fields.telephone,
      email: fields.courriels?.split('|')[0],
      website: fields.site_web?.split('|')[0],
      openHours: fields.horaires === undefined ? undefined : daysOf(fields.horaires),
      openHoursString: fields.horaires,
    }),
    ...{ siret: fields.pivot, updatedAt: fields.date_maj, source: fields.source ?? null },
    ...filled({
      typologie: list(fields.typologie),
      publics: list(fields.publics_specifiquement_adresses),
      frais: list(fields.frais_a_charge),
      dispositifs: list(fields.dispositif_programmes_nationaux),
      acces: list(fields.modalites_acces),
      accompagnement: list(fields.modalites_accompagnement),
    }),
  }
}

function list(value: string | undefined): readonly string[] | undefined {
  return value?.split('|')
}

function filled(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/** « Mo-Tu 09:00-12:00; We 14:00-18:00 » a day at a time; undefined: it says more than days and hours. */
function daysOf(hours: string): Readonly<Record<string, string>> | undefined {
  const days: Record<string, string> = {}
  for (const rule of rulesOf(hours)) {
    const plain = readPlainRule(rule.trim())
    if (plain === null) return undefined
    for (const day of plain.days) days[WEEK[day] ?? ''] = plain.spans
  }
  return days
}
