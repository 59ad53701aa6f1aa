import type { Logger } from 'pino'
import { withStore, withSyncParts } from '../app.ts'
import type { Environment } from '../config/environment.ts'
import { releasedSentence } from '../domain/brake-sentences.ts'
import { counted, countedOrNone, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { keepMended, mendUnlessServed } from '../store/mend.ts'
import type { DataIssue } from '../engine/data-issues.ts'
import { linkedSentence } from '../engine/record-run.ts'
import { runSync } from '../engine/run-sync.ts'
import type { SyncResult } from '../engine/run-sync.ts'
import type { Cells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { progressBar } from './progress.ts'

type Options = CommonOptions & {
  readonly dryRun?: true
  readonly accept?: true
  readonly whole?: true
  readonly epci?: readonly string[]
}

/** `portrea sync`: the full job once. */
export async function sync(options: Options): Promise<number> {
  const epcis = options.epci ?? null
  for (const siren of epcis ?? [])
    if (!/^\d{9}$/.test(siren)) throw new PortreaError('USAGE', `--epci ${siren} : un SIREN a 9 chiffres.`)
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  await mend(environment, log)
  const bar = progressBar('fiches')
  const result = await withSyncParts(environment, settings, log, (parts) =>
    runSync(parts, {
      trigger: 'command',
      dryRun: options.dryRun ?? false,
      accept: options.accept ?? false,
      whole: options.whole ?? false,
      epcis,
      onProgress: ({ phase, done, total }) => phase === 'actors' && bar.update(done, total),
    }),
  ).finally(() => bar.stop())
  const missing = (epcis ?? []).filter((siren) => !result.reports.some((report) => report.siren === siren))
  if (options.json) print({ ...result, reports: undefined, unknownEpcis: missing })
  else sayResult(result, missing, epcis)
  return result.refused.length > 0 || missing.length > 0 || result.held !== null ? 1 : 0
}

/** A store that is damaged or gone, and that no service has in hand. */
async function mend(environment: Environment, log: Logger): Promise<void> {
  const options = { dataDir: environment.PORTREA_DATA_DIR, databaseUrl: environment.DATABASE_URL }
  const mended = await mendUnlessServed(options, new Date())
  if (mended === null) return
  await withStore(environment, (store) => keepMended(store, mended))
  log.error(mended, 'the store was lost: it is mended')
}

function sayResult(result: SyncResult, missing: readonly string[], epcis: Options['epci'] | null): void {
  const { counts, refused, reported, plan, held, released } = result
  const { actorsRead, epcisRead, rowsWritten, cellsWritten, seconds } = counts
  const read = countedOrNone(actorsRead, 'Aucune', 'fiche lue', 'fiches lues')
  const assessed = countedOrNone(epcisRead, 'aucun', 'EPCI évalué', 'EPCI évalués')
  const lines = [
    `${read}, ${assessed} en ${frenchNumber(seconds)} s.`,
    ...(released === null ? [] : [releasedSentence(released)]),
    ...heldLines(result),
    ...(plan === null
      ? held !== null
        ? []
        : [
            cellsWritten === 0
              ? refused.length === 0
                ? epcis === null
                  ? 'Rien à écrire : tout était à jour.'
                  : 'Rien à écrire pour ces EPCI.'
                : 'Aucune cellule écrite.'
              : `${counted(cellsWritten, 'cellule écrite', 'cellules écrites')} sur ${counted(rowsWritten, 'ligne')}.`,
          ]
      : plan.length === 0
        ? ['Rien à écrire.']
        : plan.flatMap(planLines)),
    ...linkedSentence(counts),
    ...reported.map((issue) => `• ${issue.message}${rowsText(issue)}`),
    ...missing.map((siren) => `• Aucun EPCI de SIREN ${siren} dans la base.`),
    ...refused.map(
      ({ table, id, columns, reason }) =>
        `✗ ${table} ${id ?? '(nouvelle ligne)'}, ${columns.join(', ')} : ${reason}`,
    ),
  ]
  say(...lines.map(typeset))
}

/** Where to look: « (Id 1, 2 ; « Associations » : Id 4…) ». */
function rowsText({ count, rows, elsewhere = {} }: DataIssue): string {
  const others = Object.entries(elsewhere)
  const shown = others.reduce((sum, [, some]) => sum + some.length, rows.length)
  const lists = [
    ...(rows.length === 0 ? [] : [`Id ${rows.join(', ')}`]),
    ...others.map(([title, some]) => `« ${title} » : Id ${some.join(', ')}`),
  ]
  return lists.length === 0 ? '' : ` (${lists.join(' ; ')}${count > shown ? '…' : ''})`
}

/** What holds the run; of a dry one, what would. */
function heldLines({ held, plan }: SyncResult): string[] {
  if (held === null) return []
  if (plan === null) return held.message.split('\n').map((line) => `✋ ${line}`)
  return [
    '✋ Le frein retiendrait cette synchronisation :',
    ...held.reasons.map(({ sentence }) => `✋ ${sentence}`),
  ]
}

function planLines({ table, changes, inserts }: NonNullable<SyncResult['plan']>[number]): string[] {
  const cells = changes.reduce((sum, change) => sum + Object.keys(change.cells).length, 0)
  const links = changes.flatMap((change) => change.link ?? [])
  const linked =
    links.length === 0 ? '' : `, dont ${counted(links.length, 'fiche')} à rattacher à l'EPCI de leur commune`
  const written = `À écrire dans « ${table} » : ${counted(cells, 'cellule')} sur ${counted(changes.length, 'ligne')}${linked}.`
  const added = `À ajouter dans « ${table} » : ${counted(inserts.length, 'ligne')}.`
  return [
    ...(changes.length === 0 ? [] : [written]),
    ...changes.map((change) => `  Id ${change.id} : ${cellsText(cellsOf(change))}`),
    ...(inserts.length === 0 ? [] : [added]),
    ...inserts.map((row) => `  + ${cellsText(row)}`),
  ]
}

/** The cells as people see them: a link by the name of what it leads to. */
function cellsOf({ cells, link }: Change): Cells {
  return link === undefined ? cells : { ...cells, [link.title]: link.trace.text }
}

function cellsText(cells: Readonly<Record<string, unknown>>): string {
  return Object.entries(cells).map(cellText).join(' ; ')
}

function cellText([title, value]: readonly [string, unknown]): string {
  const text = value === null ? '(vide)' : String(value).replaceAll('\n', ' ')
  return `${title} = ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`
}
