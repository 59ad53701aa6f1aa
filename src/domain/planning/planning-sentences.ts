import { STAGE_LABELS } from '../labels.ts'
import { rangeText } from '../region-days-sentences.ts'
import {
  counted,
  frenchDay,
  frenchList,
  frenchMonth,
  frenchNumber,
  isPlural,
  typeset,
} from '../typography.ts'
import type { MonthLoad, OfficerPlan, Planning } from './planning.ts'
import type { Because, Proposed, Readiness } from './proposed-journees.ts'

/** How near a journée is, as people read it. */
export const READINESS_LABELS: Readonly<Record<Readiness, string>> = {
  ready: 'Prêt',
  at_risk: 'À risque',
  far: 'Loin',
  unknown: 'Inconnu',
}

/** « Ana Bihan » ; null: « Sans chargé·e » */
export function planName(name: string | null): string {
  return name ?? 'Sans chargé·e'
}

/** « 5 jours par mois » */
export function capacityText(daysPerMonth: number | null): string {
  return daysPerMonth === null ? 'jours par mois pas indiqués' : `${counted(daysPerMonth, 'jour')} par mois`
}

/** « 4,5 j, entre 4 et 5 » ; '' where nothing falls in the month. */
export function loadText({ estimate, range }: Pick<MonthLoad, 'estimate' | 'range'>): string {
  if (range[1] === 0) return ''
  const open = rangeText([half(range[0]), half(range[1])])
  return `${frenchNumber(half(estimate))} j${open === '' ? '' : `, ${open}`}`
}

/** Days to the half, as everywhere. */
export function half(days: number): number {
  return Math.round(days * 2) / 2
}

/** « dépasse de 2,5 j en mars 2027 et avril 2027 » ; '' where nothing is over, or no capacity is told. */
export function overText({ months }: OfficerPlan): string {
  const over = months.filter(isOver)
  if (over.length === 0) return ''
  const days = over.reduce((sum, one) => sum + (one.over ?? 0), 0)
  return `dépasse de ${counted(half(days), 'jour')} en ${frenchList(over.map(({ month }) => monthWord(month)))}`
}

/** Less than that is not told: a quarter of a day rounds to none. */
const TOLD = 0.25

/** Whether a month asks for more than the capacity that is told. */
export function isOver({ over }: Pick<MonthLoad, 'over'>): boolean {
  return over !== null && over >= TOLD
}

/** What one more journée would do: the months in which it fits, and the least that it would add elsewhere. */
export function oneMoreText({ months, daysPerMonth }: OfficerPlan, typicalDays: number | null): string {
  if (daysPerMonth === null || typicalDays === null) return ''
  const open = months.filter(({ oneMore }) => oneMore !== null)
  const fits = open.filter(({ oneMore }) => (oneMore ?? 0) < TOLD)
  if (open.length === 0) return ''
  const what = `une journée de plus (${counted(half(typicalDays), 'jour')}, la médiane des EPCI)`
  if (fits.length === open.length)
    return `${what} tient dans chacun des mois possibles, de ${monthWord(open[0]!.month)} à ${monthWord(open.at(-1)!.month)}`
  if (fits.length > 0) return `${what} tient en ${frenchList(fits.map(({ month }) => monthWord(month)))}`
  const least = open.reduce((best, one) => ((one.oneMore ?? 0) < (best.oneMore ?? 0) ? one : best))
  return `${what} dépasse dans tous les mois possibles, au moins de ${counted(half(least.oneMore ?? 0), 'jour')} (en ${monthWord(least.month)})`
}

/** « mars 2027 » */
export function monthWord(month: string): string {
  return frenchMonth(`${month}-01`)
}

/** What lies outside the months shown; '' where nothing does. */
export function outsideText({ before, after, undated }: OfficerPlan): string {
  const parts = [
    ...(half(before) > 0 ? [`${counted(half(before), 'jour')} avant ces mois`] : []),
    ...(half(after) > 0 ? [`${counted(half(after), 'jour')} après`] : []),
    ...(undated.epcis > 0
      ? [
          `${counted(undated.epcis, 'EPCI', 'EPCI')} sans journée, ${counted(half(undated.estimate), 'jour')} dans aucun mois`,
        ]
      : []),
  ]
  return parts.join(' ; ')
}

