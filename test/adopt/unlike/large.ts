import { column, table, ticked } from './describe.ts'
import type { UnlikeBase } from './describe.ts'
import { lieux, LOCAL_KINDS, LOCAL_STEPS, ofTheStandard } from './places.ts'
import type { Lieu } from './places.ts'

const QUESTIONS = [
  ...['Ordinateurs en accès libre', 'Imprimante', 'Scanner', 'Wifi', 'Tablettes', 'Visioconférence'],
  ...['Accès PMR', 'Parking', 'Arrêt de bus', 'Langues parlées', 'Nombre de postes', 'Nombre de salles'],
]

/** Asked again each year: most of the columns of a census that has grown. */
const YEARS = [2022, 2023, 2024, 2025].flatMap((year) =>
  [
    ...[
      'Nombre de visites',
      'Nombre d’ateliers',
      'Heures d’ouverture par semaine',
      'Publics reçus',
      'Effectif',
    ],
    ...[
      'Budget',
      'Satisfaction',
      'Date de visite',
      'Vu par',
      'Commentaire',
      'Contact',
      'Téléphone du contact',
    ],
    ...['Statut', 'Relance', 'Fiche envoyée'],
  ].map((question) => `${question} ${year}`),
)

/** A census that grew for years: 123 columns, computed ones among them. */
export function largeCensus(rows: number): UnlikeBase {
  const kept = [...QUESTIONS, ...YEARS]
  return {
    name: '123 colonnes et des formules',
    tables: [
      table<Lieu>('Recensement régional', 'actors', lieux(rows), [
        column('Libellé du lieu', (one) => one.name, 'nom'),
        column('Réf.', (one) => one.id, 'id'),
        column('N° SIRET', (one) => one.siret, 'pivot', { empty: 4 }),
        column('Numéro', (one) => one.number),
        column('Rue', (one) => one.way),
        column('Adresse', (one) => one.street, 'adresse', {
          uidt: 'Formula',
          formula: 'CONCAT({Numéro}, " ", {Rue})',
        }),
        column('CP Ville', (one) => `${one.postal} ${one.commune}`),
        column('Code postal', (one) => one.postal, 'code_postal', {
          uidt: 'Formula',
          formula: 'LEFT({CP Ville}, 5)',
        }),
        column('Commune', (one) => one.commune, 'commune'),
        column('Insee', (one) => one.insee, 'code_insee'),
        column('EPCI', (one) => one.epci),
        column('Tél. public', (one) => one.frenchPhone, 'telephone', { empty: 5 }),
        column('Tél. direction', (one) => `06 11 ${one.frenchPhone.slice(6)}`),
        column('Courriel public', (one) => one.email, 'courriels', { empty: 4 }),
        column('Courriel direction', (one) => `direction${one.at}@example.net`),
        column('Direction', (one) => one.referent),
        column('Site', (one) => one.site, 'site_web', { empty: 3 }),
        column('Horaires', (one) => one.frenchHours, 'horaires', { empty: 3 }),
        column('Famille', (one) => LOCAL_KINDS[one.kind], 'typologie'),
        column('Présentation', (one) => one.summary, 'presentation_resume', { empty: 2 }),
        column('Tarifs', (one) => one.fee, 'frais_a_charge', { empty: 3 }),
        column('Lat', (one) => one.latitude, 'latitude', { uidt: 'Decimal' }),
        column('Long', (one) => one.longitude, 'longitude', { uidt: 'Decimal' }),
        column('Mis à jour le', (one) => one.updated, 'date_maj', { uidt: 'Date' }),
        column('Âge de la fiche', () => 120, undefined, {
          uidt: 'Formula',
          formula: 'DATETIME_DIFF(NOW(), {Mis à jour le}, "days")',
        }),
        column('Fiche complète ?', () => 'oui', undefined, {
          uidt: 'Formula',
          formula: 'IF(AND({Horaires} != "", {Site} != ""), "oui", "non")',
        }),
        column('Étape', (one) => LOCAL_STEPS[one.step], 'step', {
          uidt: 'SingleSelect',
          choices: Object.values(LOCAL_STEPS),
        }),
        column('Suivi par', (one) => one.referent, 'referent'),
        ...(
          [
            ['Aide démarches', 'Aide aux démarches administratives'],
            ['Prise en main', 'Maîtrise des outils numériques du quotidien'],
            ['Emploi', 'Insertion professionnelle via le numérique'],
            ['Cybersécurité', 'Utilisation sécurisée du numérique'],
            ['Parents', 'Parentalité et éducation avec le numérique'],
          ] as const
        ).map(([title, word]) =>
          ticked<Lieu>(title, 'services', word, ({ services }) => services.includes(word), true),
        ),
        ...kept.map((title) => column<Lieu>(title, valueOf(title), undefined, { empty: 2 })),
        ...Array.from({ length: 123 - 33 - kept.length }, (_, at) =>
          column<Lieu>(`Question ${at + 1}`, ({ at: row }) => ['oui', 'non', 'en partie'][(row + at) % 3]),
        ),
      ]),
    ],
    words: {
      'actors.typologie': ofTheStandard(LOCAL_KINDS),
      'actors.step': ofTheStandard(LOCAL_STEPS),
    },
  }
}

/** What is asked each year is asked of the people who run the place, never of the place for the public. */
function valueOf(title: string): (one: Lieu) => unknown {
  if (title.startsWith('Téléphone')) return ({ at }) => `06 22 00 ${10 + (at % 90)} ${10 + (at % 80)}`
  if (title.startsWith('Contact') || title.startsWith('Vu par')) return ({ referent }) => referent
  if (title.startsWith('Date')) return ({ contacted }) => contacted
  if (title.startsWith('Nombre') || title.startsWith('Budget') || title.startsWith('Effectif'))
    return ({ at }) => (at * 7) % 40
  if (title.startsWith('Publics')) return () => 'Jeunes'
  return ({ at }) => ['oui', 'non'][at % 2]
}
