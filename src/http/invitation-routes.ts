import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { InvitationText } from '../domain/rules/invitation.ts'
import type { Invitations } from '../engine/invitations.ts'
import { PortreaError } from '../errors.ts'
import { mergeFile } from '../exports/merge-file.ts'
import { fileWords } from '../papers/file-name.ts'
import { maySee } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import { invitationsPage } from './pages/invitations.ts'
import type { Visitor } from './pages/layout.ts'
import { nocodbAwayPage, noDayPage, notYoursPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What invitations are made of, asked of NocoDB at the moment; kept nowhere. */
export type InvitationParts = {
  readonly text: InvitationText
  /** null: no journée with a date and an EPCI bears this number. Throws a PortreaError where NocoDB is away. */
  readonly of: (day: number) => Promise<Invitations | null>
}

/** Actors shown at once: each comes with its whole letter. */
const AT_ONCE = 40
const Query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) })
type Handler = (
  found: Invitations,
  visitor: Visitor,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>

/** GET /journees/{id}/invitations and invitations.csv: whom to invite, until when, with the text; nothing is sent. */
export function invitationRoutes(
  app: App,
  sessions: Sessions,
  { text, of, ...sources }: InvitationParts & ReportSources,
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
      return sendPage(reply.code(503), nocodbAwayPage(visitor))
    }
  }
  const hidden = { schema: { hide: true } }
  app.get(
    '/journees/:id/invitations',
    hidden,
    opened(async ({ invited, deadline, actors, day }, visitor, request, reply) => {
      const { page } = Query.parse(request.query)
      const from = (page - 1) * AT_ONCE
      const address = (to: number) => `/journees/${day}/invitations?page=${to}`
      return sendPage(
        reply,
        invitationsPage({
          ...{ visitor, day, invited, deadline, text },
          actors: actors.slice(from, from + AT_ONCE),
          all: actors.length,
          reached: actors.filter(({ emails }) => emails.length > 0).length,
          before: page > 1 ? address(page - 1) : null,
          after: actors.length > from + AT_ONCE ? address(page + 1) : null,
        }),
      )
    }),
  )
  app.get(
    '/journees/:id/invitations.csv',
    hidden,
    opened(async (found, _, __, reply) => {
      const name = `${fileWords('invitations', found.invited.day, found.invited.epci)}.csv`
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(mergeFile(found, text))
    }),
  )
}
