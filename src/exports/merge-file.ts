import { csvRow } from '../config/fixed-copy.ts'
import { followed } from '../domain/invitations/followed.ts'
import type { FollowedRow } from '../domain/invitations/followed.ts'
import { INVITATION_LABELS } from '../domain/invitations/invitation-state.ts'
import type { InvitationState } from '../domain/invitations/invitation-state.ts'
import { letterTo, mailto } from '../domain/invitations/letter.ts'
import type { Invited } from '../domain/invitations/letter.ts'
import type { ToInvite } from '../domain/invitations/to-invite.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'

const HEADINGS = [
  ...['Rang', 'Acteur', 'Commune', 'Courriel', 'Téléphone', 'Référent·e', 'Pourquoi'],
  ...['Objet', 'Message', 'Lien', 'État'],
] as const

/** One row an actor who stands so (`only`), with its letter; all of them where no state is kept (`rows` null). UTF-8 with the mark by which spreadsheets know it, `;` between cells. */
export function mergeFile(
  {
    invited,
    actors,
    rows: kept,
  }: {
    readonly invited: Invited
    readonly actors: readonly ToInvite[]
    readonly rows: readonly FollowedRow[] | null
  },
  text: InvitationText,
  only: InvitationState = 'to_invite',
): string {
  const all = followed(actors, kept ?? []).flatMap(({ actor, state }) =>
    actor !== null && (kept === null || state === only) ? [actor] : [],
  )
  const rows = all.map((one) => {
    const letter = letterTo(one.name, invited, text)
    return [
      ...[String(one.rank), one.name ?? '', one.commune ?? '', one.emails.join(', '), one.phone ?? ''],
      ...[one.referent ?? '', one.why, letter.subject, letter.body, mailto(one.emails, letter) ?? ''],
      kept === null ? '' : INVITATION_LABELS[only],
    ].map(harmless)
  })
  return `\uFEFF${[[...HEADINGS], ...rows].map((cells) => `${csvRow(cells, ';')}\r\n`).join('')}`
}

/** A spreadsheet takes what begins so for a formula; a telephone number is none. */
function harmless(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s.]+$)/u.test(cell) ? `'${cell}` : cell
}
