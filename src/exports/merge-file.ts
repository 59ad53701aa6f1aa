import { csvRow } from '../config/fixed-copy.ts'
import { letterTo, mailto } from '../domain/invitations/letter.ts'
import type { Invited } from '../domain/invitations/letter.ts'
import type { ToInvite } from '../domain/invitations/to-invite.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'

const HEADINGS = [
  ...['Rang', 'Acteur', 'Commune', 'Courriel', 'Téléphone', 'Référent·e', 'Pourquoi'],
  ...['Objet', 'Message', 'Lien'],
] as const

/** One row an actor, with its letter; UTF-8 with the mark by which spreadsheets know it, `;` between cells. */
export function mergeFile(
  { invited, actors }: { readonly invited: Invited; readonly actors: readonly ToInvite[] },
  text: InvitationText,
): string {
  const rows = actors.map((one) => {
    const letter = letterTo(one.name, invited, text)
    return [
      ...[String(one.rank), one.name ?? '', one.commune ?? '', one.emails.join(', '), one.phone ?? ''],
      ...[one.referent ?? '', one.why, letter.subject, letter.body, mailto(one.emails, letter) ?? ''],
    ].map(harmless)
  })
  return `\uFEFF${[[...HEADINGS], ...rows].map((cells) => `${csvRow(cells, ';')}\r\n`).join('')}`
}

/** A spreadsheet takes what begins so for a formula; a telephone number is none. */
function harmless(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s.]+$)/u.test(cell) ? `'${cell}` : cell
}
