import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addMonths, parisDay } from '../domain/days.ts'
import { mayWrite } from '../domain/member.ts'
import { qrPicture } from '../papers/qr.ts'
import { rootOf } from './diary.ts'
import { FORM_KINDS } from './form-key.ts'
import type { FormKind } from './form-key.ts'
import type { FormParts } from './form-routes.ts'
import { visitorOf } from './page-visitor.ts'
import { formAddressesPage } from './pages/form-addresses.ts'
import type { Visitor } from './pages/layout.ts'
import { notYoursPage } from './pages/missing.ts'
import { seenReport } from './seen-report.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

type AddressParts = FormParts & {
  /** PORTREA_PUBLIC_URL, with its last slash; null: addresses follow the request. */
  readonly publicUrl: string | null
}

/**
 * GET /epcis/{siren}/formulaires: the secret addresses of an EPCI and their QR codes, for who may write in the base; POST: new
 * ones, the former are dead.
 */
export function formAddressRoutes(app: App, sessions: Sessions, parts: AddressParts): void {
  const hidden = { schema: { hide: true } }
  app.get('/epcis/:siren/formulaires', hidden, async (request, reply) => {
    const known = await editor(sessions, parts, request, reply)
    if (known === null) return reply
    const { visitor, report } = known
    const until = lastDay(parts)
    const addressOf = addresses(parts, request, report.siren, until)
    const shown = { diagnostic: await addressOf('diagnostic'), place: await addressOf('place') }
    const { renouvele } = z.object({ renouvele: z.string().optional() }).parse(request.query)
    return sendPage(
      reply,
      formAddressesPage({ visitor, report, until, addresses: shown, renewed: renouvele !== undefined }),
    )
  })
  app.post('/epcis/:siren/formulaires', hidden, async (request, reply) => {
    const known = await editor(sessions, parts, request, reply)
    if (known === null) return reply
    const path = `/epcis/${known.report.siren}/formulaires`
    if (fromElsewhere(request)) return reply.redirect(path, 303)
    await parts.links.renew(known.report.siren)
    return reply.redirect(`${path}?renouvele`, 303)
  })
  for (const kind of FORM_KINDS)
    app.get(`/epcis/:siren/formulaires/${kind}.svg`, hidden, async (request, reply) => {
      const known = await editor(sessions, parts, request, reply)
      if (known === null) return reply
      const address = await addresses(parts, request, known.report.siren, lastDay(parts))(kind)
      return reply.type('image/svg+xml').serializer(String).send(qrPicture(address))
    })
}

async function editor(sessions: Sessions, parts: AddressParts, request: FastifyRequest, reply: FastifyReply) {
  const visitor: Visitor | null = await visitorOf(sessions, request, reply)
  if (visitor === null) return null
  const found = await seenReport(request, reply, visitor, parts)
  if (found === null) return null
  if (mayWrite(visitor.role)) return { visitor, report: found.report }
  sendPage(reply.code(403), notYoursPage(visitor))
  return null
}

/** The last of a month: an address is the same until the month ends, so that who prints it and who mails it give the same. */
function lastDay({ forms, now }: FormParts): string {
  const first = `${parisDay(now()).slice(0, 7)}-01`
  const next = addMonths(first, forms.settings.months + 1)
  return new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10)
}

function addresses(
  { links, publicUrl }: AddressParts,
  request: FastifyRequest,
  siren: string,
  until: string,
) {
  const root = rootOf(publicUrl, request)
  return async (kind: FormKind) => `${root}formulaire/${await links.keyOf({ kind, siren, until })}`
}
