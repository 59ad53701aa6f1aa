import { observe } from './condition-checks.ts'
import type { Observed, SeenFacts } from './condition-checks.ts'
import type { Journee } from './declared.ts'
import type { Answers } from './diagnostic.ts'
import type { Stage } from './labels.ts'
import type { Condition, SuccessConditionRules } from './rules/success-conditions.ts'
import { counted, frenchList, typeset } from './typography.ts'

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
  readonly observed: Observed | null
}

/** What is known of one EPCI. */
export type ConditionFacts = {
  readonly today: string
  readonly referents: Answers['referents']
  readonly stage: Stage | null
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

/** « 5 conditions remplies sur 13. À faire : la convention. 7 restent à renseigner. »; zeros are left out. */
export function conditionsSentence(conditions: readonly ConditionResult[]): string {
  const of = (status: ConditionStatus) => conditions.filter((one) => one.status === status)
  const [met, toDo, unknown] = [of('ok').length, of('to_do'), of('unknown').length]
  const named = toDo.slice(0, NAMED).map(({ short }) => short)
  const others = toDo.length > NAMED ? [counted(toDo.length - NAMED, 'autre')] : []
  return typeset(
    [
      ...(met === 0
        ? []
        : [`${counted(met, 'condition remplie', 'conditions remplies')} sur ${conditions.length}.`]),
      ...(toDo.length === 0 ? [] : [`À faire : ${frenchList([...named, ...others])}.`]),
      ...(unknown === 0 ? [] : [toTell(unknown, conditions.length)]),
    ].join(' '),
  )
}

function toTell(unknown: number, all: number): string {
  if (unknown === all && all > 1) return `Les ${all} conditions restent à renseigner.`
  return `${unknown} ${unknown < 2 ? 'reste' : 'restent'} à renseigner.`
}

/** The next journée, today's included; else the last one. */
function journeeOf(journees: readonly PreparedJournee[], today: string): SeenFacts['day'] {
  const dated = journees.flatMap((one) => (one.date === null ? [] : [{ ...one, date: one.date }]))
  const sorted = dated.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
  return sorted.find(({ date }) => date >= today) ?? sorted.at(-1) ?? null
}
