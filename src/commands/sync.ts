import { withSyncParts } from '../app.ts'
import { frenchNumber } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { runSync } from '../sync/run-sync.ts'
import type { SyncResult } from '../sync/run-sync.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { progressBar } from './progress.ts'

type Options = CommonOptions & { readonly dryRun?: true; readonly epci?: readonly string[] }

/** `portrea sync`: the full job once. */
export async function sync(options: Options): Promise<number> {
  const epcis = options.epci ?? null
  for (const siren of epcis ?? [])
    if (!/^\d{9}$/.test(siren)) throw new PortreaError('USAGE', `--epci ${siren}: a SIREN has 9 digits.`)
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const bar = progressBar('fiches')
  const result = await withSyncParts(environment, settings, log, (parts) =>
    runSync(parts, {
      trigger: 'command',
      dryRun: options.dryRun ?? false,
      epcis,
      onProgress: ({ phase, done, total }) => phase === 'actors' && bar.update(done, total),
    }),
  ).finally(() => bar.stop())
  const missing = (epcis ?? []).filter((siren) => !result.reports.some((report) => report.siren === siren))
  if (options.json) print({ ...result, reports: undefined, unknownEpcis: missing })
  else sayResult(result, missing)
  return result.refused.length > 0 || missing.length > 0 ? 1 : 0
}

function sayResult({ counts, refused, reported, plan }: SyncResult, missing: readonly string[]): void {
  const { actorsRead, epcisRead, rowsWritten, cellsWritten, seconds } = counts
  say(
    `${frenchNumber(actorsRead)} fiches lues, ${frenchNumber(epcisRead)} EPCI évalués en ${frenchNumber(seconds)} s.`,
  )
  if (plan === null)
    say(`${frenchNumber(cellsWritten)} cellules écrites sur ${frenchNumber(rowsWritten)} lignes.`)
  for (const { table, changes } of plan ?? []) {
    const cells = changes.reduce((sum, { cells }) => sum + Object.keys(cells).length, 0)
    say(
      `À écrire dans ${table} : ${frenchNumber(cells)} cellules sur ${frenchNumber(changes.length)} lignes.`,
    )
    for (const change of changes)
      say(`  ${change.id} : ${Object.entries(change.cells).map(cellText).join(' ; ')}`)
  }
  for (const { message, rows } of reported) say(`• ${message} (lignes ${rows.join(', ')})`)
  for (const siren of missing) say(`• Aucun EPCI de SIREN ${siren} dans la base.`)
  for (const { table, id, columns, reason } of refused)
    say(`✗ ${table} ${id}, ${columns.join(', ')} : ${reason}`)
}

function cellText([title, value]: readonly [string, unknown]): string {
  const text = value === null ? '(vide)' : String(value).replaceAll('\n', ' ')
  return `${title} = ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`
}
