import { daily } from './daily.ts'
import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { epcisOf, lieux, LOCAL_STEPS, ofTheStandard, PEOPLE } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)
const staff = Array.from({ length: 24 }, (_, at) => ({ at, name: PEOPLE[at % PEOPLE.length]! }))
const epcis = epcisOf(places)

/** Linked tables with checkboxes: places, EPCI that list them, référents, equipment. */
export const linkedSheets: UnlikeBase = {
  name: 'des feuilles liées',
  tables: [
    table('👥 Référents', 'referents', staff, [
      column('Nom complet', (one) => one.name, 'name'),
      column('Institution', () => 'Département', 'organisation'),
      column('Mail', ({ at }) => `referent${at}@example.net`, 'email', { uidt: 'Email' }),
      column('Mobile', ({ at }) => `06 00 00 03 ${at + 10}`, 'phone', { uidt: 'PhoneNumber' }),
    ]),
    table('🗺️ Territoires', 'epcis', epcis, [
      column('Territoire', (one) => one.name, 'name'),
      column('N° SIREN', (one) => one.siren, 'siren'),
      column('Nb d’habitants', (one) => one.population, 'population', { uidt: 'Number' }),
      column('Avancement', (one) => one.stage, 'stage', {
        uidt: 'SingleSelect',
        choices: ['Pressenti', "D'accord", 'Lancé'],
      }),
    ]),
    table<Lieu>('🏢 Lieux ressources', 'actors', places, [
      column('Lieu', (one) => one.name, 'nom'),
      column('Territoire', (one) => one.epci, 'epci', {
        link: {
          to: '🗺️ Territoires',
          list: 'Lieux ressources',
          rows: places.map(({ epciSiren }) => [epcis.findIndex(({ siren }) => siren === epciSiren) + 1]),
        },
      }),
      column('Adresse complète', (one) => one.street, 'adresse'),
      column('C.P.', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('☎', (one) => one.frenchPhone, 'telephone', { uidt: 'PhoneNumber', empty: 5 }),
      column('Courriel du lieu', (one) => one.email, 'courriels', { uidt: 'Email', empty: 4 }),
      column('Courriel du responsable', (one) => `resp${one.at}@example.net`, undefined, { uidt: 'Email' }),
      column('Page web', (one) => one.site, 'site_web', { uidt: 'URL', empty: 3 }),
      column('Où en est-on ?', (one) => LOCAL_STEPS[one.step], 'step', {
        uidt: 'SingleSelect',
        choices: Object.values(LOCAL_STEPS),
      }),
      ticked<Lieu>(
        'Aide administrative',
        'services',
        'Aide aux démarches administratives',
        ({ services }) => services.includes('Aide aux démarches administratives'),
        true,
      ),
      ticked<Lieu>(
        'Accès Internet',
        'services',
        'Accès internet et matériel informatique',
        ({ services }) => services.includes('Accès internet et matériel informatique'),
        true,
      ),
      ticked<Lieu>(
        'Public : jeunes',
        'publics_specifiquement_adresses',
        'Jeunes',
        ({ publics }) => publics.includes('Jeunes'),
        true,
      ),
      ticked<Lieu>(
        'Public : seniors',
        'publics_specifiquement_adresses',
        'Seniors',
        ({ publics }) => publics.includes('Seniors'),
        true,
      ),
      column('Dernier échange', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
      column('SIREN du territoire', (one) => one.epciSiren, undefined, {
        uidt: 'Lookup',
        lookup: { through: 'Territoire', of: 'N° SIREN' },
      }),
    ]),
    table<Lieu>('💻 Matériel', null, places, [
      column('Désignation', () => 'Ordinateur portable'),
      column('Quantité', ({ at }) => at, undefined, { uidt: 'Number' }),
      column('Lieu de stockage', (one) => one.name),
      column('Adresse', (one) => one.street),
      column('Commune', (one) => one.commune),
    ]),
  ],
  words: { 'actors.step': ofTheStandard(LOCAL_STEPS) },
}

/** Libraries beside the people who borrow there, and a list of tablets lent. */
export const libraries: UnlikeBase = {
  name: 'des médiathèques et leurs usagers',
  tables: [
    table('Usagers', null, staff, [
      column('Nom', (one) => one.name.split(' ').at(-1)),
      column('Prénom usager', (one) => one.name.split(' ')[0]),
      column('Adresse', ({ at }) => places[at]!.street),
      column('Code postal', ({ at }) => places[at]!.postal),
      column('Ville', ({ at }) => places[at]!.commune),
      column('Téléphone', ({ at }) => `06 00 00 04 ${at + 10}`),
      column('E-mail', ({ at }) => `usager${at}@example.net`),
      column('Site de rattachement', ({ at }) => places[at]!.name),
    ]),
    table<Lieu>('Réseau lecture publique', 'actors', places, [
      column("Nom de l'établissement", (one) => one.name, 'nom'),
      column('Code UC', (one) => `UC${1000 + one.at}`, 'id', { reads: (one) => `UC${1000 + one.at}` }),
      column('Numéro de voie', (one) => one.number, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('Nom de la voie', (one) => one.way, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('CP', (one) => one.postal, 'code_postal'),
      column("Commune d'implantation", (one) => one.commune, 'commune'),
      column('Géolocalisation', (one) => `${one.latitude},${one.longitude}`, undefined, {
        part: { kind: 'point' },
      }),
      column("Téléphone de l'établissement", (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column("Mél de l'établissement", (one) => one.email, 'courriels', { empty: 4 }),
      column('URL du portail', (one) => one.site, 'site_web', { empty: 3 }),
      ...daily(
        (day) => `Ouverture ${day}`,
        (spans) => spans,
        null,
      ),
      column('Responsable', (one) => one.referent),
      column('Collectivité de tutelle', (one) => one.parent, 'structure_parente'),
      column('Surface (m²)', ({ at }) => 100 + at, undefined, { uidt: 'Number' }),
    ]),
  ],
  constants: { 'actors.typologie': 'BIB' },
}
