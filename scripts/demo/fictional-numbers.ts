import type { Random } from './random.ts'

/** SIREN that begin so are given to nobody. */
const FICTIONAL_SIREN = '99999'
/** The ranges that the French regulator (ARCEP) keeps for fiction, begun as at home; 4 digits follow. */
const LANDLINE = '026191'
const MOBILE = '063998'

/** A SIRET of the fictional range whose checksums are right, its SIREN's too. */
export function fictionalSiret(random: Random): string {
  const siren = withChecksum(`${FICTIONAL_SIREN}${digits(random, 3)}`)
  return withChecksum(`${siren}000${random.whole(1, 4)}`)
}

/** An RNA of a département that does not exist. */
export function fictionalRna(random: Random): string {
  return `W999${digits(random, 6)}`
}

/** National digits of a landline of western France kept for fiction: 0261 91 and four digits. */
export function fictionalLandline(random: Random): string {
  return `${LANDLINE}${digits(random, 4)}`
}

/** National digits of a mobile number kept for fiction: 06 39 98 and four digits. */
export function fictionalMobile(random: Random): string {
  return `${MOBILE}${digits(random, 4)}`
}

/** The digits and the last one that Luhn's sum wants. */
export function withChecksum(body: string): string {
  let sum = 0
  for (let index = 0; index < body.length; index += 1) {
    const digit = Number(body[body.length - 1 - index])
    sum += index % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return `${body}${(10 - (sum % 10)) % 10}`
}

function digits(random: Random, count: number): string {
  return String(random.whole(0, 10 ** count - 1)).padStart(count, '0')
}
