/** The 32 fields of the national standard of the "lieux de médiation numérique" (v1.0.2), in its order. */
export const FIELDS = [
  'id',
  'pivot',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'complement_adresse',
  'latitude',
  'longitude',
  'typologie',
  'telephone',
  'courriels',
  'site_web',
  'horaires',
  'presentation_resume',
  'presentation_detail',
  'source',
  'itinerance',
  'structure_parente',
  'date_maj',
  'services',
  'publics_specifiquement_adresses',
  'prise_en_charge_specifique',
  'frais_a_charge',
  'dispositif_programmes_nationaux',
  'formations_labels',
  'autres_formations_labels',
  'modalites_acces',
  'modalites_accompagnement',
  'fiche_acces_libre',
  'prise_rdv',
] as const

/** A field of the national standard. */
export type FieldName = (typeof FIELDS)[number]

/** Whether a text is the name of one. */
export function isField(text: string): text is FieldName {
  return (FIELDS as readonly string[]).includes(text)
}

/**
 * The values of a record in the order of `FIELDS`. Written out on purpose: each read is then of one known name, which
 * the engine makes ten times as fast as a read by a name in a variable (the test holds the two lists together).
 */
export function valuesOf(fields: Readonly<Record<FieldName, string | null>>): readonly (string | null)[] {
  return [
    fields.id,
    fields.pivot,
    fields.nom,
    fields.commune,
    fields.code_postal,
    fields.code_insee,
    fields.adresse,
    fields.complement_adresse,
    fields.latitude,
    fields.longitude,
    fields.typologie,
    fields.telephone,
    fields.courriels,
    fields.site_web,
    fields.horaires,
    fields.presentation_resume,
    fields.presentation_detail,
    fields.source,
    fields.itinerance,
    fields.structure_parente,
    fields.date_maj,
    fields.services,
    fields.publics_specifiquement_adresses,
    fields.prise_en_charge_specifique,
    fields.frais_a_charge,
    fields.dispositif_programmes_nationaux,
    fields.formations_labels,
    fields.autres_formations_labels,
    fields.modalites_acces,
    fields.modalites_accompagnement,
    fields.fiche_acces_libre,
    fields.prise_rdv,
  ]
}
