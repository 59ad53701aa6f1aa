import { letters } from '../../completeness/text.ts'
import { WEEK } from '../../mapping/mapping.ts'
import type { WeekDay } from '../../mapping/mapping.ts'
import type { LiveColumn } from '../live-base.ts'
import { verdictOf } from '../verdict.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { isDenied } from './titles.ts'

const DAY_WORDS: Readonly<Record<WeekDay, readonly string[]>> = {
  Mo: ['lundi', 'lundis', 'lun', 'monday', 'mon'],
  Tu: ['mardi', 'mardis', 'mar', 'tuesday', 'tue'],
  We: ['mercredi', 'mercredis', 'mer', 'wednesday', 'wed'],
  Th: ['jeudi', 'jeudis', 'jeu', 'thursday', 'thu'],
  Fr: ['vendredi', 'vendredis', 'ven', 'friday', 'fri'],
  Sa: ['samedi', 'samedis', 'sam', 'saturday', 'sat'],
  Su: ['dimanche', 'dimanches', 'dim', 'sunday', 'sun'],
}
/** Parts of a day, whose columns follow one another. */
const HALVES = new Set([
  'matin',
  'matinee',
  'am',
  'apres',
  'midi',
  'aprem',
  'apm',
  'pm',
  'morning',
  'afternoon',
  'soir',
])

/** Fewer days make no week. */
const LEAST_DAYS = 3
const WHOLE_WEEK = 5

type DayColumn = { readonly day: WeekDay; readonly rest: string; readonly column: LiveColumn }

/** Opening hours that stand in a column a day, or two; none where one column holds them all, or where they hold no hours. */
export function daysField(seen: SeenTable): MappedProposal[] {
  const single = proposedFor(seen, 'horaires')
  const free = new Set(freeColumns(seen))
  const one = columnTitled(seen, single?.title ?? null)
  // One of them may look like the hours of a week.
  const isOneDay = one !== null && dayOf(one) !== null
  if (single !== null && !isOneDay && verdictOf(single, seen.rules) === 'match') return []
  const inOrder = isOneDay
    ? seen.theirs.columns.filter((column) => column === one || free.has(column))
    : [...free]
  const columns = inOrder.flatMap((column) => dayOf(column) ?? [])
  const rated = [...Map.groupBy(columns, ({ rest }) => rest).values()].map((group) => ({
    group,
    ...rate(group, seen),
  }))
  const best = rated
    .filter(({ days, hours }) => days >= LEAST_DAYS && hours >= seen.rules.evidence.agree)
    .toSorted((one, other) => other.filled - one.filled)[0]
  if (best === undefined) return []
  const days = Object.fromEntries(
    WEEK.flatMap((day) => {
      const titles = best.group.filter((one) => one.day === day).map(({ column }) => column.title)
      return titles.length === 0 ? [] : [[day, titles.length === 1 ? titles[0]! : titles]]
    }),
  )
  const { rest = '' } = best.group[0] ?? {}
  const names = seen.own.places.find(({ key }) => key === 'horaires')?.names ?? []
  const saysHours =
    rest === '' || seen.matcher.name(rest, names)?.likeness === 1 || /\b(?:horaire|ouvert)/u.test(rest)
  const sure =
    saysHours &&
    best.days >= WHOLE_WEEK &&
    rated.filter(({ filled }) => filled > 0).length === 1 &&
    (single === null || isOneDay)
  return [{ key: 'horaires', from: { days }, words: null, unknown: [], verdict: sure ? 'match' : 'ask' }]
}

function dayOf(column: LiveColumn): DayColumn | null {
  const words = letters(column.title.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).split(' ')
  if (isDenied(column.title)) return null // « Fermeture lundi »
  const days = WEEK.filter((day) => words.some((word) => DAY_WORDS[day].includes(word)))
  const [day] = days
  if (day === undefined || days.length > 1) return null
  const rest = words.filter((word) => !DAY_WORDS[day].includes(word) && !HALVES.has(word)).join(' ')
  return { day, rest, column }
}

/** How many days hold values, how many values, and the least share of hours among the columns that say something. */
function rate(group: readonly DayColumn[], seen: SeenTable) {
  const told = group.filter(({ column }) => isTold(column, seen))
  const filled = group.reduce((sum, { column }) => sum + (column.profile?.filled ?? 0), 0)
  const hours = Math.min(1, ...told.map(({ column }) => column.profile?.parts.hours ?? 0))
  return { days: told.length === 0 ? 0 : new Set(group.map(({ day }) => day)).size, filled, hours }
}
