import { assertMayWrite } from '../../nocodb/drift.ts'
import { readParticipants } from '../../nocodb/participants.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import { PortreaError } from '../../errors.ts'
import type { SyncContext } from '../sync-context.ts'

/**
 * Ticks « Présent·e » of one participant, or takes it away, for who stands at the door. false: nobody of this journée has
 * that row. Throws a PortreaError where NocoDB is away or refuses.
 */
export async function attend(
  { base, columns }: Pick<SyncContext, 'base' | 'columns'>,
  journee: number,
  participant: number,
  present: boolean,
): Promise<boolean> {
  assertMayWrite(base)
  const { attended } = columns.participants.columns
  const one = (await readParticipants(base, columns, journee)).find(({ id }) => id === participant)
  if (one === undefined) return false
  if (one.attended === present) return true
  const change = { id: participant, cells: { [attended.title]: present } }
  const { refused } = await writeRows(base, base.table(columns.participants.title), [change])
  if (refused[0] !== undefined)
    throw new PortreaError('NOCODB_REFUSED', `NocoDB a refusé une présence : ${refused[0].reason}`)
  return true
}
