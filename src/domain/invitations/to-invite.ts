import { addDays, daysBetween } from '../days.ts'
import type { SuccessConditionRules } from '../rules/success-conditions.ts'
import { counted, frenchDay, shortDay, typeset } from '../typography.ts'

/** What of a record counts to invite its actor. Days are 'YYYY-MM-DD'; null: unknown. */
export type Invitable = {
  readonly record: number
  readonly name: string | null
  readonly commune: string | null
  readonly emails: readonly string[]
  readonly phone: string | null
  readonly referent: string | null
  readonly contactedOn: string | null
  /** « À contacter », or nothing, in « Étape »: nobody has spoken with them as far as it says. */
  readonly isNew: boolean
  /** 0–100. */
  readonly completeness: number | null
}

/** One actor to invite, `rank` from 1, with the reasons of its rank in French. */
export type ToInvite = Invitable & { readonly rank: number; readonly why: string }

/** Where the invitations of a journée stand against the last day to send them. */
export type Deadline = {
  /** null: no condition of success asks for a notice. */
  readonly latest: string | null
  readonly status: 'sent' | 'planned' | 'late' | 'soon' | 'ahead' | 'past' | 'unknown'
  readonly sentence: string
}

/**
 * The actors of an EPCI in the order in which to invite them: those whom nobody has contacted yet, then those whose last
 * contact is oldest; among them who can be reached, then whose record has most to gain from the day.
 */
export function toInvite(actors: readonly Invitable[]): ToInvite[] {
  const reach = ({ emails, phone }: Invitable) => (emails.length > 0 ? 0 : phone === null ? 2 : 1)
  const ordered = actors.toSorted(
    (one, other) =>
      Number(isSpokenWith(one)) - Number(isSpokenWith(other)) ||
      (one.contactedOn ?? '').localeCompare(other.contactedOn ?? '') ||
      reach(one) - reach(other) ||
      (one.completeness ?? 100.5) - (other.completeness ?? 100.5) || // what is not known comes last, not as empty
      (one.name ?? '').localeCompare(other.name ?? '', 'fr') ||
      one.record - other.record,
  )
  return ordered.map((one, at) => ({ ...one, rank: at + 1, why: whyOf(one) }))
}

function isSpokenWith({ contactedOn, isNew }: Invitable): boolean {
  return contactedOn !== null || !isNew
}

function whyOf(one: Invitable): string {
  const { contactedOn, completeness, emails, phone } = one
  const contact =
    contactedOn !== null
      ? `dernier contact le ${shortDay(contactedOn)}`
      : isSpokenWith(one)
        ? 'contact noté dans « Étape », sans date'
        : "jamais contacté, d'après la fiche"
  const reached =
    emails.length > 0 ? 'courriel connu' : phone === null ? 'ni courriel ni téléphone' : 'par téléphone'
  const filled = completeness === null ? [] : [`fiche complète à ${Math.floor(completeness)} %`]
  return typeset([contact, reached, ...filled].join(' ; '))
}

/** The last day to invite to a journée of `day`, by the condition of success of kind `notice`. */
export function invitationDeadline(
  { day, invitedOn }: { readonly day: string; readonly invitedOn: string | null },
  today: string,
  rules: SuccessConditionRules,
): Deadline {
  const notice = rules.conditions.flatMap(({ check }) => (check?.kind === 'notice' ? [check.days] : []))[0]
  if (notice === undefined)
    return {
      latest: null,
      status: 'unknown',
      sentence: typeset('Aucun délai n’est demandé (success-conditions.yaml).'),
    }
  const latest = addDays(day, -notice)
  const left = daysBetween(today, latest)
  const told = (status: Deadline['status'], sentence: string): Deadline => ({
    latest,
    status,
    sentence: typeset(sentence),
  })
  const limit = `le ${frenchDay(latest)} au plus tard`
  if (invitedOn !== null && invitedOn <= today) {
    const late = daysBetween(latest, invitedOn)
    const after = late > 0 ? `, ${counted(late, 'jour')} après la limite (${frenchDay(latest)})` : ''
    return told('sent', `Invitations envoyées le ${frenchDay(invitedOn)}${after}.`)
  }
  if (day < today) return told('past', `Cette journée est passée, le ${frenchDay(day)}.`)
  if (left < 0) return told('late', `En retard de ${counted(-left, 'jour')} : à envoyer ${limit}.`)
  if (invitedOn !== null) return told('planned', `Prévues le ${frenchDay(invitedOn)} : à envoyer ${limit}.`)
  if (left <= rules.soon)
    return told(
      'soon',
      `À envoyer ${limit} : ${left === 0 ? 'aujourd’hui' : `dans ${counted(left, 'jour')}`}.`,
    )
  return told('ahead', `À envoyer ${limit}, dans ${counted(left, 'jour')}.`)
}
