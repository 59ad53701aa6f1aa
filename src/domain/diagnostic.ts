/** The accepted values of each declared answer that is a choice; ladders are written from the bottom up. */
export const ANSWER_VALUES = {
  governance: ['none', 'planned', 'installed', 'active'],
  roadmap: ['none', 'drafted', 'adopted'],
  referents: ['none', 'one', 'pair'],
  network: ['none', 'informal', 'constituted', 'facilitated'],
  aim: ['none', 'mutual_knowledge', 'database', 'networking'],
  commitment: ['none', 'voiced', 'deliberated', 'funded'],
  tool: ['none', 'spreadsheet', 'shared_above', 'local'],
  use: ['none', 'occasional', 'regular'],
  mastery: ['none', 'beginner', 'autonomous'],
} as const

/** A declared answer that is a choice among values; `meetingsPerYear` is the one that is a number. */
export type ChoiceKey = keyof typeof ANSWER_VALUES

/** The ten declared answers of one EPCI; null: not answered, which is unknown and never zero. */
export type Answers = { readonly [Key in ChoiceKey]: (typeof ANSWER_VALUES)[Key][number] | null } & {
  /** Meetings of the network a year, ≥ 0. */
  readonly meetingsPerYear: number | null
}

/** What the records and the journées show of one EPCI; null: nothing to say. */
export type Observed = {
  /** 0–100: mean completeness of its records. */
  readonly completeness: number | null
  /** 0–100: share « À jour » among the records whose age is known. */
  readonly freshness: number | null
  /** 0–1: actors contacted in the last 12 months. */
  readonly contactedShare: number | null
  /** 0–1: present / invited at the last journée. */
  readonly participationRate: number | null
  /** 0–1: communes with at least one actor. */
  readonly communesCovered: number | null
}

/** What moves the référents' days, beside the real participation (which is observed); null: unknown. */
export type Drivers = {
  /** 0–1: expected / invited at the next journée. */
  readonly expectedParticipationRate: number | null
  /** Actors of the territory, a whole number ≥ 0: the greater of those expected and those recorded. */
  readonly actors: number | null
}

/** What the base lists beside the answers, against which they are held; null: not known, as in a what-if. */
export type Listed = {
  /** People whom the table « Référents » names for it, a whole number ≥ 0. */
  readonly referents: number | null
}

/** All that the recommendation of one EPCI rests on. */
export type Situation = {
  readonly answers: Answers
  readonly observed: Observed
  readonly drivers: Drivers
  readonly listed: Listed
  /** Where the people of the participation, expected or real, were counted; not said: people typed them. */
  readonly participationFrom?: 'invitations'
}

/** The keys of the three référentiels de déploiement, in the order that settles ties. */
export const REFERENTIALS = ['generaliste', 'outil', 'reseau'] as const
/** A référentiel de déploiement. */
export type Referential = (typeof REFERENTIALS)[number]

/** The four factors of the Hub's document. */
export const FACTORS = ['governance', 'network', 'orientation', 'tooling'] as const
/** A factor of maturity. */
export type FactorKey = (typeof FACTORS)[number]
