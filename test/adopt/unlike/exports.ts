import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { lieux } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)
const nothing = () => null

/** Seldom filled columns, as an export that lays nested lists out flat makes them by the hundred. */
const NESTED = ['etre_aidee', 'formation', 'equipement', 'mediation', 'atelier'].flatMap((theme) =>
  [0, 1, 2, 3].flatMap((at) =>
    [
      ...['uid', 'thematique', 'format', 'tarif', 'prescription', 'duree', 'niveau', 'animateur'],
      ...['publics.0', 'publics.1', 'jauge', 'remarques', 'actif'],
    ].map((detail) => `properties.services.${theme}.${at}.${detail}`),
  ),
)

/** A Hub's own tool, exported as GeoJSON and laid out flat: 299 columns, most of which are hardly ever filled. */
export const flattened: UnlikeBase = {
  name: 'un export à plat de 299 colonnes',
  tables: [
    table<Lieu>('export_lieux', 'actors', places, [
      column('type', () => 'Feature'),
      column('geometry.type', () => 'Point'),
      column('geometry.coordinates.0', (one) => String(one.longitude), 'longitude'),
      column('geometry.coordinates.1', (one) => String(one.latitude), 'latitude'),
      column('properties.id', (one) => one.id, 'id'),
      column('properties.uuid', (one) => `7c1f0b9e-0000-4000-8000-${String(one.at).padStart(12, '0')}`),
      column('properties.nom', (one) => one.name, 'nom'),
      column('properties.siret', (one) => one.siret, 'pivot', { empty: 4 }),
      column('properties.type', (one) => one.kindWord, 'typologie'),
      column('address.label', (one) => `${one.street} ${one.postal} ${one.commune}`),
      column('address.street', (one) => one.street, 'adresse'),
      column('address.complement', () => 'Bâtiment B', 'complement_adresse', { empty: 2 }),
      column('address.postcode', (one) => one.postal, 'code_postal'),
      column('address.city', (one) => one.commune, 'commune'),
      column('address.citycode', (one) => one.insee, 'code_insee'),
      column('address.country', () => 'France'),
      column('address.score', () => '0.87'),
      column('properties.contact.telephone', (one) => one.frenchPhone, 'telephone', { empty: 6 }),
      column('properties.contact.email', (one) => one.email, 'courriels', { empty: 3 }),
      column('properties.contact.web', (one) => one.site, 'site_web', { empty: 5 }),
      column('properties.contact.facebook', () => null),
      column('properties.contact.nom', (one) => one.referent),
      column('properties.horaires', (one) => one.hours, 'horaires', { empty: 4 }),
      column('properties.description', (one) => one.summary, 'presentation_detail', { empty: 3 }),
      column('properties.publics', (one) => one.publics.join(';'), 'publics_specifiquement_adresses'),
      column(
        'properties.labels.nationaux',
        (one) => one.programmes.join(';'),
        'dispositif_programmes_nationaux',
      ),
      column('properties.tarification', (one) => one.fee, 'frais_a_charge', { empty: 4 }),
      column('properties.accompagnement', (one) => one.help, 'modalites_accompagnement'),
      column('properties.created_at', () => '2024-02-01T08:00:00Z'),
      column('properties.created_by.email', () => 'saisie@example.net'),
      column('properties.updated_at', (one) => `${one.updated}T08:12:00Z`, 'date_maj'),
      column('properties.updated_by.email', () => 'saisie@example.net'),
      ...NESTED.map((title) => column<Lieu>(title, title.endsWith('.0.tarif') ? (one) => one.fee : nothing)),
      ...['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'].map((day) =>
        column<Lieu>(`properties.permanences.${day}`, nothing),
      ),
    ]),
  ],
}

/** A GoGoCarto map, exported: its own English keys beside the French questions of its form. */
export const gogocarto: UnlikeBase = {
  name: 'un export de GoGoCarto',
  tables: [
    table<Lieu>('GoGoCarto', 'actors', places, [
      column('id', (one) => `GoC${one.at}`, 'id', { reads: (one) => `GoC${one.at}` }),
      column('name', (one) => one.name, 'nom'),
      column('geo.latitude', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('geo.longitude', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('address.streetNumber', (one) => one.number, undefined, {
        part: { kind: 'join', key: 'adresse' },
      }),
      column('address.streetAddress', (one) => one.way, undefined, {
        part: { kind: 'join', key: 'adresse' },
      }),
      column('address.addressLocality', (one) => one.commune, 'commune'),
      column('address.postalCode', (one) => one.postal, 'code_postal'),
      column('address.addressCountry', () => 'FR'),
      column('status', () => 'Validé', undefined),
      column('categories', (one) => one.services.join(', '), 'services'),
      column('categoriesFull', (one) => one.services.map((word) => `Services>${word}`).join(', ')),
      column('Type de structure', (one) => one.kindWord, 'typologie'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('E-mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('website', (one) => one.site, 'site_web', { empty: 4 }),
      column("Jours d'ouverture", () => 'Lundi, Mardi, Jeudi'),
      column('Horaires', (one) => one.frenchHours, 'horaires', { empty: 4 }),
      column('Public accueilli', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('description', (one) => one.summary, 'presentation_detail', { empty: 2 }),
      column('images', () => null),
      column('sourceKey', () => 'Formulaire', 'source', { reads: () => 'Formulaire' }),
      column('createdAt', () => '2024-02-01T08:00:00+01:00'),
      column('updatedAt', (one) => `${one.updated}T08:00:00+01:00`, 'date_maj'),
      column('Adresse e-mail du contributeur', (one) => `prive${one.at}@example.net`),
      column('Rôle du contributeur', () => 'Responsable de la structure'),
      column('reports', () => null),
    ]),
  ],
}

/** A second source laid beside the first, as a join of two files leaves it. */
export const secondSource: UnlikeBase = {
  name: 'une seconde source à côté de la première',
  tables: [
    table<Lieu>('Lieux consolidés', 'actors', places, [
      column('Identifiant source', (one) => one.id, 'id'),
      column('Nom', (one) => one.name, 'nom'),
      column('SIRET', (one) => one.siret, 'pivot'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { empty: 3 }),
      column('Téléphone 2', (one) => `06 00 ${one.frenchPhone.slice(6)}`, undefined, { empty: 2 }),
      column('Courriel', (one) => one.email, 'courriels', { empty: 4 }),
      column('Site internet', (one) => one.site, 'site_web'),
      column('Horaires', (one) => one.hours, 'horaires', { empty: 3 }),
      column('Services', (one) => one.services.join('|'), 'services'),
      column('Source 2 : nom', (one) => one.name.toUpperCase(), undefined, { empty: 2 }),
      column('Source 2 : adresse', (one) => one.street.toUpperCase(), undefined, { empty: 2 }),
      column('Source 2 : téléphone', (one) => one.phone, undefined, { empty: 2 }),
      column('Source 2 : courriel', (one) => `accueil${one.at}@example.net`, undefined, { empty: 2 }),
      column('Source 2 : horaires', (one) => one.frenchHours, undefined, { empty: 2 }),
      column('Source 2 : date', () => '2023-04-01'),
      column('Date de mise à jour', (one) => one.updated, 'date_maj'),
      column('Écart entre les sources', () => 'nom, téléphone'),
      ticked<Lieu>('France Services', 'dispositif_programmes_nationaux', 'France Services', (one) =>
        one.programmes.includes('France Services'),
      ),
      ticked<Lieu>('Aidants Connect', 'dispositif_programmes_nationaux', 'Aidants Connect', (one) =>
        one.programmes.includes('Aidants Connect'),
      ),
    ]),
  ],
}
