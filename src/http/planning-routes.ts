import { parisDay } from '../domain/days.ts'
import type { Officer } from '../domain/planning/officer-names.ts'
import { planningOf } from '../domain/planning/planning-of.ts'
import type { PlanningSettings } from '../domain/planning/spread.ts'
import { PortreaError } from '../errors.ts'
import { visitorOf } from './page-visitor.ts'
import { planningPage } from './pages/planning.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import type { App } from './zod-routes.ts'

/** Who is in charge of what, asked of NocoDB at the moment of showing; kept nowhere. Throws a PortreaError where it is away. */
export type OfficersSource = () => Promise<{
  readonly listed: readonly Officer[]
  readonly bySiren: ReadonlyMap<string, string>
}>

/** What the planning is made of. */
export type PlanningParts = ReportSources & {
  readonly settings: PlanningSettings
  readonly officers: OfficersSource
  readonly now: () => Date
}

/** GET /planning: a year of journées by chargé·e, for those signed in. */
export function planningRoutes(app: App, sessions: Sessions, parts: PlanningParts): void {
  app.get('/planning', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    try {
      const [{ reports }, officers] = await Promise.all([seenBy(visitor, parts), parts.officers()])
      const planning = planningOf(reports, officers, parisDay(parts.now()), parts.settings)
      return await sendPage(reply, planningPage(visitor, planning))
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'who is in charge of what is not known')
      return sendPage(reply.code(503), planningPage(visitor, null))
    }
  })
}
