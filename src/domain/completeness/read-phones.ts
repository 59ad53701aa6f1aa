import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { letters } from './text.ts'

/** What a cell says of telephones. */
export type PhoneReading = {
  /** Each number once, in the order written. */
  readonly numbers: readonly Phone[]
  /** Whether more is written than numbers and what announces them: an extension, a price, hours. */
  readonly remains: boolean
  /** 3949, 36 46, 115 … : good to dial, but the standard has no room for them. */
  readonly isShort: boolean
  /** The number in which a letter was typed for a figure (« O2 96 6O 47 87 »); null: it is something else. */
  readonly mended: string | null
}

type Phone = {
  /** +33296604787 */
  readonly number: string
  /** 33 */
  readonly code: string
  /** « de Guadeloupe », where the number is of overseas and nothing written says so; null: it is as it is dialled. */
  readonly territory: string | null
}

/**
 * The territories whose numbers begin with 0 like those of the mainland, by their first digits. (Saint-Pierre-et-Miquelon
 * is dialled 0508 from France, and +508 and no more from elsewhere.)
 */
const RANGES: readonly {
  readonly range: RegExp
  readonly country: CountryCode
  readonly departments: readonly string[]
  readonly name: string
}[] = [
  { range: /^0(?:590|69[01])/u, country: 'GP', departments: ['971', '977', '978'], name: 'de Guadeloupe' },
  { range: /^0(?:594|694)/u, country: 'GF', departments: ['973'], name: 'de Guyane' },
  { range: /^0(?:596|69[67])/u, country: 'MQ', departments: ['972'], name: 'de Martinique' },
  { range: /^0(?:26[23]|69[23])/u, country: 'RE', departments: ['974'], name: 'de La Réunion' },
  { range: /^0(?:269|639)/u, country: 'YT', departments: ['976'], name: 'de Mayotte' },
]
/** Where numbers have six or eight digits, and no 0 before them. */
const OWN_NUMBERS: Readonly<Partial<Record<string, CountryCode>>> = {
  '975': 'PM',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
}

/** A whole number as it is dialled: 0 and nine digits, or its country and the rest, whatever stands between digits. */
const DIALLED =
  /(?<![\d+])(?:(?:\+|00)[\s.]?(?:33|590|594|596|262|508|687|689|681)[\s.]?(?:\(0\)[\s.]?)?(?:[\s./-]?\d){6,9}|0(?:[\s./-]{0,2}\d){9})(?!\d)/gu

/** Reads the numbers of a cell; `department` is where its record is, '' where that is not known. */
export function readPhones(value: string, department: string): PhoneReading {
  const dialled = [...value.matchAll(DIALLED)].flatMap(([part]) => readPhone(part, department) ?? [])
  const parts = dialled.length > 0 ? [] : partsOf(value).filter((part) => /\d/u.test(part))
  const read = dialled.length > 0 ? dialled : parts.flatMap((part) => readPhone(part, department) ?? [])
  const rest = dialled.length > 0 ? value.replace(DIALLED, ' ') : ''
  return {
    numbers: [...new Map(read.map((one) => [one.number, one])).values()],
    remains: read.length < parts.length || saysMore(rest),
    isShort: read.length === 0 && isShort(value),
    mended: read.length === 0 ? mended(value, department) : null,
  }
}

/** A value without any whole number: signs and words stand between its parts. */
function partsOf(value: string): readonly string[] {
  return value.split(/[|;,\n]|\bou\b|\bet\b|(?<=\d{4}\s?)\/(?=\s?\d{4})| \/ /iu)
}

function readPhone(part: string, department: string): Phone | null {
  const digits = part.replace(/[^\d+]/gu, '')
  const mainland = /^(?:\+|00)330?([1-9]\d{8})$/u.exec(digits)?.[1]
  const national = mainland !== undefined || /^[1-9]\d{8}$/u.test(digits) ? `0${mainland ?? digits}` : digits
  const own = RANGES.find(({ range }) => range.test(national))
  const country = own?.country ?? (/^[1-9]/u.test(national) ? OWN_NUMBERS[department] : undefined) ?? 'FR'
  const text = digits.startsWith('0508') ? `+${digits.slice(1)}` : own === undefined ? part : national
  const number = parsePhoneNumberFromString(text, { defaultCountry: country })
  if (number?.isValid() !== true) return null
  return {
    number: number.number,
    code: number.countryCallingCode,
    territory: own !== undefined && isDoubtful(digits, own, department) ? own.name : null,
  }
}

/** Typed with the code of the mainland; or without the zero that tells the range, by a record that is elsewhere. */
function isDoubtful(digits: string, { departments }: (typeof RANGES)[number], department: string): boolean {
  if (/^(?:\+|00)/u.test(digits)) return true
  return !digits.startsWith('0') && department !== '' && !departments.includes(department)
}

const ANNOUNCED = new Set(
  'a accueil appel appeler au contact e et fax fixe gsm int ligne mobile n no num numero ou par phone port portable secretariat standard t tel telephone tph unique'.split(
    ' ',
  ),
)

/** Whether what stands around the numbers says anything of its own. */
function saysMore(rest: string): boolean {
  return letters(rest)
    .split(' ')
    .some((word) => word.length > 1 && !ANNOUNCED.has(word))
}

function mended(value: string, department: string): string | null {
  const figures = value.replace(/o/giu, '0').replace(/[il]/giu, '1')
  return figures === value || /\p{L}/u.test(figures) ? null : (readPhone(figures, department)?.number ?? null)
}

const SHORT = /^(?:3\d{3}|10\d{2}|1[1-9]\d?|11[5-9]|118\d{3})$/u

/** Whether a value begins with a short number, and goes on with no other than its price. */
function isShort(value: string): boolean {
  const [, first = '', rest = ''] =
    /^\s*(?:\p{L}[\p{L}.°]{0,12}\s?(?::\s?|\s)){0,3}(\d[\d .]{0,8}\d)(?![\d])((?:[\s(,;:/-].*)?)$/su.exec(
      value,
    ) ?? []
  const others = (rest.match(/\d[\d.,]*/gu) ?? []).map((number) => number.replace(/[.,]+$/u, ''))
  return (
    SHORT.test(first.replace(/[\s.]/gu, '')) &&
    others.every((number) => number.length < 4 || /^\d[.,]\d{1,3}$/u.test(number) || SHORT.test(number))
  )
}
