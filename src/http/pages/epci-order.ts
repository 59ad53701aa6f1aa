import { REFERENTIALS } from '../../domain/diagnostic.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { ALERT_LABELS } from '../../domain/labels.ts'
import type { PrefillStatus } from '../../domain/prefill.ts'

/** What the list of EPCI may be sorted by. */
export const ORDERS = [
  'nom',
  'referentiel',
  'confiance',
  'charge',
  'fiches',
  'avancement',
  'journee',
] as const
export type Order = (typeof ORDERS)[number]
export const ALERTS = Object.keys(ALERT_LABELS) as PrefillStatus[]

/** What is asked of the list; null or '': everything. */
export type EpciQuery = {
  readonly q: string
  readonly referentiel: (typeof REFERENTIALS)[number] | null
  readonly alerte: PrefillStatus | null
  readonly tri: Order
  readonly sens: 'asc' | 'desc'
}

const CONFIDENCE = { low: 0, medium: 1, high: 2 } as const

const BY: Readonly<Record<Order, (report: EpciReport) => number | string | null>> = {
  nom: ({ name }) => name,
  referentiel: (report) => REFERENTIALS.indexOf(counting(report)),
  confiance: ({ recommendation }) => CONFIDENCE[recommendation.confidence.level],
  charge: ({ workload }) => workload.referents.estimate + workload.deploymentOfficer.estimate,
  fiches: ({ actors }) => actors,
  avancement: ({ prefill }) => prefill.progress,
  journee: ({ prefill }) => prefill.collaborativeDay,
}

/** The référentiel that counts: the human choice, else the recommended one. */
export function counting({ workload }: EpciReport): EpciReport['workload']['referential'] {
  return workload.referential
}

/** The EPCI asked for, in the order asked for; what is unknown comes last either way, equals by name. */
export function ordered(reports: readonly EpciReport[], query: EpciQuery): EpciReport[] {
  const wanted = folded(query.q)
  const by = BY[query.tri]
  const sign = query.sens === 'asc' ? 1 : -1
  return reports
    .filter((report) => query.referentiel === null || counting(report) === query.referentiel)
    .filter(({ prefill }) => query.alerte === null || prefill.status === query.alerte)
    .filter(({ name, siren }) => folded(name).includes(wanted) || siren.includes(wanted.replaceAll(' ', '')))
    .sort((a, b) => compared(by(a), by(b), sign) || a.name.localeCompare(b.name, 'fr'))
}

function compared(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b), 'fr')
  return sign * (a - b)
}

/** Its letters and digits, without case or accents; hyphens and apostrophes are spaces. */
function folded(text: string): string {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.replaceAll(/[^\p{L}\d]+/gu, ' ').trim()
}
