import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import fastify, { LogController } from 'fastify'
import type { NocodbSettings } from '../config/nocodb-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { Contacts } from '../domain/contacts.ts'
import type { Departments } from '../domain/departments.ts'
import type { Fragility } from '../domain/fragility.ts'
import type { Store } from '../store/database.ts'
import { bearer } from './secrets.ts'
import { createEventFeed } from './event-feed.ts'
import type { EventFeed } from './event-feed.ts'
import { eventRoutes } from './event-routes.ts'
import { calibrationRoutes } from './calibration-routes.ts'
import { calendarRoutes } from './calendar-routes.ts'
import type { CalendarParts } from './calendar-routes.ts'
import type { DayDesk } from './day-desk.ts'
import { dayLinks } from './day-key.ts'
import type { FormDesk } from './form-desk.ts'
import { formPages } from './form-pages.ts'
import { dayRoutes } from './day-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import type { InvitationParts } from './invitation-routes.ts'
import type { DiaryParts } from './diary.ts'
import { planningRoutes } from './planning-routes.ts'
import { epciRoutes } from './epci-routes.ts'
import { answerPeople } from './answer-people.ts'
import { brokenRequestReply, errorReply } from './error-reply.ts'
import { exportRoutes } from './export-routes.ts'
import type { ExportParts } from './export-routes.ts'
import { mailRoutes } from './mail-routes.ts'
import { healthRoutes, metricsRoutes } from './health-routes.ts'
import type { Readiness } from './health-routes.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { legalRoutes } from './legal-routes.ts'
import type { LegalSources } from './legal-routes.ts'
import { mapRoutes } from './map-routes.ts'
import type { MapSources } from './map-routes.ts'
import { createMetrics } from './metrics.ts'
import type { Metrics, WorkCounts } from './metrics.ts'
import { describeRoutes } from './openapi.ts'
import { forMinutes } from './for-minutes.ts'
import { iconRoute } from './icon-route.ts'
import { pageRoutes } from './page-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { dayPaperRoutes } from './day-paper-routes.ts'
import type { PaperParts } from './day-paper-routes.ts'
import type { PageSources } from './page-routes.ts'
import { recommendationRoutes } from './recommendation-routes.ts'
import { workloadRoutes } from './workload-routes.ts'
import { whatIfRoutes } from './what-if-routes.ts'
import type { WhatIfSources } from './what-if-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import type { ChangeListener } from './webhook-routes.ts'
import { openSessions } from './session.ts'
import type { SessionDependencies, Sessions } from './session.ts'
import { SECURITY_HEADERS, secureHeaders } from './secure-headers.ts'
import { DECLARED, signInRoutes } from './sign-in-routes.ts'
import type { SignIn } from './sign-in-routes.ts'
import { typologyRoutes } from './typology-routes.ts'
import { syncRoutes } from './sync-routes.ts'
import type { StartSync } from './sync-routes.ts'
import { withZod } from './zod-routes.ts'
import type { App } from './zod-routes.ts'

