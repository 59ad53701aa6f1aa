import { loadGeography } from '../../../src/config/geography.ts'

/** Communes by their INSEE code, with a point in each. */
const COMMUNES: readonly (readonly [insee: string, latitude: number, longitude: number])[] = [
  ['29019', 48.3904, -4.4861],
  ['29232', 47.996, -4.0977],
  ['35238', 48.1113, -1.68],
  ['56260', 47.6587, -2.7599],
  ['56121', 47.7483, -3.3703],
  ['22278', 48.5141, -2.7654],
  ['22113', 48.7323, -3.4597],
  ['35115', 48.3525, -1.1992],
  ['29151', 48.5776, -3.828],
  ['29039', 47.875, -3.9187],
  ['29233', 47.8724, -3.55],
  ['29046', 48.093, -4.3287],
  ['29024', 48.2755, -3.5736],
  ['56178', 48.0685, -2.9636],
  ['56165', 47.9317, -2.3977],
  ['56007', 47.668, -2.9826],
  ['35236', 47.6512, -2.0847],
  ['35360', 48.124, -1.2094],
  ['35288', 48.6493, -2.0257],
  ['22050', 48.4536, -2.0507],
  ['22070', 48.5621, -3.15],
  ['22136', 48.178, -2.7533],
  ['22093', 48.469, -2.516],
  ['22162', 48.7785, -3.047],
  ['29103', 48.4515, -4.2486],
  ['29042', 48.2463, -4.4894],
  ['35188', 48.136, -1.955],
  ['35012', 47.843, -1.683],
  ['56184', 47.6614, -2.4527],
  ['56066', 48.14, -3.606],
]

/** What a place may be: its code in the standard, what people call it, and how such a place is named. */
const KINDS = [
  { code: 'EPN', word: 'Espace public numérique', name: 'Espace numérique' },
  { code: 'BIB', word: 'Médiathèque', name: 'Médiathèque' },
  { code: 'RFS', word: 'France Services', name: 'France Services' },
  { code: 'CCAS', word: "Centre communal d'action sociale", name: 'CCAS' },
  { code: 'CSC', word: 'Centre socioculturel', name: 'Centre socioculturel' },
  { code: 'MUNI', word: 'Mairie', name: 'Mairie annexe' },
  { code: 'TIERS_LIEUX', word: 'Tiers-lieu', name: 'Tiers-lieu' },
] as const

export const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export type Day = (typeof DAYS)[number]

/** Three weeks, in the standard's form, as people write them, and day by day. */
const WEEKS: readonly {
  readonly osm: string
  readonly french: string
  readonly days: Partial<Record<Day, string>>
}[] = [
  {
    osm: 'Mo-Fr 09:00-12:00,14:00-17:00',
    french: 'du lundi au vendredi de 9h à 12h et de 14h à 17h',
    days: every(['Mo', 'Tu', 'We', 'Th', 'Fr'], '09:00-12:00,14:00-17:00'),
  },
  {
    osm: 'Mo-Tu 09:30-12:30; We 14:00-18:00; Th-Fr 09:30-12:30',
    french: 'lundi, mardi, jeudi, vendredi 9h30-12h30, mercredi 14h-18h',
    days: { ...every(['Mo', 'Tu', 'Th', 'Fr'], '09:30-12:30'), We: '14:00-18:00' },
  },
  {
    osm: 'Tu-Sa 10:00-12:30,13:30-18:00',
    french: 'mardi à samedi : 10h-12h30 / 13h30-18h',
    days: every(['Tu', 'We', 'Th', 'Fr', 'Sa'], '10:00-12:30,13:30-18:00'),
  },
]

const WAYS = [
  'rue de la Paix',
  'place du Marché',
  'avenue de la Gare',
  'quai Sud',
  'rue des Écoles',
  'le Bourg',
]
export const SERVICES = [
  'Aide aux démarches administratives',
  'Maîtrise des outils numériques du quotidien',
  'Insertion professionnelle via le numérique',
  'Utilisation sécurisée du numérique',
  'Parentalité et éducation avec le numérique',
  'Accès internet et matériel informatique',
] as const
export const PUBLICS = ['Jeunes', 'Étudiants', 'Familles et/ou enfants', 'Seniors', 'Femmes'] as const
const FEES = ['Gratuit', 'Gratuit', 'Payant', 'Gratuit sous condition'] as const
const PROGRAMMES = ['Aidants Connect', 'Conseillers numériques', 'France Services'] as const
const ACCESS = ['Se présenter', 'Téléphoner', 'Se présenter|Téléphoner'] as const
const HELP = ['Accompagnement individuel', 'Dans un atelier collectif', 'En autonomie'] as const
/** A Hub's own words for kinds of places and for steps, none of which the standard knows. */
export const LOCAL_KINDS = {
  EPN: 'Point clic',
  BIB: 'Lieu de lecture',
  RFS: 'Maison de services',
  CCAS: 'Action sociale',
  CSC: 'Maison de quartier',
  MUNI: 'Accueil de mairie',
  TIERS_LIEUX: 'Lieu partagé',
} as const
const STEPS = ['À contacter', 'Contacté', 'À compléter', 'Validée'] as const
export const LOCAL_STEPS = {
  'À contacter': 'Pas encore vu',
  Contacté: 'Appelé',
  'À compléter': 'Saisie en cours',
  Validée: 'OK',
} as const

