import { type CountryCode, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min'
import { type CheckKind, type Found, found, NOTHING } from './check.ts'

const WRITTEN_RIGHT = /^\+33[1-9]\d{8}$/u
const FRENCH_CODES = new Set(['33', '590', '594', '262', '596', '687', '689', '508', '681'])
/**
 * A French number written without its country code tells its region by its first digits. (Saint-Pierre-et-Miquelon is
 * dialled 0508 from France, and +508 and no more from elsewhere.)
 */
const REGIONS: readonly (readonly [RegExp, CountryCode])[] = [
  [/^0(?:590|69[01])/u, 'GP'],
  [/^0(?:594|694)/u, 'GF'],
  [/^0(?:596|69[67])/u, 'MQ'],
  [/^0(?:26[23]|69[23])/u, 'RE'],
  [/^0(?:269|639)/u, 'YT'],
]

/** A telephone number of France, overseas included, written +33… without spaces; one only. */
export const phone: CheckKind = {
  reasons: () => ({ notation: [], several: [], foreign: [], short: [], invalid: [] }),
  remember: true,
  make: () => (value) => (WRITTEN_RIGHT.test(value) ? NOTHING : readPhones(value)),
}

function readPhones(value: string): readonly Found[] {
  const numbers = new Map(
    split(value)
      .map(readPhone)
      .filter((number) => number !== null)
      .map((number) => [number.number, number]),
  )
  const [first] = numbers.values()
  if (first === undefined) return isShort(value) ? found('short') : found('invalid', mended(value))
  if (numbers.size > 1) return found('several', first.number)
  if (!FRENCH_CODES.has(first.countryCallingCode)) return found('foreign')
  return first.number === value ? NOTHING : found('notation', first.number)
}

/** The numbers of a value that may hold several: signs and words between them, or spaces where both are whole. */
function split(value: string): readonly string[] {
  const parts = value.split(/[|;,\n]|\bou\b|\bet\b|(?<=\d{4,}\s*)\/(?=\s*\d{4,})| \/ /iu)
  return parts.flatMap((part) => {
    const whole = part.match(/(?:\+33\s?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)/gu) ?? []
    return whole.length > 1 ? whole : [part]
  })
}

function readPhone(part: string): PhoneNumber | null {
  const digits = part.replace(/[^\d+]/gu, '')
  const region = REGIONS.find(([prefix]) => prefix.test(digits))?.[1] ?? 'FR'
  const dialled = digits.startsWith('0508') ? `+${digits.slice(1)}` : part
  const number = parsePhoneNumberFromString(dialled, { defaultCountry: region })
  return number?.isValid() ? number : null
}

/** The number in which a letter was typed for a figure (« O2 96 6O 47 87 »); null: it is something else. */
function mended(value: string): string | null {
  const figures = value.replace(/o/giu, '0').replace(/[il]/giu, '1')
  return figures === value || /\p{L}/u.test(figures) ? null : (readPhone(figures)?.number ?? null)
}

/** 3949, 36 46, 115 … : good to dial, but the standard has no room for them. */
function isShort(value: string): boolean {
  return /^(?:3\d{3}|10\d{2}|1[1-9]\d?|11[5-9]|118\d{3})$/u.test(value.replace(/[\s.]/gu, ''))
}
