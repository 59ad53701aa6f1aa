import type { Columns } from '../config/columns-file.ts'
import type { Participant } from '../domain/groups/participant.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { columnOf } from './reading.ts'
import { readMatching } from './rows.ts'
import type { Table } from './schema.ts'

/** A participant with what the service says beside them, as it stands. */
export type ParticipantRow = Participant & {
  readonly note: string | null
  readonly attended: boolean
  readonly groupWritten: string | null
}

/** The columns without which nobody can be put in a group. */
const NEEDED = ['name', 'day', 'group', 'proposedGroup'] as const
const ASKED = [
  ...([...NEEDED, 'organisation', 'structureKind', 'position', 'facilitates'] as const),
  ...(['with', 'apart', 'groupNote', 'attended'] as const),
] as const

/** The titles of what is missing in the base to make groups; none: all is there. */
export function missingForGroups(base: Base, { participants }: Columns): string[] {
  const table = base.tables.get(participants.title)
  if (table === undefined) return [participants.title]
  return NEEDED.map((key) => participants.columns[key].title).filter((title) => !table.columns.has(title))
}

/** Who is enrolled for a journée; rows that say nothing at all are left out. Names go no further than memory. */
export async function readParticipants(
  base: Base,
  { participants }: Columns,
  day: RowId,
): Promise<ParticipantRow[]> {
  const title = (key: (typeof ASKED)[number]) => participants.columns[key].title
  const table = base.tables.get(participants.title)
  if (table?.columns.has(title('day')) !== true) return [] // a base may do without them
  const columns = ASKED.map(title).filter((one) => table.columns.has(one))
  const people: ParticipantRow[] = []
  const where = ofDay(table, title('day'), day)
  for await (const page of readMatching(base, table, { columns, ...(where === null ? {} : { where }) }))
    for (const row of page) {
      if (row[title('day')] !== day) continue
      const one = participantOf(row, title)
      if (one.name !== null || one.organisation !== null || one.position !== null || one.group !== null)
        people.push(one)
    }
  return people
}

/** Only the rows of one journée; null: where links have no key to ask by, all are read. */
function ofDay(table: Table, link: string, day: RowId): string | null {
  const key = table.foreignKeys.get(link)
  if (key === undefined) return null
  const { id } = columnOf(table, key)
  return id === '' ? null : `(${id},eq,${day})`
}

function participantOf(row: Row, title: (key: (typeof ASKED)[number]) => string): ParticipantRow {
  const cell = (key: (typeof ASKED)[number]) => row[title(key)]
  return {
    id: row[ROW_ID],
    name: trimmedText(cell('name')),
    organisation: trimmedText(cell('organisation')),
    kind: trimmedText(cell('structureKind')),
    position: trimmedText(cell('position')),
    facilitates: Boolean(cell('facilitates')),
    with: trimmedText(cell('with')),
    apart: trimmedText(cell('apart')),
    group: number(cell('group')),
    proposed: number(cell('proposedGroup')),
    note: trimmedText(cell('groupNote')),
    attended: Boolean(cell('attended')),
    groupWritten: trimmedText(cell('group')),
  }
}

/** A group that people write in a column of texts of their own is read as a number where it is one. */
function number(cell: Cell | undefined): number | null {
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
