import type { Uidt } from '../../columns/kinds.ts'
import type { DesiredColumn } from './desired-schema.ts'

const TEXT = ['SingleLineText', 'LongText']
const WORDS = [...TEXT, 'Email', 'URL', 'PhoneNumber', 'SingleSelect', 'MultiSelect']
const FIGURES = ['Number', 'Decimal', 'Currency', 'Percent', 'Rating', 'Year']
const DAYS = ['Date', 'DateTime']

/** What serves as well as each type, where people write: it is only read. */
const READ: Readonly<Record<Uidt, readonly string[]>> = {
  SingleLineText: WORDS,
  LongText: WORDS,
  Email: WORDS,
  URL: WORDS,
  PhoneNumber: WORDS,
  SingleSelect: ['SingleSelect', ...TEXT],
  MultiSelect: ['MultiSelect', 'SingleSelect', ...TEXT],
  Number: FIGURES,
  Decimal: FIGURES,
  Date: DAYS,
  DateTime: DAYS,
  Checkbox: ['Checkbox'],
}

/** What can hold what the service writes, and gives it back the same. */
const WRITTEN: Readonly<Partial<Record<Uidt, readonly string[]>>> = {
  SingleLineText: TEXT,
  LongText: TEXT,
  SingleSelect: ['SingleSelect', ...TEXT],
  Number: ['Number', 'Decimal'],
  Decimal: ['Decimal', 'Percent'],
  Date: ['Date'],
}

/** What keeps every digit of a code, written or computed; those that begin with a zero are read all the same. */
const DIGITS = [...WORDS, 'Number', 'Decimal', 'Currency', 'Formula', 'Lookup', 'Rollup', 'ID']

/** What nobody reads a text in. */
const UNREADABLE = new Set([
  'Attachment',
  'Button',
  'QrCode',
  'Barcode',
  'User',
  'CreatedBy',
  'LastModifiedBy',
  'LastModifiedTime',
  'ForeignKey',
  'Order',
])

/** Whether a column can feed a field of the standard: it is read as text, whatever holds it, written or computed. */
export function isReadable(found: string): boolean {
  return !UNREADABLE.has(found)
}

/** Whether a column that stands there can serve. A field of the standard is read as text, whatever holds it. */
export function accepts(column: DesiredColumn, found: string): boolean {
  if (column.role === 'written') return (WRITTEN[column.uidt] ?? [column.uidt]).includes(found)
  if (column.standard) return isReadable(found) && found !== 'Checkbox' // a box says yes or no, and of what its title
  if (column.digits === true) return DIGITS.includes(found)
  return READ[column.uidt].includes(found)
}

const TEXTS = [...TEXT, 'Email', 'URL', 'PhoneNumber', 'SingleSelect']

/** What a column of each type may become without losing a value: NocoDB keeps the digits of a text that becomes a number. */
const SURVIVES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(TEXTS.map((type) => [type, TEXTS])),
  Number: ['Decimal', 'Currency', ...TEXT],
  Year: ['Number', 'Decimal', ...TEXT],
  Rating: ['Number', 'Decimal', ...TEXT],
  Decimal: ['Currency', 'Percent', ...TEXT],
  Currency: ['Decimal', 'Percent', ...TEXT],
  Percent: ['Decimal', 'Currency', ...TEXT],
  Date: ['DateTime', ...TEXT],
  DateTime: ['Date'],
}

/** Whether every value survives when a column of one type becomes one of another. */
export function keepsValues(before: string, after: string): boolean {
  return before === after || SURVIVES[before]?.includes(after) === true
}
