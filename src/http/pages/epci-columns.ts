import { html } from '@remix-run/html-template'
import { FACTORS, REFERENTIALS } from '../../domain/diagnostic.ts'
import type { FactorKey } from '../../domain/diagnostic.ts'
import { ALERT_LABELS, CONFIDENCE_LABELS, FACTOR_LABELS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import type { PrefillStatus } from '../../domain/prefill.ts'
import { frenchNumber, shortDay, typeset } from '../../domain/typography.ts'
import { answeredCount, QUESTIONS } from './epci-row.ts'
import type { EpciRow } from './epci-row.ts'
import { alertPill, confidencePill, percentText, referentialPill, unknown } from './pills.ts'
import type { TableCell } from './table.ts'

/** A column of the list of EPCI: on the page, in its files, and what sorts it. */
export type EpciColumn = {
  readonly label: string
  /** What it holds: `day` is 'YYYY-MM-DD'. */
  readonly kind: 'text' | 'number' | 'day'
  /** What a file says; null: unknown, an empty cell. */
  readonly value: (row: EpciRow) => string | number | null
  /** What sorts, where it is not the value; null: last either way. */
  readonly rank?: (row: EpciRow) => string | number | null
  /** What the page shows; absent: it stands in files only. */
  readonly shown?: (row: EpciRow) => TableCell
}

const CONFIDENCE = ['low', 'medium', 'high'] as const
/** The most pressing first. */
const PRESSING: readonly PrefillStatus[] = [
  ...(['late', 'at_risk', 'not_started', 'no_date', 'on_track', 'consolidating', 'done'] as const),
]

/** Every column, by the word that the address sorts by. */
export const EPCI_COLUMNS = {
  nom: {
    ...{ label: 'EPCI', kind: 'text', value: ({ report }) => report.name },
    shown({ report: { siren, name, typology } }) {
      const type =
        typology.label === null
          ? null
          : html`<br /><span class="soft small">${typeset(typology.label)}</span>`
      return html`<span><a href="/epcis/${siren}">${name}</a>${type}</span>`
    },
  },
  siren: { label: 'SIREN', kind: 'text', value: ({ report }) => report.siren },
  departement: {
    label: 'Départements',
    kind: 'text',
    value: ({ departments }) => departments.join(', ') || null,
  },
  chargee: {
    ...{ label: 'Chargé·e de déploiement', kind: 'text' },
    value: ({ officers }) => officers?.join(', ') || null,
  },
  population: { label: 'Population', kind: 'number', value: ({ report }) => report.population },
  type: { label: 'Type de territoire', kind: 'text', value: ({ report }) => report.typology.label },
  referentiel: {
    ...{ label: 'Recommandé', kind: 'text' },
    value: ({ report }) => REFERENTIAL_LABELS[report.recommendation.recommended],
    rank: ({ report }) => REFERENTIALS.indexOf(report.recommendation.recommended),
    shown: ({ report }) => referentialPill(report.recommendation.recommended),
  },
  retenu: {
    ...{ label: 'Retenu', kind: 'text' },
    value: ({ report: { retained } }) => (retained === null ? null : REFERENTIAL_LABELS[retained]),
    rank: ({ report: { retained } }) => (retained === null ? null : REFERENTIALS.indexOf(retained)),
    shown: ({ report }) => referentialPill(report.retained),
  },
  confiance: {
    ...{ label: 'Confiance', kind: 'text' },
    value: ({ report }) => CONFIDENCE_LABELS[report.recommendation.confidence.level],
    rank: ({ report }) => CONFIDENCE.indexOf(report.recommendation.confidence.level),
    shown: ({ report }) => confidencePill(report.recommendation.confidence.level),
  },
  ...factors(),
  charge: {
    ...{ label: 'Jours en tout', kind: 'number' },
    value: ({ report: { workload } }) => workload.referents.estimate + workload.deploymentOfficer.estimate,
  },
  'jours-referents': {
    ...{ label: 'Jours, référent·e·s', kind: 'number' },
    value: ({ report }) => report.workload.referents.estimate,
    shown: ({ report }) => frenchNumber(report.workload.referents.estimate),
  },
  'jours-chargee': {
    ...{ label: 'Jours, chargé·e', kind: 'number' },
    value: ({ report }) => report.workload.deploymentOfficer.estimate,
    shown: ({ report }) => frenchNumber(report.workload.deploymentOfficer.estimate),
  },
  fiches: {
    ...{ label: 'Acteurs', kind: 'number', value: ({ report }) => report.actors },
    shown: ({ report }) => frenchNumber(report.actors),
  },
  attendues: { label: 'Fiches attendues', kind: 'number', value: ({ report }) => report.prefill.expected },
  'pre-remplies': {
    label: 'Fiches pré-remplies',
    kind: 'number',
    value: ({ report }) => report.prefill.prefilled,
  },
  avancement: {
    ...{ label: 'Pré-rempli (%)', kind: 'number' },
    value: ({ report: { prefill } }) => (prefill.progress === null ? null : Math.floor(prefill.progress)),
    shown: ({ report: { prefill } }) =>
      percentText(prefill.progress === null ? null : Math.floor(prefill.progress)),
  },
  completude: {
    label: 'Complétude moyenne (%)',
    kind: 'number',
    value: ({ report }) => rounded(report.completeness),
  },
  alerte: {
    ...{ label: 'Alerte', kind: 'text' },
    value: ({ report: { prefill } }) => (prefill.status === null ? null : ALERT_LABELS[prefill.status]),
    rank: ({ report: { prefill } }) => (prefill.status === null ? null : PRESSING.indexOf(prefill.status)),
    shown: ({ report }) => alertPill(report.prefill.status),
  },
  journee: {
    ...{ label: 'Journée', kind: 'day', value: ({ report }) => report.prefill.collaborativeDay },
    shown: ({ report: { prefill } }) =>
      prefill.collaborativeDay === null ? unknown('sans date') : shortDay(prefill.collaborativeDay),
  },
  diagnostic: {
    ...{ label: 'Diagnostic (réponses sur 9)', kind: 'number', value: ({ report }) => answeredCount(report) },
    shown({ report }) {
      const count = answeredCount(report)
      return count === null ? unknown('manquant') : `${count} sur ${QUESTIONS}`
    },
  },
} as const satisfies Readonly<Record<string, EpciColumn>>

/** The word by which an address names a column. */
export type ColumnKey = keyof typeof EPCI_COLUMNS
export const COLUMN_KEYS = Object.keys(EPCI_COLUMNS) as ColumnKey[]

function factors() {
  const of = (key: FactorKey): EpciColumn => ({
    ...{ label: typeset(FACTOR_LABELS[key]), kind: 'number' },
    value: ({ report }) => rounded(report.recommendation.factors[key].score),
    shown({ report }) {
      const { score } = report.recommendation.factors[key]
      return score === null ? unknown() : frenchNumber(score, 0)
    },
  })
  const [governance, network, orientation, tooling] = FACTORS.map(of) as [
    EpciColumn,
    EpciColumn,
    EpciColumn,
    EpciColumn,
  ]
  return { gouvernance: governance, reseau: network, orientations: orientation, outillage: tooling }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(10 * value) / 10
}
