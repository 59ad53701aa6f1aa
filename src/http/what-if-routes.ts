import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import type { Answers } from '../domain/diagnostic.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { ROLES } from '../domain/member.ts'
import type { Role } from '../domain/member.ts'
import { recommend } from '../domain/recommendation.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { visitorOf } from './page-visitor.ts'
import type { Visitor } from './pages/layout.ts'
import { missingPage, unknownPage } from './pages/missing.ts'
import { whatIfPage } from './pages/what-if.ts'
import type { WhatIfView } from './pages/what-if.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import { reports } from './stored-report.ts'
import { whatIf } from './what-if-form.ts'
import type { App } from './zod-routes.ts'

/** A diagnostic that somebody asks to keep. */
export type NewDiagnostic = {
  readonly siren: string
  readonly answers: Answers
  /** The account of who asks. */
  readonly author: string
  readonly remark: string
}

/** What the pages of what-ifs are made of. */
export type WhatIfSources = {
  readonly store: Store
  readonly rules: Rules
  /** The role of an account on the base now; null: no member. Throws a PortreaError where NocoDB does not say. */
  readonly roleOf: (id: string) => Promise<Role | null>
  /** Writes the row in NocoDB. Throws a PortreaError where it cannot. null: nothing can be kept. */
  readonly addDiagnostic: ((diagnostic: NewDiagnostic) => Promise<void>) | null
}

/** Roles by which NocoDB itself would let somebody add a row. */
const MAY_WRITE: readonly Role[] = ROLES.slice(0, ROLES.indexOf('editor') + 1)

const Remark = z.object({ remarque: z.string().trim().max(2000).catch('').default('') })
const Params = z.object({ siren: Siren })
const Given = z.record(z.string(), z.unknown()).catch({})

/** GET and POST /epcis/{siren}/et-si: what would change, and a new diagnostic where a person asks for it. */
export function whatIfRoutes(app: App, sessions: Sessions, sources: WhatIfSources): void {
  const { rules, addDiagnostic } = sources
  const page = (visitor: Visitor, report: EpciReport, given: unknown, told: WhatIfView['told']) => {
    const asked = whatIf(report.situation, Given.parse(given))
    const changed = recommend(asked.situation, rules)
    const maySave = addDiagnostic !== null && MAY_WRITE.includes(visitor.role)
    return whatIfPage({ visitor, report, whatIf: asked, changed, maySave, told })
  }
  app.get('/epcis/:siren/et-si', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const report = await reportFor(request, reply, visitor, sources.store)
    if (report === null) return reply
    const { enregistre } = Given.parse(request.query)
    const told = enregistre === undefined ? null : SAVED
    return sendPage(reply, page(visitor, report, request.query, told))
  })
  const save = saver(sources)
  app.post('/epcis/:siren/et-si', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const report = await reportFor(request, reply, visitor, sources.store)
    if (report === null) return reply
    const outcome = fromElsewhere(request) ? 'forbidden' : await save(request, reply, sessions, report)
    if (outcome === 'saved') return reply.redirect(`/epcis/${report.siren}/et-si?enregistre=1`, 303)
    void reply.code(STATUS[outcome])
    return sendPage(reply, page(visitor, report, request.body, { kind: 'error', text: ERRORS[outcome] }))
  })
}

const SAVED = {
  kind: 'notice',
  text: 'Le diagnostic est enregistré dans NocoDB ; les chiffres de cet EPCI suivent en quelques secondes.',
} as const
const STATUS = { forbidden: 403, away: 503, unchanged: 400, refused: 422 } as const
const ERRORS = {
  forbidden:
    'Votre rôle dans la base NocoDB ne permet pas d’y ajouter un diagnostic : demandez à être éditeur·rice.',
  away: 'NocoDB ne répond pas : rien n’est enregistré. Réessayez dans un moment.',
  unchanged: 'Aucune réponse n’a changé : il n’y a rien à enregistrer.',
  refused:
    'NocoDB n’a pas pris ce diagnostic : rien n’est enregistré. Vérifiez la table « Diagnostics », ou lancez `portrea doctor`.',
} as const

/** null: there is none, and the answer is sent. */
async function reportFor(
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  store: Store,
): Promise<EpciReport | null> {
  const siren = Params.safeParse(request.params).data?.siren
  const report = siren === undefined ? undefined : (await reports(store)).find((one) => one.siren === siren)
  if (report !== undefined) return report
  sendPage(reply.code(404), siren === undefined ? unknownPage(visitor) : missingPage(visitor))
  return null
}

/** How long the same answers of the same person count as the same click. */
const TWICE_MS = 60_000

/** Keeps a diagnostic once, by the role that the person has in NocoDB at that moment. */
function saver({ roleOf, addDiagnostic }: WhatIfSources) {
  let last = { what: '', at: 0 }
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    sessions: Sessions,
    { siren, situation }: EpciReport,
  ): Promise<'saved' | keyof typeof STATUS> => {
    const visit = await sessions.visit(request, reply)
    if (visit.kind !== 'in' || addDiagnostic === null) return 'forbidden'
    const { answers } = whatIf(situation, Given.parse(request.body)).situation
    if (JSON.stringify(answers) === JSON.stringify(situation.answers)) return 'unchanged'
    const what = JSON.stringify([visit.session.id, siren, answers])
    if (what === last.what && Date.now() - last.at < TWICE_MS) return 'saved'
    try {
      const role = await roleOf(visit.session.id)
      if (role === null || !MAY_WRITE.includes(role)) return 'forbidden'
      last = { what, at: Date.now() }
      const { remarque: remark } = Remark.parse(request.body)
      await addDiagnostic({ siren, answers, author: visit.session.email, remark })
      return 'saved'
    } catch (cause) {
      last = { what: '', at: 0 }
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'a diagnostic could not be kept')
      return cause.code === 'NOCODB_REFUSED' || cause.code === 'SCHEMA_MISMATCH' ? 'refused' : 'away'
    }
  }
}
