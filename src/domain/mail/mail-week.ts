import { addDays } from '../days.ts'

/** The days of a week, in the words of config/. */
export const MAIL_DAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

/** A moment as Paris has it: the day, and the hour (0–23). */
export type ParisHour = { readonly day: string; readonly hour: number }

const PARIS = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
})

/** The day and the hour it is in Paris. */
export function parisHour(at: Date): ParisHour {
  const [day = '', hour = ''] = PARIS.format(at).split(' ')
  return { day, hour: Number(hour) }
}

/** The Monday of the week of this day, which names it. */
export function mondayOf(day: string): string {
  return addDays(day, -weekday(day))
}

/**
 * The week whose mails are due now, by its Monday; null: none. They are due from the hour told for a day on: what was missed
 * then (the service was stopped) is caught up, and a service that starts later in the week surprises nobody.
 */
export function dueWeek(
  { day, hour }: ParisHour,
  wanted: { readonly day: (typeof MAIL_DAYS)[number]; readonly hour: number },
): string | null {
  const at = MAIL_DAYS.indexOf(wanted.day)
  if (weekday(day) === at && hour >= wanted.hour) return mondayOf(day)
  const before = addDays(day, -1)
  return weekday(before) === at && hour < wanted.hour ? mondayOf(before) : null
}

/** 0: Monday. */
function weekday(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7
}
