import { configDirectory, withNamedBase } from '../app.ts'
import { readRetention } from '../config/retention-file.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { deleteRows } from '../nocodb/delete-rows.ts'
import { readManifest } from '../nocodb/provision/manifest.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import { parisDay } from '../domain/days.ts'
import { agreedTo, asking } from './adopt-ask.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'
import { planPurge, within } from './purge-plan.ts'
import type { Erasure, Outcome, PurgePlan } from './purge-plan.ts'
import { doneLines, planLines } from './purge-text.ts'

type Options = CommonOptions & { readonly dryRun?: true; readonly yes?: true }

/**
 * `portrea purge`: erases the personal data that config/retention.yaml says to be past their time, in what Portrea made or
 * what is named there. Shows tables, columns and counts before anything is done; nobody is named.
 */
export async function purge(options: Options): Promise<number> {
  const asks = options.yes !== true && options.dryRun !== true
  if (asks && (options.json === true || !process.stdin.isTTY))
    throw new PortreaError(
      'USAGE',
      'Ce qui est effacé ne revient pas : ajoutez --dry-run pour voir les comptes, --yes pour le faire.',
    )
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  return withNamedBase(opening.environment, opening.settings, opening.log, async (base) => {
    const plan = await planned(base, opening)
    const lines = planLines(plan, base.title)
    if (options.json !== true) say(...lines)
    else if (options.yes) console.error(lines.join('\n'))
    const outcomes = options.dryRun ? [] : await carriedOut(base, opening, plan, asks)
    if (options.json) print(documentOf(base.id, plan, outcomes, options.dryRun !== true))
    else if (!options.dryRun) say(...doneLines(outcomes))
    return outcomes?.some(({ refused }) => refused > 0) ? 1 : 0
  })
}

async function planned(base: Base, { settings }: Opening): Promise<PurgePlan> {
  const manifest = await readManifest(base.http, base.id)
  const retention = readRetention(configDirectory())
  return planPurge(base, settings.columns, manifest, retention, parisDay(new Date()))
}

/** Does what was shown; null: a person said no. While they thought, a row may have changed: that one stays. */
async function carriedOut(
  base: Base,
  opening: Opening,
  plan: PurgePlan,
  asks: boolean,
): Promise<readonly Outcome[] | null> {
  if (plan.erasures.every(({ rows }) => rows.length === 0)) return []
  if (!asks) return erase(base, plan)
  const agreed = await asking({ input: process.stdin, output: process.stdout }, (ask) =>
    agreedTo(ask, 'Effacer cela ? Rien de ce qui est effacé ne revient.'),
  )
  return agreed ? erase(base, within(await planned(base, opening), plan)) : null
}

async function erase(base: Base, { erasures }: PurgePlan): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const erasure of erasures) {
    const refused = await erased(base, erasure)
    outcomes.push({ erasure, refused, audit: auditStatement(erasure) })
  }
  return outcomes
}

/** How many rows are still as they were. */
async function erased(base: Base, { target: { table, whole }, rows }: Erasure): Promise<number> {
  if (whole)
    return (
      await deleteRows(
        base,
        table,
        rows.map(({ id }) => id),
      )
    ).length
  const emptied = rows.map(({ id, filled, stays = {} }) => ({
    id,
    cells: Object.fromEntries(filled.map((column) => [column, stays[column] ?? null])),
  }))
  const { refused } = await writeRows(base, table, emptied)
  return new Set(refused.map(({ id }) => id)).size
}

/** NocoDB keeps in `nc_audit_v2` what each cell held before; no route of the Community Edition erases it. */
function auditStatement({ target: { table }, rows }: Erasure): string | null {
  if (rows.length === 0) return null
  const ids = rows.map(({ id }) => `'${id}'`).join(', ')
  return `DELETE FROM nc_audit_v2 WHERE fk_model_id = '${table.id}' AND row_id IN (${ids});`
}

function documentOf(
  base: string,
  { erasures, left }: PurgePlan,
  outcomes: readonly Outcome[] | null,
  done: boolean,
) {
  const tables = erasures.map((erasure) => {
    const { target, rows, cells, total, undated, spared } = erasure
    const outcome = outcomes?.find((one) => one.erasure === erasure)
    return {
      ...{ table: target.key, title: target.table.title, columns: target.columns, total },
      ...{ rows: rows.length, cells, deleted: target.whole, undated, spared },
      ...{ refused: outcome?.refused ?? 0, audit: outcome?.audit ?? null },
    }
  })
  return { base, done, tables, left: left.map(({ key: table, title, reason }) => ({ table, title, reason })) }
}
