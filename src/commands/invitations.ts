import { commandLine } from '../domain/command-line.ts'
import { withSyncParts } from '../app.ts'
import { parisDay } from '../domain/days.ts'
import { countsByState, followed, followedDeadline } from '../domain/invitations/followed.ts'
import type { Followed } from '../domain/invitations/followed.ts'
import { INVITATION_LABELS } from '../domain/invitations/invitation-state.ts'
import { letterTo, mailto, unsaidIn } from '../domain/invitations/letter.ts'
import { mergeFile } from '../exports/merge-file.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'
import type { ToInvite } from '../domain/invitations/to-invite.ts'
import { counted, frenchDay, frenchList, typeset } from '../domain/typography.ts'
import { proposeInvitations } from '../engine/invitation-rows.ts'
import type { ProposedRows } from '../engine/invitation-rows.ts'
import { readInvitations } from '../engine/invitations.ts'
import type { Invitations } from '../engine/invitations.ts'
import { PortreaError } from '../errors.ts'
import { assertFits } from '../nocodb/drift.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

type Options = CommonOptions & { readonly day?: string; readonly csv?: string; readonly yes?: boolean }

/**
 * `portrea invitations SIREN [--day ID] [--csv FILE] [--yes]`: whom to invite to a journée, in which order and until when,
 * where each stands, with the text to send; a file for a mail merge. Sends nothing; `--yes` writes its rows in « Invitations »
 * now, as the night does.
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
    const read = () => readInvitations(parts, siren, options.day === undefined ? null : Number(options.day))
    const before = await read()
    if (options.yes !== true) return { ...before, proposed: null }
    if (before.rows === null) throw noTable(settings.columns.invitations.title)
    if (before.invited.day < parisDay(parts.now())) throw isPast(before.invited.day)
    const proposed = await proposeInvitations(parts, before)
    return { ...(await read()), proposed }
  })
  if (options.csv !== undefined) writeNewFile(options.csv, mergeFile(found, text))
  if (options.json) print(documentOf(found, text))
  else say(...lines(found, text, options.csv))
  return (found.proposed?.refused.length ?? 0) > 0 ? 1 : 0
}

type Found = Invitations & { readonly proposed: ProposedRows | null }

function noTable(title: string): PortreaError {
  const text = `La table « ${title} » manque à la base : lancez \`${commandLine('upgrade')}\`.`
  return new PortreaError('SCHEMA_MISMATCH', typeset(text))
}

function isPast(day: string): PortreaError {
  const text = `Cette journée est passée, le ${frenchDay(day)} : --yes n’ajoute rien. Sans --yes, la liste se lit toujours.`
  return new PortreaError('INPUT_INVALID', typeset(text))
}

function lines(
  { invited, deadline, actors, rows, proposed }: Found,
  text: InvitationText,
  file: string | undefined,
): string[] {
  const unsaid = unsaidIn(invited, text)
  const sample = letterTo(actors[0]?.name ?? null, invited, text)
  const all = followed(actors, rows ?? [])
  const reached = actors.filter(({ emails }) => emails.length > 0).length
  const left = all.filter(({ state }) => state === 'to_invite').length
  const counts = countsByState(all).map(([state, count]) => `${INVITATION_LABELS[state]} : ${count}`)
  return [
    (rows === null ? deadline : followedDeadline(deadline, left, all.length)).sentence,
    ...(counts.length === 0 || rows === null ? [] : [`${counts.join(' ; ')}.`]),
    ...(proposed === null ? [] : [proposedText(proposed), ...proposed.refused]),
    `${counted(all.length, 'acteur')}, dont ${reached} par courriel :`,
    ...all.map(followedLine),
    ...(unsaid.length > 0 ? [`À préciser dans le texte : ${frenchList(unsaid)}.`] : []),
    ...(file === undefined
      ? ['', `Objet : ${sample.subject}`, '', sample.body]
      : [`${file} : une ligne par acteur encore « À inviter », pour un publipostage. Rien n'est envoyé.`]),
  ].map(typeset)
}

function proposedText({ inserted, changed }: ProposedRows): string {
  if (inserted + changed === 0) return '« Invitations » était à jour.'
  return `« Invitations » : ${counted(inserted, 'ligne ajoutée', 'lignes ajoutées')}, ${counted(changed, 'mise à jour', 'mises à jour')}.`
}

function followedLine({ state, word, days, name, actor }: Followed): string {
  const label = state === null ? word : INVITATION_LABELS[state]
  const stands = state === 'to_invite' ? '' : ` : ${label}${days === null ? '' : ` (${days})`}`
  return `${actor === null ? `  – ${name ?? 'sans nom'}` : actorLine(actor)}${stands}`
}

function actorLine({ rank, name, commune, why }: ToInvite): string {
  return `  ${rank}. ${name ?? 'sans nom'}${commune === null ? '' : `, ${commune}`} (${why})`
}

function documentOf({ siren, day, invited, deadline, actors, rows, proposed }: Found, text: InvitationText) {
  const stands = new Map(followed(actors, rows ?? []).map((one) => [one.key, one]))
  return {
    ...(proposed === null ? {} : { proposed }),
    ...{ siren, day, date: invited.day, deadline, unsaid: unsaidIn(invited, text) },
    actors: actors.map((one) => {
      const letter = letterTo(one.name, invited, text)
      const state = rows === null ? null : (stands.get(`f${one.record}`)?.state ?? null)
      return { ...one, state, ...letter, mailto: mailto(one.emails, letter) }
    }),
  }
}
