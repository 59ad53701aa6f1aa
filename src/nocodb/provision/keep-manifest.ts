import type { Http } from '../http.ts'
import type { CurrentTable } from '../meta-model.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { readManifest, saveManifest, schemaFingerprint, descriptionHash } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import type { Step } from './plan.ts'
import { provisioned } from './provisioned.ts'

type BaseAccess = { readonly http: Http; readonly id: string }

/**
 * Before anything is done: what is about to be added to things of other people is written down, for nothing tells it
 * afterwards. Answers what to hand to `keepManifest`.
 */
export async function announce(
  { http, id }: BaseAccess,
  schema: readonly CurrentTable[],
  desired: DesiredSchema,
  steps: readonly Step[],
  version: string,
): Promise<Manifest> {
  const kept = await readManifest(http, id)
  const before = kept ?? emptyManifest(version)
  const { columns } = provisioned(schema, desired, before)
  const announced = { ...before, ...ownersThings(schema, before, columns, steps) }
  if (JSON.stringify(announced) !== JSON.stringify(kept)) await saveManifest(http, id, announced)
  return announced
}

/** Once all is done: everything that Portrea made there, and by which version. */
export async function keepManifest(
  { http, id }: BaseAccess,
  before: readonly CurrentTable[],
  after: readonly CurrentTable[],
  desired: DesiredSchema,
  announced: Manifest,
  version: string,
): Promise<Manifest> {
  const old = new Set(idsOf(before))
  const made = provisioned(after, desired, announced, new Set(idsOf(after).filter((id) => !old.has(id))))
  const manifest: Manifest = {
    format: 1,
    portrea: version,
    schema: schemaFingerprint(desired),
    tables: Object.fromEntries(made.tables),
    columns: Object.fromEntries(made.columns),
    views: Object.fromEntries(made.views),
    taken: Object.fromEntries(made.taken),
    options: Object.fromEntries([...made.options].map(([column, titles]) => [column, [...titles]])),
    words: { ...kept(announced.words, made.columns), ...newWords(before, after, desired, made.columns) },
    rows: announced.rows,
  }
  await saveManifest(http, id, manifest)
  return manifest
}

/** Of the tables, their columns and their views. */
export function idsOf(schema: readonly CurrentTable[]): string[] {
  return schema.flatMap(({ id, columns, views }) => [
    id,
    ...columns.map((one) => one.id),
    ...views.map((one) => one.id),
  ])
}

/** The manifest of a base in which nothing was made yet. */
export function emptyManifest(version: string): Manifest {
  return {
    ...{ format: 1, portrea: version, schema: '' },
    ...{ tables: {}, columns: {}, views: {}, taken: {}, options: {}, words: {}, rows: {} },
  }
}

/** Columns to be handed over, and choices to be added to selects that Portrea did not make. */
function ownersThings(
  schema: readonly CurrentTable[],
  before: Manifest,
  own: ReadonlyMap<string, string>,
  steps: readonly Step[],
): Pick<Manifest, 'taken' | 'options'> {
  const taken = { ...before.taken }
  const options = { ...before.options }
  for (const step of steps) {
    if (step.kind !== 'adopt-column' && step.kind !== 'add-options') continue
    const table = schema.find(({ title }) => title === step.table)
    const column = table?.columns.find(({ title }) => title === step.column)
    if (column === undefined || own.has(column.id)) continue
    if (step.kind === 'adopt-column') taken[column.id] = step.key
    else {
      const added = step.options.map(({ title }) => title)
      options[column.id] = [...new Set([...(options[column.id] ?? []), ...added])]
    }
  }
  return { taken, options }
}

function kept(words: Manifest['words'], columns: ReadonlyMap<string, string>): Manifest['words'] {
  return Object.fromEntries(Object.entries(words).filter(([id]) => columns.has(id)))
}

/** The descriptions given to what was just made. */
function newWords(
  before: readonly CurrentTable[],
  after: readonly CurrentTable[],
  desired: DesiredSchema,
  made: ReadonlyMap<string, string>,
): Manifest['words'] {
  const old = new Set(before.flatMap(({ columns }) => columns.map(({ id }) => id)))
  return Object.fromEntries(
    after.flatMap(({ title: table, columns }) =>
      columns.flatMap(({ id, title }) => {
        const description = old.has(id) || !made.has(id) ? null : descriptionOf(desired, table, title)
        return description === null ? [] : [[id, descriptionHash(description)] as const]
      }),
    ),
  )
}

/** What provision says of a column or of a side of a link; null: nothing. */
export function descriptionOf(desired: DesiredSchema, table: string, title: string): string | null {
  const own = desired.tables.find((one) => one.title === table)
  const column = own?.columns.find((one) => one.title === title)
  if (column !== undefined) return column.description
  for (const link of desired.links) {
    if (link.parent === table && link.title === title) return link.description
    if (link.child === table && link.childTitle === title) return link.childDescription
  }
  return null
}
