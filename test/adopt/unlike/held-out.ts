import { column, table } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { libraries, linkedSheets } from './held-out-linked.ts'
import { lieux, LOCAL_KINDS, ofTheStandard } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)

/** Answers of an online form, its questions as titles; the first address is that of whoever answered. */
const form: UnlikeBase = {
  name: 'les réponses à un formulaire en ligne',
  tables: [
    table<Lieu>('Réponses au formulaire 1', 'actors', places, [
      column('Horodateur', (one) => `${one.updated} 10:12:45`, 'date_maj'),
      column('Adresse e-mail', (one) => `repondant${one.at}@example.net`),
      column('Quel est le nom de votre structure ?', (one) => one.name, 'nom'),
      column('Quel est son numéro SIRET ?', (one) => one.siret, 'pivot', { empty: 3 }),
      column('De quel type de structure s’agit-il ?', (one) => one.kindWord, 'typologie'),
      column('Adresse (numéro et rue)', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Téléphone que le public peut appeler', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('Courriel que le public peut utiliser', (one) => one.email, 'courriels', { empty: 4 }),
      column('Site internet de la structure', (one) => one.site, 'site_web', { empty: 3 }),
      column('Quels sont vos horaires d’ouverture ?', (one) => one.frenchHours, 'horaires', { empty: 4 }),
      column('Quels services proposez-vous ?', (one) => one.services.join(', '), 'services'),
      column(
        'À quels publics vous adressez-vous ?',
        (one) => one.publics.join(', '),
        'publics_specifiquement_adresses',
      ),
      column('Vos services sont-ils payants ?', (one) => one.fee, 'frais_a_charge'),
      column('Votre nom et prénom', (one) => one.referent),
      column('Votre fonction', () => 'Directrice'),
      column('Acceptez-vous d’être recontacté·e ?', () => 'Oui'),
    ]),
  ],
}

/** Tags of OpenStreetMap. */
const tags: UnlikeBase = {
  name: 'des attributs OpenStreetMap',
  tables: [
    table<Lieu>('osm_bretagne', 'actors', places, [
      column('@id', (one) => `node/${1000 + one.at}`, 'id', { reads: (one) => `node/${1000 + one.at}` }),
      column('@lat', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('@lon', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('@timestamp', (one) => `${one.updated}T06:00:00Z`, 'date_maj'),
      column('@user', () => 'contributrice29'),
      column('name', (one) => one.name, 'nom'),
      column('amenity', (one) => (one.kind === 'BIB' ? 'library' : 'community_centre')),
      column('operator', (one) => one.parent, 'structure_parente'),
      column('addr:housenumber', (one) => one.number, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('addr:street', (one) => one.way, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('addr:postcode', (one) => one.postal, 'code_postal'),
      column('addr:city', (one) => one.commune, 'commune'),
      column('contact:phone', (one) => one.phone, 'telephone', { empty: 3 }),
      column('contact:email', (one) => one.email, 'courriels', { empty: 2 }),
      column('contact:website', (one) => one.site, 'site_web', { empty: 3 }),
      column('opening_hours', (one) => one.hours, 'horaires', { empty: 3 }),
      column('ref:FR:SIRET', (one) => one.siret, 'pivot', { empty: 3 }),
      column('wheelchair', () => 'yes'),
      column('internet_access', () => 'wlan'),
      column('description', (one) => one.summary, 'presentation_detail', { empty: 2 }),
    ]),
  ],
}

/** A layer of a geographic tool: titles of ten letters, two pairs of coordinates, people's initials. */
const layer: UnlikeBase = {
  name: 'une couche géographique',
  tables: [
    table<Lieu>('LIEUX_MEDNUM_56', 'actors', places, [
      column('ID_LIEU', (one) => one.id, 'id'),
      column('NOM_LIEU', (one) => one.name, 'nom'),
      column('TYPE_LIEU', (one) => LOCAL_KINDS[one.kind], 'typologie'),
      column('SIRET_LIEU', (one) => one.siret, 'pivot'),
      column('ADR_LIEU', (one) => one.street, 'adresse'),
      column('ADR_CPLT', () => 'Bâtiment B', 'complement_adresse', { empty: 2 }),
      column('CODE_POST', (one) => one.postal, 'code_postal'),
      column('NOM_COM', (one) => one.commune, 'commune'),
      column('INSEE_COM', (one) => one.insee, 'code_insee'),
      column('NOM_EPCI', (one) => one.epci),
      column('SIREN_EPCI', (one) => one.epciSiren),
      column('X_L93', (one) => 200_000 + one.at * 1000, undefined, { uidt: 'Number' }),
      column('Y_L93', (one) => 6_800_000 + one.at * 1000, undefined, { uidt: 'Number' }),
      column('X_WGS84', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('Y_WGS84', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('TEL_LIEU', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('MEL_LIEU', (one) => one.email, 'courriels', { empty: 3 }),
      column('WEB_LIEU', (one) => one.site, 'site_web', { empty: 3 }),
      column('HORAIRES_L', (one) => one.hours, 'horaires', { empty: 3 }),
      column('SAISIE_PAR', () => 'ALB'),
      column('DATE_SAISI', () => '2023-02-01'),
      column('DATE_MODIF', (one) => one.updated, 'date_maj'),
    ]),
  ],
  words: { 'actors.typologie': ofTheStandard(LOCAL_KINDS) },
}

/** Structures, and the services of each in a table that repeats their address and their contact. */
const structuresAndServices: UnlikeBase = {
  name: 'des structures et leurs services',
  tables: [
    table(
      'services',
      null,
      [...places, ...places],
      [
        column('id', (_, at) => `service-${at}`),
        column('structure_id', (one) => one.id),
        column(
          'nom',
          (_, at) => ['Atelier smartphone', 'Permanence administrative', 'Cours collectif'][at % 3],
        ),
        column('presentation_resume', (one) => one.summary),
        column('types', () => 'accompagnement'),
        column('thematiques', () => 'numerique'),
        column('frais', (one) => one.fee),
        column('adresse', (one) => one.street),
        column('code_postal', (one) => one.postal),
        column('commune', (one) => one.commune),
        column('code_insee', (one) => one.insee),
        column('latitude', (one) => String(one.latitude)),
        column('longitude', (one) => String(one.longitude)),
        column('courriel', (one) => one.email),
        column('telephone', (one) => one.frenchPhone),
        column('contact_nom_prenom', (one) => one.referent),
        column('modes_accueil', () => 'en-presentiel'),
        column('date_maj', (one) => one.updated),
      ],
    ),
    table<Lieu>('structures', 'actors', places, [
      column('id', (one) => one.id, 'id'),
      column('siret', (one) => one.siret, 'pivot', { empty: 4 }),
      column('nom', (one) => one.name, 'nom'),
      column('typologie', (one) => one.kind, 'typologie'),
      column('adresse', (one) => one.street, 'adresse'),
      column('complement_adresse', () => 'Bâtiment B', 'complement_adresse', { empty: 2 }),
      column('code_postal', (one) => one.postal, 'code_postal'),
      column('commune', (one) => one.commune, 'commune'),
      column('code_insee', (one) => one.insee, 'code_insee'),
      column('latitude', (one) => String(one.latitude), 'latitude'),
      column('longitude', (one) => String(one.longitude), 'longitude'),
      column('telephone', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('courriel', (one) => one.email, 'courriels', { empty: 4 }),
      column('site_web', (one) => one.site, 'site_web', { empty: 3 }),
      column('horaires_ouverture', (one) => one.hours, 'horaires', { empty: 3 }),
      column('presentation_resume', (one) => one.summary, 'presentation_resume', { empty: 3 }),
      column('source', () => 'dora', 'source', { reads: () => 'dora' }),
      column('lien_source', (one) => `https://source.example.org/${one.at}`),
      column('labels_nationaux', (one) => one.programmes.join(','), 'dispositif_programmes_nationaux'),
      column('antenne', () => false, undefined, { uidt: 'Checkbox' }),
      column('date_maj', (one) => one.updated, 'date_maj'),
    ]),
  ],
}

/** Bases that recognition was first measured on unseen, and then mended by. */
export const HELD_OUT: Readonly<Record<string, UnlikeBase>> = {
  form,
  tags,
  layer,
  structuresAndServices,
  linkedSheets,
  libraries,
}
