import { withoutEnd } from '../completeness/text.ts'
import type { FieldName } from '../fields.ts'
import { frenchList } from '../typography.ts'
import type { ExportFields, ExportRecord } from './export-record.ts'

/** Who gives the data: `key` as data·inclusion calls its producers, « hub-bretagne ». */
export type Producer = { readonly key: string }

/** What data·inclusion says for a value of the standard; a value that is absent is said by none of its words. */
type Words = Readonly<Record<string, string>>

const NETWORKS: Words = {
  'Aidants Connect': 'aidants-connect',
  'Conseillers numériques': 'conseillers-numeriques',
  'France Services': 'france-service',
  'La Croix Rouge': 'croix-rouge',
}
const KINDS: Words = {
  CCAS: 'ccas-cias',
  CIAS: 'ccas-cias',
  ML: 'mission-locale',
  MJC: 'mjc',
  RFS: 'france-service',
  CAF: 'caf',
  CPAM: 'cpam',
  FT: 'france-travail',
}
const THEMES: Words = {
  'Aide aux démarches administratives': 'numerique--acceder-a-des-services-en-ligne',
  'Maîtrise des outils numériques du quotidien': 'numerique--maitriser-les-fondamentaux-du-numerique',
  'Utilisation sécurisée du numérique': 'numerique--maitriser-les-fondamentaux-du-numerique',
  'Accès internet et matériel informatique': 'numerique--acceder-a-une-connexion-internet',
  'Acquisition de matériel informatique à prix solidaire': 'numerique--acquerir-un-equipement',
}
const PUBLICS: Words = {
  Jeunes: 'jeunes',
  Étudiants: 'etudiants',
  'Familles et/ou enfants': 'familles',
  Seniors: 'seniors',
  Femmes: 'femmes',
}
const MOBILISATION: Words = {
  'Se présenter': 'se-presenter',
  Téléphoner: 'telephoner',
  'Contacter par mail': 'envoyer-un-courriel',
  'Prendre un RDV en ligne': 'utiliser-lien-mobilisation',
}
const WELCOME: Words = {
  'En autonomie': 'en-presentiel',
  'Accompagnement individuel': 'en-presentiel',
  'Dans un atelier collectif': 'en-presentiel',
  'À distance': 'a-distance',
}

/** Characters, by the schema of data·inclusion. */
const LIMITS = { name: [3, 150], description: [5, 10_000], address: 2083 } as const

/**
 * A record in the schema of data·inclusion v1 (gip-inclusion/data-inclusion-schema v1.0.8): its structure, and the one
 * service that its « Services » make together; null: its name has no room there. What the schema has no word for is not said.
 */
export function dataInclusionOf(
  { fields }: ExportRecord,
  { key }: Producer,
): { readonly structure: Structure; readonly service: Service | null } | null {
  const nom = nameOf(fields.nom)
  if (nom === null) return null
  const id = `${key}--${fields.id}`
  const both = { source: key, date_maj: fields.date_maj, ...placeOf(fields), ...contactsOf(fields) }
  const description =
    within(fields.presentation_detail, LIMITS.description) ??
    within(fields.presentation_resume, LIMITS.description)
  const networks = [
    ...said(fields, 'dispositif_programmes_nationaux', NETWORKS),
    ...said(fields, 'typologie', KINDS),
  ]
  const structure = {
    ...{ ...both, id, nom, description },
    siret: /^\d{14}$/u.test(fields.pivot) ? fields.pivot : null,
    site_web: addressOf(fields.site_web),
    accessibilite_lieu: addressOf(fields.fiche_acces_libre),
    reseaux_porteurs: orNull([...new Set(networks)]),
  }
  return { structure, service: serviceOf(fields, { ...both, structure_id: id }, description) }
}

export type Structure = Readonly<Record<string, unknown>> & { readonly id: string }
export type Service = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly structure_id: string
}

/** Nothing is said to be offered where « Services » says nothing. */
function serviceOf(
  fields: ExportFields,
  both: Readonly<Record<string, unknown>> & { readonly structure_id: string },
  description: string | null,
): Service | null {
  const offered = pieces(fields.services)
  if (offered.length === 0) return null
  const link = addressOf(fields.prise_rdv)
  const ways = said(fields, 'modalites_acces', MOBILISATION).filter(
    (way) =>
      (way !== 'utiliser-lien-mobilisation' || link !== null) &&
      (way !== 'telephoner' || fields.telephone !== undefined) &&
      (way !== 'envoyer-un-courriel' || fields.courriels !== undefined),
  )
  const costs = pieces(fields.frais_a_charge)
  return {
    ...{ ...both, id: `${both.structure_id}--mediation-numerique`, nom: 'Médiation numérique' },
    description:
      within(`${frenchList(offered)}. ${description ?? ''}`.trim(), LIMITS.description) ??
      `${frenchList(offered)}.`,
    thematiques: orNull(said(fields, 'services', THEMES)),
    publics: orNull(said(fields, 'publics_specifiquement_adresses', PUBLICS)),
    publics_precisions: fields.prise_en_charge_specifique?.replaceAll('|', ', ') ?? null,
    frais:
      costs.length !== 1
        ? null
        : costs[0] === 'Gratuit'
          ? 'gratuit'
          : costs[0] === 'Payant'
            ? 'payant'
            : null,
    frais_precisions: costs.length === 0 ? null : costs.join(', '),
    modes_accueil: orNull(said(fields, 'modalites_accompagnement', WELCOME)),
    modes_mobilisation: orNull(ways),
    lien_mobilisation: link,
  }
}

function placeOf({
  adresse,
  complement_adresse,
  code_postal,
  commune,
  code_insee,
  latitude,
  longitude,
}: ExportFields) {
  return {
    ...{ adresse, code_postal, commune },
    complement_adresse: complement_adresse ?? null,
    code_insee: code_insee ?? null,
    latitude: latitude === undefined ? null : Number(latitude),
    longitude: longitude === undefined ? null : Number(longitude),
  }
}

function contactsOf({ telephone, courriels, horaires }: ExportFields) {
  return {
    telephone: telephone ?? null,
    courriel: pieces(courriels)[0] ?? null,
    horaires_accueil: horaires ?? null,
  }
}

function nameOf(name: string): string | null {
  const [least, most] = LIMITS.name
  const bare = withoutEnd(name.trim(), '.').trim()
  return bare.length < least || bare.length > most ? null : bare
}

function within(text: string | undefined, [least, most]: readonly [number, number]): string | null {
  return text === undefined || text.length < least || text.length > most ? null : text
}

/** The first address of a page. */
function addressOf(value: string | undefined): string | null {
  return pieces(value).find((one) => one.length <= LIMITS.address && URL.canParse(one)) ?? null
}

function said(fields: ExportFields, field: FieldName, words: Words): string[] {
  return [...new Set(pieces(fields[field]).flatMap((value) => words[value] ?? []))]
}

function pieces(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split('|')
}

function orNull(values: readonly string[]): readonly string[] | null {
  return values.length === 0 ? null : values
}
