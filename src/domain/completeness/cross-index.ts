import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { counted, frenchNumber } from '../typography.ts'
import type { OutlierParams } from './cross-checks.ts'
import { crossChecks, crossFactsReader } from './cross-facts.ts'
import type { CrossCheck, CrossFacts } from './cross-facts.ts'
import { farPoints } from './far-points.ts'
import { type NumberColumn, numberColumn } from './number-column.ts'
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
  addFacts(key: number, facts: CrossFacts): void
  /** The key and the EPCI of the record of this rank. */
  key(at: number): number
  epci(at: number): string | null
  /** Once all are in: the records of which there is something to say, in the order they were added. */
  findings(): Generator<CrossFindings>
}

/** Starts an index; the order in which records are added changes no finding. Values are kept as numbers only. */
export function crossIndex(rules: CompletenessRules, geography: Geography, profile: Profile): CrossIndex {
  const [repeated, shared, far, sharedPhone] = crossChecks(rules, profile)
  const factsOf = crossFactsReader(rules, geography, profile)
  const [communes, epcis] = [numbering(), numbering()]
  const reachIn = (radii: number) => (group: number, at: number) => {
    const area = group === 0 ? null : (geography.epci(epcis.name(columns.epcis.at(at)) ?? '')?.area ?? null)
    return area === null ? 0 : radii * Math.sqrt(area / Math.PI)
  }
  const columns = emptyColumns()
  const addFacts: CrossIndex['addFacts'] = (
    key,
    { id, pivot, phone, latitude, longitude, commune, epci, accepted },
  ) => {
    columns.keys.push(key)
    columns.ids.push(id)
    columns.pivots.push(pivot)
    columns.phones.push(phone)
    columns.latitudes.push(latitude ?? Number.NaN)
    columns.longitudes.push(longitude ?? Number.NaN)
    columns.communes.push(commune === null ? 0 : communes.of(commune))
    columns.epcis.push(epci === null ? 0 : epcis.of(epci))
    columns.accepted.push(accepted)
  }
  return {
    add: (key, actor, assessment) => addFacts(key, factsOf(actor, assessment)),
    addFacts,
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
