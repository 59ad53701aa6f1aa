import { counted } from '../typography.ts'
import { realDay } from './freshness.ts'

/** What the dates of one list prove of the order in which their days and months are written. */
export type DayOrder = {
  /** Whether a date may be meant otherwise than it is read, as far as the list tells: 09/01/2026 beside 12/13/2026. */
  isDoubtful(value: string): boolean
  /** Whether the list speaks against the reading: nothing may be proposed then. */
  isContradicted(value: string): boolean
  /** What is doubtful, and why, in French; null: nothing. */
  readonly note: string | null
}

type Family = 'yearLast' | 'yearFirst'
type Read = { readonly family: Family; readonly order: 'usual' | 'turned' | 'either' }
type Seen = { usual: string | null; turned: string | null; doubtful: number; example: string | null }

/**
 * Reads the order out of all the dates of a list. With the year last, only a day above 12 tells days from months: where
 * none proves that days come first, or one proves that months do, those that could be either are nobody's to turn. With
 * the year first the month follows, unless a date proves the contrary.
 */
export function dayOrder(values: readonly (string | null)[]): DayOrder {
  const seen: Record<Family, Seen> = { yearLast: nothing(), yearFirst: nothing() }
  for (const value of values) {
    const read = value === null ? null : orderOf(value)
    if (value === null || read === null) continue
    const of = seen[read.family]
    if (read.order === 'either') {
      of.doubtful += 1
      of.example ??= value
    } else of[read.order] ??= value
  }
  const contradicted = ({ turned }: Seen) => turned !== null
  const unsure = (family: Family) =>
    contradicted(seen[family]) || (family === 'yearLast' && seen.yearLast.usual === null)
  const asks = (value: string, isSo: (family: Family) => boolean) => {
    const read = orderOf(value)
    return read?.order === 'either' && isSo(read.family)
  }
  const families = (Object.keys(seen) as Family[]).filter((one) => unsure(one) && seen[one].doubtful > 0)
  return {
    isDoubtful: (value) => asks(value, unsure),
    isContradicted: (value) => asks(value, (family) => contradicted(seen[family])),
    note: families.map((family) => noteOf(seen[family])).join(' ') || null,
  }
}

function nothing(): Seen {
  return { usual: null, turned: null, doubtful: 0, example: null }
}

function noteOf({ usual, turned, doubtful, example }: Seen): string {
  const some = `${counted(doubtful, 'date')} comme « ${example} » ${doubtful < 2 ? 'peut' : 'peuvent'} se lire de deux façons`
  const left = `${doubtful < 2 ? 'elle est laissée telle quelle' : 'elles sont laissées telles quelles'} : écrivez-${doubtful < 2 ? 'la' : 'les'} AAAA-MM-JJ`
  if (turned === null) return `Dates : ${some}, et aucune autre ne dit si le jour vient d'abord ; ${left}.`
  const beside = usual === null ? '' : `, « ${usual} » le contraire`
  return `Dates : ${some} (« ${turned} » écrit le mois et le jour en ordre inverse${beside}) ; ${left}.`
}

const YEAR_LAST = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)/u
const YEAR_FIRST = /^\s*\d{4}[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u
const MONTHS = 12

/** What one date says of it; null: it is no date in figures, or says nothing. */
function orderOf(value: string): Read | null {
  const last = YEAR_LAST.exec(value)
  if (last !== null) {
    const [day, month] = [Number(last[1]), Number(last[2])]
    const order = compare(month, day)
    // 25/01/26 may begin with its year.
    return order === null || (order === 'usual' && last[3]?.length === 2)
      ? null
      : { family: 'yearLast', order }
  }
  const first = YEAR_FIRST.exec(value)
  if (first === null || isIsoDay(value)) return null
  const order = compare(Number(first[1]), Number(first[2]))
  return order === null ? null : { family: 'yearFirst', order }
}

/** Written as it should be: nobody turns that round. */
function isIsoDay(value: string): boolean {
  const found = /^\s*(\d{4})-(\d{2})-(\d{2})(?!\d)/u.exec(value)
  return found !== null && realDay(Number(found[1]), Number(found[2]), Number(found[3])) !== null
}

function compare(month: number, day: number): Read['order'] | null {
  if (month === day || (month > MONTHS && day > MONTHS)) return null
  if (month > MONTHS) return 'turned'
  return day > MONTHS ? 'usual' : 'either'
}
