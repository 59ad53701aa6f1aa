import { commandLine } from '../domain/command-line.ts'
import { withStore } from '../app.ts'
import { counted, frenchInstant } from '../domain/typography.ts'
import { workState } from '../engine/work-state.ts'
import type { WorkState } from '../engine/work-state.ts'
import type { Base } from '../nocodb/base.ts'
import type { Opening } from './base-options.ts'
import { advice, fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

/** What is at work, what was done last, and what comes next. */
export async function work(_: Base, { environment }: Opening): Promise<Check> {
  return checkWork(
    await withStore(environment, (store) => workState(store, environment.PORTREA_CRON, new Date())),
  )
}

/** The same, of a state that is known. */
export function checkWork({ lastRun, whole, reconciled, leased, nextNight }: WorkState): Check {
  const instant = (at: Date | null) => (at === null ? null : frenchInstant(at.toISOString()))
  const told = (text: string, at: string | null) => (at === null ? [] : [`${text} ${at}`])
  const next = told('prochaine nuit', instant(nextNight))
  if (lastRun === null)
    return advice(
      'work',
      ['aucune synchronisation encore', ...next].join(' ; '),
      `Lancez \`${commandLine('sync')}\`, ou le service, qui commence par là.`,
    )
  const begun = frenchInstant(lastRun.startedAt)
  const words = {
    running: `une synchronisation est en cours depuis ${begun}`,
    done: `dernière synchronisation ${frenchInstant(lastRun.finishedAt ?? lastRun.startedAt)}`,
    held: `la synchronisation commencée ${begun} est retenue`,
    interrupted: `la synchronisation commencée ${begun} a été interrompue`,
    failed: `la synchronisation commencée ${begun} a échoué`,
  }[lastRun.status]
  const detail = [
    words,
    ...told('toutes les fiches relues', instant(whole)),
    ...told('changements cherchés', instant(reconciled)),
    ...(leased === 0 ? [] : [`${counted(leased, 'ligne')} en cours de calcul`]),
    ...next,
  ].join(' ; ')
  if (lastRun.status !== 'failed') return fine('work', detail)
  const { message, faults = [] } = lastRun.error ?? { message: '' }
  return fault('work', detail, (faults.length > 0 ? faults : [message]).join(' '))
}
