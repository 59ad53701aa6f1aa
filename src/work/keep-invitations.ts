import type { InvitationText } from '../domain/rules/invitation.ts'
import { keepEveryInvitation } from '../engine/keep-invitations.ts'
import type { SyncContext } from '../engine/sync-context.ts'

/** Keeps « Invitations » after the night; what fails is told in the log, and tried again the next night. */
export async function keepInvitations(
  context: SyncContext,
  text: Pick<InvitationText, 'proposeDays'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { refused, missing, ...counts } = await keepEveryInvitation(context, text, signal)
    if (missing.length > 0) context.log.warn({ missing }, 'no invitations are kept: the base lacks this')
    else context.log.info({ ...counts, refused: refused.length }, 'invitations are proposed')
  } catch (cause) {
    if (!signal.aborted) context.log.error({ err: cause }, 'invitations could not be proposed')
  }
}
