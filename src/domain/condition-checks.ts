import { addDays, daysBetween } from './days.ts'
import type { Answers } from './diagnostic.ts'
import { groups } from './groups.ts'
import { STAGE_LABELS } from './labels.ts'
import type { Stage } from './labels.ts'
import type { ConditionCheck, SuccessConditionRules } from './rules/success-conditions.ts'
import type { ConditionStatus, PreparedJournee } from './success-conditions.ts'
import { counted, frenchDay, frenchList, frenchNumber, typeset } from './typography.ts'

/** What the data say of one condition, and in French why. */
export type Observed = {
  readonly status: ConditionStatus
  readonly evidence: string
  /** 'YYYY-MM-DD', the last day on which what is to be done still is in time, or would have been; null: none is known. */
  readonly due: string | null
}

/** What is known of one EPCI, and the journée that counts. */
export type SeenFacts = {
  readonly today: string
  readonly referents: Answers['referents']
  readonly stage: Stage | null
  readonly day: (PreparedJournee & { readonly date: string }) | null
}

type Check<Kind extends ConditionCheck['kind']> = Extract<ConditionCheck, { kind: Kind }>
type Day = NonNullable<SeenFacts['day']>

/**
 * Evaluates one condition. What has a deadline is told before it passes; of a journée that is past nothing is « à faire »
 * any more: what it lacked is said, and what is to come stays unknown.
 */
export function observe(check: ConditionCheck, facts: SeenFacts, rules: SuccessConditionRules): Observed {
  if (check.kind === 'referent_pair') return pair(check, facts)
  if (check.kind === 'stage') return stage(check, facts)
  const { day, today } = facts
  if (day === null) return said('unknown', rules.noDay)
  switch (check.kind) {
    case 'notice':
      return notice(check, day, today)
    case 'facilitators':
      return facilitators(check, day, today)
    case 'groups':
      return inGroups(check, day, today, rules.groups)
  }
}

function pair({ says }: Check<'referent_pair'>, { referents }: SeenFacts): Observed {
  if (referents === null) return said('unknown', says.unknown)
  if (referents === 'none') return said('to_do', says.none)
  return referents === 'pair' ? said('ok', says.ok) : said('to_do', says.to_do)
}

const STAGES = Object.keys(STAGE_LABELS) as readonly Stage[]

function stage({ atLeast, says }: Check<'stage'>, { stage, day, today }: SeenFacts): Observed {
  if (stage === null) return said('unknown', says.unknown)
  const values = { stage: STAGE_LABELS[stage].toLowerCase(), date: day === null ? '' : frenchDay(day.date) }
  if (STAGES.indexOf(stage) >= STAGES.indexOf(atLeast)) return said('ok', says.ok, values)
  if (day === null) return said('to_do', says.to_do, values)
  if (day.date < today) return said('unknown', says.past, values)
  return said('to_do', says.before, values, day.date)
}

function notice({ days, says }: Check<'notice'>, day: Day, today: string): Observed {
  const { date, invitedOn } = day
  const due = addDays(date, -days)
  const values = {
    ...{ date: frenchDay(date), due: frenchDay(due), days },
    ...(invitedOn === null ? {} : { sent: frenchDay(invitedOn) }),
  }
  if (invitedOn === null) {
    if (date < today) return said('unknown', says.never, values)
    return said('to_do', today <= due ? says.due : says.overdue, values, due)
  }
  if (invitedOn > date) return said('unknown', says.after, values)
  if (invitedOn > today)
    return said('to_do', today <= due ? says.planned : (says.planned_late ?? says.planned), values, due)
  if (invitedOn === date) return said(date < today ? 'unknown' : 'to_do', says.same_day ?? SAME_DAY, values)
  const told = { ...values, delay: counted(daysBetween(invitedOn, date), 'jour') }
  if (invitedOn <= due) return said('ok', says.ok, told)
  return date < today ? said('unknown', says.missed, told) : said('to_do', says.to_do, told)
}

function facilitators({ atLeast, says }: Check<'facilitators'>, day: Day, today: string): Observed {
  const { facilitators: count, date } = day
  const past = date < today
  const values = { date: frenchDay(date), atLeast, count: count ?? 0 }
  if (count === null) return said('unknown', past ? says.never : says.unknown, values)
  if (count >= atLeast) return said('ok', past ? says.was : says.ok, values)
  if (past) return said('unknown', (count === 0 ? says.nobody : undefined) ?? says.missed, values)
  return said('to_do', count === 0 ? says.none : says.to_do, values, date)
}

function inGroups(
  { says }: Check<'groups'>,
  day: Day,
  today: string,
  bounds: SuccessConditionRules['groups'],
): Observed {
  const past = day.date < today
  const people = past ? day.present : day.expected
  const date = frenchDay(day.date)
  if (people === null) return said('unknown', past ? says.never : says.unknown, { date })
  if (people === 0)
    return said('unknown', past ? (says.nobody_came ?? NOBODY_CAME) : (says.nobody ?? NOBODY), { date })
  const values = { date, people: counted(people, 'personne') }
  if (past) return said('unknown', says.past, values)
  const { sizes, nearest } = groups(people, bounds)
  return sizes === null
    ? said('to_do', says.impossible, { ...values, nearest: frenchList(nearest.map(String), 'ou') }, day.date)
    : said('unknown', says.possible, { ...values, sizes: groupsText(sizes) })
}

/** Of a config that has no words for it. */
const SAME_DAY = "Invitations envoyées le jour de la journée, le {date} : il fallait {days} jours d'avance."
const NOBODY_CAME = "Personne n'est venu à la journée du {date}."
const NOBODY = "Personne n'est encore attendu à la journée du {date}."

/** « 4 groupes de 6 », « 2 groupes de 5 et 3 groupes de 4 » */
export function groupsText(sizes: readonly number[]): string {
  const bySize = [...Map.groupBy(sizes, (size) => size)]
  return frenchList(bySize.map(([size, all]) => `${counted(all.length, 'groupe')} de ${size}`))
}

/** Puts the values in their places, in French typography. */
function said(
  status: ConditionStatus,
  template: string,
  values: Readonly<Record<string, string | number>> = {},
  due: string | null = null,
): Observed {
  const evidence = Object.entries(values).reduce(
    (text, [key, value]) =>
      text.replaceAll(`{${key}}`, typeof value === 'number' ? frenchNumber(value) : value),
    template,
  )
  return { status, evidence: typeset(evidence), due }
}
