import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { epcisOf, lieux, PEOPLE } from './places.ts'
import type { Day, Lieu } from './places.ts'

const places = lieux(40)
const indexOf = new Map(epcisOf(places).map(({ siren }, at) => [siren, at + 1]))
const has = (word: string) => (one: Lieu) => (one.services as readonly string[]).includes(word)
const isFor = (word: string) => (one: Lieu) => (one.publics as readonly string[]).includes(word)

/** An old list beside the one that is kept, most of whose places it repeats, under other titles. */
const oldList: UnlikeBase = {
  name: 'une ancienne liste à côté de la nouvelle',
  tables: [
    table<Lieu>('Lieux', 'actors', places, [
      column('Nom du lieu', (one) => one.name, 'nom'),
      column('SIRET', (one) => one.siret, 'pivot', { empty: 5 }),
      column('Type', (one) => one.kindWord, 'typologie'),
      column('Adresse postale', (one) => one.street, 'adresse'),
      column('CP Ville', (one) => `${one.postal} ${one.commune.toUpperCase()}`, undefined, {
        part: { kind: 'town' },
      }),
      column('Tel fixe', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Tel portable', ({ at }) => `06 33 00 ${10 + at} 00`, undefined, { empty: 3 }),
      column('Mail', (one) => one.email, 'courriels', { empty: 6 }),
      column('Site', (one) => one.site, 'site_web', { empty: 3 }),
      column('Horaires', (one) => one.frenchHours, 'horaires', { empty: 4 }),
      column('Comcom', (one) => one.epci),
      column('Dernière relance', (one) => one.contacted, 'lastContact', { uidt: 'Date' }),
      column('Suivi', (one) => one.step, 'step', {
        uidt: 'SingleSelect',
        choices: ['À contacter', 'Contacté', 'À compléter', 'Validée'],
      }),
    ]),
    table<Lieu>(
      'Annuaire 2023 (ancien)',
      null,
      [...places.slice(0, 34), ...lieux(46).slice(40)],
      [
        column('Structure', (one) => one.name),
        column('N° SIRET', (one) => one.siret),
        column('Adresse', (one) => one.street),
        column('Code postal', (one) => one.postal),
        column('Commune', (one) => one.commune),
        column('Téléphone', (one) => one.frenchPhone, undefined, { empty: 3 }),
        column('Courriel', (one) => one.email),
      ],
    ),
  ],
}

const half = (one: Lieu, day: Day, at: 0 | 1) => {
  const spans = one.days[day]?.split(',') ?? []
  return (spans[at] ?? null)?.replaceAll(':', 'h') ?? null
}
const DAYS: readonly [title: string, day: Day][] = [
  ['Lundi', 'Mo'],
  ['Mardi', 'Tu'],
  ['Mercredi', 'We'],
  ['Jeudi', 'Th'],
  ['Vendredi', 'Fr'],
  ['Samedi', 'Sa'],
]

/** Ticked columns of a Hub's own wording, ages among them, and two columns a day. */
const halfDays: UnlikeBase = {
  name: 'des demi-journées et des cases à cocher',
  tables: [
    table<Lieu>('Points numériques du Pays', 'actors', places, [
      column('Intitulé', (one) => one.name, 'nom'),
      column('Rue', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Contact mail', (one) => one.email, 'courriels', { empty: 5 }),
      column('Contact tél', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      ...DAYS.flatMap(([title, day]) =>
        ([0, 1] as const).map((at) =>
          column<Lieu>(
            `${title} ${at === 0 ? 'matin' : 'après-midi'}`,
            (one) => half(one, day, at),
            undefined,
            {
              part: { kind: 'day', day },
              reads: (one) => one.days[day]?.split(',')[at] ?? null,
            },
          ),
        ),
      ),
      ticked(
        'Service : démarches',
        'services',
        'Aide aux démarches administratives',
        has('Aide aux démarches administratives'),
      ),
      ticked(
        'Service : prise en main',
        'services',
        'Maîtrise des outils numériques du quotidien',
        has('Maîtrise des outils numériques du quotidien'),
      ),
      ticked(
        'Service : emploi',
        'services',
        'Insertion professionnelle via le numérique',
        has('Insertion professionnelle via le numérique'),
      ),
      ticked(
        'Service : cybersécurité',
        'services',
        'Utilisation sécurisée du numérique',
        has('Utilisation sécurisée du numérique'),
      ),
      ticked(
        'Service : parentalité',
        'services',
        'Parentalité et éducation avec le numérique',
        has('Parentalité et éducation avec le numérique'),
      ),
      ticked(
        'Service : accès ordinateur',
        'services',
        'Accès internet et matériel informatique',
        has('Accès internet et matériel informatique'),
      ),
      ticked('Public : Jeunes 16-25', 'publics_specifiquement_adresses', 'Jeunes', isFor('Jeunes'), 'Oui'),
      ticked('Public : Séniors 60+', 'publics_specifiquement_adresses', 'Seniors', isFor('Seniors'), 'Oui'),
      ticked(
        'Public : Familles',
        'publics_specifiquement_adresses',
        'Familles et/ou enfants',
        isFor('Familles et/ou enfants'),
        'Oui',
      ),
      column('Prix', (one) => one.fee, 'frais_a_charge'),
      column('Nb de postes', ({ at }) => at % 9),
      column('Wifi', ({ at }) => (at % 2 === 0 ? 'x' : null)),
      column('Observations', () => 'à rappeler', undefined, { empty: 2 }),
    ]),
  ],
}

/** An export of linked tables: what the links showed stands in text beside each record. */
const airtable: UnlikeBase = {
  name: 'un export de tables liées, avec ses colonnes « (from …) »',
  tables: [
    table<Lieu>('Structures', 'actors', places, [
      column('Name', (one) => one.name, 'nom'),
      column('SIRET (from Organisations)', (one) => one.siret, 'pivot', { empty: 4 }),
      column('Statut juridique (from Organisations)', ({ at }) => ['Association', 'Commune', 'EPCI'][at % 3]),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code postal (from Communes)', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Code INSEE (from Communes)', (one) => one.insee, 'code_insee'),
      column('EPCI (from Communes)', (one) => one.epci),
      column('Email', (one) => one.email, 'courriels', { empty: 4 }),
      column('Email (from Contacts)', ({ at }) => `prive${at}@example.net`),
      column('Téléphone (from Contacts)', ({ at }) => `06 44 00 ${10 + at} 00`, undefined, { empty: 2 }),
      column('Phone', (one) => one.frenchPhone, 'telephone', { empty: 3 }),
      column('Website', (one) => one.site, 'site_web', { empty: 3 }),
      column('Services', (one) => one.services.join(', '), 'services'),
      column('Publics', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('Price', (one) => one.fee, 'frais_a_charge'),
      column('Labels', (one) => one.programmes.join(', '), 'dispositif_programmes_nationaux'),
      column('Created', (one) => `${one.updated} 9:12am`),
      column('Last Modified', (one) => one.updated, 'date_maj'),
      column('Attachments', () => 'photo.jpg (https://example.org/photo.jpg)', undefined, { empty: 3 }),
    ]),
    table<Lieu>('Contacts', null, places, [
      column('Nom', ({ at }) => PEOPLE[at % PEOPLE.length]),
      column('Fonction', () => 'Directrice'),
      column('Email', ({ at }) => `prive${at}@example.net`),
      column('Téléphone', ({ at }) => `06 44 00 ${10 + at} 00`),
      column('Structure', (one) => one.name),
    ]),
  ],
}

/** Places, associations and the people who give their time, side by side, in words of their own. */
const threeLists: UnlikeBase = {
  name: 'des lieux, des associations et des bénévoles',
  tables: [
    table<Lieu>('Bénévoles', null, places.slice(0, 20), [
      column('Nom', ({ at }) => PEOPLE[at % PEOPLE.length]!.split(' ').at(-1)),
      column('Prénom', ({ at }) => PEOPLE[at % PEOPLE.length]!.split(' ')[0]),
      column('Mail', ({ at }) => `benevole${at}@example.net`),
      column('Portable', ({ at }) => `06 55 00 ${10 + at} 00`),
      column('Ville', (one) => one.commune),
      column('Lieu de permanence', (one) => one.name),
    ]),
    table<Lieu>('Lieux d’accueil', 'actors', places, [
      column('Lieu', (one) => one.name, 'nom'),
      column('Gestionnaire', (one) => one.parent, 'structure_parente'),
      column('Adresse', (one) => one.street, 'adresse'),
      column('Code Postal', (one) => one.postal, 'code_postal'),
      column('Ville', (one) => one.commune, 'commune'),
      column('Tél.', (one) => one.frenchPhone, 'telephone', { empty: 4 }),
      column('Mail accueil', (one) => one.email, 'courriels', { empty: 4 }),
      column('Mail responsable', ({ at }) => `resp${at}@example.net`),
      column('Quand ?', (one) => one.frenchHours, 'horaires', { empty: 4 }),
      column('Ce qu’on y fait', (one) => one.services.join(' / '), 'services'),
      column('Pour qui', (one) => one.publics.join(', '), 'publics_specifiquement_adresses'),
      column('Payant ?', (one) => one.fee, 'frais_a_charge'),
    ]),
    table<Lieu>('Associations', 'actors', lieux(60).slice(40), [
      column('Association', (one) => `Association ${one.name}`, 'nom'),
      column('RNA ou SIRET', (one) => one.siret, 'pivot', { empty: 3 }),
      column('Siège', (one) => one.street, 'adresse'),
      column('CP', (one) => one.postal, 'code_postal'),
      column('Commune', (one) => one.commune, 'commune'),
      column('Contact', (one) => one.email, 'courriels'),
      column('Présidence', ({ at }) => PEOPLE[at % PEOPLE.length]),
    ]),
  ],
}

/** Linked tables with keys of their own and both parts of the town in one column. */
const references: UnlikeBase = {
  name: 'des tables à références',
  tables: [
    table('Interco', 'epcis', epcisOf(places), [
      column('Nom court', ({ name }) => name, 'name'),
      column('SIREN', ({ siren }) => siren, 'siren'),
      column('Nb hab.', ({ population }) => population, 'population', { uidt: 'Number' }),
      column('Chargée de mission', ({ at }) => PEOPLE[at % PEOPLE.length], 'deploymentOfficer'),
    ]),
    table<Lieu>('Points_accueil', 'actors', places, [
      column('Nom_usuel', (one) => one.name, 'nom'),
      column('Ref_interne', (one) => one.id, 'id'),
      column('Siret_etab', (one) => one.siret, 'pivot', { empty: 6 }),
      column('Interco', (one) => one.epci, 'epci', {
        link: {
          to: 'Interco',
          list: 'Points_accueil',
          rows: places.map((one) => [indexOf.get(one.epciSiren)!]),
        },
      }),
      column('Adresse_complete', (one) => `${one.street}, ${one.postal} ${one.commune}`, undefined, {
        part: { kind: 'address' },
      }),
      column('Coord_GPS', (one) => `${one.latitude}, ${one.longitude}`, undefined, {
        part: { kind: 'point' },
      }),
      column('Tel', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
      column('Tel2', ({ at }) => `02 98 00 ${10 + at} 00`, undefined, { empty: 2 }),
      column('Mel', (one) => one.email, 'courriels', { empty: 4 }),
      column('Categorie', (one) => one.kindWord, 'typologie'),
      column('Offre', (one) => one.services.join('|'), 'services'),
      column('Votre adresse e-mail', ({ at }) => `saisie${at}@example.net`),
      column('Maj_le', (one) => one.updated, 'date_maj'),
      column('Valide', ({ at }) => at % 2 === 0, undefined, { uidt: 'Checkbox' }),
    ]),
  ],
}

/** Bases as Hubs let them grow: each was written before anything was changed for it. */
export const GROWN: Readonly<Record<string, UnlikeBase>> = {
  oldList,
  halfDays,
  airtable,
  threeLists,
  references,
}
