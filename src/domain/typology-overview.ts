import type { Referential } from './diagnostic.ts'
import type { EpciReport } from './epci-report.ts'
import { REFERENTIALS } from './diagnostic.ts'
import { TELLABLE_COVERAGE } from './scoring.ts'
import { UNKNOWN_TYPE } from './rules/typology.ts'
import type { TypologyRules } from './rules/typology.ts'
import type { Typology } from './typology.ts'

/** How many EPCI each référentiel has, and how many none. */
export type Shares = Readonly<Record<Referential | 'none', number>>

/** Person-days of one role in the EPCI of a type. */
export type TypeDays = {
  /** Of the whole mission, by the référentiel that each workload follows. */
  readonly estimated: number
  /** The same with each unknown at its ends. */
  readonly range: readonly [low: number, high: number]
  /** Really spent, where people told it; null: nobody did. */
  readonly spent: number | null
  /** How many EPCI tell it. */
  readonly told: number
}

/** One EPCI of a type: how far it belongs to it, and to every other. */
export type TypedEpci = Pick<EpciReport, 'siren' | 'name'> &
  Pick<Typology, 'degree' | 'firm' | 'nearest'> & {
    readonly degrees: readonly Pick<Typology['degrees'][number], 'type' | 'degree' | 'range'>[]
  }

/** One type, and what the Hub does in its EPCI. */
export type TypeOverview = {
  /** 'unknown': too little known; null: no type is near enough. */
  readonly key: string | null
  readonly label: string | null
  readonly definition: string | null
  /** Those that belong to it most first, equals by SIREN. */
  readonly epcis: readonly TypedEpci[]
  readonly aPriori: Shares
  readonly recommended: Shares
  readonly retained: Shares
  readonly days: { readonly referents: TypeDays; readonly deploymentOfficer: TypeDays }
}

/** What of a report the overview looks at. */
export type Typed = Pick<
  EpciReport,
  'siren' | 'name' | 'typology' | 'recommendation' | 'retained' | 'workload' | 'actualDays'
>

/** Every type in the order of the rules, then what is too little known, then what is like none; each with its EPCI. */
export function typologyOverview(reports: readonly Typed[], rules: TypologyRules): TypeOverview[] {
  const kinds = [
    ...rules.types.map(({ key, label, definition }) => ({ key, label, definition })),
    { key: UNKNOWN_TYPE, ...rules.unknown },
    { key: null, label: null, definition: null },
  ]
  const of = Map.groupBy(reports, ({ typology }) => typology.type)
  return kinds.map((kind) => ({ ...kind, ...summary(of.get(kind.key) ?? []) }))
}

function summary(reports: readonly Typed[]): Omit<TypeOverview, 'key' | 'label' | 'definition'> {
  const epcis = reports
    .map(typedEpci)
    .sort((one, other) => (other.degree ?? 0) - (one.degree ?? 0) || (one.siren < other.siren ? -1 : 1))
  return {
    epcis,
    aPriori: shares(reports, ({ recommendation: { aPriori } }) =>
      aPriori.coverage < TELLABLE_COVERAGE ? null : aPriori.recommended,
    ),
    recommended: shares(reports, ({ recommendation }) => recommendation.recommended),
    retained: shares(reports, ({ retained }) => retained),
    days: { referents: days(reports, 'referents'), deploymentOfficer: days(reports, 'deploymentOfficer') },
  }
}

function typedEpci({ siren, name, typology: { degree, firm, nearest, degrees } }: Typed): TypedEpci {
  const each = degrees.map(({ type, degree: own, range }) => ({ type, degree: own, range }))
  return { siren, name, degree, firm, nearest, degrees: each }
}

function shares(reports: readonly Typed[], of: (report: Typed) => Referential | null): Shares {
  const count = (key: Referential | null) => reports.filter((report) => of(report) === key).length
  const each = REFERENTIALS.map((key) => [key, count(key)] as const)
  return { ...(Object.fromEntries(each) as Record<Referential, number>), none: count(null) }
}

/** Days of 0 are not yet spent, or not yet told. */
function days(reports: readonly Typed[], role: keyof TypeOverview['days']): TypeDays {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const told = reports.flatMap(({ actualDays }) => actualDays[role] || [])
  return {
    estimated: sum(reports.map(({ workload }) => workload[role].estimate)),
    range: [
      sum(reports.map(({ workload }) => workload[role].range[0])),
      sum(reports.map(({ workload }) => workload[role].range[1])),
    ],
    spent: told.length === 0 ? null : sum(told),
    told: told.length,
  }
}
