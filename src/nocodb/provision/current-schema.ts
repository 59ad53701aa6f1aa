import { z } from 'zod'
import { PortreaError } from '../../errors.ts'
import type { MetaClient } from '../meta-client.ts'

/** What provision leaves in the `meta` of all it makes: `begun` until it is whole. Without it, a thing is somebody's own. */
export const MARK = 'portrea'
/** Beside the mark of a view: which of ours it is, whatever people call it. */
export const VIEW_MARK = 'portreaView'
export type Stage = 'begun' | 'done'

/** NocoDB gives it as an object or as its JSON. */
export const Meta = z.preprocess(
  (meta) => (typeof meta === 'string' ? JSON.parse(meta) : (meta ?? {})),
  z.record(z.string(), z.unknown()),
)
const Column = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    column_name: z.string().nullish(),
    uidt: z.string(),
    description: z.string().nullish(),
    pk: z.union([z.boolean(), z.number()]).nullish(),
    meta: Meta,
    colOptions: z
      .looseObject({
        type: z.string().nullish(),
        options: z.array(z.looseObject({ title: z.string() })).nullish(),
        fk_related_model_id: z.string().nullish(),
        fk_child_column_id: z.string().nullish(),
        fk_webhook_id: z.string().nullish(),
        formula_raw: z.string().nullish(),
      })
      .nullish(),
  })
  .transform((column) => ({
    id: column.id,
    title: column.title,
    name: column.column_name ?? '',
    uidt: column.uidt,
    described: (column.description ?? '') !== '',
    /** Whether it tells rows apart; null: the server does not tell. */
    key: column.pk === undefined || column.pk === null ? null : Boolean(column.pk),
    stage: stageOf(column.meta),
    /** As NocoDB gives them: they are sent back whole, or they are lost. */
    options: column.colOptions?.options ?? [],
    /** Of a button: the id of the webhook that it calls. */
    hook: column.colOptions?.fk_webhook_id ?? null,
    /** Of a button: what gives the address that it opens. */
    formula: column.colOptions?.formula_raw ?? null,
    relation:
      typeof column.colOptions?.fk_related_model_id === 'string'
        ? {
            type: column.colOptions.type ?? '',
            table: column.colOptions.fk_related_model_id,
            /** The foreign key below; both sides of a link have the same. */
            key: column.colOptions.fk_child_column_id ?? '',
          }
        : null,
  }))
const View = z
  .looseObject({ id: z.string(), title: z.string(), order: z.number().nullish(), meta: Meta })
  .transform(({ id, title, order, meta }) => ({
    ...{ id, title, order: order ?? 0, meta, stage: stageOf(meta) },
    key: typeof meta[VIEW_MARK] === 'string' ? meta[VIEW_MARK] : null,
  }))
const Table = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    table_name: z.string(),
    source_id: z.string().nullish(),
    meta: Meta,
    columns: z.array(Column),
    views: z.array(View),
  })
  .transform(({ id, title, table_name: name, source_id: source, meta, columns, views }) => ({
    ...{ id, title, name, meta, stage: stageOf(meta), columns },
    /** The database that it is in; null: the server does not tell. */
    source: source ?? null,
    /** The first is the one that opens with the table. */
    views: views.toSorted((one, other) => one.order - other.order),
  }))

/** One table as it stands; `stage` is null where somebody else made it. */
export type CurrentTable = z.infer<typeof Table>
export type CurrentColumn = CurrentTable['columns'][number]
export type CurrentView = CurrentTable['views'][number]

/** The tables of a base as they stand now. Throws what the calls throw, and NOCODB_UNAVAILABLE for an unknown form. */
export async function readSchema(meta: MetaClient, baseId: string): Promise<readonly CurrentTable[]> {
  const { list } = await meta.dbTable.list(baseId)
  return Promise.all(list.map((table) => readTable(meta, String(table.id))))
}

export async function readTable(meta: MetaClient, tableId: string): Promise<CurrentTable> {
  const result = Table.safeParse(await meta.dbTable.read(tableId))
  if (result.success) return result.data
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB décrit la table ${tableId} sous une forme que Portrea ne connaît pas : ${z.prettifyError(result.error)}`,
  )
}

/** The view of ours with this key; else the one with this title, which may be somebody's own. */
export function findView(
  table: CurrentTable | undefined,
  wanted: { readonly key: string; readonly title: string },
): CurrentView | undefined {
  return (
    table?.views.find(({ key }) => key === wanted.key) ??
    table?.views.find(({ title }) => title === wanted.title)
  )
}

function stageOf(meta: Readonly<Record<string, unknown>>): Stage | null {
  const mark = meta[MARK]
  return mark === 'begun' || mark === 'done' ? mark : null
}
