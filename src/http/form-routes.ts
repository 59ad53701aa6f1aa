import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parisDay } from '../domain/days.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { getReport } from '../store/reports.ts'
import { formAnswer } from './form-answer.ts'
import type { Given, Outcome } from './form-answer.ts'
import type { FormDesk } from './form-desk.ts'
import type { FormLink, FormLinks } from './form-key.ts'
import { formLimit } from './form-limit.ts'
import { maySee } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import { knownVisitor } from './page-visitor.ts'
import { closedFormPage, diagnosticForm, placeForm, thanksPage } from './pages/form.ts'
import type { FormView } from './pages/form.ts'
import type { Sessions } from './session.ts'
import { reportOf } from './stored-report.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the forms without an account are made of. */
export type FormParts = ReportSources & {
  readonly forms: NonNullable<FormDesk>
  readonly links: FormLinks
  readonly now: () => Date
}

type Opened = FormLink & { readonly key: string; readonly name: string }

/** More is no answer to a form. */
const MOST_BYTES = 48 * 1024

/** GET and POST /formulaire/{key}: a form that anybody with the address answers; GET …/merci: what happens next. */
export function formRoutes(app: App, sessions: Sessions, parts: FormParts): void {
  const { forms, links, now } = parts
  const limit = formLimit(forms.settings, () => now().getTime())
  const hidden = { schema: { hide: true }, bodyLimit: MOST_BYTES }
  app.get('/formulaire/:key', hidden, async (request, reply) => {
    const opened = await open(parts, request, reply)
    return opened === null ? reply : shown(parts, reply, opened, { typed: {}, faults: [], told: null })
  })
  app.post('/formulaire/:key', hidden, async (request, reply) => {
    const opened = await open(parts, request, reply)
    if (opened === null) return reply
    const typed = givenIn(request.body)
    const refused = fromElsewhere(request)
      ? ({ status: 403, told: ELSEWHERE } as const)
      : ((await unripe(parts, opened, typed)) ?? often(limit.refuses(request.ip, opened.key)))
    const outcome = refused === null ? await kept(request, parts, opened, typed) : { ...refused, faults: [] }
    if (outcome.status === 200) limit.kept(opened.key)
    if (outcome.status !== 200) return shown(parts, reply.code(outcome.status), opened, { typed, ...outcome })
    const stamp = await links.stamp(opened.key, now().getTime())
    return reply.redirect(`/formulaire/${opened.key}/merci?recu=${stamp}`, 303)
  })
  app.get('/formulaire/:key/merci', hidden, async (request, reply) => {
    const opened = await open(parts, request, reply)
    if (opened === null) return reply
    const { recu } = z.object({ recu: z.string().max(60).catch('').default('') }).parse(request.query)
    if ((await links.shownAt(opened.key, recu)) === null)
      return reply.redirect(`/formulaire/${opened.key}`, 303)
    const visitor = await knownVisitor(sessions, request, reply)
    const sheet = visitor !== null && (await seesSheet(visitor, opened.siren, parts))
    return sendPage(reply, thanksPage({ ...opened, visitor, sheet, forms }))
  })
}

/** What was kept is told as kept, whether or not NocoDB says just then who may see what. */
async function seesSheet(...asked: Parameters<typeof maySee>): Promise<boolean> {
  try {
    return await maySee(...asked)
  } catch (cause) {
    if (cause instanceof PortreaError) return false
    throw cause
  }
}

function often(refused: 'minute' | 'day' | null): { readonly status: 429; readonly told: string } | null {
  return refused === null ? null : { status: 429, told: refused === 'minute' ? OFTEN : FULL }
}

