import type { Geography } from '../geography.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { wholeCommune } from './place.ts'

/** SIREN of La Poste, whose branches may carry a SIRET that fails Luhn and holds another rule. */
const LA_POSTE = '356000000'
const SIRET = /^\d{14}$/u
/** An association's number. */
export const RNA = /^W\d[0-9A-Z]\d{7}$/u
/** New Caledonia and Polynesia number their establishments otherwise (RIDET, TAHITI). */
const PACIFIC = /^98[78]/u
const PACIFIC_PIVOT = /^[0-9A-Z]{6,10}$/u
/** « 4,34933E+13 »: what a spreadsheet makes of fourteen digits. */
const SPREADSHEET = /^\d[.,]?\d*E\+?\d+$/iu

/** The SIRET (14 digits that hold together) or the RNA of an association. */
export const pivot: CheckKind = {
  reasons: () => ({
    checksum: [],
    notation: [],
    siren: [],
    leading_zero: [],
    spreadsheet: [],
    format: [],
    other_commune: ['commune', 'own'],
  }),
  remember: false,
  make:
    ({ geography }) =>
    (value, record) => {
      const { fields } = record
      if (isSiret(value)) return otherTownHall(value, record, geography)
      const plain = plainPivot(value)
      const notation = plain === value ? NOTHING : found('notation', plain)
      if (isSiret(plain)) return [...notation, ...otherTownHall(plain, record, geography)]
      if (SIRET.test(plain)) return found('checksum')
      if (RNA.test(plain)) return notation
      const where = fields.code_insee ?? fields.code_postal ?? ''
      if (PACIFIC.test(where) && PACIFIC_PIVOT.test(plain)) return notation
      if (/^\d{9}$/u.test(plain) && luhn(plain)) return found('siren')
      if (/^\d{13}$/u.test(plain) && isSiret(`0${plain}`)) return found('leading_zero', `0${plain}`)
      return SPREADSHEET.test(value.trim()) ? found('spreadsheet', allDigits(value.trim())) : found('format')
    },
}

/** A town hall's SIRET, in a record of another commune. */
function otherTownHall(siret: string, { place }: CheckedRecord, geography: Geography): readonly Found[] {
  if (place.commune === null) return NOTHING
  const commune = geography.municipality(siret.slice(0, 9))
  if (commune === null || commune.code === wholeCommune(place.commune, geography).code) return NOTHING
  return found('other_commune', null, { commune: commune.name, own: place.commune.name })
}

/** « 4,3493312300029E+13 » in full, where it holds every digit of a SIRET; null: some are lost. */
function allDigits(text: string): string | null {
  const digits = text.replace(/E.*$/iu, '').replace(/\D/gu, '')
  return isSiret(digits) && /E\+?13$/iu.test(text) ? digits : null
}

/** A number without what people write around and between its digits. */
export function plainPivot(value: string): string {
  return value
    .toUpperCase()
    .replace(/^\s*(?:SIRET|RNA|RIDET)\s*:?/u, '')
    .replace(/[\s.\-_]/gu, '')
}

/**
 * Fourteen digits that hold together: Luhn, on all and on the nine of the SIREN; for La Poste, Luhn or a sum of digits
 * that 5 divides.
 */
export function isSiret(text: string): boolean {
  if (!SIRET.test(text)) return false
  if (text.startsWith(LA_POSTE)) return luhn(text) || digitSum(text) % 5 === 0
  return luhn(text) && luhn(text.slice(0, 9))
}

/** The key of Luhn: every second digit from the right doubled, digits summed, a multiple of 10. */
function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function digitSum(digits: string): number {
  let sum = 0
  for (const digit of digits) sum += Number(digit)
  return sum
}
