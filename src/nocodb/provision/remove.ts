import { PortreaError } from '../../errors.ts'
import type { Base } from '../base.ts'
import { deleteRows } from '../delete-rows.ts'
import type { Http } from '../http.ts'
import { openMeta } from '../meta-client.ts'
import type { MetaClient } from '../meta-client.ts'
import { MARK } from '../meta-model.ts'
import type { CurrentTable } from '../meta-model.ts'
import { tokenUser } from '../token-user.ts'
import { readSchema } from './current-schema.ts'
import { asFirstActors } from './desired-schema.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { countWhere, filledCount } from './filled.ts'
import { idsOf } from './keep-manifest.ts'
import { readManifest, saveManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { emptyOwnCells, emptyOwnLinks, readOwnWrites } from './own-writes.ts'
import { readPeopleUses } from './people-uses.ts'
import { planRemoval } from './plan-removal.ts'
import type { Removal, RemovalPlan } from './plan-removal.ts'
import { provisioned } from './provisioned.ts'

export type RemoveOptions = {
  /** Plan only. */
  readonly dryRun?: boolean
  readonly onStep?: (progress: { step: Removal; number: number; total: number }) => void
}

/**
 * Takes away what Portrea made, and nothing else; what people wrote in meanwhile stays, and is named. Done again, it
 * takes what was left. Throws NOCODB_FORBIDDEN before anything is done where the token may not, and what the calls throw.
 */
export async function remove(
  base: Base,
  desired: DesiredSchema,
  { dryRun = false, onStep }: RemoveOptions = {},
): Promise<RemovalPlan & { readonly done: number }> {
  const { roles } = await tokenUser(base.http, base.id)
  if (!roles.some((role) => role === 'owner' || role === 'creator'))
    throw new PortreaError(
      'NOCODB_FORBIDDEN',
      `Le compte de NOCODB_TOKEN a le rôle « ${roles.join(', ') || 'aucun'} » dans cette base : donnez-lui « creator » pour retirer ce que Portrea a créé.`,
    )
  const meta = await openMeta(base.http)
  const schema = await readSchema(meta, base.id)
  const manifest = await readManifest(base.http, base.id)
  const made = provisioned(schema, desired, manifest)
  const uses = await readPeopleUses(meta, schema, made)
  const written = writtenPlaces(desired)
  await base.refresh()
  const own = await readOwnWrites(base, desired, schema, manifest)
  const facts = {
    own,
    http: base.http,
    meta,
    schema,
    made,
    uses,
    isWritten: (place: string) => written.has(asFirstActors(place)),
  }
  const plan = await planRemoval(facts)
  if (dryRun || plan.removals.length === 0) return { ...plan, done: 0 }
  for (const [index, step] of plan.removals.entries()) {
    onStep?.({ step, number: index + 1, total: plan.removals.length })
    if (step.kind === 'empty-links') await emptyOwnLinks(base, step.links)
    else if (step.kind === 'empty-cells') await emptyOwnCells(base, step.cells)
    else if (step.kind === 'delete-rows') await deleteOwnRows(base, desired, schema)
    else await act(base.http, meta, step)
  }
  const after = await readSchema(meta, base.id)
  await saveManifest(base.http, base.id, manifest === null ? null : remaining(manifest, after, plan))
  await base.refresh()
  return { ...plan, done: plan.removals.length }
}

function writtenPlaces({ tables }: DesiredSchema): ReadonlySet<string> {
  return new Set(
    tables.flatMap(({ key, keys, columns }) =>
      columns.flatMap(({ title, role }) => (role === 'written' ? [`${key}.${keys.get(title)}`] : [])),
    ),
  )
}

/** People may have written since the plan was made: each place is looked at once more before it goes. */
async function act(http: Http, meta: MetaClient, step: SchemaRemoval): Promise<void> {
  switch (step.kind) {
    case 'delete-webhook':
      return meta.deleteWebhook(step.id)
    case 'delete-view':
      return meta.deleteView(step.id)
    case 'delete-table':
      return deleteTable(http, meta, step)
    case 'delete-column':
      if (
        !step.written &&
        step.column.uidt !== 'Button' &&
        (await filledCount(http, step.table, step.column)) > 0
      )
        throw movedOn(step)
      return meta.deleteColumn(step.column.id)
    case 'delete-options':
      return deleteOptions(http, meta, step)
    case 'release-column':
      return release(meta, step.column)
  }
}

async function deleteTable(
  http: Http,
  meta: MetaClient,
  step: Extract<Removal, { kind: 'delete-table' }>,
): Promise<void> {
  // Links went with the table that they led to.
  const there = new Set((await meta.table(step.table)).columns.map(({ id }) => id))
  for (const { column, ours } of step.human.filter((one) => there.has(one.column.id))) {
    const filled = await filledCount(http, step.table, column)
    const own = ours === null ? 0 : await countWhere(http, step.table, `(${column.id},eq,${ours})`)
    if (filled > own) throw movedOn(step)
  }
  if (step.typed !== null && (await countWhere(http, step.table, step.typed)) > 0) throw movedOn(step)
  await meta.deleteTable(step.table)
}

async function deleteOptions(
  http: Http,
  meta: MetaClient,
  step: Extract<Removal, { kind: 'delete-options' }>,
): Promise<void> {
  for (const title of step.titles)
    if ((await countWhere(http, step.table, `(${step.column},anyof,${title})`)) > 0) throw movedOn(step)
  await meta.changeColumn(step.column, ({ colOptions }) => ({
    colOptions: { options: (colOptions?.options ?? []).filter(({ title }) => !step.titles.includes(title)) },
  }))
}

/** Only our mark leaves the column. */
async function release(meta: MetaClient, columnId: string): Promise<void> {
  await meta.changeColumn(columnId, ({ meta: { [MARK]: _, ...others } }) => ({ meta: others }))
}

type SchemaRemoval = Exclude<Removal, { kind: 'empty-links' | 'empty-cells' | 'delete-rows' }>

/** Rows that somebody filled, or linked something to, since the plan was made, stay. */
async function deleteOwnRows(
  base: Base,
  desired: DesiredSchema,
  schema: readonly CurrentTable[],
): Promise<void> {
  const table = desired.tables.find(({ key }) => key === 'epcis')
  const manifest = await readManifest(base.http, base.id)
  const { epcis } = await readOwnWrites(base, desired, schema, manifest)
  if (table !== undefined) await deleteRows(base, base.table(table.title), epcis)
}

function movedOn({ summary }: Removal): PortreaError {
  return new PortreaError(
    'SCHEMA_MISMATCH',
    `Quelqu’un y a écrit entre-temps : ${summary}. Ce qui n’était pas encore retiré reste ; relancez la commande.`,
  )
}

/** What is still there of what was made; null: nothing is. */
function remaining(
  before: Manifest,
  after: readonly CurrentTable[],
  { removals }: RemovalPlan,
): Manifest | null {
  const released = new Set(removals.flatMap((one) => (one.kind === 'release-column' ? [one.column] : [])))
  const there = new Set(idsOf(after))
  const still = <Value>(ids: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(ids).filter(([id]) => there.has(id) && !released.has(id)))
  const options = Object.fromEntries(
    Object.entries(still(before.options)).map(([id, titles]) => [
      id,
      titles.filter((title) => hasOption(after, id, title)),
    ]),
  )
  const manifest = {
    ...before,
    ...{ tables: still(before.tables), columns: still(before.columns), views: still(before.views) },
    ...{ taken: still(before.taken), words: still(before.words) },
    options: Object.fromEntries(Object.entries(options).filter(([, titles]) => titles.length > 0)),
    rows: {},
  }
  const { tables, columns, views, taken } = manifest
  const left = [tables, columns, views, taken, manifest.options].some((ids) => Object.keys(ids).length > 0)
  return left ? manifest : null
}

function hasOption(schema: readonly CurrentTable[], columnId: string, title: string): boolean {
  return schema.some(({ columns }) =>
    columns.some(({ id, options }) => id === columnId && options.some((option) => option.title === title)),
  )
}
