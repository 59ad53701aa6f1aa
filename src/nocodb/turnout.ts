import type { Columns } from '../config/columns-file.ts'
import type { InvitedPeople } from '../domain/invitations/invitation-state.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { readInvited, withInvited } from './invitations.ts'
import type { CountedPeople } from './invitations.ts'
import { readParticipants } from './participants.ts'
import { readByIds } from './rows.ts'

/** How many people were invited to a journée, are expected, came; null: not known. `ticked`: those who came were ticked in « Participants ». */
export type Turnout = InvitedPeople & CountedPeople & { readonly ticked: boolean }

/** Reads it: what people typed, else who was ticked at the door, else what « Invitations » counts. */
export async function readTurnout(
  base: Base,
  columns: Columns,
  journee: RowId,
  siren: string,
): Promise<Turnout> {
  const { invited, expected, present } = columns.days.columns
  const table = base.table(columns.days.title)
  const titles = [invited, expected, present].flatMap(({ title }) =>
    table.columns.has(title) ? [title] : [],
  )
  const [[row], rows, participants] = await Promise.all([
    readByIds(base, table, [journee], titles),
    readInvited(base, columns, [journee]),
    readParticipants(base, columns, journee),
  ])
  const typed = ({ title }: { readonly title: string }) => {
    const cell = row?.[title]
    return typeof cell === 'number' && cell >= 0 ? cell : null
  }
  const written = { invited: typed(invited), expected: typed(expected), present: typed(present) }
  const here = participants.filter(({ attended }) => attended).length
  const ticked = written.present === null && here > 0
  const people = { ...written, ...(ticked ? { present: here } : {}), ticked }
  return withInvited(people, siren, rows.get(journee))
}