/** Their words → those of the standard. */
export function ofTheStandard(theirs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(theirs).map(([word, own]) => [own, word]))
}

export const EPCI_STAGES = ['Pressenti', "D'accord", 'Lancé'] as const

/** A place that nobody runs, in the words of the standard and in those of people. */
export type Lieu = ReturnType<typeof lieu>

/** So many invented places; from the thirty-first on, a second one in each commune, and so forth. */
export function lieux(count: number): readonly Lieu[] {
  return Array.from({ length: count }, (_, at) => lieu(at))
}

const geography = loadGeography()

function lieu(at: number) {
  const [insee, latitude, longitude] = COMMUNES[at % COMMUNES.length]!
  const round = Math.floor(at / COMMUNES.length)
  const commune = geography.commune(insee)!
  const kind = KINDS[at % KINDS.length]!
  const week = WEEKS[at % WEEKS.length]!
  const number = String(3 + at)
  const way = WAYS[at % WAYS.length]!
  const digits = String(at).padStart(6, '0')
  return {
    at,
    id: `lieu-${at + 1}`,
    siret: siretOf(at),
    name: `${kind.name} de ${commune.name}${round === 0 ? '' : ` ${round + 1}`}`,
    ...{ commune: commune.name, postal: commune.postalCodes[0]!, insee },
    ...{ epciSiren: commune.epci!, epci: geography.epci(commune.epci!)!.name },
    // Rounds stand a few hundred metres apart, so that no two places are the same.
    latitude: Number((latitude + (round % 20) * 0.0007).toFixed(4)),
    longitude: Number((longitude + Math.floor(round / 20) * 0.0009).toFixed(4)),
    ...{ number, way, street: `${number} ${way}` },
    phone: `+33299${digits}`,
    frenchPhone: `02 99 ${digits.match(/../gu)!.join(' ')}`,
    email: `contact${at}@example.org`,
    site: `https://lieu${at}.example.org`,
    ...{ hours: week.osm, frenchHours: week.french, days: week.days },
    ...{ kind: kind.code, kindWord: kind.word },
    services: SERVICES.filter((_, service) => (at + service) % 3 !== 0),
    publics: PUBLICS.filter((_, one) => (at + one) % 4 === 0),
    fee: FEES[at % FEES.length]!,
    programmes: PROGRAMMES.filter((_, one) => (at + one) % 3 === 0),
    access: ACCESS[at % ACCESS.length]!,
    help: HELP[at % HELP.length]!,
    updated: `2026-${String((at % 10) + 1).padStart(2, '0')}-15`,
    summary: `Un lieu pour apprendre à son rythme, ouvert à tous les habitants de ${commune.name}.`,
    booking: `https://rdv.example.org/lieu${at}`,
    parent: ['Commune', 'Département', 'Fédération des centres', 'Réseau des médiathèques'][at % 4]!,
    step: STEPS[at % 4]!,
    contacted: `2026-0${(at % 9) + 1}-03`,
    referent: PEOPLE[at % PEOPLE.length]!,
  }
}

/** Names that nobody of these lists bears. */
export const PEOPLE = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Rosa Parks',
  'Marie Curie',
  'Emmy Noether',
  'Anne Le Bihan',
  'Yann Kermarrec',
] as const

/** The EPCI of places, each once, with its communes among theirs. */
export function epcisOf(places: readonly Lieu[]) {
  const sirens = [...new Set(places.map(({ epciSiren }) => epciSiren))]
  return sirens.map((siren, at) => {
    const { name, population } = geography.epci(siren)!
    return { at, siren, name, population, stage: EPCI_STAGES[at % EPCI_STAGES.length]! }
  })
}

function every(days: readonly Day[], spans: string): Partial<Record<Day, string>> {
  return Object.fromEntries(days.map((day) => [day, spans]))
}

/** A SIRET whose check digits hold, of an enterprise that no register knows. */
function siretOf(at: number): string {
  const siren = withKey(String(10_000_001 + at))
  return withKey(`${siren}0001`)
}

function withKey(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
