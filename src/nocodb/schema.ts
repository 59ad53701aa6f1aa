import { hash } from 'node:crypto'
import { z } from 'zod'
import { answerOf } from './failures.ts'
import { ask } from './http.ts'
import type { Http } from './http.ts'
import { isLink, Named, RawColumn } from './meta-model.ts'

export type ColumnKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'select'
  | 'multiselect'
  | 'link'
  | 'links'
  | 'foreignKey'
  | 'other'

/** One column; `options` are the titles of a select's choices, `uidt` is NocoDB's own type. */
export type Column = {
  /** Empty for a system column that no meta route lists: then its title stands for it. */
  readonly id: string
  /** What config/columns.yaml calls it; NocoDB's own title where it is none of ours. */
  readonly title: string
  /** NocoDB's own title now: the key of its cells in what the server answers and takes. */
  readonly wire: string
  readonly uidt: string
  readonly kind: ColumnKind
  readonly options: readonly string[]
  readonly relatedTableId: string | null
  /** NocoDB fills it, people do not. */
  readonly system: boolean
}

/** Types of columns that NocoDB computes: nobody writes there, and no row's instant moves when they do. */
export const COMPUTED: ReadonlySet<string> = new Set(['Lookup', 'Rollup', 'Formula', 'Count'])

export type Table = {
  readonly id: string
  /** What config/columns.yaml calls it; NocoDB's own title where it is none of ours. */
  readonly title: string
  /** Its primary keys; null: this server does not tell. */
  readonly keys: readonly Column[] | null
  /** Moves whenever one of its columns does. */
  readonly form: string
  readonly columns: ReadonlyMap<string, Column>
  /** The column that names a row; null: this server does not tell. */
  readonly display: Column | null
  /** Title of a link → title of its foreign-key column, where the server keeps one and we may use it. */
  readonly foreignKeys: ReadonlyMap<string, string>
  /** Title of a link → the column at the other end that lists this table's rows, where there is just one. */
  readonly inverses: ReadonlyMap<string, { readonly tableId: string; readonly columnId: string }>
}

const TableList = z.object({ list: z.array(Named) })
const V3Field = z.object({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  options: z
    .object({
      choices: z.array(z.object({ title: z.string() })).optional(),
      related_table_id: z.string().optional(),
      relation_type: z.string().optional(),
    })
    .nullish(),
})
const V3Table = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(V3Field),
  display_field_id: z.string().nullish(),
})
/** Of a column no more than a run needs: what else a server says of it may have any form. */
const V2Column = RawColumn.pick({ id: true, title: true, uidt: true, system: true, pk: true }).extend({
  colOptions: z.looseObject({ fk_child_column_id: z.string().nullish() }).nullish(),
})
const V2Table = z.object({ columns: z.array(V2Column) })

/** Reads every table of a base: what v3 says, and from v2, where it answers, system columns and foreign keys. */
export async function readTables(http: Http, baseId: string, useForeignKeys: boolean): Promise<Table[]> {
  const path = `/api/v3/meta/bases/${baseId}/tables`
  const list = await listTables(http, baseId)
  const raw = await Promise.all(
    [...list.keys()].map(async (id) => {
      const [v3, v2] = await Promise.all([
        ask(http, { method: 'GET', path: `${path}/${id}` }, V3Table),
        readV2Columns(http, id),
      ])
      return { v3, v2 }
    }),
  )
  return raw.map(({ v3, v2 }) => {
    const columns = columnsOf(v3.fields, v2)
    const foreignKeys = useForeignKeys ? foreignKeysOf(columns, v2) : new Map<string, string>()
    const keys = v2.length === 0 ? null : keysOf(columns, v2)
    const inverses = inversesOf(v3, raw)
    const display = [...columns.values()].find(({ id }) => id === v3.display_field_id) ?? null
    return { id: v3.id, title: v3.title, keys, form: formOf(v3), columns, display, foreignKeys, inverses }
  })
}

/** The title of each table of a base, by its id. */
export async function listTables(http: Http, baseId: string): Promise<ReadonlyMap<string, string>> {
  const path = `/api/v3/meta/bases/${baseId}/tables`
  const { list } = await ask(http, { method: 'GET', path }, TableList)
  return new Map(list.map(({ id, title }) => [id, title]))
}

type V2Columns = z.infer<typeof V2Column>[]

/** The columns as v2 lists them; none where the server has no v2 meta any more. */
async function readV2Columns(http: Http, tableId: string): Promise<V2Columns> {
  try {
    return (await ask(http, { method: 'GET', path: `/api/v2/meta/tables/${tableId}` }, V2Table)).columns
  } catch (error) {
    // A server without this route lives without foreign keys; any other failure is a failure.
    if (answerOf(error)?.status === 404) return []
    throw error
  }
}

