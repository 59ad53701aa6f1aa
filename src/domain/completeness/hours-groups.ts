/** Hours within one day, in minutes since midnight. */
export type Span = { readonly from: number; readonly to: number }

/** Some days, as ranges (Monday 0 … Sunday 6, then the public holidays), and their spans; none: closed. */
export type Group = {
  readonly days: readonly (readonly [from: number, to: number])[]
  readonly spans: readonly Span[]
  readonly appointment: boolean
}

/** The place of public holidays after the seven days. */
export const PUBLIC_HOLIDAYS = 7
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su', 'PH']

/**
 * Groups of days in OpenStreetMap's way. People add hours up (« du lundi au vendredi 9h-12h, lundi 14h-17h ») where
 * after a semicolon a rule takes the place of those before it: days named twice are put together; days that are closed
 * come after those that they are taken from. null where the groups contradict one another.
 */
export function written(groups: readonly Group[]): string | null {
  const open = groups.filter(({ spans }) => spans.length > 0)
  const closed = groups.filter(({ spans }) => spans.length === 0)
  // Hours of public holidays are said in too many ways to be sure of one.
  if (open.some((group) => daysOf(group).includes(PUBLIC_HOLIDAYS))) return null
  if (closed.some((group) => open.some((other) => contradicts(group, other)))) return null
  const takenFrom = closed.filter((group) => open.some((other) => overlap(group, other)))
  const twice = open.some((group, at) => open.slice(at + 1).some((other) => overlap(group, other)))
  const first = twice ? addedUp(open) : groups.filter((group) => !takenFrom.includes(group))
  if (first === null) return null
  const last = twice ? closed : takenFrom
  const rules = [...first, ...last].map(rule)
  return rules.length === 1 && rules[0] === 'Mo-Su 00:00-24:00' ? '24/7' : rules.join('; ')
}

function daysOf({ days }: Group): readonly number[] {
  return days.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at))
}

/** Whether two groups speak of one day; a public holiday may be any of them. */
function overlap(one: Group, other: Group): boolean {
  const days = daysOf(other)
  return daysOf(one).some((day) => day === PUBLIC_HOLIDAYS || days.includes(day))
}

/** Closed on every day of hours that were given: one of the two is wrong. */
function contradicts(closed: Group, open: Group): boolean {
  const days = daysOf(closed)
  return daysOf(open).every((day) => days.includes(day))
}

/** The hours of each day put together, days alike written as one; null: hours that cross, or appointments for some only. */
function addedUp(groups: readonly Group[]): readonly Group[] | null {
  if (groups.some(({ appointment }) => appointment !== groups[0]?.appointment)) return null
  const byHours = new Map<string, { readonly spans: readonly Span[]; readonly days: number[] }>()
  for (let day = 0; day < PUBLIC_HOLIDAYS; day++) {
    const spans = groups
      .filter((group) => daysOf(group).includes(day))
      .flatMap((group) => group.spans)
      .toSorted((one, other) => one.from - other.from)
    if (spans.length === 0) continue
    if (spans.some(({ from }, at) => from < (spans[at - 1]?.to ?? 0))) return null
    const alike = byHours.get(hours(spans))
    if (alike === undefined) byHours.set(hours(spans), { spans, days: [day] })
    else alike.days.push(day)
  }
  const appointment = groups[0]?.appointment === true
  return [...byHours.values()].map(({ spans, days }) => ({ spans, days: ranges(days), appointment }))
}

/** Days that follow one another as one range. */
function ranges(days: readonly number[]): [number, number][] {
  const all: [number, number][] = []
  for (const day of days) {
    const last = all.at(-1)
    if (last?.[1] === day - 1) last[1] = day
    else all.push([day, day])
  }
  return all
}

function rule({ days, spans, appointment }: Group): string {
  const named = days.map(([from, to]) => (from === to ? DAYS[from] : `${DAYS[from]}-${DAYS[to]}`)).join(',')
  return `${named} ${spans.length === 0 ? 'off' : hours(spans)}${appointment ? ' "sur rendez-vous"' : ''}`
}

function hours(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(',')
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
