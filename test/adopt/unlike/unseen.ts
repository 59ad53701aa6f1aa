import { daily } from './daily.ts'
import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { lieux, LOCAL_KINDS, ofTheStandard, PEOPLE } from './places.ts'
import type { Lieu } from './places.ts'
import { hubTables, gristTables } from './unseen-linked.ts'

const places = lieux(30)

/** A map that people drew, exported as a spreadsheet. */
const drawnMap: UnlikeBase = {
  name: 'une carte dessinée',
  tables: [
    table<Lieu>('points', 'actors', places, [
      column('name', (one) => one.name, 'nom'),
      column('description', (one) => one.summary, 'presentation_detail', { empty: 3 }),
      column('lat', (one) => String(one.latitude), 'latitude'),
      column('lon', (one) => String(one.longitude), 'longitude'),
      column('Adresse postale', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Accueil téléphonique', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('Contact mail', (one) => one.email, 'courriels', { empty: 4 }),
      column('Lien', (one) => one.site, 'site_web', { empty: 3 }),
      column('Quand ?', (one) => one.frenchHours, 'horaires', { empty: 3 }),
      column('Combien ça coûte ?', (one) => one.fee, 'frais_a_charge'),
      column('_umap_options', () => '{"color":"Red"}'),
    ]),
  ],
}

/** A national directory, exported with its nested keys. */
const directory: UnlikeBase = {
  name: "l'export d'un annuaire national",
  tables: [
    table<Lieu>('lieux_annuaire', 'actors', places, [
      column('lieu_id', (one) => one.id, 'id'),
      column('seo_url', (one) => `https://annuaire.example.org/fiche/${one.at}`),
      column('name', (one) => one.name, 'nom'),
      column('description', (one) => one.summary, 'presentation_detail', { empty: 3 }),
      column('position.adresse', (one) => one.street, 'adresse'),
      column('position.complementAdresse', () => 'Bâtiment B', 'complement_adresse', { empty: 2 }),
      column('position.codePostal', (one) => one.postal, 'code_postal'),
      column('position.ville', (one) => one.commune, 'commune'),
      column('position.departement', () => 'Finistère'),
      column('position.location.latitude', (one) => String(one.latitude), 'latitude'),
      column('position.location.longitude', (one) => String(one.longitude), 'longitude'),
      column('entity.name', (one) => one.parent, 'structure_parente'),
      column('entity.phone', (one) => one.phone, 'telephone', { empty: 4 }),
      column('entity.mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('entity.website', (one) => one.site, 'site_web', { empty: 3 }),
      ...daily(
        (day) => `hours.${day}`,
        (spans) => spans.replaceAll(',', ' et '),
        null,
      ),
      column('modalities.price', (one) => one.fee, 'frais_a_charge'),
      column('publics.accueil', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('createdAt', () => '2021-03-01T10:00:00.000Z'),
      column('createdBy', (one) => one.referent),
      column('updatedAt', (one) => `${one.updated}T10:00:00.000Z`, 'date_maj'),
      column('updatedBy', (one) => one.referent),
      column('statut', () => 'EN_LIGNE'),
    ]),
  ],
}

/** A département's own table, all in capitals. */
const capitals: UnlikeBase = {
  name: 'un tableau en capitales',
  tables: [
    table<Lieu>('RECENSEMENT 2026', 'actors', places, [
      column('STRUCTURE', (one) => one.name.toUpperCase(), 'nom', { reads: (one) => one.name.toUpperCase() }),
      column('CATÉGORIE', (one) => LOCAL_KINDS[one.kind], 'typologie'),
      column('N° SIRET (14 CHIFFRES)', (one) => one.siret, 'pivot', { empty: 3 }),
      column('N° ET VOIE', (one) => one.street, 'adresse'),
      column('BP / CS', () => 'CS 10001', 'complement_adresse', { reads: () => 'CS 10001', empty: 2 }),
      column('CODE POSTAL', (one) => one.postal, 'code_postal'),
      column('COMMUNE', (one) => one.commune.toUpperCase(), 'commune'),
      column('CODE COMMUNE', (one) => one.insee, 'code_insee'),
      column('EPCI DE RATTACHEMENT', (one) => one.epci),
      column('STANDARD', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('PORTABLE DU MÉDIATEUR', (one) => `06 00 ${one.frenchPhone.slice(6)}`, undefined, { empty: 2 }),
      column('MAIL GÉNÉRIQUE', (one) => one.email, 'courriels', { empty: 3 }),
      column('MAIL DU MÉDIATEUR', (one) => `mediateur${one.at}@example.net`),
      column('SITE INTERNET', (one) => one.site, 'site_web', { empty: 3 }),
      ...daily(
        (day) => day.toUpperCase(),
        (spans) => spans.replaceAll(':', 'H'),
        'FERMÉ',
      ),
      ticked<Lieu>(
        'AIDE ADMINISTRATIVE',
        'services',
        'Aide aux démarches administratives',
        ({ services }) => services.includes('Aide aux démarches administratives'),
        'X',
      ),
      ticked<Lieu>(
        'ACCÈS INTERNET',
        'services',
        'Accès internet et matériel informatique',
        ({ services }) => services.includes('Accès internet et matériel informatique'),
        'X',
      ),
      ticked<Lieu>(
        'LABEL FRANCE SERVICES',
        'dispositif_programmes_nationaux',
        'France Services',
        ({ programmes }) => programmes.includes('France Services'),
        'X',
      ),
      ticked<Lieu>(
        'AIDANTS CONNECT',
        'dispositif_programmes_nationaux',
        'Aidants Connect',
        ({ programmes }) => programmes.includes('Aidants Connect'),
        'X',
      ),
      column('OBSERVATIONS', () => 'à rappeler', undefined, { empty: 2 }),
    ]),
  ],
  words: { 'actors.typologie': ofTheStandard(LOCAL_KINDS) },
}

const old = lieux(26)

/** Places of today, those of an older census, and the hours when advisers stand there. */
const archives: UnlikeBase = {
  name: "les lieux d'aujourd'hui et ceux d'hier",
  tables: [
    table<Lieu>('Recensement 2022 (archive)', null, old, [
      column('Nom', (one) => one.name),
      column('Adresse', (one) => one.street),
      column('CP', (one) => one.postal),
      column('Ville', (one) => one.commune),
      column('Téléphone', (one) => one.frenchPhone),
    ]),
    table('Permanences', null, places, [
      column('Lieu', (one) => one.name),
      column('Jour', () => 'Lundi'),
      column('Heures', () => '9h-12h'),
      column('Médiatrice', (one) => one.referent),
      column('Commune', (one) => one.commune),
    ]),
    table<Lieu>('Lieux', 'actors', places, [
      column('Lieu', (one) => one.name, 'nom'),
      column('Genre de lieu', (one) => one.kindWord, 'typologie'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Tél fixe', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Tél portable', (one) => `06 00 ${one.frenchPhone.slice(6)}`, undefined, { empty: 2 }),
      column('Mél', (one) => one.email, 'courriels', { empty: 3 }),
      column('Web', (one) => one.site, 'site_web', { empty: 3 }),
      column('Heures d’ouverture', (one) => one.frenchHours, 'horaires', { empty: 3 }),
      column('Services rendus', (one) => one.services.join(', '), 'services'),
      column('Vu le', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
      column('Par', (one) => PEOPLE[one.at % PEOPLE.length]),
    ]),
  ],
}

/** Bases made after recognition was tuned on all others, and looked at only as figures. */
export const UNSEEN: Readonly<Record<string, UnlikeBase>> = {
  drawnMap,
  directory,
  capitals,
  archives,
  gristTables,
  hubTables,
}
