import { commandLine } from '../domain/command-line.ts'
import { shortFingerprint } from '../domain/hash.ts'
import { LABELS } from '../columns/labels.ts'
import { releasedSentence } from '../domain/brake-sentences.ts'
import { parisDay } from '../domain/days.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { PortreaError } from '../errors.ts'
import type { Cell } from '../nocodb/cells.ts'
import { answerOf } from '../nocodb/failures.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import type { Column, Table } from '../nocodb/schema.ts'
import { listRuns } from '../store/runs.ts'
import type { NewRun, RunCounts, RunHeld } from '../store/runs.ts'
import type { Verdict } from './brake.ts'
import type { DataIssue } from './data-issues.ts'
import type { SyncContext } from './sync-context.ts'

/** A run as it is named in « Synchronisations ». */
export type RecordedRun = {
  readonly id: string
  readonly startedAt: Date
  readonly trigger: NewRun['trigger']
}

/** The trace of a run that the Hub sees: one row in « Synchronisations ». A refusal there is told in the log only. */
export async function recordRun(
  parts: SyncContext,
  run: RecordedRun & {
    readonly counts: RunCounts
    readonly reported: readonly DataIssue[]
    readonly released: Verdict['released']
  },
): Promise<void> {
  const { counts, reported, released } = run
  const messages = [
    ...(released === null ? [] : [releasedSentence(released)]),
    ...linkedSentence(counts),
    ...reported.map(({ message }) => message),
  ]
  const outcome = counts.refused > 0 ? 'refusals' : 'done'
  const message = messages.join('\n') || typeset('Rien à signaler.')
  await insert(parts, run, outcome, message, figuresOf(parts, counts))
}

/** The same for a run that the brake held. */
export async function recordHeld(
  parts: SyncContext,
  run: RecordedRun & { readonly counts: RunCounts; readonly held: RunHeld },
): Promise<void> {
  await insert(parts, run, 'held', run.held.message, figuresOf(parts, run.counts))
}

function figuresOf({ columns: { syncs } }: SyncContext, counts: RunCounts): Readonly<Record<string, Cell>> {
  const { columns: names } = syncs
  return {
    [names.seconds.title]: Math.round(counts.seconds * 10) / 10,
    [names.actorsRead.title]: counts.actorsRead,
    [names.epcis.title]: counts.epcisRead,
    [names.rowsWritten.title]: counts.rowsWritten,
    [names.cellsWritten.title]: counts.cellsWritten,
    [names.refused.title]: counts.refused,
    [names.faults.title]: counts.reported,
  }
}

/** What a run tells of the records that it linked to their EPCI; nothing where there are none. */
export function linkedSentence({ linked = 0 }: Pick<RunCounts, 'linked'>): string[] {
  if (linked === 0) return []
  return [
    typeset(
      `${counted(linked, 'fiche rattachée', 'fiches rattachées')} à l'EPCI que ${linked < 2 ? 'sa commune désigne' : 'leur commune désigne'} : pour choisir autrement, changez ou videz la case « EPCI », ce choix restera.`,
    ),
  ]
}

/** The same for a run that failed, where NocoDB still answers: never fails itself. */
export async function recordFailure(
  parts: SyncContext,
  run: RecordedRun,
  failure: PortreaError,
): Promise<void> {
  if (failure.code === 'NOCODB_UNAVAILABLE' || (await isToldToday(parts, run, failure))) return
  const message = typeset(`La synchronisation a échoué (${failure.code}) : ${failureSentence(failure)}`)
  await insert(parts, run, 'failed', message, {}).catch((cause: unknown) =>
    parts.log.warn({ run: run.id, err: cause }, 'the failed run has no row in NocoDB'),
  )
}

/** The trace of a source that was read by itself. */
export async function recordImport(
  parts: SyncContext,
  run: RecordedRun,
  {
    outcome,
    message,
    ...figures
  }: {
    readonly outcome: 'done' | 'refusals' | 'failed'
    readonly message: string
    readonly seconds: number
    readonly rowsWritten: number
    readonly refused: number
  },
): Promise<void> {
  const { columns: names } = parts.columns.syncs
  await insert(parts, run, outcome, message, {
    [names.seconds.title]: Math.round(figures.seconds * 10) / 10,
    [names.rowsWritten.title]: figures.rowsWritten,
    [names.refused.title]: figures.refused,
  })
}

/**
 * Why a run failed, in the words of people: the faults where there are some, and never what NocoDB, the system or a
 * library says in English; that is in the log.
 */
function failureSentence(failure: PortreaError): string {
  if (failure.faults.length > 0) return failure.faults.join('\n')
  const answer = answerOf(failure)
  if (answer !== null)
    return `NocoDB a refusé une demande (HTTP ${answer.status}) ; le journal du service donne ses mots, au numéro de cette synchronisation.`
  return IN_LOG[failure.code] ?? failure.message
}

/** Codes whose own message quotes somebody else. */
const IN_LOG: Partial<Record<PortreaError['code'], string>> = {
  INTERNAL:
    'une erreur imprévue de Portrea ; le journal du service la décrit, au numéro de cette synchronisation.',
  STORE_UNAVAILABLE: `la mémoire du service ne peut pas servir ; \`${commandLine('doctor')}\` et le journal du service disent pourquoi.`,
}

/** A fault that a person is to mend is met every few minutes until then: one row a day says it. */
async function isToldToday(
  { store }: SyncContext,
  { id, startedAt }: RecordedRun,
  { code, message }: PortreaError,
): Promise<boolean> {
  const before = (await listRuns(store, 3)).find((one) => one.id !== id && !one.dryRun)
  if (before?.status !== 'failed' || before.base === '') return false
  const same = before.error?.code === code && before.error.message === message
  return same && parisDay(new Date(before.startedAt)) === parisDay(startedAt)
}

async function insert(
  { base, columns, rules, log }: SyncContext,
  run: RecordedRun,
  outcome: keyof typeof LABELS.syncOutcome,
  message: string,
  figures: Readonly<Record<string, Cell>>,
): Promise<void> {
  const { title, columns: names } = columns.syncs
  const row = {
    [names.run.title]: run.id,
    [names.startedAt.title]: `${run.startedAt.toISOString().slice(0, 19)}Z`,
    [names.outcome.title]: outcomeOption(base.table(title).columns.get(names.outcome.title), outcome),
    [names.trigger.title]: LABELS.syncTrigger[run.trigger],
    ...figures,
    [names.message.title]: message,
    [names.rules.title]: shortFingerprint(rules.fingerprint),
  }
  const table = base.table(title)
  const { refused } = await insertRows(base, table, [held(table, row)])
  for (const { reason } of refused) log.warn({ run: run.id, reason }, 'NocoDB refused the row of this run')
}

/** A base that was not upgraded since has no option for a held run: a run that wrote nothing has failed, its message says how. */
function outcomeOption(column: Column | undefined, outcome: keyof typeof LABELS.syncOutcome): string {
  const option = LABELS.syncOutcome[outcome]
  const known = column === undefined || column.options.length === 0 || column.options.includes(option)
  return known ? option : LABELS.syncOutcome.failed
}

/** The cells that the table can hold: where a column or a choice of it is gone, the rest is told all the same. */
function held({ columns }: Table, row: Readonly<Record<string, Cell>>): Record<string, Cell> {
  const fits = ([title, cell]: [string, Cell]) => {
    const column = columns.get(title)
    return column !== undefined && (column.kind !== 'select' || column.options.includes(String(cell)))
  }
  return Object.fromEntries(Object.entries(row).filter(fits))
}
