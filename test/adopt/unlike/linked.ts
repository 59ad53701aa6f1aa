import { daily, inHours } from './daily.ts'
import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { epcisOf, lieux, LOCAL_KINDS, ofTheStandard, PEOPLE, SERVICES } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)
const epcis = epcisOf(places)
const indexOf = new Map(epcis.map(({ siren }, at) => [siren, at + 1]))
const types = [...new Map(places.map((one) => [one.kind, one])).values()]
const parents = [...new Set(places.map(({ parent }) => parent))]
const staff = Array.from({ length: 24 }, (_, at) => ({ at, name: PEOPLE[at % PEOPLE.length]! }))

/** Everything once: communes, EPCI, types, services and parent structures in tables of their own. */
export const normalised: UnlikeBase = {
  name: 'une base normalisée',
  tables: [
    table<Lieu>('Lieux', 'actors', places, [
      column('Nom', (one) => one.name, 'nom'),
      column('SIRET', (one) => one.siret, 'pivot', { empty: 5 }),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Commune', (one) => one.commune, 'commune', {
        link: { to: 'Communes', list: 'Lieux', rows: places.map(({ at }) => [at + 1]) },
      }),
      column('Code postal', (one) => one.postal, 'code_postal', {
        uidt: 'Lookup',
        lookup: { through: 'Commune', of: 'CP' },
      }),
      column('Code INSEE', (one) => one.insee, 'code_insee', {
        uidt: 'Lookup',
        lookup: { through: 'Commune', of: 'INSEE' },
      }),
      column('Type', (one) => one.kindWord, 'typologie', {
        link: {
          to: 'Types de lieu',
          list: 'Lieux',
          rows: places.map((one) => [types.findIndex(({ kind }) => kind === one.kind) + 1]),
        },
      }),
      column('Services', (one) => one.services.join(', '), 'services', {
        link: {
          ...{ to: 'Services', list: 'Lieux', kind: 'mm' },
          rows: places.map((one) => one.services.map((word) => SERVICES.indexOf(word) + 1)),
        },
      }),
      column('Structure porteuse', (one) => one.parent, 'structure_parente', {
        link: {
          to: 'Structures porteuses',
          list: 'Lieux',
          rows: places.map((one) => [parents.indexOf(one.parent) + 1]),
        },
      }),
      column('Téléphone', (one) => one.frenchPhone, 'telephone', { uidt: 'PhoneNumber', empty: 4 }),
      column('Courriel', (one) => one.email, 'courriels', { uidt: 'Email', empty: 3 }),
      column('Site web', (one) => one.site, 'site_web', { uidt: 'URL', empty: 3 }),
      column('Horaires', (one) => one.hours, 'horaires', { uidt: 'LongText', empty: 3 }),
      column('Tarif', (one) => one.fee, 'frais_a_charge', {
        uidt: 'SingleSelect',
        choices: ['Gratuit', 'Payant', 'Gratuit sous condition'],
      }),
      column('Nombre de services', (one) => one.services.length, undefined, {
        uidt: 'Rollup',
        rollup: { through: 'Services', of: 'Libellé', by: 'count' },
      }),
      column('Étiquette', (one) => `${one.name} (${one.street})`, undefined, {
        uidt: 'Formula',
        formula: 'CONCAT({Nom}, " (", {Adresse}, ")")',
      }),
      column('Latitude', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('Longitude', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('Remarques', () => 'x', undefined, { empty: 2 }),
    ]),
    table<Lieu>('Communes', null, places, [
      column('Nom', (one) => one.commune),
      column('INSEE', (one) => one.insee),
      column('CP', (one) => one.postal),
      column('EPCI', (one) => one.epci, undefined, {
        link: {
          to: 'Intercommunalités',
          list: 'Communes',
          rows: places.map(({ epciSiren }) => [indexOf.get(epciSiren)!]),
        },
      }),
      column('Population communale', () => 12_000, undefined, { uidt: 'Number' }),
    ]),
    table('Intercommunalités', 'epcis', epcis, [
      column('Nom', (one) => one.name, 'name'),
      column('SIREN', (one) => one.siren, 'siren'),
      column('Population', (one) => one.population, 'population', { uidt: 'Number' }),
    ]),
    table('Types de lieu', null, types, [
      column('Libellé', (one) => one.kindWord),
      column('Sigle', (one) => one.kind),
    ]),
    table('Services', null, SERVICES, [
      column('Libellé', (one) => one),
      column('Ordre', (_, at) => at + 1, undefined, { uidt: 'Number' }),
    ]),
    table('Structures porteuses', null, parents, [
      column('Raison sociale', (one) => one),
      column('Courriel', (_, at) => `porteur${at}@example.net`),
      column('Téléphone', (_, at) => `02 98 00 00 0${at}`),
    ]),
  ],
}

