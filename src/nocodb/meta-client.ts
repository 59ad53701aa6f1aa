import type { Api } from 'nocodb-sdk'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import type { Http, Method } from './http.ts'
import { isLink, MetaTable, Named, RawHook, ViewColumn, WholeColumn } from './meta-model.ts'

/** NocoDB's own SDK. Its types lack much that the server asks for: what they say is checked here, nowhere else. */
export type Sdk = Api<unknown>

/** What a call takes, as the server wants it. */
type Body = Readonly<Record<string, unknown>>

/** The meta API, as far as it is used: what comes back is parsed, of what it lacks the caller hears by an error. */
export type MetaClient = ReturnType<typeof tableCalls> &
  ReturnType<typeof columnCalls> &
  ReturnType<typeof viewCalls> &
  ReturnType<typeof filterCalls> &
  ReturnType<typeof webhookCalls>

/** Opens it over our connections, so that its calls have the same token, time limits, retries and errors as all others. */
export async function openMeta(http: Http): Promise<MetaClient> {
  const sdk = await openSdk(http)
  return {
    ...tableCalls(sdk),
    ...columnCalls(sdk),
    ...viewCalls(sdk),
    ...filterCalls(sdk),
    ...webhookCalls(sdk),
  }
}

/** It is heavy (about 0.5 s and 50 MB): loaded here, when first needed. */
export async function openSdk(http: Http): Promise<Sdk> {
  const { default: sdk } = await import('nocodb-sdk')
  return new sdk.Api({
    baseURL: http.url,
    adapter: async (config) => {
      const data = await http.send<unknown>({
        method: (config.method ?? 'get').toUpperCase() as Method,
        path: config.url ?? '/',
        query: config.params ?? {},
        ...(config.data === undefined ? {} : { body: JSON.parse(config.data) }),
      })
      return { data, status: 200, statusText: 'OK', headers: {}, config }
    },
  })
}

/** The id of the base with this title, made where there is none. */
export async function createBase(http: Http, title: string): Promise<string> {
  const { base: bases } = await openSdk(http)
  const { list } = await bases.list()
  const base = list.find((one) => one.title === title) ?? (await bases.create({ title }))
  return idOf(base, `la base « ${title} »`)
}

function tableCalls({ dbTable }: Sdk) {
  return {
    tables: async (baseId: string) =>
      parsed(z.array(Named), (await dbTable.list(baseId)).list, `les tables de la base ${baseId}`),
    table: async (id: string) => parsed(MetaTable, await dbTable.read(id), `la table ${id}`),
    createTable: async (baseId: string, body: Body) => void (await dbTable.create(baseId, body as never)),
    updateTable: async (id: string, body: Body) => void (await dbTable.update(id, body)),
    deleteTable: async (id: string) => void (await dbTable.delete(id)),
  }
}

function columnCalls({ dbTableColumn }: Sdk) {
  const updateColumn = async (id: string, body: Body) => void (await dbTableColumn.update(id, body as never))
  return {
    createColumn: async (tableId: string, body: Body) => await dbTableColumn.create(tableId, body as never),
    updateColumn,
    /** Changes a column, which is sent back whole, with its choices: they would be lost. Of a link only what names it. */
    async changeColumn(id: string, changes: (whole: WholeColumn) => Body): Promise<void> {
      const whole = parsed(WholeColumn, await dbTableColumn.get(id), `la colonne ${id}`)
      const { title, uidt, meta } = whole
      const { options } = whole.colOptions ?? {}
      const choices = options === undefined || options === null ? {} : { colOptions: { options } }
      const { title: _, ...untitled } = isLink(uidt) ? { title, uidt, meta } : { ...whole, ...choices }
      // NocoDB takes the spaces at the ends of a title away where it is told one (0.301.3): then it keeps its own.
      const kept = title.trim() === title ? { ...untitled, title } : untitled
      await updateColumn(id, { ...kept, ...changes(whole) })
    },
    deleteColumn: async (id: string) => await dbTableColumn.delete(id),
  }
}

