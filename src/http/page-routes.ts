import type { FastifyReply, FastifyRequest } from 'fastify'
import { PortreaError } from '../errors.ts'
import { actionRoutes } from './action-routes.ts'
import type { ActionSources } from './action-routes.ts'
import { dashboardRoutes } from './dashboard-routes.ts'
import type { DashboardSources } from './dashboard-routes.ts'
import { nocodbAwayPage } from './pages/missing.ts'
import { questionRoutes } from './question-routes.ts'
import type { QuestionSources } from './question-routes.ts'
import { sheetRoutes } from './sheet-routes.ts'
import type { SheetSources } from './sheet-routes.ts'
import type { Sessions } from './session.ts'
import { visitorOf } from './page-visitor.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the pages are made of. */
export type PageSources = DashboardSources &
  SheetSources &
  QuestionSources &
  ActionSources & {
    /** Where people open the base in NocoDB. Throws a PortreaError where NocoDB is away. */
    readonly baseAddress: () => Promise<string>
  }

/** Every page for those signed in; /nocodb: the way to the base. */
export function pageRoutes(app: App, sessions: Sessions, sources: PageSources): void {
  const signedIn = (request: FastifyRequest, reply: FastifyReply) => visitorOf(sessions, request, reply)
  dashboardRoutes(app, signedIn, sources)
  sheetRoutes(app, signedIn, sources)
  questionRoutes(app, signedIn, sources)
  actionRoutes(app, signedIn, sources)
  app.get('/nocodb', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await signedIn(request, reply)
    if (visitor === null) return reply
    try {
      return await reply.redirect(await sources.baseAddress(), 303)
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'the way to NocoDB is not known')
      return sendPage(reply.code(503), nocodbAwayPage(visitor))
    }
  })
}
