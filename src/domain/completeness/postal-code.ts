import type { Geography } from '../geography.ts'

/** What a cell says of a postal code. */
export type PostalCode = {
  readonly code: string
  /** A zero was put before four digits, as a spreadsheet takes it away. */
  readonly padded: boolean
  /** « CEDEX 2 »: a code of big receivers, with a number of its own. */
  readonly cedex: boolean
}

const FIVE_DIGITS = /^\d{5}$/u

/** A postal code as people write it (`35 000`, `F-35000`, `35042 CEDEX 2`, `1000`); null: none can be read. */
export function readPostalCode(value: string): PostalCode | null {
  if (FIVE_DIGITS.test(value)) return { code: value, padded: false, cedex: false }
  const [before = '', after] = value.split(/\bcedex\b/iu)
  const plain = before
    .replace(/\s+/gu, '')
    .replace(/^(?:FR?|FRANCE)[-–]?(?=\d)/iu, '')
    .replace(/^(\d\d)[.\u2019'](\d{3})$/u, '$1$2')
  if (after !== undefined && !/^\s*\d{0,2}\s*$/u.test(after)) return null
  const cedex = after !== undefined && after.trim() !== ''
  if (FIVE_DIGITS.test(plain)) return { code: plain, padded: false, cedex }
  return /^\d{4}$/u.test(plain) ? { code: `0${plain}`, padded: true, cedex } : null
}

/** The départements (`22`, `2A`, `974`) in which the postal codes that begin so lie; none for what is no code. */
export function departmentsOf(code: string): readonly string[] {
  if (!/^\d[\dAB]\d{3}$/u.test(code)) return []
  if (code.startsWith('20')) return ['2A', '2B']
  if (code.startsWith('971')) return ['971', '977', '978']
  return [/^9[78]/u.test(code) ? code.slice(0, 3) : code.slice(0, 2)]
}

/** Whether all communes of a postal code lie in one EPCI, and in which; null: in several, in none, or it is none. */
export function onlyEpci(code: string, geography: Geography): string | null {
  const [first, ...others] = new Set(geography.byPostalCode(code).map(({ epci }) => epci))
  return others.length === 0 ? (first ?? null) : null
}
