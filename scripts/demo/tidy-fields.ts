import type { ActorFields } from '../../src/domain/actor.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import {
  ACCESS,
  AUDIENCES,
  COMPLEMENTS,
  NEEDS,
  OPENING_HOURS,
  SERVICES,
  STREETS,
  SUPPORT,
  slug,
} from './actor-words.ts'
import type { Kind } from './actor-words.ts'
import type { DemoCommune } from './brittany.ts'
import { daysBefore } from './days.ts'
import { fictionalLandline, fictionalRna, fictionalSiret } from './fictional-numbers.ts'
import { LAND_POINTS } from './land-points.ts'
import type { Random } from './random.ts'

/** What a place is, before anybody wrote its record. */
export type Place = {
  readonly kind: Kind
  readonly commune: DemoCommune
  readonly name: string
  readonly siren: string
  /** 0–1: how carefully records are kept there. */
  readonly care: number
  readonly today: string
}

/** How often a field is filled where records are kept neither well nor badly (0–1). */
const EASE: Readonly<Partial<Record<FieldName, number>>> = {
  pivot: 0.8,
  code_insee: 0.9,
  complement_adresse: 0.12,
  latitude: 0.7,
  longitude: 0.7,
  typologie: 0.9,
  telephone: 0.85,
  courriels: 0.8,
  site_web: 0.6,
  horaires: 0.65,
  presentation_resume: 0.65,
  presentation_detail: 0.35,
  source: 0.9,
  itinerance: 0.6,
  structure_parente: 0.5,
  date_maj: 0.88,
  services: 0.8,
  publics_specifiquement_adresses: 0.5,
  prise_en_charge_specifique: 0.4,
  frais_a_charge: 0.75,
  dispositif_programmes_nationaux: 0.6,
  formations_labels: 0.1,
  autres_formations_labels: 0.06,
  modalites_acces: 0.75,
  modalites_accompagnement: 0.75,
  fiche_acces_libre: 0.2,
  prise_rdv: 0.25,
}

/** The record of a place as someone careful would write it, with the gaps that the care of its EPCI leaves. */
export function tidyFields(place: Place, random: Random): ActorFields {
  const full = fullFields(place, random)
  const entries = FIELDS.map((field) => {
    const ease = EASE[field]
    const kept = ease === undefined || random.chance(ease ** ((1 - place.care) * 5))
    return [field, (kept ? full[field] : null) ?? null] as const
  })
  const fields = Object.fromEntries(entries) as ActorFields
  const longitude = fields.latitude === null ? null : (full.longitude ?? null)
  return { ...fields, longitude, modalites_acces: possibleAccess(fields) }
}

/** Someone careful says how to come in by ways that the record gives. */
function possibleAccess({ modalites_acces: access, prise_rdv: booking, telephone, courriels }: ActorFields) {
  const lacking = [
    booking === null ? 'Prendre un RDV en ligne' : '',
    telephone === null ? 'Téléphoner' : '',
    courriels === null ? 'Contacter par mail' : '',
  ]
  const ways = access?.split('|').filter((way) => !lacking.includes(way)) ?? []
  return ways.length === 0 ? null : ways.join('|')
}

/** A field that is not here stays empty in the demo. */
function fullFields(place: Place, random: Random): Partial<ActorFields> {
  const { kind, commune, name, today } = place
  const site = `${slug(name)}.example.org`
  const street = `${random.whole(1, 98)} ${random.pick(STREETS)}`
  const [latitude, longitude] = coordinates(place.siren, random)
  return {
    id: null,
    pivot: kind.typology === 'ASSO' && random.chance(0.3) ? fictionalRna(random) : fictionalSiret(random),
    nom: name,
    commune: commune.name,
    code_postal: commune.postalCodes[0] ?? null,
    code_insee: commune.code,
    adresse: street,
    complement_adresse: random.pick(COMPLEMENTS),
    latitude,
    longitude,
    typologie: random.chance(0.1) && kind.typology !== 'RFS' ? `${kind.typology}|RFS` : kind.typology,
    telephone: `+33${fictionalLandline(random).slice(1)}`,
    courriels: `${random.pick(['contact', 'accueil', 'bonjour'])}@${site}`,
    site_web: `https://${site}`,
    horaires: random.pick(OPENING_HOURS),
    presentation_resume: kind.summary,
    presentation_detail: `${kind.summary} Le lieu se trouve ${street}. L'accueil est ouvert à toutes et à tous.`,
    source: random.pick(['Saisie locale', "Recensement de l'EPCI", 'Hub territorial', 'Import 2024']),
    itinerance: random.chance(0.07) ? 'Itinérant' : 'Fixe',
    structure_parente: kind.parent,
    date_maj: daysBefore(today, updatedDaysAgo(place.care, random)),
    ...offer(kind, commune, name, random),
  }
}

/** What people find there, from its kind. */
function offer(kind: Kind, commune: DemoCommune, name: string, random: Random) {
  const list = (items: readonly string[], most: number) => random.some(items, random.whole(1, most)).join('|')
  return {
    services: list(SERVICES, 5),
    publics_specifiquement_adresses: kind.audience ?? list(AUDIENCES, 2),
    prise_en_charge_specifique: list(NEEDS, 2),
    frais_a_charge: random.chance(kind.free) ? 'Gratuit' : random.pick(['Gratuit sous condition', 'Payant']),
    dispositif_programmes_nationaux:
      kind.programme ?? random.pick(['Aidants Connect', 'Conseillers numériques']),
    formations_labels: 'Formé à « Mon Espace Santé »',
    autres_formations_labels: 'Label Accueil numérique',
    modalites_acces: list(ACCESS, 3),
    modalites_accompagnement: list(SUPPORT, 3),
    fiche_acces_libre: `https://acceslibre.beta.gouv.fr/app/${commune.department}-${slug(commune.name)}/a/lieu-de-demonstration/erp/${slug(name)}/`,
    prise_rdv: `https://rdv.example.org/${slug(name)}`,
  }
}

/** A point near the EPCI's own, 5 decimals; null where we know none. */
function coordinates(siren: string, random: Random): readonly [string | null, string | null] {
  const point = LAND_POINTS[siren]
  const near = (center: number, spread: number) => (center + (random.next() * 2 - 1) * spread).toFixed(5)
  return point === undefined ? [null, null] : [near(point[0], 0.018), near(point[1], 0.025)]
}

/** Mostly months where care is taken, years elsewhere. */
function updatedDaysAgo(care: number, random: Random): number {
  return Math.round(5 + random.next() ** (1 + care) * (300 + (1 - care) * 1500))
}
