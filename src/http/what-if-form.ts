import { ANSWER_VALUES } from '../domain/diagnostic.ts'
import type { ChoiceKey, Situation } from '../domain/diagnostic.ts'
import { ANSWER_LABELS, ANSWER_SUBJECTS } from '../domain/labels.ts'
import { capital, frenchNumber, typeset } from '../domain/typography.ts'

/** The value by which the address says « je ne sais pas ». */
export const NOT_KNOWN = 'inconnu'

/** Before the name of an answer, in a form that is to be kept: the answer that the page showed as today's. */
export const SEEN = 'vu_'

/** One line of the form: what is asked, what it is today, what it is here. */
export type WhatIfField = {
  readonly name: string
  readonly label: string
  /** The answers to choose from, as (value, words); null: a number is written. */
  readonly options: readonly (readonly [string, string])[] | null
  /** As the form writes them: a value, a number, or NOT_KNOWN. */
  readonly today: string
  readonly here: string
  readonly todayText: string
  readonly hereText: string
  /** What was written and cannot be; null: it can. */
  readonly fault: string | null
}

/** What the address asks for: the situation with its changes, and the lines of the form. */
export type WhatIf = {
  readonly situation: Situation
  readonly answers: readonly WhatIfField[]
  readonly figures: readonly WhatIfField[]
}

type Given = Readonly<Record<string, unknown>>

/** A figure of the form: shares are written in percent. */
type Figure = {
  readonly name: string
  readonly label: string
  readonly group: 'answers' | 'observed' | 'drivers'
  readonly key: string
  /** What the form writes of what the situation holds. */
  readonly times: 1 | 100
  readonly most: number
  readonly whole?: true
}

const MEETINGS: Figure = {
  name: 'meetingsPerYear',
  label: ANSWER_SUBJECTS.meetingsPerYear,
  ...{ group: 'answers', key: 'meetingsPerYear', times: 1, most: 366 },
}
const FIGURES: readonly Figure[] = [
  {
    name: 'completeness',
    label: 'la complétude des fiches (%)',
    group: 'observed',
    key: 'completeness',
    times: 1,
    most: 100,
  },
  {
    name: 'freshness',
    label: 'les fiches à jour (%)',
    group: 'observed',
    key: 'freshness',
    times: 1,
    most: 100,
  },
  {
    name: 'contactedShare',
    label: 'les acteurs contactés dans l’année (%)',
    group: 'observed',
    key: 'contactedShare',
    times: 100,
    most: 100,
  },
  {
    name: 'participationRate',
    label: 'la participation à la dernière journée (%)',
    group: 'observed',
    key: 'participationRate',
    times: 100,
    most: 100,
  },
  {
    name: 'communesCovered',
    label: 'les communes où un acteur est connu (%)',
    group: 'observed',
    key: 'communesCovered',
    times: 100,
    most: 100,
  },
  {
    name: 'expectedParticipationRate',
    label: 'la participation attendue à la prochaine journée (%)',
    group: 'drivers',
    key: 'expectedParticipationRate',
    times: 100,
    most: 100,
  },
  {
    name: 'actors',
    label: 'le nombre d’acteurs du territoire',
    group: 'drivers',
    key: 'actors',
    times: 1,
    most: 100_000,
    whole: true,
  },
]

/** Reads what an address or a form changes; what it leaves out, and what cannot be, is as today. */
export function whatIf(today: Situation, given: Given): WhatIf {
  const changed: { answers: Given; observed: Given; drivers: Given } = {
    answers: { ...today.answers },
    observed: { ...today.observed },
    drivers: { ...today.drivers },
  }
  const choices = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key) =>
    choiceField(key, today, given, changed),
  )
  const figure = (rule: Figure) => figureField(rule, today, given, changed)
  const answers = [...choices, figure(MEETINGS)]
  const figures = FIGURES.map(figure)
  const { participationFrom: _, ...situation } = today // what is supposed was counted nowhere
  return { situation: { ...situation, ...changed } as Situation, answers, figures }
}

type Changed = { answers: Given; observed: Given; drivers: Given }

function choiceField(key: ChoiceKey, today: Situation, given: Given, changed: Changed): WhatIfField {
  const labels: Readonly<Record<string, string>> = ANSWER_LABELS[key]
  const now = today.answers[key] ?? NOT_KNOWN
  const asked = textOf(given[key])
  const known = asked === NOT_KNOWN || (asked !== null && Object.hasOwn(labels, asked))
  const here = known ? asked : now
  changed.answers = { ...changed.answers, [key]: here === NOT_KNOWN ? null : here }
  const words = (value: string) => (value === NOT_KNOWN ? 'je ne sais pas' : (labels[value] ?? value))
  return {
    name: key,
    label: typeset(capital(ANSWER_SUBJECTS[key])),
    options: [...ANSWER_VALUES[key], NOT_KNOWN].map((value) => [value, words(value)]),
    ...{ today: now, here, todayText: words(now), hereText: words(here) },
    fault: asked === null || known ? null : 'n’est pas une réponse possible : celle d’aujourd’hui est gardée',
  }
}

function figureField(rule: Figure, today: Situation, given: Given, changed: Changed): WhatIfField {
  const { name, label, group, key, times } = rule
  const value = (today[group] as Given)[key] as number | null
  const now = value === null ? NOT_KNOWN : String(rounded(value * times))
  const asked = textOf(given[name])
  const read = asked === null ? null : numberOf(asked, rule)
  const isUnchanged = read === null || read === 'fault' || String(read) === now
  // What is written as it is today is what it is today, to its last decimal.
  const here = isUnchanged ? value : read === NOT_KNOWN ? null : read / times
  changed[group] = { ...changed[group], [key]: here }
  const rangeText = `un nombre${rule.whole ? ' entier' : ''} de 0 à ${frenchNumber(rule.most)}`
  return {
    name,
    label: typeset(capital(label)),
    options: null,
    today: now,
    here: here === null ? NOT_KNOWN : String(rounded(here * times)),
    todayText: figureText(value, times),
    hereText: figureText(here, times),
    fault: read === 'fault' ? `il faut ${rangeText} : la valeur d’aujourd’hui est gardée` : null,
  }
}

function figureText(value: number | null, times: number): string {
  return value === null ? 'je ne sais pas' : frenchNumber(value * times)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.trim() : null
}

/** « 12,5 », « 12.5 % », nothing at all: it is not known. */
function numberOf(text: string, { most, whole }: Figure): number | 'fault' | typeof NOT_KNOWN {
  if (text === '' || text === NOT_KNOWN) return NOT_KNOWN
  const plain = text.replaceAll(/[\s%]/gu, '').replace(',', '.')
  const value = /^\d{1,7}(?:\.\d{1,6})?$/u.test(plain) ? Number(plain) : Number.NaN
  const fits = value >= 0 && value <= most && (!whole || Number.isInteger(value))
  return fits ? value : 'fault'
}
