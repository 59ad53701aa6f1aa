import type { Referential } from '../diagnostic.ts'
import type { InvitationText, InvitationVariable } from '../rules/invitation.ts'
import { frenchDay, frenchList, typeset } from '../typography.ts'

/** What an invitation says of a journée; null: the base does not say it. Days are 'YYYY-MM-DD'. */
export type Invited = {
  readonly epci: string
  readonly day: string
  readonly place: string | null
  readonly latest: string | null
  readonly referents: readonly string[]
  /** Whose aim the letter tells; null: nothing is known of the EPCI yet. */
  readonly referential: Referential | null
}

export type Letter = { readonly subject: string; readonly body: string }

/** What is to be made precise by hand where the base does not say it. */
const UNSAID: Readonly<Partial<Record<InvitationVariable, string>>> = {
  acteur: '[nom à préciser]',
  lieu: '[lieu à préciser]',
  limite: '[date à préciser]',
  référents: '[signature à préciser]',
  objectif: '[objectif à préciser]',
}

/** The invitation of one actor, by its name (null: the record has none). */
export function letterTo(actor: string | null, invited: Invited, text: InvitationText): Letter {
  const plain = valuesOf(actor, invited)
  const aim = invited.referential === null ? null : filled(text.aims[invited.referential], plain)
  const values = { ...plain, objectif: aim }
  return { subject: typeset(filled(text.subject, values)), body: typeset(filled(text.body, values)).trim() }
}

/** What the texts ask for and the base does not say, beside the actor: « {lieu} ». */
export function unsaidIn(invited: Invited, text: InvitationText): string[] {
  const aim = invited.referential === null ? null : text.aims[invited.referential]
  const values = { ...valuesOf('x', invited), objectif: aim }
  const all = [text.subject, text.body, aim ?? ''].join('\n')
  return (['lieu', 'limite', 'référents', 'objectif'] as const)
    .filter((name) => values[name] === null && all.includes(`{${name}}`))
    .map((name) => `{${name}}`)
}

/** The address by which a mail program opens the letter, ready to be read again and sent (RFC 6068); null: no address. */
export function mailto(addresses: readonly string[], { subject, body }: Letter): string | null {
  if (addresses.length === 0) return null
  const to = addresses.map((one) => encodeURIComponent(one).replaceAll('%40', '@')).join(',')
  const lines = body.replaceAll('\n', '\r\n')
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`
}

type Values = Readonly<Partial<Record<InvitationVariable, string | null>>>

function valuesOf(actor: string | null, { epci, day, place, latest, referents }: Invited) {
  return {
    acteur: actor,
    ...{ epci, jour: frenchDay(day), lieu: place },
    limite: latest === null ? null : frenchDay(latest),
    référents: referents.length === 0 ? null : frenchList(referents),
  }
}

function filled(text: string, values: Values): string {
  return text.replaceAll(
    /\{([^{}\n]*)\}/gu,
    (_, name: InvitationVariable) => values[name] ?? UNSAID[name] ?? '',
  )
}
