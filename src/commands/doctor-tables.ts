import { commandLine } from '../domain/command-line.ts'
import { TABLE_KEYS } from '../columns/tables.ts'
import { counted, frenchList } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { readPage } from '../nocodb/pages.ts'
import type { RawRecord } from '../nocodb/pages.ts'
import type { Column, Table } from '../nocodb/schema.ts'
import type { Opening } from './base-options.ts'
import { fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

/** Whether every table that the service reads can be opened, and gives a row with all the columns asked for. */
export async function tables(base: Base, { settings }: Opening): Promise<Check> {
  const { columns } = settings
  const named = [
    ...TABLE_KEYS.map((key) => ({ title: columns[key].title, asked: titlesOf(columns[key]) })),
    ...columns.otherActors.map((other) => ({ title: other.title, asked: titlesOf(other) })),
  ]
  const found = named.flatMap(({ title, asked }) => {
    const table = base.tables.get(title)
    return table === undefined ? [] : [{ asked, table }]
  })
  if (found.length === 0) return fine('tables', 'pas encore de table à lire')
  const looks = await Promise.all(found.map(({ asked, table }) => look(base, table, columnsOf(asked, table))))
  const faults = looks.filter((one) => one !== null)
  if (faults.length === 0)
    return fine('tables', `une ligne lue dans chacune des ${counted(found.length, 'table')}`)
  const refused = counted(faults.length, 'table ne se lit pas', 'tables ne se lisent pas')
  return fault(
    'tables',
    `${refused} : ${frenchList(faults.map(({ title }) => `« ${title} »`))}`,
    faults.map(({ title, reason }) => `« ${title} » : ${reason}.`).join(' '),
  )
}

type Fault = { readonly title: string; readonly reason: string }

async function look(base: Base, table: Table, asked: readonly Column[]): Promise<Fault | null> {
  const { title } = table
  try {
    const { records } = await readPage(base, table, { fields: asked.map(({ id }) => id), limit: 1 })
    const [row] = records
    const reason = row === undefined ? null : wrongWith(base, row, asked)
    return reason === null ? null : { title, reason }
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    return { title, reason: cause.message }
  }
}

function titlesOf(table: {
  readonly columns: Readonly<Partial<Record<string, { readonly title: string }>>>
}): string[] {
  return Object.values(table.columns).flatMap((name) => name?.title ?? [])
}

/** The columns of ours that the table has; a button holds nothing to read. */
function columnsOf(titles: readonly string[], table: Table): Column[] {
  return titles.flatMap((title) => {
    const found = table.columns.get(title)
    return found === undefined || found.id === '' || found.uidt === 'Button' ? [] : [found]
  })
}

/** v3 leaves out what is empty: only v2 tells that a column is not there. */
function wrongWith(base: Base, { id, values }: RawRecord, asked: readonly Column[]): string | null {
  if (typeof id !== 'number')
    return 'NocoDB n’y distingue pas les lignes par un nombre : la table est à recopier dans une table créée par NocoDB'
  if (!base.capabilities.routes.v2) return null
  const absent = asked.filter(({ wire }) => !Object.hasOwn(values, wire))
  if (absent.length === 0) return null
  const titles = frenchList(absent.map(({ title }) => `« ${title} »`))
  return `NocoDB ne rend pas ${titles}, qu'on lui demande : renommée, changée ou supprimée depuis ? Relancez \`${commandLine('doctor')}\`, puis \`${commandLine('adopt')}\` si elle a un nouveau nom`
}
