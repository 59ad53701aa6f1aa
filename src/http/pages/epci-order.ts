import type { Departments } from '../../domain/departments.ts'
import { finder } from '../../domain/find-epci.ts'
import { EPCI_COLUMNS } from './epci-columns.ts'
import type { EpciColumn } from './epci-columns.ts'
import { answeredCount, QUESTIONS } from './epci-row.ts'
import type { EpciRow } from './epci-row.ts'
import { counting } from './epci-query.ts'
import type { EpciQuery, FilterKey } from './epci-query.ts'

type Test = (row: EpciRow, value: string) => boolean

const TESTS: Readonly<Record<FilterKey, Test>> = {
  miens: ({ mine }) => mine,
  chargee: ({ officers }, name) => officers?.includes(name) ?? false,
  departement: ({ departments }, code) => departments.includes(code),
  referentiel: ({ report }, key) => counting(report) === key,
  alerte: ({ report }, key) => report.prefill.status === key,
  confiance: ({ report }, level) => report.recommendation.confidence.level === level,
  type: ({ report }, key) => (report.typology.type ?? 'aucun') === key,
  diagnostic: ({ report }, state) => {
    const count = answeredCount(report)
    return state === 'manquant' ? count === null : count !== null && count < QUESTIONS
  },
  accord: ({ report: { retained, recommendation } }, which) =>
    which === 'aucun'
      ? retained === null
      : retained !== null && (retained === recommendation.recommended) === (which === 'oui'),
  journee: ({ report }, which) => (report.prefill.collaborativeDay !== null) === (which === 'prevue'),
}

/** The EPCI asked for, in the order asked for; what is unknown comes last either way, equals by name. */
export function ordered(rows: readonly EpciRow[], query: EpciQuery, departments: Departments): EpciRow[] {
  const found = finder(query.q, departments)
  const wanted = Object.entries(TESTS).flatMap(([key, test]) => {
    const value = query[key as FilterKey]
    return value === null ? [] : [(row: EpciRow) => test(row, value)]
  })
  const { rank, value }: EpciColumn = EPCI_COLUMNS[query.tri]
  const by = rank ?? value
  const sign = query.sens === 'asc' ? 1 : -1
  return rows
    .filter(({ report, departments: own }) => found({ ...report, departments: own }))
    .filter((row) => wanted.every((test) => test(row)))
    .map((row) => ({ row, key: by(row) }))
    .sort((a, b) => compared(a.key, b.key, sign) || order.compare(a.row.report.name, b.row.report.name))
    .map(({ row }) => row)
}

const order = new Intl.Collator('fr')

function compared(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'string' || typeof b === 'string') return sign * order.compare(String(a), String(b))
  return sign * (a - b)
}
