import type { ActorFile } from '../../src/config/actor-file.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { placeFinder } from '../../src/domain/completeness/place.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { Geography } from '../../src/domain/geography.ts'
import { typeset } from '../../src/domain/typography.ts'
import type { Cell } from '../../src/nocodb/cells.ts'
import type { Column, Table } from '../../src/nocodb/schema.ts'
import type { EpciRows } from './demo-rows.ts'
import type { Cells } from './load-table.ts'

/** The rows of a file, and in French what of it does not fit, line by line: nothing is lost without a word. */
export type ImportPlan = { readonly rows: readonly Cells[]; readonly faults: readonly string[] }

/**
 * Records of a file in the national standard as rows of `Acteurs`, linked to the EPCI of their commune. A value that
 * its column cannot hold is left out and told.
 * @param already identities (`identity`) of the records that the base has: they are left alone
 */
export function planImport(
  file: ActorFile,
  {
    table,
    columns,
    geography,
    epcis,
  }: { table: Table; columns: Columns; geography: Geography; epcis: EpciRows },
  already: ReadonlySet<string> = new Set(),
): ImportPlan {
  const faults = file.unreadable.map(({ line, reason }) => typeset(`Ligne ${line} : ${reason}`))
  const place = placeFinder(geography)
  const rows = file.actors
    .filter((actor) => !already.has(identity(actor.fields)))
    .map((actor) => {
      const { epci } = place(actor)
      const row = epci === null ? null : (epcis.get(epci) ?? null)
      return { ...cellsOf(actor, table, columns, faults), [columns.actors.columns.epci.title]: row }
    })
  return { rows, faults: [...file.notes, ...faults] }
}

/** What says that two records are the same entry: its identifier, else its name and place. */
export function identity(fields: Readonly<Record<'id' | 'nom' | 'commune' | 'adresse', Cell>>): string {
  const { id, nom, commune, adresse } = fields
  return id === null ? JSON.stringify([nom, commune, adresse]) : String(id)
}

function cellsOf(actor: Actor, table: Table, columns: Columns, faults: string[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  for (const field of FIELDS) {
    const value = actor.fields[field]
    const { title } = columns.actors.columns[field]
    const column = table.columns.get(title)
    if (value === null || column === undefined) continue
    const { cell, left } = fit(column, value)
    if (cell !== null) cells[title] = cell
    if (left !== null)
      faults.push(typeset(`Fiche ${actor.id}, « ${title} » : « ${left} » ne peut pas y entrer`))
  }
  return cells
}

/** The cell that the column can hold, and what had to be left out of it. */
function fit(column: Column, value: string): { cell: Cell; left: string | null } {
  switch (column.kind) {
    case 'number': {
      const number = Number(value.replace(',', '.'))
      return Number.isFinite(number) ? kept(number) : { cell: null, left: value }
    }
    case 'date': {
      const day = isoDay(value)
      return day === null ? { cell: null, left: value } : kept(day)
    }
    case 'select':
    case 'multiselect': {
      const values = value.split('|').map((one) => one.trim())
      const known = [...new Set(values.filter((one) => column.options.includes(one)))]
      const unknown = values.filter((one) => one !== '' && !column.options.includes(one))
      const cell = known.length === 0 ? null : known.join('|')
      return { cell, left: unknown.length === 0 ? null : unknown.join(' | ') }
    }
    default:
      return kept(value)
  }
}

function kept(cell: Cell): { cell: Cell; left: null } {
  return { cell, left: null }
}

/** A real day, written 2024-04-02 (a time after it is let go) or 02/04/2024. */
function isoDay(value: string): string | null {
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value)
  const day = french ? `${french[3]}-${french[2]}-${french[1]}` : value.slice(0, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : null
}
