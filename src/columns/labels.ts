import type { Freshness } from '../domain/assessment.ts'
import { INVITATION_LABELS } from '../domain/invitations/invitation-state.ts'
import {
  ALERT_LABELS,
  ANSWER_LABELS,
  CONDITION_HEADINGS,
  CONDITION_STATUSES,
  CONFIDENCE_LABELS,
  LEVEL_LABELS,
  REFERENTIAL_LABELS,
  STAGE_LABELS,
} from '../domain/labels.ts'

/** Domain value → the option that people see in a select of NocoDB, in the order in which they see them. */
type Labels<Value extends string> = Readonly<Record<Value, string>>

const freshness: Labels<Freshness> = {
  current: 'À jour',
  watch: 'À surveiller',
  verify: 'À vérifier',
  outdated: 'À actualiser',
  unknown: 'Inconnue',
}

/** Every select that both people and the service read: `LABELS.level.absent` is « Absente ». */
export const LABELS = {
  answer: ANSWER_LABELS,
  referential: REFERENTIAL_LABELS,
  level: LEVEL_LABELS,
  confidence: CONFIDENCE_LABELS,
  freshness,
  step: {
    to_contact: 'À contacter',
    contacted: 'Contacté',
    to_complete: 'À compléter',
    validated: 'Validée',
  },
  stage: STAGE_LABELS,
  workloadBasis: { retained: 'Retenu', recommended: 'Recommandé' },
  alert: ALERT_LABELS,
  structureKind: {
    local_authority: 'Collectivité',
    state: 'État ou opérateur public',
    association: 'Association',
    company: 'Entreprise',
    other: 'Autre',
  },
  referentKind: { institutional: 'Institutionnel', associative: 'Associatif' },
  conditionHeading: CONDITION_HEADINGS,
  conditionStatus: CONDITION_STATUSES,
  proposalKind: {
    new: 'Nouvelle fiche',
    completion: 'À compléter',
    conflict: 'Différence',
    unsure: 'À rapprocher',
    merge: 'Doublon à fusionner',
    gone: 'Disparue de la source',
  },
  proposalState: {
    pending: 'En attente',
    applied: 'Appliquée',
    refused: 'Refusée',
    outdated: 'Dépassée',
    undone: 'Annulée',
    impossible: 'Impossible',
  },
  invitationState: INVITATION_LABELS,
  decision: { accept: 'Accepter', refuse: 'Refuser', undo: 'Annuler' },
  syncTrigger: {
    night: 'Chaque nuit',
    api: 'À la demande',
    command: 'Ligne de commande',
    'catch-up': 'Rattrapage',
  },
  syncOutcome: {
    done: 'Réussie',
    refusals: 'Réussie avec des refus',
    held: 'Retenue',
    failed: 'Échouée',
    running: 'En cours',
  },
} as const

/** The domain value behind an option; null for an empty cell, and for an option that is none of ours. */
export function fromLabel<Value extends string>(labels: Labels<Value>, cell: unknown): Value | null {
  for (const value in labels) if (labels[value] === cell) return value
  return null
}
