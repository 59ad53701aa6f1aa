import { isSiret } from '../domain/completeness/check-pivot.ts'
import type { FieldName } from '../domain/fields.ts'

/**
 * A number that names something, as it was before it was kept as a number: the zeros that it began with are given back
 * where nothing else can be meant (of a telephone, only where a French one lacks its first digit).
 */
export function withLostZero(field: FieldName, value: number): string {
  const digits = Number.isInteger(value) && value >= 0 ? BigInt(value).toString() : String(value)
  if (field === 'telephone') return /^[1-9]\d{8}$/u.test(digits) ? `0${digits}` : digits
  if (field === 'code_postal' || field === 'code_insee')
    return /^[1-9]\d{3}$/u.test(digits) ? `0${digits}` : digits
  // Nine or ten digits more often lack nothing: a SIREN, which padded passes for a SIRET one time in ten.
  if (field === 'pivot') return /^\d{12,13}$/u.test(digits) ? withZeros(digits) : digits
  return digits
}

/** A SIRET whose check digits hold once its zeros are back; else as it is. */
function withZeros(digits: string): string {
  const whole = digits.padStart(14, '0')
  return isSiret(whole) ? whole : digits
}