const town = lieux(50).slice(0, 28)
const associations = lieux(50).slice(28)

/** Places of a town in one table, associations in another, and the people of both in a third. */
export const twoLists: UnlikeBase = {
  name: "deux tables d'acteurs et une table de contacts",
  tables: [
    table<Lieu>('Lieux de la ville', 'actors', town, [
      column('Nom du lieu', (one) => one.name, 'nom'),
      column('SIRET', (one) => one.siret, 'pivot'),
      column('Type', (one) => LOCAL_KINDS[one.kind], 'typologie'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Téléphone accueil', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('Courriel accueil', (one) => one.email, 'courriels', { empty: 4 }),
      column('Site', (one) => one.site, 'site_web'),
      column('Horaires', (one) => one.hours, 'horaires', { empty: 3 }),
      column('Services', (one) => one.services.join('|'), 'services'),
      column('Contact interne', (one) => one.referent),
    ]),
    table<Lieu>('Associations', 'actors', associations, [
      column("Nom de l'association", (one) => one.name, 'nom'),
      column('N° RNA ou SIRET', (one) => one.siret, 'pivot'),
      column('Siège social', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Tél.', (one) => one.frenchPhone, 'telephone', { empty: 3 }),
      column('E-mail', (one) => one.email, 'courriels'),
      column('Objet', (one) => one.summary, 'presentation_detail'),
      column('Président·e', (one) => one.referent),
    ]),
    table('Contacts', 'referents', staff, [
      column('Prénom et nom', (one) => one.name, 'name'),
      column('Structure', (_, at) => town[at % town.length]!.name, 'organisation'),
      column('Fonction', () => 'Médiatrice'),
      column('Courriel', ({ at }) => `personne${at}@example.net`, 'email'),
      column('Portable', ({ at }) => `06 00 00 00 ${at + 10}`, 'phone'),
    ]),
  ],
  words: { 'actors.typologie': ofTheStandard(LOCAL_KINDS) },
}

/** Structures beside their staff, and the people who came to workshops. */
export const peopleBeside: UnlikeBase = {
  name: 'des inscriptions et des équipes à côté des structures',
  tables: [
    table('Inscriptions ateliers', 'participants', staff, [
      column('Nom', (one) => one.name, 'name'),
      column('Adresse', ({ at }) => places[at % 30]!.street),
      column('Code postal', ({ at }) => places[at % 30]!.postal),
      column('Ville', ({ at }) => places[at % 30]!.commune),
      column('Téléphone', ({ at }) => `06 00 00 01 ${at + 10}`),
      column('Mail', ({ at }) => `inscrit${at}@example.net`, 'email'),
      column('Structure', ({ at }) => places[at % 30]!.name, 'organisation'),
      column('Date de naissance', () => '1961-03-04'),
      column('Présent', ({ at }) => at % 2 === 0, 'attended', { uidt: 'Checkbox' }),
    ]),
    table('Personnel', null, staff, [
      column('Prénom', (one) => one.name.split(' ')[0]),
      column('Nom', (one) => one.name.split(' ')[1]),
      column('Poste', () => 'Conseiller numérique'),
      column('Mail pro', ({ at }) => `pro${at}@example.net`),
      column('Tél pro', ({ at }) => `02 97 00 01 ${at + 10}`),
      column('Structure', ({ at }) => places[at % 30]!.name),
      column('Adresse de la structure', ({ at }) => places[at % 30]!.street),
      column('Commune', ({ at }) => places[at % 30]!.commune),
      column('SIRET', ({ at }) => places[at % 30]!.siret),
    ]),
    table<Lieu>('Structures', 'actors', places, [
      column('Dénomination', (one) => one.name, 'nom'),
      column('Type de structure', (one) => one.kind, 'typologie'),
      column('Adresse postale', (one) => one.street, 'adresse'),
      column('Code postal', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Standard', (one) => one.frenchPhone, 'telephone'),
      column('Courriel', (one) => one.email, 'courriels', { empty: 5 }),
      column('Site internet', (one) => one.site, 'site_web', { empty: 3 }),
      column("Modalités d'accueil", (one) => one.access, 'modalites_acces'),
      column("Nom de l'EPCI", (one) => one.epci),
    ]),
    table(
      'Journées',
      'days',
      [1, 2, 3, 4, 5],
      [
        column('Intitulé', (day) => `Journée ${day}`, 'name'),
        column('Date', (day) => `2026-05-0${day}`, 'date', { uidt: 'Date' }),
        column('Lieu', () => 'Mairie', 'place'),
        column('Nombre d’inscrits', () => 20, 'expected', { uidt: 'Number' }),
        column('Nombre de présents', () => 12, 'present', { uidt: 'Number' }),
      ],
    ),
  ],
}

/** A list of communes that names the EPCI of each: no table of EPCI, a SIREN stands there many times. */
export const communes: UnlikeBase = {
  name: "une table de communes qui nomme l'EPCI de chacune",
  tables: [
    table<Lieu>('Communes', null, lieux(60), [
      column('Code INSEE', (one) => one.insee),
      column('Nom', (one) => one.commune),
      column('Code postal', (one) => one.postal),
      column('SIREN EPCI', (one) => one.epciSiren),
      column('Nom EPCI', (one) => one.epci),
      column('Population', () => 12_000, undefined, { uidt: 'Number' }),
      column('Département', (one) => one.insee.slice(0, 2)),
      column('Latitude', (one) => one.latitude, undefined, { uidt: 'Decimal' }),
      column('Longitude', (one) => one.longitude, undefined, { uidt: 'Decimal' }),
    ]),
    table<Lieu>('Points de médiation', 'actors', places, [
      column('Point', (one) => one.name, 'nom'),
      column('Nature', (one) => one.kindWord, 'typologie'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Commune', (one) => one.commune, 'commune', {
        link: { to: 'Communes', list: 'Points', rows: places.map(({ at }) => [at + 1]) },
      }),
      column('Code postal', (one) => one.postal, 'code_postal', {
        uidt: 'Lookup',
        lookup: { through: 'Commune', of: 'Code postal' },
      }),
      column('EPCI', (one) => one.epci, undefined, {
        uidt: 'Lookup',
        lookup: { through: 'Commune', of: 'Nom EPCI' },
      }),
      column('Tel', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('Courriel', (one) => one.email, 'courriels', { empty: 4 }),
      column('Saisi par', (one) => `saisie${one.at % 3}@example.net`),
      column('Dernière modification', (one) => one.updated, 'date_maj', { uidt: 'Date' }),
    ]),
  ],
}

const houses = lieux(40)
  .filter(({ kind }) => kind !== 'EPN')
  .map((one) => ({ ...one, name: `France Services ${one.commune}` }))

/** The published list of France Services houses, and the list of advisers, who are people with an address of work. */
export const franceServices: UnlikeBase = {
  name: 'des France Services à côté de conseillers',
  tables: [
    table('Conseillers numériques', null, lieux(40), [
      column('Nom', (one) => one.referent.split(' ')[1]),
      column('Prénom', (one) => one.referent.split(' ')[0]),
      column('Structure employeuse', (one) => one.name),
      column('SIRET de la structure', (one) => one.siret),
      column('Type de structure', (one) => one.kindWord),
      column('Adresse de la structure', (one) => one.street),
      column('Code postal', (one) => one.postal),
      column('Commune', (one) => one.commune),
      column('Code INSEE', (one) => one.insee),
      column('Courriel professionnel', (one) => `cnfs${one.at}@example.net`),
      column('Téléphone professionnel', (one) => `06 00 00 02 ${one.at + 10}`),
      column('Latitude', (one) => one.latitude, undefined, { uidt: 'Decimal' }),
      column('Longitude', (one) => one.longitude, undefined, { uidt: 'Decimal' }),
      column('Date de fin de contrat', () => '2027-01-31', undefined, { uidt: 'Date' }),
    ]),
    table<Lieu>('Espaces labellisés', 'actors', houses, [
      column('Structure', (one) => one.name, 'nom'),
      column('Adresse postale', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Téléphone', (one) => one.frenchPhone, 'telephone'),
      column('Mail générique', (one) => one.email, 'courriels', { empty: 6 }),
      column('Itinérant', ({ at }) => (at % 9 === 0 ? 'Oui' : 'Non'), 'itinerance', {
        reads: ({ at }) => (at % 9 === 0 ? 'Itinérant' : 'Fixe'),
      }),
      ticked<Lieu>(
        'Conseiller numérique présent',
        'dispositif_programmes_nationaux',
        'Conseillers numériques',
        (one) => one.programmes.includes('Conseillers numériques'),
      ),
      ...daily((day) => `Horaires ${day}`, inHours, 'Fermé'),
      column('Porteur', (one) => one.parent, 'structure_parente'),
    ]),
  ],
  constants: { 'actors.typologie': 'RFS' },
  words: { 'actors.itinerance': { Oui: 'Itinérant', Non: 'Fixe' } },
}
