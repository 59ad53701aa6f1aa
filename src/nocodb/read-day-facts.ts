import type { Columns } from '../config/columns-file.ts'
import type { DayFacts, DayPlace, Participant } from '../domain/day-facts.ts'
import type { RecordId } from '../domain/record-id.ts'
import { shownName } from '../domain/shown-name.ts'
import { fieldReadings } from './actor-fields.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { childrenOf } from './linked-ids.ts'
import { readByIds, readMatching } from './rows.ts'

/** The journées of the base, or the one of this Id; with their EPCI. */
export async function readDays(base: Base, columns: Columns, id?: RowId): Promise<DayFacts[]> {
  const { name, date, place, epci } = columns.days.columns
  const table = base.table(columns.days.title)
  const titles = [name, date, place, epci].map(({ title }) => title)
  const rows =
    id === undefined ? await all(base, table.title, titles) : await readByIds(base, table, [id], titles)
  const epcis = await epcisOf(
    base,
    columns,
    rows.map((row) => link(row[epci.title])),
  )
  return rows.map((row) => ({
    id: row[ROW_ID],
    name: text(row[name.title]),
    date: dayOf(row[date.title]),
    place: text(row[place.title]),
    epci: epcis.get(link(row[epci.title]) ?? -1) ?? null,
  }))
}

async function epcisOf(
  base: Base,
  { epcis }: Columns,
  ids: readonly (RowId | null)[],
): Promise<ReadonlyMap<RowId, NonNullable<DayFacts['epci']>>> {
  const { name, siren } = epcis.columns
  const known = ids.filter((id) => id !== null)
  const rows = await readByIds(base, base.table(epcis.title), known, [name.title, siren.title])
  return new Map(
    rows.map((row) => [
      row[ROW_ID],
      { siren: text(row[siren.title]) ?? '', name: text(row[name.title]) ?? `EPCI n° ${row[ROW_ID]}` },
    ]),
  )
}

/** Those whom a journée lists, in the order of their names; a row without a name is nobody. Personal data. */
export async function readParticipants(base: Base, columns: Columns, day: RowId): Promise<Participant[]> {
  const { title, columns: named } = columns.participants
  const table = base.table(title)
  const { name, organisation, position } = named
  const added = [named.group.title, named.facilitates.title].filter((one) => table.columns.has(one)) // a base kept from before has neither
  const titles = [name.title, organisation.title, position.title, ...added]
  const rows = await rowsOfDay(base, columns, day, titles)
  return rows
    .flatMap((row) => {
      const who = text(row[name.title])
      if (who === null) return []
      const told = { organisation: text(row[organisation.title]), position: text(row[position.title]) }
      return [
        {
          ...{ name: who, ...told, group: text(row[named.group.title]) },
          facilitates: row[named.facilitates.title] === true,
        },
      ]
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'))
}

/** By the list of the journée where the base has it, else among all participants. */
async function rowsOfDay(
  base: Base,
  { days, participants }: Columns,
  day: RowId,
  titles: readonly string[],
): Promise<Row[]> {
  const table = base.table(participants.title)
  const list = base.table(days.title).columns.get(days.columns.participants.title)
  if (list !== undefined && list.id !== '') {
    const ids = await childrenOf(base, base.table(days.title), list.id, day)
    return readByIds(base, table, ids, titles)
  }
  const own = participants.columns.day.title
  const rows = await all(base, table.title, [...titles, own])
  return rows.filter((row) => link(row[own]) === day)
}

/** These records, in the order of communes and names; those that are gone are left out. `dashboard`: where the base opens. */
export async function readDayPlaces(
  base: Base,
  columns: Columns,
  ids: readonly RecordId[],
  dashboard: string,
): Promise<DayPlace[]> {
  const tables = actorTables(base, columns)
  const found: DayPlace[] = []
  for (const [{ table, names, idOf }, own] of byTable(tables, ids, (id) => id)) {
    const fields = fieldReadings(names, table)
    const todo = names.toComplete.title
    const shown = [
      ...[fields.nom, fields.commune, fields.services, fields.publics_specifiquement_adresses],
      ...[fields.modalites_acces, fields.telephone, fields.courriels],
    ]
    const written = table.columns.has(todo) ? [todo] : []
    const titles = [...new Set([...shown.flatMap((one) => one.titles), ...written])]
    for (const row of await readByIds(base, table, own.map(tables.rowOf), titles)) {
      const name = shownName(fields.nom.read(row) ?? '')
      found.push({
        id: idOf(row[ROW_ID]),
        name: name === '' ? `Fiche n° ${row[ROW_ID]}` : name,
        commune: fields.commune.read(row),
        services: several(fields.services.read(row)),
        publics: several(fields.publics_specifiquement_adresses.read(row)),
        access: several(fields.modalites_acces.read(row)),
        phone: fields.telephone.read(row),
        mails: several(fields.courriels.read(row)),
        todo: written.length === 0 ? null : text(row[todo]),
        address: `${dashboard}/${table.id}?rowId=${row[ROW_ID]}`,
      })
    }
  }
  const key = ({ commune, name }: DayPlace) => `${commune ?? '\uffff'}\u0000${name}`
  return found.sort((one, other) => key(one).localeCompare(key(other), 'fr'))
}

function several(cell: string | null): string[] {
  return (cell ?? '')
    .split(/[|,\n]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

async function all(base: Base, title: string, columns: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of readMatching(base, base.table(title), { columns })) rows.push(...page)
  return rows
}

function text(cell: Cell | undefined): string | null {
  const written = cell === null || cell === undefined ? '' : String(cell).trim()
  return written === '' ? null : written
}

function link(cell: Cell | undefined): RowId | null {
  return typeof cell === 'number' ? cell : null
}
