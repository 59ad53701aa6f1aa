import { z } from 'zod'

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

/** A thing that has a title. */
export const Named = z.object({ id: z.string(), title: z.string() })

const flag = z.union([z.boolean(), z.number()]).nullish()

/** A column as v2 lists it; what a server may leave out is null or absent. */
export const RawColumn = Named.extend({
  uidt: z.string(),
  column_name: z.string().nullish(),
  description: z.string().nullish(),
  system: flag,
  /** Whether it tells rows apart. */
  pk: flag,
  /** Whether it names them. */
  pv: flag,
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

const Column = RawColumn.transform(({ colOptions, ...column }) => ({
  id: column.id,
  title: column.title,
  name: column.column_name ?? '',
  uidt: column.uidt,
  description: column.description ?? '',
  system: Boolean(column.system),
  /** Whether it tells rows apart; null: the server does not tell. */
  key: column.pk === undefined || column.pk === null ? null : Boolean(column.pk),
  namesRows: Boolean(column.pv),
  stage: stageOf(column.meta),
  /** As NocoDB gives them: they are sent back whole, or they are lost. */
  options: colOptions?.options ?? [],
  /** Of a button: the id of the webhook that it calls. */
  hook: colOptions?.fk_webhook_id ?? null,
  /** Of a button: what gives the address that it opens. */
  formula: colOptions?.formula_raw ?? null,
  relation:
    typeof colOptions?.fk_related_model_id === 'string'
      ? {
          type: colOptions.type ?? '',
          table: colOptions.fk_related_model_id,
          /** The foreign key below; both sides of a link have the same. */
          key: colOptions.fk_child_column_id ?? '',
        }
      : null,
  /** All that it is made of, as JSON: which ids stand in it. */
  made: JSON.stringify(colOptions ?? null),
}))

const View = z
  .looseObject({ ...Named.shape, order: z.number().nullish(), meta: Meta, view: z.unknown().optional() })
  .transform(({ id, title, order, meta, view }) => ({
    ...{ id, title, order: order ?? 0, meta, stage: stageOf(meta) },
    key: typeof meta[VIEW_MARK] === 'string' ? meta[VIEW_MARK] : null,
    /** All that it is made of, as JSON: which ids stand in it. */
    made: JSON.stringify(view ?? null),
  }))

/** A table with its columns and views, as it stands. */
export const MetaTable = z
  .looseObject({
    ...Named.shape,
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
export type CurrentTable = z.infer<typeof MetaTable>
export type CurrentColumn = CurrentTable['columns'][number]
export type CurrentView = CurrentTable['views'][number]

/** A column as NocoDB gives it, to be sent back with its changes. */
export const WholeColumn = z.looseObject({
  ...Named.shape,
  uidt: z.string(),
  meta: Meta,
  colOptions: z.looseObject({ options: z.array(z.looseObject({ title: z.string() })).nullish() }).nullish(),
})
export type WholeColumn = z.infer<typeof WholeColumn>

/** Both sides of a link are columns of these types. */
export function isLink(uidt: string): boolean {
  return uidt === 'Links' || uidt === 'LinkToAnotherRecord'
}

/** A column of a view: the id that it has there, and whose it is. */
export const ViewColumn = z.looseObject({
  id: z.string(),
  fk_column_id: z.string(),
  show: z.unknown().transform(Boolean),
})

/** A webhook as NocoDB gives it. */
export const RawHook = z.looseObject({ ...Named.shape, notification: z.unknown().optional() })

function stageOf(meta: Readonly<Record<string, unknown>>): Stage | null {
  const mark = meta[MARK]
  return mark === 'begun' || mark === 'done' ? mark : null
}
