import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FieldName } from '../domain/fields.ts'
import type { Answers } from '../domain/journee/answers.ts'
import { shares } from '../domain/journee/shares.ts'
import { mayWrite } from '../domain/member.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { DayAccess } from './day-access.ts'
import { byAccount, byLink, wantsJson } from './day-access.ts'
import type { DayDesk } from './day-desk.ts'
import { rootOf } from './diary.ts'
import type { DayLinks, LinkKind } from './day-key.ts'
import { dayHome, doorPage, groupPage, newPlacePage, refusedDayPage } from './pages/day.ts'
import type { DayPlace, Said } from './pages/day.ts'
import { DAY_POLICY } from './pages/layout.ts'
import { dayReportPage } from './pages/day-report.ts'
import { faultPage } from './pages/missing.ts'
import { getReport } from '../store/reports.ts'
import type { ReportSources } from './page-reports.ts'
import { reportOf } from './stored-report.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the pages of a journée for phones are made of. */
export type DayParts = ReportSources & {
  readonly desk: DayDesk
  readonly links: DayLinks
  /** PORTREA_PUBLIC_URL, with its last slash; null: addresses follow the request. */
  readonly publicUrl: string | null
  readonly now: () => Date
}

type Access = (request: FastifyRequest, reply: FastifyReply) => Promise<DayAccess | null>
type Answer = { readonly status: number; readonly said: string; readonly back: string }
type Handler = (access: DayAccess, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** The page of a journée for phones, at /journees/{id}/jour for who signed in, at /jour/{key} for who has the link of the day. */
export function dayRoutes(app: App, sessions: Sessions, parts: DayParts): void {
  const { desk, links, now } = parts
  const often = counted(now)
  const ways: readonly (readonly [string, Access])[] = [
    ['/journees/:id/jour', byAccount(sessions, parts)],
    ['/jour/:key', byLink(links, desk, now)],
  ]
  for (const [root, access] of ways) {
    const opened = (handle: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        const allowed = await access(request, reply)
        return allowed === null ? reply : await handle(allowed, request, reply)
      } catch (cause) {
        if (!(cause instanceof PortreaError)) throw cause
        request.log.warn({ code: cause.code }, 'the page of a journée could not be made')
        return away(cause, request, reply)
      }
    }
    const hidden = { schema: { hide: true } }
    app.get(root, hidden, opened(home(parts)))
    app.get(`${root}/bilan`, hidden, opened(report(parts)))
    app.post(`${root}/liens`, hidden, opened(renew(parts)))
    app.get(`${root}/groupe/:group`, hidden, opened(group(desk)))
    app.get(`${root}/lieu`, hidden, opened(newPlace(desk)))
    app.get(`${root}/accueil`, hidden, opened(door(desk)))
    app.post(
      `${root}/groupe/:group/fiches/:record`,
      hidden,
      opened(taken(often, (...all) => answer(desk, ...all))),
    )
    app.post(`${root}/lieu`, hidden, opened(taken(often, (...all) => add(desk, ...all))))
    app.post(`${root}/accueil/:person`, hidden, opened(taken(often, (...all) => attend(desk, ...all))))
  }
}

function home({ desk, links, publicUrl }: DayParts): Handler {
  return async (access, request, reply) => {
    const { journee, visitor } = access
    const { id, date } = journee
    const root = rootOf(publicUrl, request)
    const address = async (kind: LinkKind, on: string) =>
      `${root}jour/${await links.keyOf({ kind, journee: id, date: on })}`
    const addresses =
      visitor === null || !mayWrite(visitor.role) || date === null
        ? null
        : { groups: await address('groups', date), door: await address('door', date) }
    return shown(reply, dayHome(await placeOf(access, desk), addresses))
  }
}

/** What the journée brought, for members of the base. */
function report({ desk, store }: DayParts): Handler {
  return async (access, _, reply) => {
    if (access.visitor === null) return reply.redirect(access.root, 303)
    const { journee } = access
    const [groups, stored, names, turnout] = await Promise.all([
      desk.brought(journee),
      getReport(store, journee.epci.siren),
      desk.referents(journee),
      desk.turnout(journee),
    ])
    const told = stored === null ? null : reportOf(stored)
    return shown(reply, dayReportPage(placeWith(access, []), { groups, report: told, names, turnout }))
  }
}

