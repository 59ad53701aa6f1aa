/** A kind of place: how it is named, what it offers, when it opens. */
export type Kind = {
  readonly typology: string
  /** How many of a hundred places are of this kind. */
  readonly share: number
  /** `{word}` an evocative name, `{of}` « de Redon », « d'Auray ». */
  readonly names: readonly string[]
  readonly parent: string | null
  readonly programme: string | null
  readonly audience: string | null
  readonly summary: string
  readonly free: number
}

const NONE = { parent: null, programme: null, audience: null } as const

export const KINDS: readonly Kind[] = [
  {
    ...NONE,
    typology: 'BIB',
    share: 20,
    names: ['Médiathèque {word}', 'Bibliothèque {word}', 'Médiathèque {of}'],
    parent: 'Réseau des médiathèques',
    summary: 'Postes en libre accès et ateliers numériques, en petit groupe, au milieu des livres.',
    free: 0.9,
  },
  {
    ...NONE,
    typology: 'RFS',
    share: 15,
    names: ['France services {of}', 'France services {word}'],
    parent: "Réseau France services de l'intercommunalité",
    programme: 'France Services',
    summary: 'Deux conseillers aident chacun dans ses démarches, en ligne ou au guichet.',
    free: 1,
  },
  {
    ...NONE,
    typology: 'CCAS',
    share: 12,
    names: ['CCAS {of}', 'Espace social {word}'],
    parent: 'Mairie',
    programme: 'Aidants Connect',
    summary: 'Accompagnement individuel aux démarches en ligne pour les habitants de la commune.',
    free: 1,
  },
  {
    ...NONE,
    typology: 'CSC',
    share: 10,
    names: ['Centre social {word}', 'Maison de quartier {word}'],
    parent: 'Fédération des centres sociaux',
    summary: 'Ateliers collectifs, permanences et prêt de matériel, ouverts à toutes les générations.',
    free: 0.6,
  },
  {
    ...NONE,
    typology: 'ASSO',
    share: 13,
    names: ['Association {word}', '{word} solidaire', 'Les Clics {of}'],
    summary: 'Des bénévoles transmettent les gestes numériques du quotidien, au rythme de chacun.',
    free: 0.4,
  },
  {
    ...NONE,
    typology: 'EPN',
    share: 9,
    names: ['Espace numérique {word}', 'Cyberespace {word}', 'Espace numérique du Bourg'],
    programme: 'Conseillers numériques',
    summary: 'Initiation, perfectionnement et postes en libre accès, avec un conseiller numérique.',
    free: 0.8,
  },
  {
    ...NONE,
    typology: 'MUNI',
    share: 6,
    names: ['Mairie {of}', 'Point numérique {of}'],
    summary: "Un poste et un agent à l'accueil de la mairie pour les démarches en ligne.",
    free: 1,
  },
  {
    ...NONE,
    typology: 'TIERS_LIEUX',
    share: 5,
    names: ['Tiers-lieu {word}', 'La Fabrique {word}'],
    summary: 'Espace partagé, café associatif et ateliers de culture numérique.',
    free: 0.3,
  },
  {
    ...NONE,
    typology: 'PIJ_BIJ',
    share: 4,
    names: ['Point information jeunesse {word}', 'Info jeunes {of}'],
    audience: 'Jeunes',
    programme: 'Promeneurs du net',
    summary: 'Écoute, information et coup de main numérique pour les 12-25 ans.',
    free: 1,
  },
  {
    ...NONE,
    typology: 'ML',
    share: 3,
    names: ['Mission locale {word}', 'Mission locale, antenne {of}'],
    audience: 'Jeunes',
    summary: "Appui numérique à la recherche d'emploi ou de formation pour les 16-25 ans.",
    free: 1,
  },
  {
    ...NONE,
    typology: 'ES',
    share: 2,
    names: ['Épicerie solidaire {word}'],
    summary: 'Une permanence numérique pendant la distribution, sans rendez-vous.',
    free: 0.8,
  },
  {
    ...NONE,
    typology: 'FABLAB',
    share: 1,
    names: ['Fablab {word}', 'Atelier {word}'],
    summary: 'Machines partagées, réparation et découverte de la fabrication numérique.',
    free: 0.2,
  },
]

