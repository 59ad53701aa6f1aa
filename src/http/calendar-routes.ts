import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { calendarEvents } from '../domain/calendar/events.ts'
import type { CalendarScope } from '../domain/calendar/scope.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { officerFinder } from '../domain/planning/officer-names.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { icsOf } from '../exports/ics.ts'
import { calendarKeys } from './calendar-key.ts'
import type { CalendarKeys } from './calendar-key.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import { signedIn } from './page-visitor.ts'
import { calendarPage } from './pages/calendar.ts'
import type { CalendarAddress } from './pages/calendar.ts'
import type { Visitor } from './pages/layout.ts'
import { rootOf } from './diary.ts'
import type { DiaryParts } from './diary.ts'
import type { OfficersSource } from './planning-routes.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What calendars are made of. */
export type CalendarParts = Omit<DiaryParts, 'settings'> &
  ReportSources & {
    /** The member of the base who has an account; null: none has. Throws a PortreaError where NocoDB does not say. */
    readonly memberOf: (account: string) => Promise<Pick<Visitor, 'email' | 'role'> | null>
    readonly now: () => Date
  }

/**
 * GET /calendriers: the secret addresses of who signed in; POST /calendriers/renouveler: new ones; GET /calendriers/{key}.ics:
 * the calendar, without an account, as long as its person is a member of the base.
 */
export function calendarRoutes(app: App, sessions: Sessions, parts: CalendarParts): void {
  const keys = calendarKeys(parts.store, parts.keyed)
  app.get('/calendriers', { schema: { hide: true } }, async (request, reply) => {
    const known = await signedIn(sessions, request, reply)
    if (known === null) return reply
    const seen = await seenBy(known.visitor, parts)
    const query = z
      .object({ epci: Siren.nullable().catch(null).default(null), renouvele: z.string().optional() })
      .parse(request.query)
    const addressOf = addresses(keys, parts, request, known.account)
    const asked = seen.reports.find(({ siren }) => siren === query.epci)
    const view = {
      visitor: known.visitor,
      region: { title: 'Toutes les journées', address: await addressOf({ kind: 'region' }) },
      closed: seen.closed,
      epci:
        asked === undefined
          ? null
          : { title: asked.name, address: await addressOf({ kind: 'epci', siren: asked.siren }) },
      officers: seen.closed ? [] : await officerAddresses(request, keys, parts, addressOf),
      renewed: query.renouvele !== undefined,
    }
    return sendPage(reply, calendarPage(view))
  })
  app.post('/calendriers/renouveler', { schema: { hide: true } }, async (request, reply) => {
    if (fromElsewhere(request)) return reply.redirect('/calendriers', 303)
    const known = await signedIn(sessions, request, reply)
    if (known === null) return reply
    await keys.renew(known.account)
    return reply.redirect('/calendriers?renouvele', 303)
  })
  app.get('/calendriers/:file', { schema: { hide: true } }, async (request, reply) => {
    const { file } = z.object({ file: z.string().max(300) }).parse(request.params)
    const asked = file.endsWith('.ics') ? await keys.read(file.slice(0, -'.ics'.length)) : null
    if (asked === null) return gone(reply)
    try {
      const member = await parts.memberOf(asked.account)
      if (member === null) return await gone(reply)
      const seen = await seenBy({ ...member, trustedUntil: null }, parts)
      const text = await calendarOf(asked.scope, seen, { keys, parts, link: linkOf(parts, request) })
      return text === null ? await gone(reply) : await sendCalendar(request, reply, text)
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'a calendar could not be made')
      // A program that reads calendars keeps what it has, and comes again.
      return reply
        .code(503)
        .header('retry-after', '600')
        .type('text/plain; charset=utf-8')
        .send('NocoDB ne répond pas.')
    }
  })
}

function gone(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .type('text/plain; charset=utf-8')
    .send('Cette adresse ne donne plus de calendrier : elle a été renouvelée, ou son accès a pris fin.')
}

async function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  // The instant at which it is made is no change of what it says.
  const tag = `"${createHash('sha256')
    .update(text.replaceAll(/^DTSTAMP:.*$/gmu, ''))
    .digest('base64url')
    .slice(0, 22)}"`
  void reply.header('etag', tag).header('cache-control', 'private, max-age=300')
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  return reply.type('text/calendar; charset=utf-8').send(text)
}

type CalendarTools = {
  readonly keys: CalendarKeys
  readonly parts: CalendarParts
  /** To the sheet of an EPCI. */
  readonly link: (siren: string) => string
}

/** The calendar of a scope, of the EPCI that its person may see; null: it tells of nothing that is there any more. */
async function calendarOf(
  scope: CalendarScope,
  { reports, contacts, closed }: Seen,
  { keys, parts: { days, officers, deadlines, now }, link }: CalendarTools,
): Promise<string | null> {
  if (closed && contacts === null)
    throw new PortreaError('NOCODB_UNAVAILABLE', 'NocoDB ne dit pas quels EPCI sont les leurs.')
  const journees = await days()
  const found = await scoped(scope, reports, keys, officers)
  if (found === null) return null
  return icsOf(calendarEvents(found.reports, journees, deadlines), { title: found.title, at: now(), link })
}

async function scoped(
  scope: CalendarScope,
  all: readonly EpciReport[],
  keys: CalendarKeys,
  officers: OfficersSource,
): Promise<{ readonly title: string; readonly reports: readonly EpciReport[] } | null> {
  switch (scope.kind) {
    case 'region':
      return { title: 'Portrea', reports: all }
    case 'epci': {
      const own = all.filter(({ siren }) => siren === scope.siren)
      return own[0] === undefined ? null : { title: `Portrea, ${own[0].name}`, reports: own }
    }
    case 'officer': {
      const { listed, bySiren } = await officers()
      const find = officerFinder(listed)
      const named = all.map((report) => ({ report, people: find(bySiren.get(report.siren) ?? null) }))
      for (const name of new Set([...find.known(), ...named.flatMap(({ people }) => people)]))
        if ((await keys.nameDigest(name)) === scope.digest) {
          const own = named.filter(({ people }) => people.includes(name))
          return { title: `Portrea, ${name}`, reports: own.map(({ report }) => report) }
        }
      return null
    }
  }
}

async function officerAddresses(
  request: FastifyRequest,
  keys: CalendarKeys,
  { officers }: CalendarParts,
  addressOf: (scope: CalendarScope) => Promise<string>,
): Promise<CalendarAddress[] | null> {
  try {
    const { listed, bySiren } = await officers()
    const find = officerFinder(listed)
    const named = [...bySiren.values()].flatMap((cell) => find(cell))
    const all = [...new Set([...find.known(), ...named])].toSorted((one, other) =>
      one.localeCompare(other, 'fr'),
    )
    return await Promise.all(
      all.map(async (title) => ({
        title,
        address: await addressOf({ kind: 'officer', digest: await keys.nameDigest(title) }),
      })),
    )
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    request.log.warn({ code: cause.code }, 'who is in charge of what is not known')
    return null
  }
}

function addresses(keys: CalendarKeys, parts: CalendarParts, request: FastifyRequest, account: string) {
  const root = rootOf(parts.publicUrl, request)
  return async (scope: CalendarScope) => `${root}calendriers/${await keys.keyOf({ account, scope })}.ics`
}

function linkOf(parts: CalendarParts, request: FastifyRequest): (siren: string) => string {
  const root = rootOf(parts.publicUrl, request)
  return (siren) => `${root}epcis/${siren}`
}
