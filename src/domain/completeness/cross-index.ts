import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { counted, frenchNumber } from '../typography.ts'
import { type CrossCheckName, crossKind, useOf } from './checks.ts'
import type { OutlierParams } from './cross-checks.ts'
import { marksReader } from './cross-marks.ts'
import type { CrossMarks } from './cross-marks.ts'
import { farPoints } from './far-points.ts'
import { type NumberColumn, numberColumn } from './number-column.ts'
import { raiser } from './raise.ts'
import { repetitions } from './repeated-numbers.ts'

/** What the others tell of the record that was added as the `at`th (from 0), under this key. */
export type CrossFindings = {
  readonly at: number
  readonly key: number
  readonly epci: string | null
  readonly findings: readonly Finding[]
}

/** Gathers the marks of records one by one, 45 bytes each, then tells what they say of one another. */
export type CrossIndex = {
  /** `key`: what the caller knows the record by. */
  add(key: number, epci: string | null, marks: CrossMarks): void
  /** The key and the EPCI of the record of this rank. */
  key(at: number): number
  epci(at: number): string | null
  /** Once all are in: the records of which there is something to say, in the order they were added. */
  findings(): Generator<CrossFindings>
}

/** The marks by which records are held against each other; each check hangs on its own. */
export const CROSS_GROUPS = ['id', 'pivot', 'point', 'phone'] as const
export type CrossGroup = (typeof CROSS_GROUPS)[number]

/** The rules on what records tell of one another. */
export type CrossRules = {
  marksOf(actor: Actor, assessment: ActorAssessment): CrossMarks
  /** An index that tells what these groups tell; the order in which records are added changes no finding. */
  index(groups?: readonly CrossGroup[]): CrossIndex
  /** What each group that the rules use gives rise to. */
  readonly codes: ReadonlyMap<CrossGroup, Pick<Finding, 'field' | 'code' | 'severity'>>
}

/** Compiles them; `salt` stands before each text that is made a number. */
export function compileCross(
  rules: CompletenessRules,
  geography: Geography,
  profile: Profile,
  salt = '',
): CrossRules {
  const checks = {
    id: crossCheck('unique', rules, profile),
    pivot: crossCheck('shared', rules, profile),
    point: crossCheck('outlier', rules, profile),
    phone: crossCheck('shared_phone', rules, profile),
  }
  return {
    marksOf: marksReader(
      geography,
      CROSS_GROUPS.map((group) => checks[group]?.code ?? null),
      salt,
    ),
    index: (groups = CROSS_GROUPS) => newIndex(geography, checks, groups),
    codes: new Map(
      CROSS_GROUPS.flatMap((group) => {
        const check = checks[group]
        return check === null ? [] : [[group, check.kind] as const]
      }),
    ),
  }
}

/** An index of records as they are, where nothing of them is kept. */
export type ActorIndex = Omit<CrossIndex, 'add'> & {
  add(key: number, actor: Actor, assessment: ActorAssessment): void
}

export function crossIndex(rules: CompletenessRules, geography: Geography, profile: Profile): ActorIndex {
  const { marksOf, index } = compileCross(rules, geography, profile)
  const made = index()
  return {
    ...made,
    add: (key, actor, assessment) => made.add(key, assessment.epci, marksOf(actor, assessment)),
  }
}

function newIndex(
  geography: Geography,
  checks: Readonly<Record<CrossGroup, CrossCheck>>,
  groups: readonly CrossGroup[],
): CrossIndex {
  const [communes, epcis] = [numbering(), numbering()]
  const columns = emptyColumns()
  const reachIn = (radii: number) => (group: number, at: number) => {
    const area = group === 0 ? null : (geography.epci(epcis.name(columns.epcis.at(at)) ?? '')?.area ?? null)
    return area === null ? 0 : radii * Math.sqrt(area / Math.PI)
  }
  const placeName = (group: number, at: number) =>
    group === 0
      ? (geography.commune(communes.name(columns.communes.at(at)) ?? '')?.name ?? '')
      : epciName(epcis.name(columns.epcis.at(at)) ?? '', geography)
  const tellers: Readonly<Record<CrossGroup, () => Tell>> = {
    id: () => tellRepeated(checks.id, columns),
    pivot: () => tellShared(checks.pivot, columns),
    point: () => tellFar(checks.point, columns, reachIn, placeName),
    phone: () => tellSharedPhone(checks.phone, columns),
  }
  return {
    add(key, epci, marks) {
      columns.keys.push(key)
      columns.ids.push(marks.id)
      columns.pivots.push(marks.pivot)
      columns.phones.push(marks.phone)
      columns.latitudes.push(marks.latitude)
      columns.longitudes.push(marks.longitude)
      columns.communes.push(marks.commune === null ? 0 : communes.of(marks.commune))
      columns.epcis.push(epci === null ? 0 : epcis.of(epci))
      columns.accepted.push(marks.accepted)
    },
    key: (at) => columns.keys.at(at),
    epci: (at) => epcis.name(columns.epcis.at(at)),
    *findings() {
      const tell = CROSS_GROUPS.map((group) => (groups.includes(group) ? tellers[group]() : NOTHING_TO_TELL))
      for (let at = 0; at < columns.keys.length; at++) {
        const bits = columns.accepted.at(at)
        const found = tell
          .map((one, nth) => ((bits >> nth) & 1 ? null : one(at)))
          .filter((one) => one !== null)
        if (found.length === 0) continue
        const epci = epcis.name(columns.epcis.at(at))
        yield { at, key: columns.keys.at(at), epci, findings: found }
      }
    },
  }
}

