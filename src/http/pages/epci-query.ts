import type { Departments } from '../../domain/departments.ts'

import type { Referential } from '../../domain/diagnostic.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { ALERT_LABELS, CONFIDENCE_LABELS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import type { PrefillStatus } from '../../domain/prefill.ts'
import type { Confidence } from '../../domain/scoring.ts'
import { frenchList } from '../../domain/typography.ts'
import { COLUMN_KEYS, EPCI_COLUMNS } from './epci-columns.ts'
import type { ColumnKey } from './epci-columns.ts'
import { departmentText } from './epci-row.ts'
import type { EpciRow } from './epci-row.ts'

const YES = { oui: 'oui' } as const
const AGREEMENTS = { oui: 'retenu comme recommandé', non: 'retenu autrement', aucun: 'aucun choix' } as const
const DAYS = { prevue: 'prévue', aucune: 'aucune de prévue' } as const

/** What an address asks of the list of EPCI; null or '': everything. */
export type EpciQuery = {
  readonly q: string
  readonly miens: 'oui' | null
  readonly chargee: string | null
  readonly departement: string | null
  readonly referentiel: Referential | null
  readonly alerte: PrefillStatus | null
  readonly confiance: Confidence['level'] | null
  /** Key of a type of territory, 'unknown' or 'aucun'. */
  readonly type: string | null
  readonly diagnostic: 'manquant' | 'incomplet' | null
  readonly accord: keyof typeof AGREEMENTS | null
  readonly journee: keyof typeof DAYS | null
  readonly tri: ColumnKey
  readonly sens: 'asc' | 'desc'
  readonly page: number
}

/** A filter: its word in the address, what people call it, and its values with what they read. */
export type Filter = {
  readonly key: FilterKey
  readonly label: string
  readonly values: ReadonlyMap<string, string>
}
/** The words of an address that leave EPCI out. */
export type FilterKey = Exclude<keyof EpciQuery, 'q' | 'tri' | 'sens' | 'page'>

/** The referential that counts: the human choice, else the recommended one. */
export function counting({ workload }: EpciReport): Referential {
  return workload.referential
}

/** Every filter, with the values that are of use for these EPCI. */
export function filtersOf(rows: readonly EpciRow[], departments: Departments): Filter[] {
  const named = rows.flatMap(({ officers }) => officers ?? [])
  const codes = rows.flatMap(({ departments: own }) => own)
  const types = rows.map(
    ({ report: { typology } }) => [typology.type ?? 'aucun', typology.label ?? 'aucun type proche'] as const,
  )
  const filter = (key: FilterKey, label: string, values: Iterable<readonly [string, string]>): Filter => ({
    ...{ key, label, values: new Map(values) },
  })
  const sorted = (values: readonly (readonly [string, string])[]) =>
    values.toSorted(([, one], [, other]) => one.localeCompare(other, 'fr'))
  return [
    filter('chargee', 'Chargé·e de déploiement', sorted(named.map((name) => [name, name] as const))),
    filter(
      'departement',
      'Département',
      sorted(codes.map((one) => [one, departmentText(one, departments)] as const)),
    ),
    filter('referentiel', 'Référentiel', Object.entries(REFERENTIAL_LABELS)),
    filter('alerte', 'Alerte', Object.entries(ALERT_LABELS)),
    filter('confiance', 'Confiance', Object.entries(CONFIDENCE_LABELS)),
    filter('type', 'Type de territoire', sorted(types)),
    filter('diagnostic', 'Diagnostic', Object.entries({ manquant: 'manquant', incomplet: 'incomplet' })),
    filter('accord', 'Choix', Object.entries(AGREEMENTS)),
    filter('journee', 'Journée', Object.entries(DAYS)),
    filter('miens', 'Mes EPCI', Object.entries(YES)),
  ]
}

const COLUMNS = new Map<string, string>(COLUMN_KEYS.map((key) => [key, EPCI_COLUMNS[key].label]))
const DIRECTIONS = new Map([
  ['asc', 'asc'],
  ['desc', 'desc'],
])

/** What an address asks for. What it says and is not understood is told, each in a French phrase; the rest counts. */
export function readQuery(
  raw: Readonly<Record<string, unknown>>,
  filters: readonly Filter[],
): { readonly query: EpciQuery; readonly ignored: readonly string[] } {
  const ignored: string[] = []
  const told = (key: string) => {
    const value = raw[key]
    const text = (Array.isArray(value) ? (value as unknown[]).at(-1) : value) ?? ''
    return String(text).trim().slice(0, 100)
  }
  const among = (key: string, values: ReadonlyMap<string, string>, label: string): string | null => {
    const value = told(key)
    if (value === '') return null
    const found = [...values.keys()].find((one) => one.toLowerCase() === value.toLowerCase())
    if (found !== undefined) return found
    const words = [...values.values()]
    const few = words.length > 0 && words.length <= 8 ? ` (${frenchList(words, 'ou')})` : ''
    ignored.push(`« ${key}=${value} » n'est pas une valeur de « ${label} »${few}`)
    return null
  }
  const chosen = Object.fromEntries(filters.map(({ key, label, values }) => [key, among(key, values, label)]))
  const tri = among('tri', COLUMNS, 'Trier par') ?? 'nom'
  const sens = among('sens', DIRECTIONS, 'Sens du tri') ?? 'asc'
  const page = Number(told('page') || 1)
  if (!Number.isInteger(page) || page < 1)
    ignored.push(`« page=${told('page')} » n'est pas un numéro de page`)
  for (const key of Object.keys(raw))
    if (!(key in chosen) && !['q', 'tri', 'sens', 'page'].includes(key))
      ignored.push(`« ${key.slice(0, 40)} » n'est pas un critère`)
  const asked = { ...chosen, q: told('q'), tri, sens, page: Number.isInteger(page) && page >= 1 ? page : 1 }
  return { query: asked as unknown as EpciQuery, ignored }
}

/** The address of a list: what is asked for, with `over` in its place; only what is not as usual is written. */
export function addressOf(path: string, query: EpciQuery, over: Partial<EpciQuery> = {}): string {
  const all: EpciQuery = { ...query, page: 1, ...over }
  const usual: Partial<Record<keyof EpciQuery, unknown>> = { tri: 'nom', sens: 'asc', page: 1 }
  const params = Object.entries(all).filter(
    ([key, value]) => value !== null && value !== '' && value !== usual[key as keyof EpciQuery],
  )
  const text = new URLSearchParams(
    params.map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
  return text === '' ? path : `${path}?${text}`
}
