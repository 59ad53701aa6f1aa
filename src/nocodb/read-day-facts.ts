import type { Columns } from '../config/columns-file.ts'
import type { DayFacts, DayPlace, Participant } from '../domain/day-facts.ts'
import type { Geography } from '../domain/geography.ts'
import type { RecordId } from '../domain/record-id.ts'
import { shownName } from '../domain/shown-name.ts'
import { fieldReadings } from './actor-fields.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'
import { keepsBack } from './kept-back.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import type { RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { epciIdentity, judgedEpcis } from './epci-identity.ts'
import { readParticipants } from './participants.ts'
import { readByIds, readEveryRow } from './rows.ts'

/** The journées of the base, or the one of this Id; with their EPCI, where their link leads to one that is known. */
export async function readDays(
  base: Base,
  columns: Columns,
  geography: Geography,
  id?: RowId,
): Promise<DayFacts[]> {
  const { name, date, place, epci } = columns.days.columns
  const table = base.table(columns.days.title)
  const asked = [name, date, place, epci].map(({ title }) => title)
  const titles = asked.filter((title) => table.columns.has(title)) // a base may do without a title, or a place
  const [rows, epcis] = await Promise.all([
    id === undefined ? readEveryRow(base, table, titles) : readByIds(base, table, [id], titles),
    knownEpcis(base, columns, geography),
  ])
  return rows.map((row) => ({
    id: row[ROW_ID],
    name: trimmedText(row[name.title]),
    date: dayOf(row[date.title]),
    place: trimmedText(row[place.title]),
    epci: epcis.get(Number(row[epci.title])) ?? null,
  }))
}

/** The EPCI of the base whose SIREN may be theirs, by the id of their row. */
async function knownEpcis(
  base: Base,
  columns: Columns,
  geography: Geography,
): Promise<ReadonlyMap<RowId, NonNullable<DayFacts['epci']>>> {
  const { siren, name } = columns.epcis.columns
  const rows = await readEveryRow(base, base.table(columns.epcis.title), [siren.title, name.title])
  const judged = judgedEpcis(
    rows.map((row) => epciIdentity(row, columns)),
    geography,
  )
  return new Map(
    judged.flatMap(({ id, siren: own, ownName }) =>
      own === null ? [] : [[id, { siren: own, name: ownName ?? geography.epci(own)?.name ?? own }] as const],
    ),
  )
}

/** Those who are enrolled for a journée and bear a name, in the order of their names. Personal data. */
export async function namedParticipants(base: Base, columns: Columns, day: RowId): Promise<Participant[]> {
  const rows = await readParticipants(base, columns, day)
  return rows
    .flatMap(({ name, organisation, position, groupWritten, facilitates }) =>
      name === null ? [] : [{ name, organisation, position, group: groupWritten, facilitates }],
    )
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'))
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
    const kept = names.doNotPublish?.title
    const assessed = names.completeness.title
    const written = [todo, assessed, ...(kept === undefined ? [] : [kept])].filter((one) =>
      table.columns.has(one),
    )
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
        todo: trimmedText(row[todo]),
        assessed: row[assessed] !== null && row[assessed] !== undefined,
        keptBack: kept !== undefined && keepsBack(row[kept]),
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
