import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import { hash } from '../hash.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { counted, frenchNumber } from '../typography.ts'
import { readNumber } from './check-coordinates.ts'
import { isSiret, plainPivot, RNA } from './check-pivot.ts'
import { type CrossCheckName, crossKind, useOf } from './checks.ts'
import type { OutlierParams } from './cross-checks.ts'
import { farPoints } from './far-points.ts'
import { type NumberColumn, numberColumn } from './number-column.ts'
import { placeFinder, wholeCommune } from './place.ts'
import { raiser } from './raise.ts'
import { repetitions } from './repeated-numbers.ts'

/** What the other records tell of one: never blocking, so that its completeness hangs on itself alone. */
export type CrossFindings = {
  /** Its rank among the records added, from 0. */
  readonly at: number
  /** The key it was added with. */
  readonly key: number
  readonly epci: string | null
  readonly findings: readonly Finding[]
}

/** Gathers records one by one, about 50 bytes each, then tells what they say of one another. */
export type CrossIndex = {
  /** `key`: what the caller knows the record by. */
  add(key: number, actor: Actor, assessment: ActorAssessment): void
  /** The key and the EPCI of the record of this rank. */
  key(at: number): number
  epci(at: number): string | null
  /** Once all are in: the records of which there is something to say, in the order they were added. */
  findings(): Generator<CrossFindings>
}

/** Starts an index; the order in which records are added changes no finding. Values are kept as numbers only. */
export function crossIndex(rules: CompletenessRules, geography: Geography, profile: Profile): CrossIndex {
  const [repeated, shared, far, sharedPhone] = [
    crossCheck('unique', rules, profile),
    crossCheck('shared', rules, profile),
    crossCheck('outlier', rules, profile),
    crossCheck('shared_phone', rules, profile),
  ]
  const checks = [repeated, shared, far, sharedPhone]
  const placeOf = placeFinder(geography)
  const [communes, epcis] = [numbering(), numbering()]
  const reachIn = (radii: number) => (group: number, at: number) => {
    const area = group === 0 ? null : (geography.epci(epcis.name(columns.epcis.at(at)) ?? '')?.area ?? null)
    return area === null ? 0 : radii * Math.sqrt(area / Math.PI)
  }
  const columns = emptyColumns()
  return {
    add(key, actor, assessment) {
      const { commune } = placeOf(actor)
      const point = pointOf(actor, assessment)
      columns.keys.push(key)
      columns.ids.push(idNumber(actor, assessment))
      columns.pivots.push(pivotNumber(actor, assessment))
      columns.phones.push(phoneNumber(actor, assessment))
      columns.latitudes.push(point.latitude)
      columns.longitudes.push(point.longitude)
      columns.communes.push(commune === null ? 0 : communes.of(wholeCommune(commune, geography).code))
      columns.epcis.push(assessment.epci === null ? 0 : epcis.of(assessment.epci))
      columns.accepted.push(acceptedBits(actor.verified, checks))
    },
    key: (at) => columns.keys.at(at),
    epci: (at) => epcis.name(columns.epcis.at(at)),
    *findings() {
      const tell = [
        tellRepeated(repeated, columns),
        tellShared(shared, columns),
        tellFar(far, columns, reachIn, (group, at) =>
          group === 0
            ? (geography.commune(communes.name(columns.communes.at(at)) ?? '')?.name ?? '')
            : epciName(epcis.name(columns.epcis.at(at)) ?? '', geography),
        ),
        tellSharedPhone(sharedPhone, columns),
      ]
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
    communes: numberColumn(Uint32Array),
    epcis: numberColumn(Uint32Array),
    /** Codes accepted for good: bit n for the nth of `checks`. */
    accepted: numberColumn(Uint32Array),
  }
}

type Tell = (at: number) => Finding | null
type CrossCheck = {
  readonly code: string
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
  return {
    code: `${field}.${reason}`,
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

function acceptedBits(verified: readonly string[], checks: readonly CrossCheck[]): number {
  if (verified.length === 0) return 0
  return checks.reduce((bits, check, nth) => {
    return check !== null && verified.includes(check.code) ? bits | (1 << nth) : bits
  }, 0)
}

function idNumber({ fields }: Actor, { filled }: ActorAssessment): number {
  return fields.id === null || !filled.includes('id') ? 0 : hash(fields.id.trim())
}

/** A SIRET as it is, an RNA read in base 36, which is above any SIRET; 0: neither, or one that blocks. */
function pivotNumber({ fields: { pivot } }: Actor, { filled }: ActorAssessment): number {
  if (pivot === null || !filled.includes('pivot')) return 0
  const plain = isSiret(pivot) ? pivot : plainPivot(pivot)
  if (isSiret(plain)) return Number(plain)
  return RNA.test(plain) ? Number.parseInt(plain, 36) : 0
}

/** Numbers that are dialled from everywhere for one service, and so are nobody's own. */
const SERVICE = /^\+338/u

/** A telephone as it is written, or as it is proposed to be; 0: none, or of a record without EPCI. */
function phoneNumber({ fields: { telephone } }: Actor, { filled, findings, epci }: ActorAssessment): number {
  if (telephone === null || epci === null || !filled.includes('telephone')) return 0
  const said = findings.find(({ field }) => field === 'telephone')?.suggestion ?? telephone
  return /^\+\d{8,14}$/u.test(said) && !SERVICE.test(said) ? Number(said.slice(1)) : 0
}

const NOWHERE = { latitude: Number.NaN, longitude: Number.NaN }

/** Only a point that no check doubts: the others are told already, and must not be a yardstick. */
function pointOf({ fields }: Actor, { filled, findings }: ActorAssessment) {
  if (fields.latitude === null || fields.longitude === null) return NOWHERE
  if (!filled.includes('latitude') || !filled.includes('longitude')) return NOWHERE
  for (const { field, severity } of findings)
    if (severity !== 'info' && (field === 'latitude' || field === 'longitude')) return NOWHERE
  return {
    latitude: readNumber(fields.latitude) ?? Number.NaN,
    longitude: readNumber(fields.longitude) ?? Number.NaN,
  }
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