/** What the server answers with; the caller owns it all. */
export type ServerDependencies = {
  readonly store: Store
  readonly rules: Rules
  /** From PORTREA_FRAGILITY_FILE. */
  readonly fragility: Fragility
  /** Of the official list. */
  readonly departments: Departments
  /** PORTREA_API_TOKEN. */
  readonly apiToken: string
  /** How the pages know who looks at them. */
  readonly people: {
    readonly signIn: SignIn
    /** The role of an account on the base now; null: no member. Throws a PortreaError where NocoDB does not say. */
    readonly roleOf: SessionDependencies['roleOf']
    /** The same with their address; absent: a calendar of a closed perimeter holds what everybody sees alone. */
    readonly memberOf?: CalendarParts['memberOf']
    /** Where people open the base in NocoDB. Throws NOCODB_UNAVAILABLE. */
    readonly baseAddress: () => Promise<string>
    /** The names of places, by Id, for a member of the base; kept nowhere; absent: numbers are shown. */
    readonly placeNames?: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
    /** What sources propose of an EPCI, for a member of the base; absent: nothing is shown of it. */
    readonly waiting?: PageSources['waiting']
    /** Adds a diagnostic for a person who may; absent: none can be kept. */
    readonly addDiagnostic?: WhatIfSources['addDiagnostic']
    /** Who is in charge of what; kept in memory for minutes; absent: nobody is named. Throws where NocoDB is away. */
    readonly contacts?: PageSources['contacts']
    /** Where records open in NocoDB, by Id; absent: no link. */
    readonly recordAddresses?: PageSources['recordAddresses']
    /** As « Recalculer » in NocoDB; absent: a synchronisation of that EPCI. */
    readonly recalculate?: PageSources['recalculate']
    readonly secret: string | null
    readonly secure: boolean
    /** How often its members are asked for. */
    readonly settings: Pick<NocodbSettings['people'], 'recheckMinutes' | 'awayMinutes'> &
      Partial<NocodbSettings['people']>
  }
  /** Proxies whose word on where a request comes from is taken; none: nobody's. */
  readonly trustedProxies: readonly string[]
  readonly now: () => Date
  /** PORTREA_CRON, for who asks when the next night is. */
  readonly cron: string
  readonly log: FastifyBaseLogger
  /** How long a request may take to arrive, for impatient tests. */
  readonly arrival?: typeof ARRIVAL
  readonly readiness: () => Promise<Readiness>
  /** What the pages of information say; absent: there are none. */
  readonly legal?: Omit<LegalSources, 'now'>
  /** The contours that the map draws; absent: none. */
  readonly contours?: MapSources['contours']
  /** What others may harvest; null: nothing. */
  readonly exports: ExportParts
  /** How papers are printed. */
  readonly papers: PaperParts
  /** PORTREA_WEBHOOK_SECRET: all are accepted; none: every webhook is refused. */
  readonly webhookSecrets: readonly string[]
  /** What the planning and the calendars are made of. */
  readonly diary: DiaryParts
  /** What the page of a journée for phones asks and writes. */
  readonly day: DayDesk
  /** What anybody may answer without an account; absent or null: nothing. */
  readonly forms?: FormDesk
  /** Whom to invite to a journée. */
  readonly invitations: InvitationParts
  /** The worker: it is notified of changes and asked for runs. */
  readonly work: ChangeListener & { readonly start: StartSync; readonly counts: () => Promise<WorkCounts> }
}

const BODY_LIMIT = 64 * 1024
/** How long a request may take to arrive, and how often that is looked at: slow ones hold no connection for long. */
const ARRIVAL = { headersMs: 15_000, requestMs: 30_000, checkMs: 5_000 }

/** The HTTP server, ready to listen or to `inject`; `close` ends it. */
export async function buildServer(dependencies: ServerDependencies): Promise<FastifyInstance> {
  const { arrival = ARRIVAL } = dependencies
  const server = fastify({
    loggerInstance: dependencies.log,
    // Fastify's own lines hold the query: ours are below.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    trustProxy: dependencies.trustedProxies.length === 0 ? false : [...dependencies.trustedProxies],
    requestTimeout: arrival.requestMs,
    http: { headersTimeout: arrival.headersMs, connectionsCheckingInterval: arrival.checkMs },
    frameworkErrors: (error, request, reply) => {
      errorReply(error, request, reply.headers(SECURITY_HEADERS)) // no hook runs for an address that cannot be read
    },
    clientErrorHandler: brokenRequestReply,
  })
  const { people, now } = dependencies
  server.decorate(DECLARED, dependencies.legal?.accessibility?.statement.state ?? null)
  const sessions = await openSessions(server, { ...people, ...people.settings, now })
  answerPeople(server, sessions)
  const app = withZod(server)
  secureHeaders(server)
  logAnswers(server)
  const feed = createEventFeed(dependencies.store, dependencies.log)
  server.addHook('preClose', async () => feed.close())
  const metrics = createMetrics(server, dependencies.store, {
    cron: dependencies.cron,
    counts: dependencies.work.counts,
    listeners: () => feed.listeners,
  })
  await describeRoutes(server)
  healthRoutes(app, dependencies.readiness)
  iconRoute(app)
  exportRoutes(app, dependencies.exports)
  await app.register(async (hooks) =>
    webhookRoutes(hooks, {
      ...dependencies,
      secrets: dependencies.webhookSecrets,
      metrics: metrics.webhooks,
      listener: dependencies.work,
    }),
  )
  await app.register((pages) => peopleRoutes(pages, sessions, dependencies))
  await app.register(async (guarded) => guardedRoutes(guarded, dependencies, { metrics, feed }))
  await server.ready()
  return server
}