type Columns = Readonly<
  Record<
    'keys' | 'ids' | 'pivots' | 'phones' | 'latitudes' | 'longitudes' | 'communes' | 'epcis' | 'accepted',
    NumberColumn
  >
>
function emptyColumns(): Columns {
  return {
    keys: numberColumn(Float64Array),
    ids: numberColumn(Float64Array),
    pivots: numberColumn(Float64Array),
    phones: numberColumn(Float64Array),
    latitudes: numberColumn(Float32Array),
    longitudes: numberColumn(Float32Array),
    communes: numberColumn(Uint16Array),
    epcis: numberColumn(Uint32Array),
    accepted: numberColumn(Uint8Array),
  }
}

type Tell = (at: number) => Finding | null
type CrossCheck = {
  readonly code: string
  readonly kind: Pick<Finding, 'field' | 'code' | 'severity'>
  readonly params: unknown
  readonly raise: (facts: Readonly<Record<string, string>>) => Finding
} | null

/** A check as the rules use it; null: they do not. */
function crossCheck(name: CrossCheckName, rules: CompletenessRules, profile: Profile): CrossCheck {
  const { field, reason } = crossKind(name)
  const rule = rules.fields.find((one) => one.field === field) as FieldRule
  const use = rule.checks.map((check) => useOf(check)).find((one) => one.name === name)
  if (use === undefined) return null
  const raise = raiser(rule, { rules, profile })
  const code = `${field}.${reason}`
  const base = { ...rules.readOtherwise, ...rule.findings }[reason]
  return {
    code,
    kind: { field, code, severity: rules.profiles[profile].severities[code] ?? base?.severity ?? 'warning' },
    params: use.params,
    raise: (facts) => raise('', { reason, suggestion: null, facts }).finding,
  }
}

const NOTHING_TO_TELL: Tell = () => null

function tellRepeated(check: CrossCheck, { ids, communes }: Columns): Tell {
  if (check === null) return NOTHING_TO_TELL
  const repeated = repetitions(ids, communes)
  return (at) => {
    const found = repeated(at)
    return found === null ? null : check.raise({ count: frenchNumber(found.count) })
  }
}

function tellShared(check: CrossCheck, { pivots, communes }: Columns): Tell {
  if (check === null) return NOTHING_TO_TELL
  const repeated = repetitions(pivots, communes)
  return (at) => {
    const found = repeated(at)
    if (found === null) return null
    return check.raise({ count: frenchNumber(found.count), where: inCommunes(found.groups) })
  }
}

function inCommunes(communes: number): string {
  if (communes === 0) return ''
  return communes === 1 ? ', dans la même commune' : `, dans ${counted(communes, 'commune')}`
}

/** Of records in different EPCI: those of one may well have one number. */
function tellSharedPhone(check: CrossCheck, { phones, epcis }: Columns): Tell {
  if (check === null) return NOTHING_TO_TELL
  const repeated = repetitions(phones, epcis)
  return (at) => {
    const found = repeated(at)
    if (found === null || found.groups < 2) return null
    return check.raise({ count: frenchNumber(found.count), epcis: frenchNumber(found.groups) })
  }
}

function tellFar(
  check: CrossCheck,
  { latitudes, longitudes, communes, epcis }: Columns,
  reach: (radii: number) => (group: number, at: number) => number,
  nameOf: (group: number, at: number) => string,
): Tell {
  if (check === null) return NOTHING_TO_TELL
  const limits = check.params as OutlierParams
  const points = { latitudes, longitudes, groups: [communes, epcis], reach: reach(limits.radii) }
  const gapOf = farPoints(points, limits)
  return (at) => {
    const gap = gapOf(at)
    if (gap === null) return null
    const distance = frenchNumber(Math.round(gap.km))
    return check.raise({ distance, place: nameOf(gap.group, at), km: frenchNumber(Math.round(gap.reach)) })
  }
}

function epciName(siren: string, geography: Geography): string {
  return geography.epci(siren)?.name ?? siren
}

/** Names as whole numbers from 1 on, 0 for none: there are no more of them than communes or EPCI in France. */
function numbering(): { of(name: string): number; name(number: number): string | null } {
  const known = new Map<string, number>()
  const names: (string | null)[] = [null]
  return {
    of(name) {
      const number = known.get(name)
      if (number !== undefined) return number
      known.set(name, names.length)
      return names.push(name) - 1
    },
    name: (number) => names[number] ?? null,
  }
}
