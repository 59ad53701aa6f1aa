import { configDirectory, withBase } from '../app.ts'
import { readRetention } from '../config/retention-file.ts'
import { expired } from '../domain/retention.ts'
import type { PersonalRow } from '../domain/retention.ts'
import { PERSONAL, PERSONAL_TABLES } from '../domain/rules/retention.ts'
import type { PersonalTable, RetentionRule } from '../domain/rules/retention.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { deleteRows } from '../nocodb/delete-rows.ts'
import { readPersonalRows } from '../nocodb/personal-rows.ts'
import type { Table } from '../nocodb/schema.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import { parisDay } from '../sync/paris-day.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & { readonly dryRun?: true; readonly yes?: true }

/** What became of one table; counts only: nobody is named. */
type Outcome = {
  readonly table: PersonalTable
  readonly title: string
  /** Rows past the retention that held something; `undated`: whose age cannot be told, and that stay. */
  readonly rows: number
  readonly cells: number
  readonly deleted: boolean
  readonly undated: number
  /** Rows that NocoDB did not let go of. */
  readonly refused: number
  /** What its administrator runs in NocoDB's own database, for its history holds what was erased; null: nothing was. */
  readonly audit: string | null
}

/** `portrea purge`: erases the personal data that config/retention.yaml says to be past their time; tells counts only. */
export async function purge(options: Options): Promise<number> {
  if (!options.dryRun && !options.yes)
    throw new PortreaError(
      'USAGE',
      'What is erased does not come back: add --dry-run to see the counts, --yes to do it.',
    )
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const retention = readRetention(configDirectory())
  const today = parisDay(new Date())
  const { environment, settings, log } = opening
  return withBase(environment, settings, log, async (base) => {
    const outcomes: Outcome[] = []
    for (const table of PERSONAL_TABLES) {
      const rule = retention[table]
      if (rule === undefined || rule.months === null || !base.tables.has(settings.columns[table].title))
        continue
      outcomes.push(
        await purgeTable(base, opening, {
          table,
          rule,
          months: rule.months,
          today,
          dryRun: options.dryRun ?? false,
        }),
      )
    }
    if (options.json) print({ base: base.id, done: !options.dryRun, tables: outcomes })
    else say(...lines(outcomes, base.title, options.dryRun ?? false))
    return outcomes.some(({ refused }) => refused > 0) ? 1 : 0
  })
}

type Job = {
  readonly table: PersonalTable
  readonly rule: RetentionRule
  readonly months: number
  readonly today: string
  readonly dryRun: boolean
}

async function purgeTable(
  base: Base,
  { settings: { columns } }: Opening,
  { table, rule, months, today, dryRun }: Job,
): Promise<Outcome> {
  const whole = rule.erase === 'row'
  const erase = rule.erase === 'row' ? PERSONAL[table] : rule.erase
  const all = await readPersonalRows(base, columns, table, erase)
  const { rows, undated } = expired(all, months, today)
  const past = whole ? rows : rows.filter(({ filled }) => filled.length > 0)
  const { title } = columns[table]
  const cells = past.reduce((sum, { filled }) => sum + filled.length, 0)
  const refused = dryRun ? 0 : await erased(base, title, past, whole)
  const audit = dryRun || past.length === 0 ? null : auditStatement(base.table(title), past)
  return { table, title, rows: past.length, cells, deleted: whole, undated, refused, audit }
}

/** NocoDB keeps in `nc_audit_v2` what each cell held before; no route of the Community Edition erases it. */
function auditStatement({ id: table }: Table, rows: readonly PersonalRow[]): string {
  const ids = rows.map(({ id }) => `'${id}'`).join(', ')
  return `DELETE FROM nc_audit_v2 WHERE fk_model_id = '${table}' AND row_id IN (${ids});`
}

/** How many rows are still as they were. */
async function erased(
  base: Base,
  title: string,
  rows: readonly PersonalRow[],
  whole: boolean,
): Promise<number> {
  const table = base.table(title)
  if (whole)
    return (
      await deleteRows(
        base,
        table,
        rows.map(({ id }) => id),
      )
    ).length
  const emptied = rows.map(({ id, filled }) => ({
    id,
    cells: Object.fromEntries(filled.map((column) => [column, null])),
  }))
  const { refused } = await writeRows(base, table, emptied)
  return new Set(refused.map(({ id }) => id)).size
}

function lines(outcomes: readonly Outcome[], base: string, dryRun: boolean): string[] {
  const told = outcomes.flatMap(({ title, rows, cells, deleted, undated, refused }) => [
    `  • « ${title} » : ${rowsWords(rows, cells, deleted, dryRun)}`,
    ...(undated === 0
      ? []
      : [`    ${counted(undated, 'ligne')} sans date : on ne sait pas leur âge, elles restent.`]),
    ...(refused === 0
      ? []
      : [`    ${counted(refused, 'ligne')} que NocoDB n'a pas laissé effacer : voyez les droits du jeton.`]),
  ])
  const statements = outcomes.flatMap(({ audit }) => (audit === null ? [] : [audit]))
  const head = dryRun
    ? `À effacer de « ${base} » (config/retention.yaml) :`
    : `Effacé de « ${base} » (config/retention.yaml) :`
  const words = [head, ...told, ...(statements.length > 0 ? [AUDIT] : [])].map(typeset)
  return [...words, ...statements] // as they are: they are to be copied
}

const AUDIT =
  "NocoDB garde l'historique de chaque ligne : ce qui fut écrit s'y lit encore. Qui l'administre l'efface de sa base de données, la seule voie dans l'édition libre :"

function rowsWords(rows: number, cells: number, deleted: boolean, dryRun: boolean): string {
  if (rows === 0) return 'rien qui ait passé sa durée.'
  if (deleted)
    return `${counted(rows, 'ligne')} ${dryRun ? 'à supprimer' : rows < 2 ? 'supprimée' : 'supprimées'}.`
  return `${counted(cells, 'case')} ${dryRun ? 'à vider' : cells < 2 ? 'vidée' : 'vidées'} dans ${counted(rows, 'ligne')}.`
}
