import type { CalendarEvent } from '../calendar/events.ts'
import { addDays } from '../days.ts'
import type { EpciReport } from '../epci-report.ts'
import { REFERENTIAL_LABELS } from '../labels.ts'
import { movedSince } from '../since.ts'
import type { Standing } from '../since.ts'
import { frenchDay, typeset } from '../typography.ts'
import type { Recipient } from './recipients.ts'

/** What a person is told of one EPCI; sentences in French. */
export type EpciWeek = {
  readonly siren: string
  readonly name: string
  /** What they are there, and which référentiel it follows. */
  readonly about: string
  /** What moved in the week; null: nothing was kept a week ago to hold it against. */
  readonly moved: readonly string[] | null
  readonly due: readonly string[]
}

/** A person's week: EPCI with something to tell first, the most urgent first; `quiet`: the names of the others. */
export type PersonWeek = { readonly epcis: readonly EpciWeek[]; readonly quiet: readonly string[] }

/** What weeks are made of. */
export type WeekSources = {
  readonly reports: readonly EpciReport[]
  /** How each EPCI stood a week ago, by SIREN. */
  readonly before: ReadonlyMap<string, Standing>
  /** Journées and what is due around them. */
  readonly events: readonly CalendarEvent[]
  /** 'YYYY-MM-DD' */
  readonly today: string
  /** So many days ahead are told. */
  readonly horizon: number
}

/** Makes the week of each person: one who has 60 EPCI is no reason to look at all of them again. */
export function weekTeller({ reports, before, events, today, horizon }: WeekSources) {
  const dueBySiren = Map.groupBy(
    events.filter(({ uid, day }) => day <= addDays(today, horizon) && (day >= today || isTask(uid))),
    ({ siren }) => siren,
  )
  const weeks = reports.map((report) => {
    const due = dueBySiren.get(report.siren) ?? []
    const past = before.get(report.siren)
    const moved = past === undefined ? null : movedSince(past, report).sentences
    return { report, moved, due: due.map((one) => dueText(one, today)), first: due[0]?.day ?? '9999' }
  })
  const urgent = weeks.toSorted((one, other) => compare(one.first, other.first))
  return ({ officerOf, referentOf }: Pick<Recipient, 'officerOf' | 'referentOf'>): PersonWeek => {
    const theirs = urgent.filter(({ report: { siren } }) => officerOf.has(siren) || referentOf.has(siren))
    const tells = ({ moved, due }: (typeof weeks)[number]) => due.length > 0 || (moved?.length ?? 0) > 0
    return {
      epcis: theirs.filter(tells).map(({ report, moved, due }) => ({
        ...{ siren: report.siren, name: oneLine(report.name), moved, due },
        about: aboutText(report, { officerOf, referentOf }),
      })),
      quiet: theirs.filter((one) => !tells(one)).map(({ report }) => oneLine(report.name)),
    }
  }
}

/** A journée that was is past; what was to be done before it, and is not, is late. */
function isTask(uid: string): boolean {
  return !uid.startsWith('journee-')
}

function dueText({ day, title, description, place }: CalendarEvent, today: string): string {
  const late = day < today ? ' (en retard)' : ''
  const where = place === null ? '' : ` ${place}.`
  return typeset(oneLine(`${frenchDay(day)}${late} : ${title}.${where} ${description}`))
}

function aboutText(
  { siren, workload }: EpciReport,
  { officerOf, referentOf }: Pick<Recipient, 'officerOf' | 'referentOf'>,
): string {
  const roles = [
    ...(officerOf.has(siren) ? ['chargé·e de déploiement'] : []),
    ...(referentOf.has(siren) ? ['référent·e'] : []),
  ].join(' et ')
  const says = workload.follows === 'retained' ? 'retenu' : 'recommandé'
  return typeset(
    `Vous y êtes ${roles}. Référentiel ${says} : « ${REFERENTIAL_LABELS[workload.referential]} ».`,
  )
}

/** What people wrote stays on its line: a break would pass for a text of ours. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u0020\u007f\u2028\u2029]+/gu, ' ').trim()
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