/** What people look at, once they signed in. */
async function peopleRoutes(pages: App, sessions: Sessions, dependencies: ServerDependencies): Promise<void> {
  const { people, now } = dependencies
  const { start } = dependencies.work
  const { contours = async () => null } = dependencies
  await signInRoutes(pages, sessions, { signIn: people.signIn, now })
  const seen = {
    ...{
      store: dependencies.store,
      departments: dependencies.departments,
      perimeter: people.settings.perimeter ?? 'open',
    },
    contacts: forMinutes(people.contacts ?? nobody, people.settings.contactsMinutes ?? 0, () =>
      now().getTime(),
    ),
  }
  paperRoutes(pages, sessions, { ...seen, papers: dependencies.papers })
  dayPaperRoutes(pages, sessions, { ...dependencies, ...seen })
  pageRoutes(pages, sessions, {
    ...{ ...dependencies, ...seen, baseAddress: people.baseAddress },
    contours,
    hasForms: (dependencies.forms ?? null) !== null,
    placeNames: people.placeNames ?? noNames,
    waiting: people.waiting ?? (async () => []),
    recordAddresses: people.recordAddresses ?? noNames,
    recalculate:
      people.recalculate ??
      (async (siren) => void (await start({ epcis: [siren], accept: false, whole: false }))),
    startSync: start,
  })
  if (dependencies.legal !== undefined) legalRoutes(pages, sessions, { ...dependencies.legal, now })
  whatIfRoutes(pages, sessions, {
    ...{ ...dependencies, ...seen },
    roleOf: people.roleOf,
    addDiagnostic: people.addDiagnostic ?? null,
  })
  mapRoutes(pages, sessions, { ...dependencies, ...seen, contours })
  const { diary, day: desk } = dependencies
  planningRoutes(pages, sessions, { ...diary, ...seen, now })
  await pages.register(async (open) => mailRoutes(open, { store: seen.store, keyed: diary.keyed }))
  calendarRoutes(pages, sessions, {
    ...diary,
    ...seen,
    now,
    memberOf: people.memberOf ?? nameless(people.roleOf),
  })
  invitationRoutes(pages, sessions, { ...dependencies.invitations, ...seen })
  const { publicUrl, keyed } = diary
  dayRoutes(pages, sessions, { ...seen, now, publicUrl, desk, links: dayLinks(seen.store, keyed) })
  formPages(pages, sessions, { ...{ ...seen, now, publicUrl, keyed }, forms: dependencies.forms ?? null })
}

/** What a program asks for, with the bearer token. */
function guardedRoutes(
  guarded: App,
  dependencies: ServerDependencies,
  { metrics, feed }: { readonly metrics: Metrics; readonly feed: EventFeed },
): void {
  guarded.addHook('onRequest', bearer(dependencies.apiToken))
  metricsRoutes(guarded, metrics)
  epciRoutes(guarded, dependencies)
  calibrationRoutes(guarded, dependencies)
  workloadRoutes(guarded, dependencies.store)
  typologyRoutes(guarded, dependencies)
  recommendationRoutes(guarded, dependencies.rules)
  syncRoutes(guarded, dependencies.store, dependencies.work.start)
  inboxRoutes(guarded, dependencies.store)
  eventRoutes(guarded, feed)
}

/** The route, never the address: no query, no body, no header. Health checks would drown the rest. */
function logAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', async ({ log, method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? null
    const level = route?.startsWith('/health/') ? 'debug' : 'info'
    log[level](
      { method, route, status: statusCode, milliseconds: Math.round(elapsedTime) },
      'request answered',
    )
  })
}

const noNames = async (): Promise<ReadonlyMap<number, string>> => new Map()

/** A member of whom nothing but the role is known: nothing is theirs. */
function nameless(roleOf: SessionDependencies['roleOf']): CalendarParts['memberOf'] {
  return async (account) => {
    const role = await roleOf(account)
    return role === null ? null : { role, email: '' }
  }
}

async function nobody(): Promise<Contacts> {
  return { listed: [], bySiren: new Map(), referents: new Map() }
}
