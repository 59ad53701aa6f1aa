import { configDirectory, withSyncParts } from '../app.ts'
import { csvRow } from '../config/fixed-copy.ts'
import { readInvitation } from '../config/invitation-file.ts'
import { letterTo, mailto, unsaidIn } from '../domain/invitations/letter.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'
import type { ToInvite } from '../domain/invitations/to-invite.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { readInvitations } from '../engine/invitations.ts'
import type { Invitations } from '../engine/invitations.ts'
import { PortreaError } from '../errors.ts'
import { assertFits } from '../nocodb/drift.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

type Options = CommonOptions & { readonly day?: string; readonly csv?: string }

/**
 * `portrea invitations SIREN [--day ID] [--csv FILE]`: whom to invite to a journée, in which order and until when, with the
 * text to send; a file for a mail merge. Sends nothing, writes nothing in the base.
 */
export async function invitationsCommand(siren: string, options: Options): Promise<number> {
  if (!/^\d{9}$/.test(siren))
    throw new PortreaError('USAGE', `invitations ${siren} : donnez le SIREN de l’EPCI, neuf chiffres.`)
  if (options.day !== undefined && !/^\d+$/.test(options.day))
    throw new PortreaError('USAGE', `--day ${options.day} : donnez le numéro de la journée.`)
  if (options.csv !== undefined) refuseExisting(options.csv)
  const text = readInvitation(configDirectory())
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const found = await withSyncParts(environment, settings, log, async (parts) => {
    assertFits(parts.base)
    return readInvitations(parts, siren, options.day === undefined ? null : Number(options.day))
  })
  if (options.csv !== undefined) writeNewFile(options.csv, mergeFile(found, text))
  if (options.json) print(documentOf(found, text))
  else say(...lines(found, text, options.csv))
  return 0
}

const HEADINGS = [
  ...['Rang', 'Acteur', 'Commune', 'Courriel', 'Téléphone', 'Référent·e', 'Pourquoi'],
  ...['Objet', 'Message', 'Lien'],
] as const

/** One row an actor, with its letter; UTF-8 with the mark by which spreadsheets know it, `;` between cells. */
export function mergeFile(
  { invited, actors }: Pick<Invitations, 'invited' | 'actors'>,
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

function lines(
  { invited, deadline, actors }: Invitations,
  text: InvitationText,
  file: string | undefined,
): string[] {
  const unsaid = unsaidIn(invited, text)
  const sample = letterTo(actors[0]?.name ?? null, invited, text)
  const reached = actors.filter(({ emails }) => emails.length > 0).length
  return [
    deadline.sentence,
    `${counted(actors.length, 'acteur')} à inviter, dont ${reached} par courriel :`,
    ...actors.map(actorLine),
    ...(unsaid.length > 0 ? [`À préciser dans le texte : ${frenchList(unsaid)}.`] : []),
    ...(file === undefined
      ? ['', `Objet : ${sample.subject}`, '', sample.body]
      : [`${file} : une ligne par acteur, pour un publipostage. Rien n'est envoyé.`]),
  ].map(typeset)
}

function actorLine({ rank, name, commune, why }: ToInvite): string {
  return `  ${rank}. ${name ?? 'sans nom'}${commune === null ? '' : `, ${commune}`} (${why})`
}

function documentOf({ siren, day, invited, deadline, actors }: Invitations, text: InvitationText) {
  return {
    ...{ siren, day, date: invited.day, deadline, unsaid: unsaidIn(invited, text) },
    actors: actors.map((one) => {
      const letter = letterTo(one.name, invited, text)
      return { ...one, ...letter, mailto: mailto(one.emails, letter) }
    }),
  }
}
