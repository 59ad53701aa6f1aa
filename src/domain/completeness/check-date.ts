import { parisDay } from '../days.ts'
import { type CheckKind, found, NOTHING } from './check.ts'
import { realDay } from './freshness.ts'
import { fold } from './text.ts'

/** `since`: the first day that a record can bear ('YYYY-MM-DD'). */
export type DateParams = { readonly since: string }

/** A day that exists, written AAAA-MM-JJ, neither in the future nor from before anybody kept such records. */
export const day: CheckKind<DateParams> = {
  reasons: () => ({ notation: [], invalid: [], several: [], serial: [], too_old: ['since'], future: [] }),
  remember: false,
  make:
    ({ today, params: { since } }) =>
    (value) => {
      const iso = readDay(value)
      if (iso === null) return unread(value, since, today)
      if (iso > today) return found('future')
      if (iso < since) return found('too_old', null, { since: since.slice(0, 4) })
      return iso === value ? NOTHING : found('notation', iso)
    },
}

/** What stands there instead of a day: several, the number that a spreadsheet keeps for one, or something else. */
function unread(value: string, since: string, today: string) {
  if (value.length <= LONGEST && (value.match(DATES)?.length ?? 0) > 1) return found('several')
  const counted = serialDay(value)
  return counted !== null && counted >= since && counted <= today
    ? found('serial', counted)
    : found('invalid')
}

const LONGEST = 200
const DATES = /\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b/gu
const DAY = 86_400_000

/** The day behind a number of days since 30 December 1899, as spreadsheets count them; null: no such number. */
export function serialDay(value: string): string | null {
  const days = /^\s*(\d{5})(?:[.,]\d+)?\s*$/u.exec(value)?.[1]
  return days === undefined
    ? null
    : new Date(Date.UTC(1899, 11, 30) + Number(days) * DAY).toISOString().slice(0, 10)
}

/** 'YYYY-MM-DD' out of the ways in which people and tools write a day; null: none can be read. */
export function readDay(value: string): string | null {
  const written = writtenDay(value)
  return written === null ? null : realDay(...written)
}

/** The same even where there is no such day (« 1900-01-00 », the zero of a spreadsheet), to be compared with others. */
export function dayKey(value: string): string | null {
  return writtenDay(value)?.join('-') ?? null
}

type Written = readonly [year: number, month: number, day: number]
const MONTHS = ['janv', 'fevr', 'mars', 'avr', 'mai', 'juin', 'juil', 'aout', 'sept', 'oct', 'nov', 'dec']
const TIME = String.raw`(?:(?:T| ?,? (?:à )?)(\d{1,2})[:h](\d{2})?(?::(\d{2})(?:[.,]\d{1,9})?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?)?`
const ISO = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}$`, 'u')
const FRENCH = new RegExp(String.raw`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})${TIME}$`, 'u')
const WORDS = /^(?:le )?(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})$/u

function writtenDay(value: string): Written | null {
  if (value.length > LONGEST) return null
  const text = value.trim()
  const iso = ISO.exec(text)
  if (iso !== null) return inParis([Number(iso[1]), Number(iso[2]), Number(iso[3])], iso)
  const french = FRENCH.exec(text)
  if (french !== null) return inParis([Number(french[3]), Number(french[2]), Number(french[1])], french)
  const words = WORDS.exec(fold(text))
  if (words === null) return null
  const month = MONTHS.findIndex((name) => words[2]?.startsWith(name)) + 1
  return month === 0 ? null : [Number(words[3]), month, Number(words[1])]
}

/** A moment that says its zone is on the day that it is in Paris: late in the evening in UTC, the next. */
function inParis(
  [year, month, date]: Written,
  [, , , , hours, minutes, seconds, zone]: RegExpExecArray,
): Written {
  if (zone === undefined || realDay(year, month, date) === null) return [year, month, date]
  const offset = /^([+-]\d{2}):?(\d{2})$/u.exec(zone)
  const ahead =
    offset === null ? 0 : Number(offset[1]) * 60 + Math.sign(Number(`${offset[1]}1`)) * Number(offset[2])
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, date)
  moment.setUTCHours(Number(hours), Number(minutes ?? 0) - ahead, Number(seconds ?? 0))
  const [paris = year, parisMonth = month, parisDate = date] = parisDay(moment).split('-').map(Number)
  return [paris, parisMonth, parisDate]
}