function viewCalls({ dbView, dbViewColumn }: Sdk) {
  const make = {
    grid: (tableId: string, body: Body) => dbView.gridCreate(tableId, body as never),
    kanban: (tableId: string, body: Body) => dbView.kanbanCreate(tableId, body as never),
    calendar: (tableId: string, body: Body) => dbView.calendarCreate(tableId, body as never),
    form: (tableId: string, body: Body) => dbView.formCreate(tableId, body as never),
  }
  return {
    createView: async (kind: keyof typeof make, tableId: string, body: Body & { readonly title: string }) =>
      idOf(await make[kind](tableId, body), `la vue « ${body.title} »`),
    updateView: async (id: string, body: Body) => void (await dbView.update(id, body)),
    deleteView: async (id: string) => void (await dbView.delete(id)),
    updateGrid: async (viewId: string, body: Body) => void (await dbView.gridUpdate(viewId, body)),
    /** The columns of a view, each with the id that it has there. */
    viewColumns: async (viewId: string) =>
      parsed(z.array(ViewColumn), (await dbViewColumn.list(viewId)).list, `les colonnes de la vue ${viewId}`),
    updateViewColumn: async (viewId: string, id: string, body: Body) =>
      void (await dbViewColumn.update(viewId, id, body)),
    updateGridColumn: async (id: string, body: Body) => void (await dbView.gridColumnUpdate(id, body)),
    hideColumns: async (viewId: string) => void (await dbView.hideAllColumn(viewId)),
    /** The questions of a form, each with the id that it has there. */
    formColumns: async (viewId: string) =>
      parsed(z.array(ViewColumn), (await dbView.formRead(viewId)).columns, `le formulaire ${viewId}`),
    updateFormColumn: async (id: string, body: Body) => void (await dbView.formColumnUpdate(id, body)),
  }
}

function filterCalls({ dbTableFilter, dbTableSort }: Sdk) {
  return {
    /** The filters of a view, as NocoDB gives them; with `all`, those within groups too. */
    filters: async (viewId: string, { all = false } = {}) =>
      parsed(
        z.array(z.looseObject({ id: z.string() })),
        (await dbTableFilter.read(viewId, all ? { includeAllFilters: true } : {})).list,
        `les filtres de la vue ${viewId}`,
      ),
    createFilter: async (viewId: string, body: Body) => dbTableFilter.create(viewId, body),
    deleteFilter: async (id: string) => void (await dbTableFilter.delete(id)),
    sorts: async (viewId: string) =>
      parsed(
        z.array(z.looseObject({ fk_column_id: z.string() })),
        (await dbTableSort.list(viewId)).list,
        `les tris de la vue ${viewId}`,
      ),
    createSort: async (viewId: string, body: Body) => void (await dbTableSort.create(viewId, body)),
  }
}

function webhookCalls({ dbTableWebhook }: Sdk) {
  return {
    /** The webhooks of a table, as NocoDB gives them. It shows them to creators and owners only. */
    webhooks: async (tableId: string) =>
      parsed(
        z.array(RawHook),
        (await dbTableWebhook.list(tableId)).list,
        `les webhooks de la table ${tableId}`,
      ),
    createWebhook: async (tableId: string, body: Body) =>
      void (await dbTableWebhook.create(tableId, body as never)),
    updateWebhook: async (id: string, body: Body) => void (await dbTableWebhook.update(id, body)),
    deleteWebhook: async (id: string) => void (await dbTableWebhook.delete(id)),
    testWebhook: async (tableId: string, body: Body) =>
      void (await dbTableWebhook.test(tableId, body as never)),
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, raw: unknown, what: string): z.infer<Schema> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB décrit ${what} sous une forme que Portrea ne connaît pas : ${z.prettifyError(result.error)}`,
  )
}

function idOf({ id }: { readonly id?: string | null }, what: string): string {
  if (id !== undefined && id !== null) return id
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB ne donne pas d’identifiant à ${what} : créez-la à la main.`,
  )
}
