import { daily, inHours } from './daily.ts'
import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { lieux } from './places.ts'
import type { Lieu } from './places.ts'

const places = lieux(30)

const service = (title: string, word: string) =>
  ticked<Lieu>(title, 'services', word, (one) => (one.services as readonly string[]).includes(word))
const audience = (title: string, word: string) =>
  ticked<Lieu>(title, 'publics_specifiquement_adresses', word, (one) =>
    (one.publics as readonly string[]).includes(word),
  )

/** A spreadsheet in which every answer is a cross: one column a service, a public, a cost, a label; seven of days. */
export const crosses: UnlikeBase = {
  name: 'un tableur à croix',
  tables: [
    table<Lieu>('Recensement', 'actors', places, [
      column('Nom du lieu', (one) => one.name, 'nom'),
      column('N°', (one) => one.number, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('Voie', (one) => one.way, undefined, { part: { kind: 'join', key: 'adresse' } }),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Coordonnées GPS', (one) => `${one.latitude}, ${one.longitude}`, undefined, {
        part: { kind: 'point' },
        empty: 4,
      }),
      column('Tél', (one) => one.frenchPhone, 'telephone', { empty: 6 }),
      column('Mail', (one) => one.email, 'courriels', { empty: 5 }),
      column('Site', (one) => one.site, 'site_web', { empty: 3 }),
      ...daily((day) => day[0]!.toUpperCase() + day.slice(1), inHours, 'Fermé'),
      service('Démarches administratives', 'Aide aux démarches administratives'),
      service('Outils numériques du quotidien', 'Maîtrise des outils numériques du quotidien'),
      service('Insertion professionnelle', 'Insertion professionnelle via le numérique'),
      service('Sécurité numérique', 'Utilisation sécurisée du numérique'),
      service('Accès internet', 'Accès internet et matériel informatique'),
      audience('Jeunes', 'Jeunes'),
      audience('Seniors', 'Seniors'),
      audience('Familles', 'Familles et/ou enfants'),
      ticked<Lieu>('Gratuit', 'frais_a_charge', 'Gratuit', ({ fee }) => fee === 'Gratuit', 'Oui'),
      ticked<Lieu>('Payant', 'frais_a_charge', 'Payant', ({ fee }) => fee === 'Payant', 'Oui'),
      ticked<Lieu>(
        'Aidants Connect',
        'dispositif_programmes_nationaux',
        'Aidants Connect',
        ({ programmes }) => programmes.includes('Aidants Connect'),
        true,
      ),
      ticked<Lieu>(
        'Conseiller numérique',
        'dispositif_programmes_nationaux',
        'Conseillers numériques',
        ({ programmes }) => programmes.includes('Conseillers numériques'),
        true,
      ),
      column('Wifi public', () => 'x', undefined, { empty: 2 }),
      column('Remarques', () => 'à rappeler', undefined, { empty: 2 }),
    ]),
  ],
}

/** Titles in English, choices in French, one column about the person who sent the form. */
export const english: UnlikeBase = {
  name: 'des titres anglais',
  tables: [
    table<Lieu>('Places', 'actors', places, [
      column('Place Name', (one) => one.name, 'nom'),
      column('Company ID (SIRET)', (one) => one.siret, 'pivot'),
      column('Street Address', (one) => one.street, 'adresse'),
      column('Address Line 2', () => 'Bâtiment B', 'complement_adresse', { empty: 2 }),
      column('City', (one) => one.commune, 'commune'),
      column('ZIP Code', (one) => one.postal, 'code_postal'),
      column('Latitude', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('Longitude', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('Phone Number', (one) => one.frenchPhone, 'telephone', { uidt: 'PhoneNumber', empty: 5 }),
      column('Contact Email', (one) => one.email, 'courriels', { uidt: 'Email', empty: 4 }),
      column('Website', (one) => one.site, 'site_web', { uidt: 'URL', empty: 3 }),
      column('Opening Hours', (one) => one.hours, 'horaires', { empty: 4 }),
      column('Category', (one) => one.kindWord, 'typologie'),
      column('Services', (one) => one.services.join(', '), 'services'),
      column('Target Audience', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('Price', (one) => one.fee, 'frais_a_charge'),
      column('Short Description', (one) => one.summary, 'presentation_resume', { uidt: 'LongText' }),
      column('Parent Organization', (one) => one.parent, 'structure_parente'),
      column('Booking Link', (one) => one.booking, 'prise_rdv', { uidt: 'URL', empty: 2 }),
      column('Last Updated', (one) => one.updated, 'date_maj', { uidt: 'Date' }),
      column('Submitted By', (one) => `prive${one.at}@example.net`),
      column('Internal Notes', () => 'call back', undefined, { empty: 2 }),
      column('Approved', () => true, undefined, { uidt: 'Checkbox' }),
    ]),
  ],
}

/** Typed in haste: emoji, letters missing, a space at the end, a number where text should be. */
export const typos: UnlikeBase = {
  name: 'des fautes de frappe et des émojis',
  tables: [
    table<Lieu>('📍 Lieus', 'actors', places, [
      column('🏠 Nom du lieux', (one) => one.name, 'nom'),
      column('N° Sirett', (one) => Number(one.siret), 'pivot', { uidt: 'Number' }),
      column('📌 Adrese ', (one) => one.street, 'adresse'),
      column('📮 Code postale', (one) => one.postal, 'code_postal'),
      column('Comune', (one) => one.commune, 'commune'),
      column('☎️ Telephonne', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('✉️ Couriel', (one) => one.email, 'courriels', { empty: 4 }),
      column('🌍 Site intenet', (one) => one.site, 'site_web', { empty: 3 }),
      column("🕒 Horaire d'ouvertures", (one) => one.frenchHours, 'horaires', { empty: 4 }),
      column('Servises proposé', (one) => one.services.join(' ; '), 'services'),
      column('Tarrif', (one) => one.fee, 'frais_a_charge'),
      column('Déscription', (one) => one.summary, 'presentation_detail', { uidt: 'LongText' }),
      column('Typologies de structure', (one) => one.kindWord, 'typologie'),
      column('Lattitude', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
      column('Longitute', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
      column('👤 Réferent', (one) => one.referent, 'referent'),
      column('📅 Denier contact', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
      column("Étape d'avancement", (one) => one.step, 'step'),
      column('❓ à voir', () => 'oui', undefined, { empty: 2 }),
    ]),
  ],
}