export const WORDS = [
  'Les Embruns',
  'La Passerelle',
  'Les Ajoncs',
  "L'Estran",
  'Le Phare Bleu',
  'Les Genêts',
  'La Voile Bleue',
  "L'Étrave",
  'Les Hortensias',
  'La Marée Haute',
  'Le Sémaphore',
  'Le Grand Large',
  'Les Bruyères',
  'La Vigie',
  'La Boussole',
  'Les Roseaux',
  'Le Petit Cabestan',
  'La Longue-Vue',
  'Les Quatre Vents',
  "L'Éclusier",
  'Le Goéland',
  'Les Marronniers',
  'La Clairière',
  'Le Lavoir',
  'Les Châtaignes',
  'La Lande Claire',
  'Le Moulin Vert',
  'Les Lucioles',
  "L'Hermine",
  'La Grande Ourse',
] as const

export const STREETS = [
  "rue de l'Église",
  'place de la Mairie',
  'rue du Bourg',
  'rue des Ajoncs',
  "rue de l'École",
  'rue du Lavoir',
  'place du Marché',
  'rue des Genêts',
  'rue de la Fontaine',
  'allée des Châtaigniers',
  'rue du Stade',
  'rue des Bruyères',
  'avenue de la Gare',
  'impasse du Moulin',
  'chemin du Puits',
  'boulevard des Tilleuls',
] as const

export const COMPLEMENTS = [
  'Au fond de la cour',
  '1er étage',
  'Bâtiment B',
  'Entrée par le parking',
  'Salle des associations',
] as const

export const OPENING_HOURS = [
  'Mo-Fr 09:00-12:00,14:00-17:00',
  'Mo-Fr 08:30-12:30,13:30-17:30',
  'Tu-Fr 10:00-12:30,14:00-18:00; Sa 10:00-12:30',
  'We 10:00-12:00,14:00-18:00; Fr 16:00-18:30; Sa 10:00-12:00',
  'Mo,Tu,Th 09:00-12:00,13:30-17:00; We,Fr 09:00-12:00',
  'Tu 14:00-17:30; Th 09:30-12:00',
] as const

export const WORN_HOURS = [
  '9h-12h',
  '9h à 12h et 14h à 17h',
  'du lundi au vendredi 9h-12h / 14h-17h30',
  'mardi et jeudi après-midi',
  'Lun-Ven 8h30-17h',
  'sur rendez-vous',
] as const

export const PLACEHOLDERS = ['NC', 'à compléter', '???', '-', 'n/a', 'à définir'] as const

export const SERVICES = [
  'Aide aux démarches administratives',
  'Maîtrise des outils numériques du quotidien',
  'Insertion professionnelle via le numérique',
  'Utilisation sécurisée du numérique',
  'Parentalité et éducation avec le numérique',
  'Loisirs et créations numériques',
  'Compréhension du monde numérique',
  'Accès internet et matériel informatique',
  'Acquisition de matériel informatique à prix solidaire',
] as const

export const AUDIENCES = ['Jeunes', 'Étudiants', 'Familles et/ou enfants', 'Seniors', 'Femmes'] as const

export const NEEDS = [
  'Surdité',
  'Handicaps moteurs',
  'Illettrisme',
  'Langues étrangères (anglais)',
  'Langues étrangères (autres)',
  'Déficience visuelle',
] as const

export const ACCESS = ['Se présenter', 'Téléphoner', 'Contacter par mail', 'Prendre un RDV en ligne'] as const

export const SUPPORT = [
  'En autonomie',
  'Accompagnement individuel',
  'Dans un atelier collectif',
  'À distance',
] as const

/** « de Redon », « d'Auray », « du Faou », « des Forges ». */
export function of(commune: string): string {
  if (commune.startsWith('Le ')) return `du ${commune.slice(3)}`
  if (commune.startsWith('Les ')) return `des ${commune.slice(4)}`
  return /^[AEIOUYÉÈÎH]/.test(commune) ? `d'${commune}` : `de ${commune}`
}

/** Lower-case letters, digits and hyphens: for addresses on the web. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** In capitals without accents, as old files have them. */
export function capitals(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase()
}
