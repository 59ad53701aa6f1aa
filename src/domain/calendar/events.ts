import { addDays } from '../days.ts'
import type { EpciReport } from '../epci-report.ts'
import { REFERENTIAL_LABELS } from '../labels.ts'
import { counted, frenchDay, frenchNumber, typeset } from '../typography.ts'

/** A row of « Journées », as far as a calendar tells of it; days are 'YYYY-MM-DD'. No name of a person. */
export type CalendarDay = {
  readonly id: number
  /** The SIREN of its EPCI; null: it is linked to none, or to a row without one. */
  readonly siren: string | null
  readonly date: string | null
  readonly title: string | null
  readonly place: string | null
  readonly invitedOn: string | null
}

/** A whole day of a calendar, in French. `uid` is for ever: a calendar that is read again moves the event, and makes no second. */
export type CalendarEvent = {
  readonly uid: string
  readonly day: string
  readonly title: string
  readonly description: string
  readonly place: string | null
  readonly siren: string
}

/** The delays from which deadlines follow. */
export type Deadlines = {
  /** Days before a journée by which its invitations are sent; null: the Hub asks for none. */
  readonly notice: number | null
  /** Days before a journée by which the pre-fill (0–100) is so far. */
  readonly prefill: { readonly days: number; readonly progress: number }
  /** Days after the last journée at which its consolidation is over. */
  readonly consolidation: number
}

type Counted = Pick<EpciReport, 'siren' | 'name' | 'day' | 'prefill' | 'workload'>

/**
 * The journées of these EPCI with what is due around them, in order of days: invitations that are not sent yet, a pre-fill
 * that is not far enough, the end of a consolidation that leaves work. What is done is no deadline any more.
 */
export function calendarEvents(
  reports: readonly Counted[],
  days: readonly CalendarDay[],
  deadlines: Deadlines,
): CalendarEvent[] {
  const of = new Map(reports.map((report) => [report.siren, report]))
  const events = days.flatMap((day) => {
    const report = day.siren === null ? undefined : of.get(day.siren)
    return report === undefined || day.date === null
      ? []
      : ofJournee(report, { ...day, date: day.date }, deadlines)
  })
  const ends = reports.flatMap((report) => consolidationEnd(report, deadlines))
  return [...events, ...ends].toSorted(
    (one, other) => compare(one.day, other.day) || compare(one.uid, other.uid),
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

function ofJournee(
  report: Counted,
  journee: CalendarDay & { readonly date: string },
  { notice, prefill }: Deadlines,
): CalendarEvent[] {
  const { siren, name, day: today } = report
  const { id, date } = journee
  const event = (
    kind: string,
    day: string,
    title: string,
    description: string,
    place: string | null = null,
  ) => ({
    ...{ uid: `${kind}-${id}-${siren}`, day, siren, place },
    title: typeset(title),
    description: typeset(description),
  })
  const own = event(
    'journee',
    date,
    journee.title?.trim() || `Journée Portrea, ${name}`,
    aboutJournee(report),
    journee.place,
  )
  if (date < today) return [own] // nothing before it is due any more
  const invite =
    notice !== null && (journee.invitedOn === null || journee.invitedOn > today)
      ? [
          event(
            'invitations',
            addDays(date, -notice),
            `Invitations à envoyer au plus tard, ${name}`,
            `Pour la journée du ${frenchDay(date)} : ${counted(notice, 'jour')} au moins avant. ${plannedText(journee.invitedOn)}`,
          ),
        ]
      : []
  const { progress } = report.prefill
  const isNext = report.prefill.collaborativeDay === date
  const fill =
    isNext && (progress === null || progress < prefill.progress)
      ? [
          event(
            'pre-remplissage',
            addDays(date, -prefill.days),
            `Pré-remplissage à ${frenchNumber(prefill.progress)} %, ${name}`,
            `Avant la journée du ${frenchDay(date)}. ${progressText(report)}`,
          ),
        ]
      : []
  return [...invite, ...fill, own]
}

function plannedText(invitedOn: string | null): string {
  return invitedOn === null
    ? "Leur date d'envoi n'est pas inscrite dans « Journées »."
    : `Leur envoi est prévu le ${frenchDay(invitedOn)}.`
}

function aboutJournee({ workload, prefill }: Counted): string {
  const says = workload.follows === 'retained' ? 'retenu' : 'recommandé'
  const expected = prefill.expected === null ? '' : ` sur ${counted(prefill.expected, 'attendue')}`
  return `Référentiel ${says} : ${REFERENTIAL_LABELS[workload.referential]}. ${counted(prefill.prefilled, 'fiche pré-remplie', 'fiches pré-remplies')}${expected}.`
}

function progressText({ prefill, day }: Counted): string {
  return prefill.progress === null
    ? `Où il en est n'est pas connu (le ${frenchDay(day)}).`
    : `Le ${frenchDay(day)} : ${frenchNumber(Math.floor(prefill.progress))} %.`
}

/** Where a journée leaves work: the day on which its consolidation is over. */
function consolidationEnd({ siren, name, prefill }: Counted, { consolidation }: Deadlines): CalendarEvent[] {
  const { consolidation: open, status } = prefill
  if (status !== 'consolidating' || open === null) return []
  const left = open.left === 0 ? '' : ` Il reste ${counted(open.left, 'fiche')} à compléter.`
  return [
    {
      ...{ uid: `consolidation-${siren}-${open.since}`, siren, place: null },
      day: addDays(open.since, consolidation),
      title: typeset(`Fin de la consolidation, ${name}`),
      description: typeset(`Après la journée du ${frenchDay(open.since)}.${left}`),
    },
  ]
}
