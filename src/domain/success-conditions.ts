import { groups } from './groups.ts'
import type { Journee } from './declared.ts'
import type { Answers } from './diagnostic.ts'
import type { Condition, ConditionCheck, SuccessConditionRules } from './rules/success-conditions.ts'
import { counted, frenchDay, frenchList, frenchNumber, typeset } from './typography.ts'

export type ConditionStatus = 'ok' | 'to_do' | 'unknown'

/** What a journée says of its preparation. */
export type PreparedJournee = Journee & {
  /** 'YYYY-MM-DD' */
  readonly invitedOn: string | null
  readonly facilitators: number | null
}

/** One condition of one EPCI. */
export type ConditionResult = {
  readonly key: string
  readonly heading: Condition['heading']
  readonly label: string
  readonly short: string
  /** What counts: the word of people, else the data's, else unknown. */
  readonly status: ConditionStatus
  /** What people ticked; null: nothing yet. */
  readonly ticked: ConditionStatus | null
  /** What the data say, and in French why; null: this condition is for people to tick. */
  readonly observed: { readonly status: ConditionStatus; readonly evidence: string } | null
}

/** What is known of one EPCI. */
export type ConditionFacts = {
  readonly today: string
  readonly referents: Answers['referents']
  readonly journees: readonly PreparedJournee[]
  /** By key of condition. */
  readonly ticked: ReadonlyMap<string, ConditionStatus>
}

/** The checklist of one EPCI, in the order of config/success-conditions.yaml (DOMAIN.md section 6). */
export function successConditions(facts: ConditionFacts, rules: SuccessConditionRules): ConditionResult[] {
  const day = journeeOf(facts.journees, facts.today)
  return rules.conditions.map(({ key, heading, label, short, check }) => {
    const ticked = facts.ticked.get(key) ?? null
    const observed = check === undefined ? null : observe(check, { ...facts, day }, rules)
    const status = ticked ?? observed?.status ?? 'unknown'
    return { key, heading, label: typeset(label), short: typeset(short), status, ticked, observed }
  })
}

const NAMED = 3

/** « 5 conditions remplies sur 13. À faire : la convention. 7 restent à renseigner. » */
export function conditionsSentence(conditions: readonly ConditionResult[]): string {
  const of = (status: ConditionStatus) => conditions.filter((one) => one.status === status)
  const [met, toDo, unknown] = [of('ok').length, of('to_do'), of('unknown').length]
  const named = toDo.slice(0, NAMED).map(({ short }) => short)
  const others = toDo.length > NAMED ? [counted(toDo.length - NAMED, 'autre')] : []
  return typeset(
    [
      `${counted(met, 'condition remplie', 'conditions remplies')} sur ${conditions.length}.`,
      ...(toDo.length === 0 ? [] : [`À faire : ${frenchList([...named, ...others])}.`]),
      ...(unknown === 0 ? [] : [`${unknown} ${unknown < 2 ? 'reste' : 'restent'} à renseigner.`]),
    ].join(' '),
  )
}

type Seen = ConditionFacts & { readonly day: (PreparedJournee & { readonly date: string }) | null }

/** The next journée, today's included; else the last one. */
function journeeOf(journees: readonly PreparedJournee[], today: string): Seen['day'] {
  const dated = journees.flatMap((one) => (one.date === null ? [] : [{ ...one, date: one.date }]))
  const sorted = dated.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
  return sorted.find(({ date }) => date >= today) ?? sorted.at(-1) ?? null
}

function observe(
  check: ConditionCheck,
  { today, referents, day }: Seen,
  { groups: bounds, noDay }: SuccessConditionRules,
): NonNullable<ConditionResult['observed']> {
  if (check.kind === 'referent_pair') {
    const status = referents === null ? 'unknown' : referents === 'pair' ? 'ok' : 'to_do'
    return { status, evidence: typeset(check.says[status]) }
  }
  if (day === null) return { status: 'unknown', evidence: typeset(noDay) }
  const date = frenchDay(day.date)
  switch (check.kind) {
    case 'notice': {
      const count = day.invitedOn === null ? null : daysBetween(day.invitedOn, day.date)
      const delay = counted(count ?? 0, 'jour')
      return counts(count, check.days, check.says, { date, delay, days: check.days })
    }
    case 'facilitators':
      return counts(day.facilitators, check.atLeast, check.says, { date, atLeast: check.atLeast })
    case 'groups': {
      const people = (day.date < today ? day.present : null) ?? day.expected
      if (people === null || people === 0)
        return { status: 'unknown', evidence: fill(check.says.unknown, { date }) }
      const { sizes, nearest } = groups(people, bounds)
      const values = { date, people: counted(people, 'personne') }
      return sizes === null
        ? {
            status: 'to_do',
            evidence: fill(check.says.impossible, {
              ...values,
              nearest: frenchList(nearest.map(String), 'ou'),
            }),
          }
        : { status: 'unknown', evidence: fill(check.says.possible, { ...values, sizes: groupsText(sizes) }) }
    }
  }
}

/** « 4 groupes de 6 », « 2 groupes de 5 et 3 groupes de 4 » */
export function groupsText(sizes: readonly number[]): string {
  const bySize = [...Map.groupBy(sizes, (size) => size)]
  return frenchList(bySize.map(([size, all]) => `${counted(all.length, 'groupe')} de ${size}`))
}

function counts(
  count: number | null,
  wanted: number,
  says: Readonly<Record<ConditionStatus, string>>,
  values: Readonly<Record<string, string | number>>,
) {
  const status = count === null ? 'unknown' : count >= wanted ? 'ok' : 'to_do'
  return {
    status,
    evidence: fill(says[status], { ...values, ...(count === null ? {} : { count }) }),
  } as const
}

/** Puts the values in their places, in French typography. */
function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return typeset(
    Object.entries(values).reduce(
      (text, [key, value]) =>
        text.replaceAll(`{${key}}`, typeof value === 'number' ? frenchNumber(value) : value),
      template,
    ),
  )
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