/** What an address opens; null: nothing (any more), and the answer is sent. */
async function open(
  { links, store, now }: FormParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Opened | null> {
  void reply.header('x-robots-tag', 'noindex')
  const key = z.object({ key: z.string().max(60) }).safeParse(request.params).data?.key ?? ''
  const link = await links.read(key)
  const stored = link === null ? null : await getReport(store, link.siren)
  const report = stored === null ? null : reportOf(stored)
  if (link === null || report === null) return closed(reply, 404, null)
  if (link.until < parisDay(now())) return closed(reply, 410, link.until)
  return { ...link, key, name: report.name }
}

function closed(reply: FastifyReply, status: number, until: string | null): null {
  sendPage(reply.code(status), closedFormPage(until))
  return null
}

async function shown(
  { forms, links, now }: FormParts,
  reply: FastifyReply,
  opened: Opened,
  view: Pick<FormView, 'typed' | 'faults' | 'told' | 'status'>,
): Promise<FastifyReply> {
  const stamp = await links.stamp(opened.key, now().getTime())
  const page = opened.kind === 'diagnostic' ? diagnosticForm : placeForm
  return sendPage(reply, page({ ...opened, ...view, stamp, forms }))
}

const ELSEWHERE = typeset("Cette réponse ne vient pas de cette page : relisez-la, puis envoyez-la d'ici.")
const OFTEN = typeset('Trop de réponses à la fois : attendez une minute, puis envoyez de nouveau.')
const FULL = typeset(
  "Cette adresse a reçu aujourd'hui plus de réponses qu'elle n'en prend en un jour : envoyez de nouveau demain, ou prévenez votre Hub.",
)
const OLD = typeset(
  'Cette page était ouverte depuis longtemps : relisez vos réponses, puis envoyez de nouveau.',
)
const FAST = typeset('C’est allé très vite : relisez vos réponses, puis envoyez de nouveau.')
const TRAP = typeset(
  'Le champ « à laisser vide » était rempli : il est vidé. Relisez, puis envoyez de nouveau.',
)
const AWAY = typeset(
  "NocoDB, où s'inscrivent les réponses, ne répond pas : rien n'est confirmé. Ce que vous avez écrit est resté ci-dessous : envoyez de nouveau dans un moment, la même réponse ne s'inscrit qu'une fois.",
)
const BUSY = typeset(
  "La base est occupée à un autre travail : rien n'est confirmé. Ce que vous avez écrit est resté ci-dessous : envoyez de nouveau dans quelques minutes.",
)
const NO_STORE = typeset(
  "Le service ne peut rien noter en ce moment : rien n'est confirmé. Ce que vous avez écrit est resté ci-dessous : envoyez de nouveau dans un moment.",
)
/** What may pass by itself; anything else does not. */
const PASSING: Readonly<Partial<Record<ErrorCode, string>>> = {
  NOCODB_UNAVAILABLE: AWAY,
  SYNC_RUNNING: BUSY,
  STORE_UNAVAILABLE: NO_STORE,
}
const NOT_TAKEN = typeset(
  "La base n'a pas pris ces réponses : rien n'est enregistré. Ce que vous avez écrit est resté ci-dessous ; si cela se répète, prévenez votre Hub.",
)

/** Nobody reads a form in less, nor keeps it open for longer (milliseconds). */
const HOUR_MS = 3_600_000
const [SOONEST, LATEST] = [2000, 24 * HOUR_MS]

/** Why what was sent is no person's word on the page as it is; null: it is. People send again; programs that fill everything do not. */
async function unripe(
  { links, now }: FormParts,
  { key }: Opened,
  typed: Given,
): Promise<{ readonly status: 422; readonly told: string } | null> {
  const at = await links.shownAt(key, typed['page'] ?? '')
  const age = at === null ? Infinity : now().getTime() - at
  if ((typed['site'] ?? '') !== '') return { status: 422, told: TRAP }
  if (age > LATEST) return { status: 422, told: OLD }
  return age < SOONEST ? { status: 422, told: FAST } : null
}

async function kept(
  request: FastifyRequest,
  { forms, links, now }: FormParts,
  opened: Opened,
  typed: Given,
): Promise<Outcome> {
  try {
    // Sent twice around midnight it is of one day: that of its page, as long as that is of today's evening or morning.
    const at = (await links.shownAt(opened.key, typed['page'] ?? '')) ?? 0
    const day = parisDay(now().getTime() - at < HOUR_MS ? new Date(at) : now())
    return await formAnswer(forms, { ...opened, day }, typed)
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    request.log.warn({ code: cause.code, kind: opened.kind }, 'a form could not be kept')
    const passing = PASSING[cause.code]
    return { status: passing === undefined ? 502 : 503, told: passing ?? NOT_TAKEN, faults: [] }
  }
}

/** The fields of a form, with the line ends of NocoDB; of one that was sent several times, all its values. */
function givenIn(body: unknown): Given {
  const read = z.record(z.string(), z.union([z.string(), z.array(z.string())])).safeParse(body).data ?? {}
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value.join('|') : value).replaceAll(/\r\n?/gu, '\n'),
    ]),
  )
}