/** New links for who prepares the journée: the former ones are dead. */
function renew({ links }: DayParts): Handler {
  return async ({ journee, root, visitor }, request, reply) => {
    if (!fromElsewhere(request) && visitor !== null && mayWrite(visitor.role)) await links.renew(journee.id)
    return reply.redirect(root, 303)
  }
}

const Group = z.object({ group: z.coerce.number().int().min(1).max(500) })
const Query = z.object({
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
  groupe: z.coerce.number().int().min(1).max(500).nullable().catch(null).default(null),
  dit: z.literal('envoye').nullable().catch(null).default(null),
})

function group(desk: DayDesk): Handler {
  return async (access, request, reply) => {
    const number = Group.safeParse(request.params).data?.group
    const place = await placeOf(access, desk)
    if (number === undefined || !place.groups.includes(number)) return reply.redirect(access.root, 303)
    const query = Query.parse(request.query)
    const all = await desk.records(access.journee)
    const own = shares(all, place.groups)
    const open = all.filter(
      ({ id, lacks, wrong }) => own.get(id) === number && lacks.length + wrong.length > 0,
    )
    const from = (query.page - 1) * desk.page
    const more = open.length > from + desk.page
    const view = {
      records: open.slice(from, from + desk.page),
      left: open.length,
      waiting: all.filter(({ id, proposed }) => own.get(id) === number && proposed.length > 0).length,
      known: all.length,
      asked: desk.asked,
      next: more ? `${access.root}/groupe/${number}?page=${query.page + 1}` : null,
      said: saidIn(query),
    }
    return shown(reply, groupPage(place, number, view))
  }
}

function newPlace(desk: DayDesk): Handler {
  return async (access, request, reply) => {
    const query = Query.parse(request.query)
    const view = { asked: desk.newPlace.map(desk.asked), group: query.groupe, said: saidIn(query) }
    return shown(reply, newPlacePage(await placeOf(access, desk), view))
  }
}

function door(desk: DayDesk): Handler {
  return async (access, request, reply) => {
    if (!access.door) return reply.redirect(access.root, 303)
    const people = await desk.people(access.journee)
    return shown(
      reply,
      doorPage(placeWith(access, desk.groups(people)), people, saidIn(Query.parse(request.query))),
    )
  }
}

function saidIn({ dit }: z.infer<typeof Query>): Said {
  return dit === null ? null : THANKS
}

const THANKS = typeset('Envoyé. Merci ! Un·e référent·e le relira.')
const SAME = typeset("Rien de nouveau : c'est déjà dans la fiche.")
const NOTHING = typeset('Bien noté : rien à ajouter à la fiche.')
const EMPTY = typeset("Rien n'était écrit.")

async function placeOf(access: DayAccess, desk: DayDesk): Promise<DayPlace> {
  return placeWith(access, desk.groups(await desk.people(access.journee)))
}

function placeWith(
  { journee, root, visitor, door: open, refusal }: DayAccess,
  groups: readonly number[],
): DayPlace {
  const { date, place, epci } = journee
  return { root, visitor, name: epci.name, date, place, door: open, groups, refusal }
}

function shown(reply: FastifyReply, page: ReturnType<typeof dayHome>): FastifyReply {
  return sendPage(reply, page, DAY_POLICY)
}

const NOT_HERE = 'Cette réponse ne vient pas de cette page.'
const OFTEN = typeset('Trop de réponses à la fois : attendez une minute.')
type Often = (root: string) => boolean
/** More answers a minute by one link are no people: thirty phones send one every few seconds at most. */
const MOST_A_MINUTE = 600
const MINUTE_MS = 60_000

/** Whether too many answers came by one link in the last minute. */
function counted(now: () => Date): Often {
  const links = new Map<string, { since: number; count: number }>()
  return (root) => {
    const at = now().getTime()
    for (const [key, { since }] of links) if (since < at - MINUTE_MS) links.delete(key)
    const seen = links.get(root) ?? { since: at, count: 0 }
    seen.count += 1
    links.set(root, seen)
    return seen.count > MOST_A_MINUTE
  }
}

