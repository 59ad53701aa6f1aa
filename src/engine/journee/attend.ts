import { isSameName } from '../../domain/invitations/standing.ts'
import { assertMayWrite } from '../../nocodb/drift.ts'
import { readParticipants } from '../../nocodb/participants.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import { PortreaError } from '../../errors.ts'
import { sayAtDoor } from '../invitation-rows.ts'
import type { SyncContext } from '../sync-context.ts'

/**
 * Ticks « Présent·e » of one participant, or takes it away, for who stands at the door; the invitation of their structure
 * follows where nobody said otherwise. false: nobody of this journée has
 * that row. Throws a PortreaError where NocoDB is away or refuses.
 */
export async function attend(
  parts: Pick<SyncContext, 'base' | 'columns' | 'store' | 'now' | 'log'>,
  journee: number,
  participant: number,
  present: boolean,
): Promise<boolean> {
  const { base, columns } = parts
  assertMayWrite(base)
  const { attended } = columns.participants.columns
  const people = await readParticipants(base, columns, journee)
  const one = people.find(({ id }) => id === participant)
  if (one === undefined) return false
  if (one.attended !== present) {
    const change = { id: participant, cells: { [attended.title]: present } }
    const { refused } = await writeRows(base, base.table(columns.participants.title), [change])
    if (refused[0] !== undefined)
      throw new PortreaError('NOCODB_REFUSED', `NocoDB a refusé une présence : ${refused[0].reason}`)
  }
  const { organisation } = one
  // Also where the tick stood there already: who was killed in between left the invitation as it was.
  if (organisation !== null) {
    const isHere = async () =>
      (await readParticipants(base, columns, journee)).some(
        (other) =>
          other.attended && other.organisation !== null && isSameName(other.organisation, organisation),
      )
    await sayAtDoor(parts, journee, organisation, isHere).catch((cause: unknown) => {
      // Who is there is written: the invitation is beside it, and the door goes on.
      if (!(cause instanceof PortreaError)) throw cause
      parts.log.warn({ code: cause.code }, 'the invitation of a participant was not ticked')
    })
  }
  return true
}
