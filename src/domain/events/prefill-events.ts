import { z } from 'zod'
import type { EpciReport } from '../epci-report.ts'
import { ALERT_LABELS } from '../labels.ts'
import { count, day, percent } from '../schemas/figures.ts'
import { prefillFields } from '../schemas/prefill.ts'
import { counted, frenchDay, frenchNumber } from '../typography.ts'
import { feedEvent, webhookEvent } from './event-kind.ts'
import type { DataOf, News, Thresholds } from './event-kind.ts'

/** Where the pre-fill of an EPCI stands. */
const prefill = {
  siren: z.string().meta({ example: '200069409' }),
  name: z.string(),
  day: day.describe('the day of the report'),
  progress: percent,
  prefilled: count,
  present: count,
  expected: count.nullable(),
  forecastEnd: prefillFields.forecastEnd,
  collaborativeDay: prefillFields.collaborativeDay,
  status: prefillFields.status,
}
type Prefill = DataOf<typeof prefill>

const epci = ({ name }: Prefill) => ({ text: name, as: 'name' }) as const
const values = {
  progress: ({ progress }: Prefill) => (progress === null ? 'inconnu' : frenchNumber(progress)),
  records: ({ prefilled }: Prefill) => counted(prefilled, 'fiche pré-remplie', 'fiches pré-remplies'),
  expected: ({ expected }: Prefill) => (expected === null ? 'inconnu' : frenchNumber(expected)),
  journee: ({ collaborativeDay }: Prefill) =>
    collaborativeDay === null ? 'aucune journée prévue' : `journée le ${frenchDay(collaborativeDay)}`,
  forecast: ({ forecastEnd }: Prefill) =>
    forecastEnd === null ? 'fin inconnue' : `fin prévue d’ici au ${frenchDay(forecastEnd)}`,
  status: ({ status }: Prefill) => (status === null ? 'inconnu' : ALERT_LABELS[status].toLowerCase()),
}

const progress = {
  ...prefill,
  threshold: z.number().describe('the highest threshold passed'),
}
type Progress = DataOf<typeof progress>

/** What is told of the pre-fill of an EPCI. */
export const PREFILL_EVENTS = {
  'prefill.changed': feedEvent(prefill, prefillChanged),
  'prefill.progress': webhookEvent(
    progress,
    { epci, threshold: ({ threshold }) => frenchNumber(threshold), ...values },
    progressCrossed,
  ),
  'prefill.at_risk': webhookEvent(prefill, { epci, ...values }, becameAtRisk),
}

function prefillChanged(before: EpciReport, after: EpciReport): News<Prefill>[] {
  const [then, now] = [dataOf(before), dataOf(after)]
  const same = SHOWN.every((key) => then[key] === now[key])
  return same ? [] : [{ key: null, data: now }]
}

/** The day of a report moves every night, and says nothing by itself. */
const SHOWN = [
  'progress',
  'prefilled',
  'present',
  'expected',
  'forecastEnd',
  'collaborativeDay',
  'status',
] as const

/** The highest threshold passed on the way up: a leap over several is one piece of news. */
function progressCrossed(
  { prefill: before }: EpciReport,
  after: EpciReport,
  { progress: thresholds }: Thresholds,
): News<Progress>[] {
  const [from, to] = [before.progress, after.prefill.progress]
  if (from === null || to === null) return []
  const crossed = thresholds.filter((threshold) => from < threshold && threshold <= to)
  if (crossed.length === 0) return []
  const threshold = Math.max(...crossed)
  const key = `prefill.progress ${after.siren} ${threshold}`
  return [{ key, data: { ...dataOf(after), threshold } }]
}

/** « À risque » and « En retard »; from the second back to the first nothing is new. */
function becameAtRisk({ prefill: before }: EpciReport, after: EpciReport): News<Prefill>[] {
  const { status } = after.prefill
  if (status !== 'at_risk' && status !== 'late') return []
  if (before.status === status || before.status === 'late') return []
  return [{ key: `prefill.at_risk ${after.siren} ${status}`, data: dataOf(after) }]
}

function dataOf({ siren, name, day, prefill: figures }: EpciReport): Prefill {
  const { progress, prefilled, present, expected, forecastEnd, collaborativeDay, status } = figures
  return {
    ...{ siren, name, day, progress, prefilled, present },
    ...{ expected, forecastEnd, collaborativeDay, status },
  }
}
