import { type CheckKind, found, NOTHING } from './check.ts'
import { realDay } from './freshness.ts'
import { fold } from './text.ts'

const MONTHS = ['janv', 'fevr', 'mars', 'avr', 'mai', 'juin', 'juil', 'aout', 'sept', 'oct', 'nov', 'dec']

/** A day that exists, written AAAA-MM-JJ, and not in the future. */
export const day: CheckKind = {
  reasons: () => ({ notation: [], invalid: [], future: [] }),
  remember: false,
  make:
    ({ today }) =>
    (value) => {
      const iso = readDay(value)
      if (iso === null) return found('invalid')
      if (iso > today) return found('future')
      return iso === value ? NOTHING : found('notation', iso)
    },
}

/** 'YYYY-MM-DD' out of the ways in which people and tools write a day; null: none can be read. */
export function readDay(value: string): string | null {
  const text = value.trim()
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/u.exec(text)
  if (iso !== null) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const french = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$/u.exec(text)
  if (french !== null) return realDay(Number(french[3]), Number(french[2]), Number(french[1]))
  const words = /^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})$/u.exec(fold(text))
  if (words === null) return null
  const month = MONTHS.findIndex((name) => words[2]?.startsWith(name)) + 1
  return month === 0 ? null : realDay(Number(words[3]), month, Number(words[1]))
}
