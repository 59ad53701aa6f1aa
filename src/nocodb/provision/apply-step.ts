import { commandLine } from '../../domain/command-line.ts'
import type { Option } from '../../columns/kinds.ts'
import { typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import type { Base } from '../base.ts'
import type { MetaClient } from '../meta-client.ts'
import { MARK } from '../meta-model.ts'
import type { CurrentTable, Stage } from '../meta-model.ts'
import { setButton, setWebhook } from './apply-webhooks.ts'
import { arrangeFirstGrid, hideNewColumns } from './arrange.ts'
import { readSchema } from './current-schema.ts'
import type { DesiredColumn, DesiredLink, DesiredSchema, DesiredTable } from './desired-schema.ts'
import { linkReferents } from './link-referents.ts'
import { makeView } from './make-view.ts'
import { newName } from './new-name.ts'
import { lacking, linkState } from './plan.ts'
import type { Step } from './plan.ts'
import { setSheet } from './sheet-button.ts'

/** NocoDB makes these in every table. */
const RESERVED = ['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'nc_order']

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
  await meta.createTable(baseId, {
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
  await meta.createColumn(table.id, body(column, taken))
  await hideNewColumns(meta, table)
}

/** Choices are added to those that are there, and looked for afterwards. */
async function addOptions(
  meta: MetaClient,
  table: CurrentTable,
  title: string,
  options: readonly Option[],
): Promise<void> {
  const column = table.columns.find((one) => one.title === title)
  if (column === undefined) throw gone(`La colonne « ${title} » de « ${table.title} »`)
  const all = [...column.options, ...lacking(column, options)]
  await meta.changeColumn(column.id, () => ({ colOptions: { options: all } }))
  const after = (await meta.table(table.id)).columns.find(({ id }) => id === column.id)
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
  await meta.changeColumn(column.id, (whole) => ({ meta: { ...whole.meta, ...mark('done') } }))
}

/** The link is made from its parent; NocoDB then names the child's side after the parent, and leaves both undescribed. */
async function addLink(meta: MetaClient, baseId: string, link: DesiredLink): Promise<void> {
  const parent = await find(meta, baseId, link.parent)
  const child = await find(meta, baseId, link.child)
  if (linkState(parent, child, link).kind === 'absent') {
    const ends = { type: 'hm', parentId: parent.id, childId: child.id } as const
    const made = { ...ends, title: link.title, uidt: 'Links', meta: mark('begun') } as const
    await meta.createColumn(parent.id, made)
    await hideNewColumns(meta, parent)
    await hideNewColumns(meta, child)
  }
  const [above, below] = [await meta.table(parent.id), await meta.table(child.id)]
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
  await meta.updateColumn(id, { ...words, uidt, meta: mark('done') })
}

function body(column: DesiredColumn, taken: Set<string>): Readonly<Record<string, unknown>> {
  const { title, uidt, description, options } = column
  const colOptions = options.length === 0 ? {} : { colOptions: { options } }
  const names = { title, column_name: newName(title, taken), description }
  return { ...names, uidt, meta: { ...column.meta, ...mark('done') }, ...colOptions }
}

function mark(stage: Stage): Record<string, Stage> {
  return { [MARK]: stage }
}

async function find(meta: MetaClient, baseId: string, title: string): Promise<CurrentTable> {
  const found = (await meta.tables(baseId)).find((table) => table.title === title)
  if (found === undefined) throw gone(`La table « ${title} »`)
  return meta.table(found.id)
}

function gone(what: string): PortreaError {
  return new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(`${what} n'est plus là ; relancez \`${commandLine('provision')}\`.`),
  )
}
