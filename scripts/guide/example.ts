import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import type { Actor, ActorFields } from '../../src/domain/actor.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'

/** The invented territory of the guide: some answers, some figures, and gaps as there always are. */
export const EXAMPLE: Situation = {
  answers: {
    governance: 'active',
    roadmap: 'drafted',
    referents: null,
    network: 'facilitated',
    meetingsPerYear: 2,
    aim: 'database',
    commitment: null,
    tool: null,
    use: 'occasional',
    mastery: 'beginner',
  },
  observed: {
    completeness: 60,
    freshness: 20,
    contactedShare: 0.3,
    participationRate: null,
    communesCovered: null,
  },
  drivers: { expectedParticipationRate: null, actors: 42 },
  listed: { referents: null },
}

const FILLED: Partial<Record<FieldName, string>> = {
  id: 'exemple-1',
  nom: 'Espace numérique des Ajoncs',
  commune: 'Saint-Brieuc',
  code_postal: '22000',
  adresse: '3 rue des Ajoncs',
  typologie: 'EPN',
  telephone: '+33296000000',
  date_maj: '2026-01-15',
}

const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, null])) as Record<FieldName, null>

/** Two invented records that may be one place, whose names agree on 4 words of 5, both sides counted. */
export const TWINS = [
  {
    ...EMPTY,
    ...{ nom: 'Le Phare des Ajoncs', commune: 'Saint-Brieuc', adresse: '3 rue des Ajoncs' },
    telephone: '+33296000000',
  },
  {
    ...EMPTY,
    ...{ nom: 'PHARE DES AJONCS CYBERBASE', commune: 'ST BRIEUC', adresse: 'r. des Ajoncs' },
    telephone: '02 96 00 00 00',
  },
] as const satisfies readonly ActorFields[]

/** The invented record of the guide: a few fields filled. */
export const RECORD: Actor = {
  id: 'exemple-1',
  fields: { ...EMPTY, ...FILLED },
  linkedEpci: null,
  contactedOn: null,
  step: null,
  verified: [],
  changedOn: null,
}