/** A form that was sent: to the script what came of it, to a plain browser the way back. */
function taken(often: Often, act: (access: DayAccess, request: FastifyRequest) => Promise<Answer>): Handler {
  return async (access, request, reply) => {
    const { refusal, root } = access
    const refused = fromElsewhere(request) ? NOT_HERE : often(root) ? OFTEN : refusal
    const { status, said, back } =
      refused === null
        ? await act(access, request)
        : { status: refused === OFTEN ? 429 : 403, said: refused, back: root }
    if (wantsJson(request)) return reply.code(status).send({ said })
    if (status !== 200) return sendPage(reply.code(status), refusedDayPage(access.visitor, said, back))
    return reply.redirect(`${back}${back.includes('?') ? '&' : '?'}dit=envoye`, 303)
  }
}

async function answer(desk: DayDesk, { journee, root }: DayAccess, request: FastifyRequest): Promise<Answer> {
  const asked = Group.extend({ record: z.coerce.number().int().min(1) }).safeParse(request.params).data
  if (asked === undefined) return { status: 404, said: 'Cette fiche n’existe pas.', back: root }
  const back = `${root}/groupe/${asked.group}`
  const answers = answersIn(request.body, desk.fields)
  const { kept, gone, faults, nothing, same } = await desk.answer(journee, asked.group, asked.record, answers)
  if (gone) return { status: 404, said: typeset("Cette fiche n'est plus dans la base."), back }
  if (faults.length > 0) return { status: 422, said: faultsText(desk, faults), back }
  return { status: 200, said: kept > 0 ? THANKS : same > 0 ? SAME : nothing > 0 ? NOTHING : EMPTY, back }
}

async function add(desk: DayDesk, { journee, root }: DayAccess, request: FastifyRequest): Promise<Answer> {
  const group = Query.shape.groupe.parse(fieldsIn(request.body)['groupe'] ?? null)
  const { faults } = await desk.add(journee, group, answersIn(request.body, desk.newPlace))
  const back = `${root}/lieu${group === null ? '' : `?groupe=${group}`}`
  if (faults.length > 0) return { status: 422, said: faultsText(desk, faults), back }
  return { status: 200, said: THANKS, back }
}

async function attend(desk: DayDesk, access: DayAccess, request: FastifyRequest): Promise<Answer> {
  const back = `${access.root}/accueil`
  const id = z.object({ person: z.coerce.number().int().min(1) }).safeParse(request.params).data?.person
  if (!access.door) return { status: 403, said: 'Ce lien n’ouvre pas l’accueil.', back: access.root }
  const known =
    id !== undefined && (await desk.attend(access.journee, id, fieldsIn(request.body)['present'] === '1'))
  return known
    ? { status: 200, said: '', back }
    : { status: 404, said: typeset("Cette personne n'est plus inscrite à cette journée."), back }
}

/** The fields of a form; of one that was sent several times, all its values. */
function fieldsIn(body: unknown): Readonly<Record<string, string>> {
  const read = z.record(z.string(), z.union([z.string(), z.array(z.string())])).safeParse(body).data ?? {}
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => [name, Array.isArray(value) ? value.join('|') : value]),
  )
}

/** Of the fields of a form those that are asked for. */
function answersIn(body: unknown, asked: readonly FieldName[]): Answers {
  const all = Object.entries(fieldsIn(body))
  return Object.fromEntries(all.filter(([name]) => asked.some((field) => field === name)))
}

function faultsText(
  desk: DayDesk,
  faults: readonly { field: Parameters<DayDesk['asked']>[0]; message: string }[],
): string {
  return faults.map(({ field, message }) => `${desk.asked(field).title} : ${message}`).join(' ')
}

/** What passes by itself; all else is for people to mend, and is told with what to do. */
const PASSING: readonly string[] = ['NOCODB_UNAVAILABLE', 'STORE_UNAVAILABLE', 'SYNC_RUNNING', 'INTERRUPTED']

function away(cause: PortreaError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = PASSING.includes(cause.code) ? 503 : 409
  const said =
    status === 503
      ? 'NocoDB est occupé ou ne répond pas : cette réponse partira d’elle-même.'
      : cause.code === 'SCHEMA_MISMATCH' && cause.faults.length > 0
        ? cause.faults.join(' ')
        : typeset("NocoDB n'a pas pris cette réponse : montrez-la à qui anime la journée.")
  if (wantsJson(request)) return reply.code(status).send({ said })
  return sendPage(reply.code(status), faultPage(status, request.id))
}
