import { parisDay } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Officer } from '../domain/planning/officer-names.ts'
import { planningOf } from '../domain/planning/planning-of.ts'
import type { Planning } from '../domain/planning/planning.ts'
import { planningSeen } from '../domain/planning/planning-seen.ts'
import type { PlanningSettings } from '../domain/planning/spread.ts'
import { PortreaError } from '../errors.ts'
import { visitorOf } from './page-visitor.ts'
import { planningPage } from './pages/planning.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import { reports as everyReport } from './stored-report.ts'
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
      const [seen, officers] = await Promise.all([seenBy(visitor, parts), parts.officers()])
      return await sendPage(reply, planningPage(visitor, await planningFor(seen, officers, parts)))
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'who is in charge of what is not known')
      return sendPage(reply.code(503), planningPage(visitor, null))
    }
  })
}

/** Of all EPCI, whoever looks; where others are kept from them, theirs alone are shown of it. */
async function planningFor(
  { reports, closed }: Seen,
  officers: Awaited<ReturnType<OfficersSource>>,
  { store, settings, now }: PlanningParts,
): Promise<Planning> {
  const of = (some: readonly EpciReport[]) => planningOf(some, officers, parisDay(now()), settings)
  const own = of(reports)
  if (!closed) return own
  const all = await everyReport(store)
  const theirs = new Set(reports.map(({ siren }) => siren))
  const hidden = all.filter(({ siren }) => !theirs.has(siren)).map((one) => of([one]))
  return planningSeen(of(all), own, hidden, theirs)
}
