import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Role } from '../domain/member.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import type { SignedIn } from './page-visitor.ts'
import type { Visitor } from './pages/layout.ts'
import { askedPage, notAllowedPage, notDonePage, notYoursPage, unknownPage } from './pages/missing.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { StartSync } from './sync-routes.ts'
import type { App } from './zod-routes.ts'

/** What people may have done from the pages. */
export type ActionSources = ReportSources & {
  /** As the button « Recalculer » of NocoDB: the figures of an EPCI are made again soon. Throws a PortreaError. */
  readonly recalculate: (siren: string) => Promise<void>
  readonly startSync: StartSync
}

/** Who may do what: the words of NocoDB. */
const MAY: Readonly<Record<'recalculate' | 'sync', readonly Role[]>> = {
  recalculate: ['owner', 'creator', 'editor'],
  sync: ['owner', 'creator'],
}

/** POST /epcis/{siren}/recalculer and /synchroniser; a form of another site is refused, beside SameSite cookies. */
export function actionRoutes(app: App, signedIn: SignedIn, sources: ActionSources): void {
  app.post('/epcis/:siren/recalculer', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await allowed(request, reply, signedIn, MAY.recalculate)
    if (visitor === null) return reply
    const siren = z.object({ siren: Siren }).safeParse(request.params).data?.siren
    const { reports, closed } = await seenBy(visitor, sources)
    if (siren === undefined) return sendPage(reply.code(404), unknownPage(visitor))
    const isSeen = reports.some((one) => one.siren === siren)
    if (!isSeen)
      return sendPage(reply.code(closed ? 403 : 404), closed ? notYoursPage(visitor) : unknownPage(visitor))
    return done(reply, visitor, `/epcis/${siren}`, () => sources.recalculate(siren))
  })
  app.post('/synchroniser', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await allowed(request, reply, signedIn, MAY.sync)
    if (visitor === null) return reply
    const wish = { epcis: null, accept: false, whole: false }
    return done(reply, visitor, '/', () => sources.startSync(wish))
  })
}

/** Who asks, where their role lets them; null: the answer is sent. */
async function allowed(
  request: FastifyRequest,
  reply: FastifyReply,
  signedIn: SignedIn,
  roles: readonly Role[],
): Promise<Visitor | null> {
  const visitor = await signedIn(request, reply)
  if (visitor === null) return null
  if (roles.includes(visitor.role) && !fromElsewhere(request) && isOwnOrigin(request)) return visitor
  void sendPage(reply.code(403), notAllowedPage(visitor))
  return null
}

/** Whether the form is of this service, by the origin that browsers send with it: « null » under our own referrer policy. */
function isOwnOrigin({ headers: { origin }, host }: FastifyRequest): boolean {
  return origin === undefined || origin === 'null' || URL.parse(origin)?.host === host
}

async function done(
  reply: FastifyReply,
  visitor: Visitor,
  back: string,
  action: () => Promise<unknown>,
): Promise<FastifyReply> {
  try {
    await action()
    return await sendPage(reply.code(202), askedPage(visitor, back))
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    reply.log.warn({ code: cause.code }, 'what a person asked for cannot be done')
    return sendPage(reply.code(cause.code.startsWith('SYNC_') ? 409 : 503), notDonePage(visitor, cause, back))
  }
}
