import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parisDay } from '../domain/days.ts'
import { typeset } from '../domain/typography.ts'
import { mayWrite } from '../domain/member.ts'
import type { DayDesk, DayJournee } from './day-desk.ts'
import type { DayLinks } from './day-key.ts'
import { maySee } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import { closedDayPage, dayWithoutEpciPage } from './pages/day.ts'
import type { Visitor } from './pages/layout.ts'
import { noDayPage, notYoursPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'

/** Whom the pages of a journée are open to, and how far. */
export type DayAccess = {
  readonly journee: DayJournee
  readonly root: string
  readonly visitor: Visitor | null
  /** Whether they may see who is expected, and tick who is there. */
  readonly door: boolean
  /** Why nothing that they write can be taken, in French; null: it is. */
  readonly refusal: string | null
}

const SIGN_IN =
  'Votre connexion a expiré : reconnectez-vous, puis revenez. Ce que vous avez écrit reste sur ce téléphone.'
const CLOSED =
  'Ce lien ne s’ouvre plus : demandez le nouveau à qui anime la journée. Ce que vous avez écrit reste sur ce téléphone.'
const ROLE = typeset(
  "Votre rôle dans NocoDB permet de lire, pas d'écrire : demandez à être éditeur·rice de la base.",
)

/** Whether the script asks, rather than a form. */
export function wantsJson({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('application/json') === true
}

/** By an account: /journees/{id}/jour. null: they may not, and the answer is sent. */
export function byAccount(
  sessions: Sessions,
  { desk, ...sources }: ReportSources & { readonly desk: DayDesk },
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<DayAccess | null> => {
    if (wantsJson(request) && (await sessions.visit(request, reply)).kind !== 'in') {
      void reply.code(401).send({ said: SIGN_IN, stop: true })
      return null
    }
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return null
    const id = z.object({ id: z.coerce.number().int().min(1).max(999_999_999) }).safeParse(request.params)
      .data?.id
    const journee = id === undefined ? null : await desk.journee(id)
    if (journee === null || journee.epci === null) {
      sendPage(reply.code(404), journee === null ? noDayPage(visitor) : dayWithoutEpciPage(visitor))
      return null
    }
    if (!(await maySee(visitor, journee.epci.siren, sources))) {
      sendPage(reply.code(403), notYoursPage(visitor))
      return null
    }
    const found = { ...journee, epci: journee.epci }
    const writes = mayWrite(visitor.role)
    const refusal = writes ? await desk.hindrance(found) : ROLE
    return { journee: found, root: `/journees/${found.id}/jour`, visitor, door: writes, refusal }
  }
}

/** By a link of the day: /jour/{key}, on that day only, while the journée is on it still. */
export function byLink(links: DayLinks, desk: DayDesk, now: () => Date) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<DayAccess | null> => {
    const key = z.object({ key: z.string().max(80) }).safeParse(request.params).data?.key ?? ''
    const link = await links.read(key)
    const closed = (date: string | null) => {
      void reply.code(date === null ? 404 : 403)
      // The script keeps what waits: the link may open again, and what was typed is on the telephone.
      if (wantsJson(request)) void reply.send({ said: CLOSED, stop: true })
      else sendPage(reply, closedDayPage(date))
      return null
    }
    if (link === null) return closed(null)
    if (link.date !== parisDay(now())) return closed(link.date)
    const journee = await desk.journee(link.journee)
    if (journee === null || journee.epci === null || journee.date !== link.date) return closed(null)
    const found = { ...journee, epci: journee.epci }
    const door = link.kind === 'door'
    return { journee: found, root: `/jour/${key}`, visitor: null, door, refusal: await desk.hindrance(found) }
  }
}
