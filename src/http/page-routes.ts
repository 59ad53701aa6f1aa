import { setTimeout as sleep } from 'node:timers/promises'
import type { SafeHtml } from '@remix-run/html-template'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import { addDays } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Fragility } from '../domain/fragility.ts'
import { REFERENTIALS } from '../domain/diagnostic.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import type { Waiting } from '../domain/import/waiting.ts'
import { listHeld } from '../store/brake.ts'
import { countDeliveries } from '../store/deliveries.ts'
import { failingReceivers } from '../store/receivers.ts'
import { countInbox } from '../store/inbox.ts'
import { listHistory } from '../store/history.ts'
import { readMended } from '../store/mend.ts'
import { lastDoneRun, listRuns } from '../store/runs.ts'
import { epciContext } from '../engine/epci-context.ts'
import { dashboardPage } from './pages/dashboard.ts'
import { ALERTS, ORDERS } from './pages/epci-order.ts'
import type { EpciQuery } from './pages/epci-order.ts'
import type { Visitor } from './pages/layout.ts'
import { missingPage, nocodbAwayPage, unknownPage } from './pages/missing.ts'
import { NEXT_SHOWN } from './pages/prefill-card.ts'
import { epciSheet } from './pages/epci-sheet.ts'
import { computedText, alerts } from './pages/alerts.ts'
import type { Sessions } from './session.ts'
import { visitorOf } from './page-visitor.ts'
import { sendPage } from './sign-in-routes.ts'
import { reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

/** What the pages are made of. */
export type PageSources = {
  readonly store: Store
  readonly rules: Rules
  readonly fragility: Fragility
  /** Where people open the base in NocoDB. Throws a PortreaError where NocoDB is away. */
  readonly baseAddress: () => Promise<string>
  /** The names of places, by Id, asked of NocoDB for a member of the base. */
  readonly placeNames: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
  /** What sources propose of the places of an EPCI and nobody decided on yet, asked of NocoDB. */
  readonly waiting: (siren: string) => Promise<readonly Waiting[]>
}

/** What an address may ask of the list; what it may not is left out: an old address still shows a page. */
const Query = z.object({
  q: z.string().max(100).catch('').default(''),
  referentiel: z.enum(REFERENTIALS).nullable().catch(null).default(null),
  alerte: z
    .enum(ALERTS as [(typeof ALERTS)[number]])
    .nullable()
    .catch(null)
    .default(null),
  tri: z.enum(ORDERS).catch('nom').default('nom'),
  sens: z.enum(['asc', 'desc']).catch('asc').default('asc'),
})

/** GET /, /epcis/{siren} and /nocodb: the dashboard, the sheet of one EPCI, the way to the base, for those signed in. */
export function pageRoutes(app: App, sessions: Sessions, sources: PageSources): void {
  const signedIn = (request: FastifyRequest, reply: FastifyReply) => visitorOf(sessions, request, reply)
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await signedIn(request, reply)
    if (visitor === null) return reply
    return sendPage(reply, await dashboard(visitor, Query.parse(request.query), sources))
  })
  app.get('/epcis/:siren', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await signedIn(request, reply)
    if (visitor === null) return reply
    const siren = z.object({ siren: Siren }).safeParse(request.params).data?.siren
    if (siren === undefined) return sendPage(reply.code(404), unknownPage(visitor))
    const all = await reports(sources.store)
    const report = all.find((one) => one.siren === siren)
    if (report === undefined) return sendPage(reply.code(404), missingPage(visitor))
    return sendPage(reply, await sheet(visitor, report, all, sources))
  })
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

async function dashboard(
  visitor: Visitor,
  query: EpciQuery,
  { store, rules }: PageSources,
): Promise<SafeHtml> {
  const [all, held, [last = null], done, deliveries, receivers, { failed }, mended] = await Promise.all([
    reports(store),
    listHeld(store),
    listRuns(store, 1),
    lastDoneRun(store),
    countDeliveries(store),
    failingReceivers(store),
    countInbox(store),
    readMended(store),
  ])
  return dashboardPage({
    visitor,
    reports: all,
    query,
    alerts: alerts({
      reports: all,
      held,
      last,
      deliveries,
      receivers,
      failed,
      mended,
      now: new Date(),
      soon: rules['success-conditions'].soon,
    }),
    computed: computedText(done),
  })
}

async function sheet(
  visitor: Visitor,
  report: EpciReport,
  all: readonly EpciReport[],
  { store, rules, fragility, placeNames, waiting }: PageSources,
): Promise<SafeHtml> {
  const next = report.prefillDetail.next.slice(0, NEXT_SHOWN).map(({ record }) => record)
  const [beside, days, names, proposed] = await Promise.all([
    epciContext(report, { store, rules, fragility, reports: all }),
    listHistory(store, report.siren, { from: addDays(report.day, -rules.prefill.burnUp), to: report.day }),
    soonTold(placeNames(next), new Map<number, string>()),
    soonTold(waiting(report.siren), []),
  ])
  return epciSheet({ visitor, report: { ...report, ...beside }, rules, days, names, proposed })
}

/** How long a sheet waits for what NocoDB alone knows: without names it shows numbers. */
const NAMES_MS = 1500

async function soonTold<Told>(told: Promise<Told>, none: Told): Promise<Told> {
  const late = new AbortController()
  try {
    return await Promise.race([
      told.catch(() => none), // a NocoDB that is away: the sheet is what the last run stored
      sleep(NAMES_MS, none, { signal: late.signal, ref: false }),
    ])
  } finally {
    late.abort()
  }
}
