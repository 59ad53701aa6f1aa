import type { ANSWER_VALUES, FactorKey, Referential } from './diagnostic.ts'
import type { Level } from './maturity.ts'
import type { PrefillStatus } from './prefill.ts'
import type { Confidence } from './scoring.ts'
import type { ConditionResult, ConditionStatus } from './success-conditions.ts'

type Labels<Values extends readonly string[]> = Readonly<Record<Values[number], string>>

/** The words people read for each answer of a diagnostic: the options of NocoDB's selects, and what sentences use. */
export const ANSWER_LABELS: {
  readonly [Key in keyof typeof ANSWER_VALUES]: Labels<(typeof ANSWER_VALUES)[Key]>
} = {
  governance: { none: 'Aucune', planned: 'Envisagée', installed: 'Installée', active: 'Active' },
  roadmap: { none: 'Aucune', drafted: 'En rédaction', adopted: 'Adoptée' },
  referents: { none: 'Aucun', one: 'Un·e référent·e', pair: 'Un binôme' },
  network: { none: 'Aucun', informal: 'Informel', constituted: 'Constitué', facilitated: 'Animé' },
  aim: {
    none: 'Pas encore défini',
    mutual_knowledge: 'Interconnaissance',
    database: 'Base de données',
    networking: 'Mise en réseau',
  },
  commitment: { none: 'Aucun', voiced: 'Exprimé', deliberated: 'Délibéré', funded: 'Financé' },
  tool: {
    none: 'Aucun',
    spreadsheet: 'Tableur',
    shared_above: 'Outil départemental ou régional',
    local: 'Outil local',
  },
  use: { none: 'Aucun', occasional: 'Ponctuel', regular: 'Régulier' },
  mastery: { none: 'Aucune', beginner: 'Débutante', autonomous: 'Autonome' },
}

/** The option of every question by which nothing is said: unknown, never « non ». */
export const UNKNOWN_LABEL = 'Je ne sais pas'

/** What each question is about, with its article, for sentences. */
export const ANSWER_SUBJECTS: Readonly<Record<keyof typeof ANSWER_VALUES | 'meetingsPerYear', string>> = {
  governance: 'la gouvernance locale',
  roadmap: 'la feuille de route',
  referents: 'le nombre de référent·e·s',
  network: "le réseau d'acteurs",
  meetingsPerYear: 'le nombre de rencontres du réseau par an',
  aim: "l'objectif",
  commitment: "l'engagement politique",
  tool: "l'outil en place",
  use: "l'usage de l'outil",
  mastery: "la maîtrise de l'outil",
}

/** The référentiels, as NocoDB's selects show them. */
export const REFERENTIAL_LABELS: Readonly<Record<Referential, string>> = {
  generaliste: 'Généraliste',
  outil: 'Outil',
  reseau: 'Réseau',
}

/** The four factors, as columns and pages show them. */
export const FACTOR_LABELS: Readonly<Record<FactorKey, string>> = {
  governance: 'Gouvernance',
  network: "Réseau d'acteurs",
  orientation: 'Orientations',
  tooling: 'Outillage',
}

/** Where a pre-fill stands, as « Alerte » shows it. */
export const ALERT_LABELS: Readonly<Record<PrefillStatus, string>> = {
  done: 'Terminé',
  no_date: 'Sans date',
  not_started: 'Pas commencé',
  late: 'En retard',
  at_risk: 'À risque',
  on_track: 'Dans les temps',
  consolidating: 'Consolidation',
}

/** How far the recruitment of an EPCI is, from first talks to the end of the mission; in order. */
export const STAGE_LABELS = {
  prospect: 'Pressenti',
  agreed: "D'accord",
  convention_proposed: 'Convention proposée',
  convention_signed: 'Convention signée',
  launched: 'Lancé',
  finished: 'Terminé',
} as const
/** A stage of the recruitment of an EPCI. */
export type Stage = keyof typeof STAGE_LABELS

/** How sure a recommendation is, as « Confiance » shows it. */
export const CONFIDENCE_LABELS: Readonly<Record<Confidence['level'], string>> = {
  low: 'Faible',
  medium: 'Moyenne',
  high: 'Élevée',
}

/** The maturity of a factor, as the selects of « EPCI » show it. */
export const LEVEL_LABELS: Readonly<Record<Level, string>> = {
  absent: 'Absente',
  emergent: 'Émergente',
  structured: 'Structurée',
  mature: 'Mature',
}

/** The same after « niveau ». */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  absent: 'absent',
  emergent: 'émergent',
  structured: 'structuré',
  mature: 'mûr',
}

/** The three headings of the conditions of success (the Hub's document). */
export const CONDITION_HEADINGS: Readonly<Record<ConditionResult['heading'], string>> = {
  operations: 'Mise en place opérationnelle',
  communication: 'Communication',
  logistics: 'Logistique',
}

/** Where a condition of success stands, as « État » shows it. */
export const CONDITION_STATUSES: Readonly<Record<ConditionStatus, string>> = {
  ok: 'Remplie',
  to_do: 'À faire',
  unknown: 'Inconnue',
}