/** Why an EPCI is ready, at risk or far, from what was seen. */
export function becauseText(because: readonly Because[]): string {
  return because.map(reason).join(', ')
}

function reason(one: Because): string {
  switch (one.code) {
    case 'progress':
      return `pré-remplissage ${frenchNumber(Math.floor(one.progress))} %`
    case 'progress_unknown':
      return 'pré-remplissage inconnu'
    case 'stage':
      return `étape « ${STAGE_LABELS[one.stage]} »`
    case 'stage_unknown':
      return 'étape pas indiquée'
    case 'forecast':
      return `fin prévue vers le ${frenchDay(one.end)}`
    case 'no_forecast':
      return 'aucune fin prévue à ce rythme'
  }
}

/** Which month is proposed, and what it does not know; or why none is. */
export function proposedText({ month, why, people }: Proposed): string {
  const many = isPlural(people.length)
  switch (why) {
    case 'first_free':
      return `${monthWord(month ?? '')}, premier mois où ses jours tiennent`
    case 'no_capacity_told':
      return `à partir de ${monthWord(month ?? '')} ; les jours par mois de ${frenchList(people)} ne sont pas tous indiqués`
    case 'nobody_named':
      return `à partir de ${monthWord(month ?? '')} ; personne n'en est encore chargé`
    case 'no_room':
      return `aucun mois montré : ses jours dépasseraient ce que ${frenchList(people)} ${many ? 'peuvent' : 'peut'} donner`
    case 'too_far':
      return 'aucun mois montré : rien ne dit quand le pré-remplissage suffira'
    case 'beyond':
      return "aucun des mois montrés : le pré-remplissage n'est prévu suffisant qu'après"
    case 'not_agreed':
      return "aucun mois : l'accord de l'EPCI manque encore"
    case 'unknown':
      return 'aucun mois : trop peu est connu'
  }
}

/** The whole as lines for a terminal. */
export function planningLines({ officers, proposed, typicalDays, unlisted, months }: Planning): string[] {
  if (officers.every(({ epcis }) => epcis === 0)) return [typeset("Aucun EPCI n'a encore de résultat.")]
  const [first = '', last = first] = [months[0], months.at(-1)]
  return [
    `Planning de ${monthWord(first)} à ${monthWord(last)}, une proposition : rien n'en est écrit. Les jours de chaque EPCI sont répartis autour de sa journée (config/planning.yaml).`,
    ...officers.flatMap((one) => ['', ...officerLines(one, typicalDays)]),
    ...(unlisted.length === 0
      ? []
      : [
          '',
          `Pas dans « Chargé·e·s » : ${frenchList(unlisted)}. Ajoutez-y leur nom et leurs jours par mois pour connaître les surcharges.`,
        ]),
    ...(proposed.length === 0 ? [] : ['', 'Prochaines journées, dans un ordre proposé :']),
    ...proposed.map(
      (one, index) =>
        `${String(index + 1).padStart(3)}. ${one.name} (${one.siren}) : ${READINESS_LABELS[one.readiness].toLowerCase()} (${becauseText(one.because)}) ; ${proposedText(one)}`,
    ),
  ].map(typeset)
}

function officerLines(plan: OfficerPlan, typicalDays: number | null): string[] {
  const busy = plan.months.filter(({ range, journees }) => range[1] > 0 || journees > 0)
  const told = [overText(plan), oneMoreText(plan, typicalDays), outsideText(plan)].filter(Boolean)
  return [
    `${planName(plan.name)} : ${counted(plan.epcis, 'EPCI', 'EPCI')}${plan.name === null ? '' : `, ${capacityText(plan.daysPerMonth)}`}`,
    ...busy.map((month) => {
      const journees = month.journees === 0 ? '' : ` ; ${counted(month.journees, 'journée')}`
      const over = isOver(month) ? ` ; dépasse de ${frenchNumber(half(month.over ?? 0))} j` : ''
      return `  ${monthWord(month.month).padEnd(15)} ${loadText(month)}${journees}${over}`
    }),
    ...told.map((text) => `  ${text}`),
  ]
}
