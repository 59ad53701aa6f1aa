import { daily, inHours } from './daily.ts'
import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { epcisOf, lieux, PEOPLE } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)
const epcis = epcisOf(places)
const epciOf = ({ epciSiren }: Lieu) => epcis.findIndex(({ siren }) => siren === epciSiren) + 1
const people = Array.from({ length: 60 }, (_, at) => ({ at, name: PEOPLE[at % PEOPLE.length]! }))
const mobile = ({ at }: { readonly at: number }) => `06 33 00 ${10 + (at % 80)} ${10 + (at % 70)}`

/** What an online table tool exports: English titles with emoji and spaces, a formula first, more people than places. */
const airtableExport: UnlikeBase = {
  name: 'un export d’Airtable',
  tables: [
    table('👥 Contacts', null, people, [
      column('Full name', (one) => one.name),
      column('Job title', () => 'Responsable'),
      column('Email', ({ at }) => `personne${at}@example.net`),
      column('Phone', mobile),
      column('Structure', ({ at }) => places[at % 30]!.name),
    ]),
    table<Lieu>('📍 Places ', 'actors', places, [
      column('Label', (one) => `${one.name} (${one.commune})`, undefined, {
        uidt: 'Formula',
        formula: 'CONCAT({Name }, " (", {City}, ")")',
      }),
      column('Name ', (one) => one.name, 'nom'),
      column('🏷️ Type', (one) => one.kindWord, 'typologie'),
      column('Street address', (one) => one.street, 'adresse'),
      column('Zip code', (one) => one.postal, 'code_postal'),
      column('City', (one) => one.commune, 'commune'),
      column('📞 Phone', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('✉️ Email ', (one) => one.email, 'courriels', { empty: 3 }),
      column('Email (from Contacts)', (one) => `personne${one.at}@example.net`),
      column('Phone (from Contacts)', mobile),
      column('🔗 Website', (one) => one.site, 'site_web', { empty: 3 }),
      column('Services offered', (one) => one.services.join(','), 'services'),
      column('Opening hours', (one) => one.hours, 'horaires', { empty: 3 }),
      column('Lat/Lng', (one) => `${one.latitude}, ${one.longitude}`, undefined, { part: { kind: 'point' } }),
      column('Last modified', (one) => one.updated, 'date_maj', { uidt: 'Date' }),
    ]),
  ],
}

/** A département's sheet: numbers typed as numbers, two telephones and two mails, people's own beside them. */
const departement: UnlikeBase = {
  name: 'un fichier de département',
  tables: [
    table<Lieu>('Lieux médiation 2025', 'actors', places, [
      column('N°', (one) => one.at + 1, undefined, { uidt: 'Number' }),
      column('Nom du site', (one) => one.name, 'nom'),
      column('N° SIRET', (one) => Number(one.siret), 'pivot', { uidt: 'Number' }),
      column('Adresse du site', (one) => one.street, 'adresse'),
      column('CP', (one) => Number(one.postal), 'code_postal', { uidt: 'Number' }),
      column('Ville', (one) => one.commune, 'commune'),
      column('Tel fixe', (one) => one.frenchPhone, undefined, {
        empty: 3,
        part: { kind: 'first', key: 'telephone' },
        reads: (one) => one.phone,
      }),
      column('Tel portable', (one) => `06 44 00 00 ${10 + one.at}`, undefined, {
        part: { kind: 'first', key: 'telephone' },
        reads: (one) => `+336440000${10 + one.at}`,
      }),
      column('Portable du responsable', mobile),
      column('Mail 1', (one) => one.email, undefined, {
        part: { kind: 'all', key: 'courriels' },
        reads: (one) => one.email,
      }),
      column('Mail 2', (one) => `bis${one.at}@example.org`, undefined, {
        empty: 2,
        part: { kind: 'all', key: 'courriels' },
        reads: (one) => `bis${one.at}@example.org`,
      }),
      column('Mail du contributeur', (one) => `agent${one.at}@example.net`),
      column('Responsable', (one) => one.referent),
      column('Site internet', (one) => one.site, 'site_web', { empty: 3 }),
      column('Horaires', (one) => one.frenchHours, 'horaires', { empty: 3 }),
    ]),
  ],
}

/** A CAF's sheet: boxes by public and by service, a week in seven columns, both degrees in one. */
const caf: UnlikeBase = {
  name: 'un tableau à cases',
  tables: [
    table<Lieu>('Points numériques', 'actors', places, [
      column('Nom du point numérique', (one) => one.name, 'nom'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Courriel', (one) => one.email, 'courriels', { empty: 3 }),
      ...(['Jeunes', 'Seniors', 'Femmes'] as const).map((word) =>
        ticked<Lieu>(
          `Public ${word.toLowerCase()}`,
          'publics_specifiquement_adresses',
          word,
          ({ publics }) => publics.includes(word),
          true,
        ),
      ),
      ...(
        [
          ['Démarches en ligne', 'Aide aux démarches administratives'],
          ['Initiation', 'Maîtrise des outils numériques du quotidien'],
          ["Recherche d'emploi", 'Insertion professionnelle via le numérique'],
          ['Parents', 'Parentalité et éducation avec le numérique'],
        ] as const
      ).map(([title, word]) =>
        ticked<Lieu>(title, 'services', word, ({ services }) => services.includes(word), true),
      ),
      ...daily((day) => `Horaires ${day}`, inHours, 'Fermé'),
      column('Coordonnées GPS', (one) => `${one.latitude},${one.longitude}`, undefined, {
        part: { kind: 'point' },
      }),
      column('Convention signée', ({ at }) => at % 2 === 0, undefined, { uidt: 'Checkbox' }),
    ]),
  ],
}

/** A federation's base: EPCI by their names alone, linked; the list of two years ago beside the one that is kept. */
const federation: UnlikeBase = {
  name: 'une fédération et son ancienne liste',
  tables: [
    table('Intercos', 'epcis', epcis, [
      column('Nom', (one) => one.name, 'name'),
      column('Référente', ({ at }) => PEOPLE[at % PEOPLE.length]),
    ]),
    table<Lieu>('Adhérents 2023 (ancien)', null, places.slice(0, 22), [
      column('Nom', (one) => one.name),
      column('SIRET', (one) => one.siret),
      column('Adresse', (one) => one.street),
      column('CP', (one) => one.postal),
      column('Commune', (one) => one.commune),
      column('Tél', (one) => one.frenchPhone),
    ]),
    table<Lieu>('Structures adhérentes', 'actors', places, [
      column('Structure', (one) => one.name, 'nom'),
      column('SIRET', (one) => one.siret, 'pivot'),
      column('Interco', (one) => epcis[epciOf(one) - 1]!.name, 'epci', {
        link: { to: 'Intercos', list: 'Adhérents', rows: places.map((one) => [epciOf(one)]) },
      }),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Téléphone accueil', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Courriel accueil', (one) => one.email, 'courriels', { empty: 3 }),
      column('Président·e', (one) => one.referent),
      column('Mail du président', (one) => `president${one.at}@example.net`),
      column('Site', (one) => one.site, 'site_web', { empty: 2 }),
      column('Tarifs', (one) => one.fee, 'frais_a_charge'),
    ]),
  ],
}

/** A CCAS's follow-up: steps in its own words, codes and towns in one column, a second source at the end. */
const followUp: UnlikeBase = {
  name: 'un suivi de CCAS',
  tables: [
    table<Lieu>('Suivi partenaires', 'actors', places, [
      column('Partenaire', (one) => one.name, 'nom'),
      column(
        'Avancement',
        (one) =>
          ({ 'À contacter': 'À faire', Contacté: 'Appelé', 'À compléter': 'En cours', Validée: 'OK' })[
            one.step
          ],
        'step',
        {
          uidt: 'SingleSelect',
          choices: ['À faire', 'Appelé', 'En cours', 'OK'],
        },
      ),
      column('Adresse', (one) => one.street, 'adresse'),
      column('CP Ville', (one) => `${one.postal} ${one.commune}`, undefined, { part: { kind: 'town' } }),
      column('Tél', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('Jours et heures', (one) => one.frenchHours, 'horaires', { empty: 3 }),
      column('Public', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('Dernier contact', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
      column('Suivi par', (one) => one.referent, 'referent'),
      column('Source 2 : nom', (one) => one.name.toUpperCase(), undefined, { empty: 2 }),
      column('Source 2 : tél', mobile, undefined, { empty: 2 }),
      column('Source 2 : mail', (one) => `autre${one.at}@example.net`, undefined, { empty: 2 }),
    ]),
  ],
  words: {
    'actors.step': { 'À faire': 'À contacter', Appelé: 'Contacté', 'En cours': 'À compléter', OK: 'Validée' },
  },
}

/** A network of libraries: what it is stands in the title of its table alone. */
const readingNetwork: UnlikeBase = {
  name: 'un réseau de lecture',
  constants: { 'actors.typologie': 'BIB' },
  tables: [
    table<Lieu>('Réseau des bibliothèques', 'actors', places, [
      column('Établissement', (one) => one.name, 'nom'),
      column('N° et voie', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Code INSEE', (one) => one.insee, 'code_insee'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Adresse mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('Bibliothécaire responsable', (one) => one.referent),
      column('Postes informatiques', ({ at }) => at % 6, undefined, { uidt: 'Number' }),
      ...daily((day) => day, inHours, '-'),
      column('Portail', (one) => one.site, 'site_web', { empty: 3 }),
      column('Tarif', (one) => one.fee, 'frais_a_charge'),
    ]),
  ],
}

/** A table and the copy that somebody made of it; telephones typed as numbers, which lose their first zero. */
const copied: UnlikeBase = {
  name: 'une table et sa copie',
  tables: (['Lieux', 'Lieux - copie'] as const).map((title) =>
    table<Lieu>(title, title === 'Lieux' ? 'actors' : null, places, [
      column('Nom du lieu', (one) => one.name, 'nom'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => Number(one.postal), 'code_postal', { uidt: 'Number' }),
      column('Commune', (one) => one.commune, 'commune'),
      column('SIRET', (one) => Number(one.siret), 'pivot', { uidt: 'Number' }),
      column('Tél', (one) => Number(one.frenchPhone.replaceAll(' ', '')), 'telephone', { uidt: 'Number' }),
      column('Mail', (one) => one.email, 'courriels', { empty: 3 }),
      column('Horaires', (one) => one.frenchHours, 'horaires', { empty: 3 }),
      column('Type de lieu', (one) => one.kindWord, 'typologie', { uidt: 'SingleSelect' }),
    ]),
  ),
}

/** Bases as others would have made them, written once recognition was built. */
export const STRANGERS: Readonly<Record<string, UnlikeBase>> = {
  ...{ airtableExport, departement, caf, federation, followUp, readingNetwork, copied },
}
