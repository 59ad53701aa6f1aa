import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parisDay } from '../domain/days.ts'
import { mayWrite } from '../domain/member.ts'
import type { DayDesk, DayJournee } from './day-desk.ts'
import type { DayLinks } from './day-key.ts'
import { visitorOf } from './page-visitor.ts'
import { closedDayPage } from './pages/day.ts'
import type { Visitor } from './pages/layout.ts'
import { unknownPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'

/** Whom the pages of a journée are open to, and how far. */
export type DayAccess = {
  readonly journee: DayJournee
  readonly root: string
  readonly visitor: Visitor | null
  /** Whether they may see who is expected, and tick who is there. */
  readonly door: boolean
  /** Whether what they write is taken: members who only look do not write. */
  readonly writes: boolean
}

/** By an account: /journees/{id}/jour. null: they may not, and the answer is sent. */
export function byAccount(sessions: Sessions, desk: DayDesk) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<DayAccess | null> => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return null
    const id = z.object({ id: z.coerce.number().int().min(1).max(999_999_999) }).safeParse(request.params)
      .data?.id
    const journee = id === undefined ? null : await desk.journee(id)
    if (journee === null) {
      sendPage(reply.code(404), unknownPage(visitor))
      return null
    }
    const writes = mayWrite(visitor.role)
    return { journee, root: `/journees/${journee.id}/jour`, visitor, door: writes, writes }
  }
}

/** By a link of the day: /jour/{key}, on that day only, while the journée is on it still. */
export function byLink(links: DayLinks, desk: DayDesk, now: () => Date) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<DayAccess | null> => {
    const key = z.object({ key: z.string().max(80) }).safeParse(request.params).data?.key ?? ''
    const link = await links.read(key)
    const closed = (date: string | null) => {
      sendPage(reply.code(date === null ? 404 : 403), closedDayPage(date))
      return null
    }
    if (link === null) return closed(null)
    if (link.date !== parisDay(now())) return closed(link.date)
    const journee = await desk.journee(link.journee)
    if (journee === null || journee.date !== link.date) return closed(null)
    return { journee, root: `/jour/${key}`, visitor: null, door: link.kind === 'door', writes: true }
  }
}
