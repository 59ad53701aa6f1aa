import type { ColumnReqType, NormalColumnRequestType } from 'nocodb-sdk'
import { z } from 'zod'
import type { Option } from '../../columns/kinds.ts'
import { typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import type { Base } from '../base.ts'
import type { MetaClient } from '../meta-client.ts'
import { setButton, setWebhook } from './apply-webhooks.ts'
import { arrangeFirstGrid, hideNewColumns } from './arrange.ts'
import { MARK, Meta, readSchema, readTable } from './current-schema.ts'
import type { CurrentTable, Stage } from './current-schema.ts'
import type { DesiredColumn, DesiredLink, DesiredSchema, DesiredTable } from './desired-schema.ts'
import { linkReferents } from './link-referents.ts'
import { makeView } from './make-view.ts'
import { newName } from './new-name.ts'
import { lacking, linkState } from './plan.ts'
import type { Step } from './plan.ts'
import { setSheet } from './sheet-button.ts'

/** NocoDB makes these in every table. */
const RESERVED = ['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'nc_order']

/** A column as NocoDB gives it, to be sent back with its changes. */
const Whole = z.looseObject({ id: z.string() })
const Marked = Whole.extend({ meta: Meta })

/** Does one step, or what is left of it; done twice, it changes nothing. Throws what the calls throw. */
export async function applyStep(
  meta: MetaClient,
  base: Base,
  desired: DesiredSchema,
  step: Step,
): Promise<void> {
  const baseId = base.id
  switch (step.kind) {
    case 'create-table':
      return createTable(meta, baseId, step.table)
    case 'add-column':
      return addColumn(meta, await find(meta, baseId, step.table), step.column)
    case 'add-options':
      return addOptions(meta, await find(meta, baseId, step.table), step.column, step.options)
    case 'adopt-column':
      return adoptColumn(meta, await find(meta, baseId, step.table), step.column)
    case 'add-link':
      return addLink(meta, baseId, step.link)
    case 'arrange-table':
      return arrangeFirstGrid(meta, await find(meta, baseId, step.table.title), step.table)
    case 'create-view':
      return makeView(meta, await find(meta, baseId, step.view.table), step.view)
    case 'set-sheet':
      return setSheet(meta, await find(meta, baseId, step.sheet.table), step.sheet)
    case 'link-referents':
      if (desired.families === null) return
      return linkReferents(meta, base, desired.families.columns, step.referents)
    case 'set-webhook':
      return setWebhook(meta, await find(meta, baseId, step.webhook.table), step.webhook)
    case 'set-button':
      return setButton(meta, await find(meta, baseId, step.button.table), step.button)
  }
}

/** One call for the table and all its columns: whole, or not there. */
async function createTable(meta: MetaClient, baseId: string, table: DesiredTable): Promise<void> {
  const present = await readSchema(meta, baseId)
  if (present.some(({ title }) => title === table.title)) return
  const taken = new Set(RESERVED)
  const columns = table.columns.map((column, index) => ({ ...body(column, taken), pv: index === 0 }))
  await meta.dbTable.create(baseId, {
    title: table.title,
    table_name: newName(table.title, takenNames(present)),
    description: table.description,
    meta: mark('begun'),
    columns,
  })
}

/** On SQLite, NocoDB puts a sign of the base before each name, and refuses a name that is there after it. */
function takenNames(present: readonly CurrentTable[]): Set<string> {
  return new Set(present.flatMap(({ name }) => [name, name.replace(/^nc_[^_]+___/u, '')]))
}

async function addColumn(meta: MetaClient, table: CurrentTable, column: DesiredColumn): Promise<void> {
  if (table.columns.some(({ title }) => title === column.title)) return
  const taken = new Set([...RESERVED, ...table.columns.map(({ name }) => name)])
  await meta.dbTableColumn.create(table.id, body(column, taken))
  await hideNewColumns(meta, table)
}

/** A PATCH that does not hold the whole column may lose its options: it is read, added to, and read again. */
async function addOptions(
  meta: MetaClient,
  table: CurrentTable,
  title: string,
  options: readonly Option[],
): Promise<void> {
  const column = table.columns.find((one) => one.title === title)
  if (column === undefined) throw gone(`La colonne « ${title} » de « ${table.title} »`)
  const all = [...column.options, ...lacking(column, options)]
  const whole = Whole.parse(await meta.dbTableColumn.get(column.id))
  await meta.dbTableColumn.update(column.id, { ...whole, colOptions: { options: all } } as never)
  const after = (await readTable(meta, table.id)).columns.find(({ id }) => id === column.id)
  const lost =
    after === undefined ? all : all.filter(({ title: one }) => !after.options.some((o) => o.title === one))
  if (lost.length > 0)
    throw new PortreaError(
      'NOCODB_REFUSED',
      typeset(
        `Les choix ${lost.map((one) => `« ${one.title} »`).join(', ')} de « ${title} » (« ${table.title} ») ne sont pas restés : ajoutez-les dans NocoDB.`,
      ),
    )
}

/** From now on the service writes there: the mark says so, for the next provision. */
async function adoptColumn(meta: MetaClient, table: CurrentTable, title: string): Promise<void> {
  const column = table.columns.find((one) => one.title === title)
  if (column === undefined) throw gone(`La colonne « ${title} » de « ${table.title} »`)
  const whole = Marked.parse(await meta.dbTableColumn.get(column.id))
  const options = column.options.length === 0 ? {} : { colOptions: { options: column.options } }
  const body = { ...whole, ...options, meta: { ...whole.meta, ...mark('done') } }
  await meta.dbTableColumn.update(column.id, body as never)
}

/** The link is made from its parent; NocoDB then names the child's side after the parent, and leaves both undescribed. */
async function addLink(meta: MetaClient, baseId: string, link: DesiredLink): Promise<void> {
  const parent = await find(meta, baseId, link.parent)
  const child = await find(meta, baseId, link.child)
  if (linkState(parent, child, link).kind === 'absent') {
    const ends = { type: 'hm', parentId: parent.id, childId: child.id } as const
    const made = { ...ends, title: link.title, uidt: 'Links', meta: mark('begun') } as const
    await meta.dbTableColumn.create(parent.id, made)
    await hideNewColumns(meta, parent)
    await hideNewColumns(meta, child)
  }
  const [above, below] = [await readTable(meta, parent.id), await readTable(meta, child.id)]
  const sides = sidesOf(above, below, link)
  if (sides === null) throw gone(`Le lien « ${link.title} » de « ${link.parent} »`)
  await describe(meta, sides.child, { title: link.childTitle, description: link.childDescription })
  await describe(meta, sides.parent, { title: link.title, description: link.description })
}

function sidesOf(parent: CurrentTable, child: CurrentTable, link: DesiredLink) {
  const above = parent.columns.find(({ title }) => title === link.title)
  const below = child.columns.find(
    ({ relation }) => relation?.table === parent.id && relation.key === above?.relation?.key,
  )
  return above === undefined || below === undefined ? null : { parent: above, child: below }
}

async function describe(
  meta: MetaClient,
  { id, uidt }: { id: string; uidt: string },
  words: { title: string; description: string },
): Promise<void> {
  await meta.dbTableColumn.update(id, { ...words, uidt, meta: mark('done') } as ColumnReqType)
}

function body(column: DesiredColumn, taken: Set<string>): NormalColumnRequestType & { description: string } {
  const { title, uidt, description, options } = column
  const colOptions = options.length === 0 ? {} : { colOptions: { options } }
  const names = { title, column_name: newName(title, taken), description }
  return { ...names, uidt, meta: { ...column.meta, ...mark('done') }, ...colOptions } as never
}

function mark(stage: Stage): Record<string, Stage> {
  return { [MARK]: stage }
}

async function find(meta: MetaClient, baseId: string, title: string): Promise<CurrentTable> {
  const { list } = await meta.dbTable.list(baseId)
  const found = list.find((table) => table.title === title)
  if (found?.id === undefined) throw gone(`La table « ${title} »`)
  return readTable(meta, found.id)
}

function gone(what: string): PortreaError {
  return new PortreaError('SCHEMA_MISMATCH', typeset(`${what} n'est plus là ; relancez provision.`))
}
