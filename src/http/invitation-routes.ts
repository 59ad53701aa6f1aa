import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { followed, followedDeadline } from '../domain/invitations/followed.ts'
import { INVITATION_STATES } from '../domain/invitations/invitation-state.ts'
import type { InvitationState } from '../domain/invitations/invitation-state.ts'
import { mayWrite } from '../domain/member.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'
import type { Invitations } from '../engine/invitations.ts'
import { typeset } from '../domain/typography.ts'
import type { SaidState, sayState } from '../engine/invitation-rows.ts'
import { PortreaError } from '../errors.ts'
import { mergeFile } from '../exports/merge-file.ts'
import { fileWords } from '../papers/file-name.ts'
import { maySee } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import { invitationsPage } from './pages/invitations.ts'
import type { Told } from './pages/invitations.ts'
import type { Visitor } from './pages/layout.ts'
import { nocodbAwayPage, noDayPage, notAllowedPage, notPossiblePage, notYoursPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What invitations are made of, asked of NocoDB at the moment; kept nowhere. */
export type InvitationParts = {
  readonly text: InvitationText
  /** null: no journée with a date and an EPCI bears this number. Throws a PortreaError where NocoDB is away. */
  readonly of: (day: number) => Promise<Invitations | null>
  /** Writes a state that somebody says. Throws a PortreaError where NocoDB is away, refuses, or has no table for it. */
  readonly say: (found: Invitations, said: Parameters<typeof sayState>[2]) => Promise<SaidState>
}

/** Actors shown at once: each comes with its whole letter. */
const AT_ONCE = 40
const State = z.enum(INVITATION_STATES as readonly [InvitationState, ...InvitationState[]])
const Query = z.object({
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  etat: State.nullable().catch(null).default(null),
})
/** What a button sends: the state said, and that which was seen. */
const Said = Query.extend({ dit: State, vu: State })
const Key = z.object({ key: z.string().regex(/^[fl]\d{1,15}$/u) })
type Handler = (
  found: Invitations,
  visitor: Visitor,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>

/**
 * GET /journees/{id}/invitations and invitations.csv: whom to invite, until when, with the text; nothing is sent. POST
 * …/invitations/{key}: a state that an editor says.
 */
export function invitationRoutes(
  app: App,
  sessions: Sessions,
  { text, of, say, ...sources }: InvitationParts & ReportSources,
): void {
  const opened = (handle: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const id = z.object({ id: z.coerce.number().int().min(1).max(999_999_999) }).safeParse(request.params)
      .data?.id
    try {
      const found = id === undefined ? null : await of(id)
      if (found === null) return await sendPage(reply.code(404), noDayPage(visitor))
      if (!(await maySee(visitor, found.siren, sources)))
        return await sendPage(reply.code(403), notYoursPage(visitor))
      return await handle(found, visitor, request, reply)
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'NocoDB does not tell whom to invite')
      if (isPassing(cause)) return sendPage(reply.code(503), nocodbAwayPage(visitor))
      return sendPage(reply.code(409), notPossiblePage(visitor, cause.message))
    }
  }
  const hidden = { schema: { hide: true } }
  app.get(
    '/journees/:id/invitations',
    hidden,
    opened(async (found, visitor, request, reply) =>
      sendPage(reply, pageOf(found, visitor, text, Query.parse(request.query), null)),
    ),
  )
  app.post('/journees/:id/invitations/:key', hidden, opened(saying({ text, of, say })))
  app.get(
    '/journees/:id/invitations.csv',
    hidden,
    opened(async (found, _, request, reply) => {
      const { etat } = Query.parse(request.query)
      const name = `${fileWords('invitations', found.invited.day, found.invited.epci)}.csv`
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(mergeFile(found, text, etat ?? undefined))
    }),
  )
}

/** Whether the same may be done in a moment. */
function isPassing({ code }: PortreaError): boolean {
  return code === 'NOCODB_UNAVAILABLE' || code === 'STORE_UNAVAILABLE'
}

/** A state that an editor says; back to the list where it is written, else the list with why it is not. */
function saying({ text, of, say }: InvitationParts): Handler {
  return async (found, visitor, request, reply) => {
    const said = Said.safeParse(request.body).data
    const key = Key.safeParse(request.params).data?.key
    if (!mayWrite(visitor.role) || fromElsewhere(request))
      return sendPage(reply.code(403), notAllowedPage(visitor))
    if (said === undefined || key === undefined)
      return sendPage(reply.code(400), pageOf(found, visitor, text, Query.parse({}), NOT_READ))
    const which = key.startsWith('f') ? { record: Number(key.slice(1)) } : { row: Number(key.slice(1)) }
    const { page, etat, dit: state, vu: seen } = said
    const { kind } = await say(found, { key: which, seen, state, who: visitor.email })
    if (kind !== 'kept') {
      const now = (await of(found.day)) ?? found
      const [status, told] = kind === 'gone' ? ([404, GONE] as const) : ([409, CHANGED] as const)
      return sendPage(reply.code(status), pageOf(now, visitor, text, { page, etat }, told))
    }
    const asked = [...(page > 1 ? [`page=${page}`] : []), ...(etat === null ? [] : [`etat=${etat}`])]
    const query = asked.length === 0 ? '' : `?${asked.join('&')}`
    return reply.redirect(`/journees/${found.day}/invitations${query}#${key}`, 303)
  }
}

const NOT_READ: Told = { text: typeset("Cet état n'a pas été compris : rien n'a changé."), isFault: true }
const GONE: Told = {
  text: typeset("Cet acteur n'est plus à inviter à cette journée : rien n'a changé."),
  isFault: true,
}
const CHANGED: Told = {
  text: typeset(
    "Quelqu'un d'autre vient de dire autre chose : regardez ci-dessous, puis dites-le à nouveau.",
  ),
  isFault: true,
}

/** The page of those who stand so, or of all. */
function pageOf(
  { invited, deadline, actors, rows, day }: Invitations,
  visitor: Visitor,
  text: InvitationText,
  { page, etat }: z.infer<typeof Query>,
  told: Told | null,
) {
  const everybody = followed(actors, rows ?? [])
  const asked = etat === null ? everybody : everybody.filter(({ state }) => state === etat)
  const last = Math.max(1, Math.ceil(asked.length / AT_ONCE))
  const at = Math.min(page, last)
  const from = (at - 1) * AT_ONCE
  const address = (to: number) =>
    `/journees/${day}/invitations?page=${to}${etat === null ? '' : `&etat=${etat}`}`
  const left = everybody.filter(({ state }) => state === 'to_invite').length
  return invitationsPage({
    ...{ visitor, day, invited, text, everybody, told },
    deadline: rows === null ? deadline : followedDeadline(deadline, left, everybody.length),
    shown: asked.slice(from, from + AT_ONCE),
    kept: rows !== null,
    says: rows !== null && mayWrite(visitor.role),
    ...{ only: etat, page: at },
    before: at > 1 ? address(at - 1) : null,
    after: at < last ? address(at + 1) : null,
  })
}
