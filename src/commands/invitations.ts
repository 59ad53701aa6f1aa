import { withSyncParts } from '../app.ts'
import { letterTo, mailto, unsaidIn } from '../domain/invitations/letter.ts'
import { mergeFile } from '../exports/merge-file.ts'
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
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const text = settings.invitation
  const found = await withSyncParts(environment, settings, log, async (parts) => {
    assertFits(parts.base)
    return readInvitations(parts, siren, options.day === undefined ? null : Number(options.day))
  })
  if (options.csv !== undefined) writeNewFile(options.csv, mergeFile(found, text))
  if (options.json) print(documentOf(found, text))
  else say(...lines(found, text, options.csv))
  return 0
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