/** The `form` of a table as it is now. (NocoDB has a hash of its own, and keeps it from editors.) */
export async function readForm(http: Http, baseId: string, tableId: string): Promise<string> {
  const path = `/api/v3/meta/bases/${baseId}/tables/${tableId}`
  return formOf(await ask(http, { method: 'GET', path }, V3Table))
}

function formOf({ fields }: z.infer<typeof V3Table>): string {
  return hash('sha1', JSON.stringify(fields.toSorted((one, other) => (one.id < other.id ? -1 : 1))), 'hex')
}

const SYSTEM = new Set([
  'ID',
  'CreatedTime',
  'LastModifiedTime',
  'CreatedBy',
  'LastModifiedBy',
  'Order',
  'ForeignKey',
])

function columnsOf(fields: z.infer<typeof V3Field>[], v2: V2Columns): Map<string, Column> {
  const columns = new Map<string, Column>()
  for (const { id, title, type, options } of fields) {
    columns.set(title, {
      id,
      title,
      wire: title,
      uidt: type,
      kind: kindOf(type, options?.relation_type),
      options: options?.choices?.map((choice) => choice.title) ?? [],
      relatedTableId: options?.related_table_id ?? null,
      system: SYSTEM.has(type),
    })
  }
  for (const { id, title, uidt } of v2) {
    if (!columns.has(title)) columns.set(title, systemColumn(id, title, uidt))
  }
  // v3 does not list these two, and every table has them (0.301.3), under whatever title.
  for (const [title, uidt] of STAMPS) {
    if (columns.has(title)) continue
    const own = v2.find((one) => one.uidt === uidt && Boolean(one.system))
    columns.set(title, { ...systemColumn(own?.id ?? '', title, uidt), wire: own?.title ?? title })
  }
  return columns
}

const STAMPS = [
  ['CreatedAt', 'CreatedTime'],
  ['UpdatedAt', 'LastModifiedTime'],
] as const

function systemColumn(id: string, title: string, uidt: string): Column {
  return { id, title, wire: title, uidt, kind: kindOf(uidt), options: [], relatedTableId: null, system: true }
}

function keysOf(columns: Table['columns'], v2: V2Columns): Column[] {
  return v2.flatMap(({ title, pk }) => (pk ? (columns.get(title) ?? []) : []))
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  SingleLineText: 'text',
  LongText: 'text',
  Email: 'text',
  URL: 'text',
  PhoneNumber: 'text',
  GeoData: 'text',
  ID: 'number',
  Number: 'number',
  Decimal: 'number',
  Percent: 'number',
  Currency: 'number',
  Rating: 'number',
  Duration: 'number',
  Year: 'number',
  Rollup: 'number',
  Count: 'number',
  Order: 'number',
  AutoNumber: 'number',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  CreatedTime: 'datetime',
  LastModifiedTime: 'datetime',
  SingleSelect: 'select',
  MultiSelect: 'multiselect',
  ForeignKey: 'foreignKey',
}

/** `bt`, `mo` and `oo` show one record; `hm` and `mm` show many. */
function kindOf(uidt: string, relation?: string): ColumnKind {
  if (isLink(uidt)) {
    return relation === 'bt' || relation === 'mo' || relation === 'oo' ? 'link' : 'links'
  }
  return KINDS[uidt] ?? 'other'
}

function foreignKeysOf(columns: Table['columns'], v2: V2Columns): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const link of v2) {
    if (columns.get(link.title)?.kind !== 'link') continue
    const key = v2.find(({ id, uidt }) => id === link.colOptions?.fk_child_column_id && uidt === 'ForeignKey')
    if (key !== undefined) pairs.set(link.title, key.title)
  }
  return pairs
}

type RawTable = { readonly v3: z.infer<typeof V3Table>; readonly v2: V2Columns }

function inversesOf(table: RawTable['v3'], all: readonly RawTable[]): Table['inverses'] {
  const inverses = new Map<string, { tableId: string; columnId: string }>()
  const toOne = table.fields.filter(({ type, options }) => kindOf(type, options?.relation_type) === 'link')
  for (const { title, options } of toOne) {
    const related = all.find(({ v3 }) => v3.id === options?.related_table_id)
    const rivals = toOne.filter((other) => other.options?.related_table_id === options?.related_table_id)
    const back = related?.v3.fields.filter(
      (field) =>
        kindOf(field.type, field.options?.relation_type) === 'links' &&
        field.options?.related_table_id === table.id,
    )
    if (related === undefined || rivals.length !== 1 || back?.length !== 1) continue
    inverses.set(title, { tableId: related.v3.id, columnId: back[0]!.id })
  }
  return inverses
}
