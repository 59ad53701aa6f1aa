import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { Geography } from '../geography.ts'
import { hash } from '../hash.ts'
import { readNumber } from './check-coordinates.ts'
import { isSiret, plainPivot, RNA } from './check-pivot.ts'
import { placeFinder, wholeCommune } from './place.ts'

/**
 * What is compared of a record with all others: numbers only. 0: it bears none that counts; NaN: no point. What other
 * records tell of one never blocks, so that its completeness hangs on itself alone.
 */
export type CrossMarks = {
  /** Its identifier, its pivot, its telephone: the same number for the same text. */
  readonly id: number
  readonly pivot: number
  readonly phone: number
  /** In degrees, of a point that no check doubts. */
  readonly latitude: number
  readonly longitude: number
  /** INSEE code, an arrondissement being its city; null: none. */
  readonly commune: string | null
  /** Codes accepted for good: bit n for the nth of the checks. */
  readonly accepted: number
}

/**
 * Reads the marks of a record.
 * @param codes those of the checks, in their order; null: the rules do not use it
 * @param salt stands before each text that is made a number
 */
export function marksReader(
  geography: Geography,
  codes: readonly (string | null)[],
  salt: string,
): (actor: Actor, assessment: ActorAssessment) => CrossMarks {
  const placeOf = placeFinder(geography)
  const numberOf = (text: string) => (text === '' ? 0 : hash(salt + text))
  return (actor, assessment) => {
    const { commune } = placeOf(actor)
    return {
      id: numberOf(identifierOf(actor, assessment)),
      pivot: numberOf(pivotOf(actor, assessment)),
      phone: numberOf(phoneOf(actor, assessment)),
      ...pointOf(actor, assessment),
      commune: commune === null ? null : wholeCommune(commune, geography).code,
      accepted: acceptedBits(actor.verified, codes),
    }
  }
}

function acceptedBits(verified: readonly string[], codes: readonly (string | null)[]): number {
  if (verified.length === 0) return 0
  return codes.reduce(
    (bits, code, nth) => (code !== null && verified.includes(code) ? bits | (1 << nth) : bits),
    0,
  )
}

function identifierOf({ fields }: Actor, { filled }: ActorAssessment): string {
  return fields.id === null || !filled.includes('id') ? '' : `id|${fields.id.trim()}`
}

/** A SIRET or an RNA without spaces; '': neither, or one that blocks. */
function pivotOf({ fields: { pivot } }: Actor, { filled }: ActorAssessment): string {
  if (pivot === null || !filled.includes('pivot')) return ''
  const plain = isSiret(pivot) ? pivot : plainPivot(pivot)
  return isSiret(plain) || RNA.test(plain) ? `pivot|${plain}` : ''
}

/** Numbers that are dialled from everywhere for one service, and so are nobody's own. */
const SERVICE = /^\+338/u

/** A telephone as it is written, or as it is proposed to be; '': none, or of a record without EPCI. */
function phoneOf({ fields: { telephone } }: Actor, { filled, findings, epci }: ActorAssessment): string {
  if (telephone === null || epci === null || !filled.includes('telephone')) return ''
  const said = findings.find(({ field }) => field === 'telephone')?.suggestion ?? telephone
  return /^\+\d{8,14}$/u.test(said) && !SERVICE.test(said) ? `phone|${said.slice(1)}` : ''
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
