import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { pdfName } from '../papers/file-name.ts'
import type { Paper } from '../papers/press.ts'
import type { PrintShop } from '../papers/print-shop.ts'
import type { Store } from '../store/database.ts'
import type { Visitor } from './pages/layout.ts'
import { faultyPaperPage, missingPage } from './pages/missing.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { reports } from './stored-report.ts'
import { visitorOf } from './page-visitor.ts'
import type { App } from './zod-routes.ts'

/** What papers are printed with. */
export type PaperParts = { readonly shop: Pick<PrintShop, 'sheet' | 'print'> }

/** GET /epcis/{siren}/fiche.pdf: papers as PDF, for those signed in. */
export function paperRoutes(
  app: App,
  sessions: Sessions,
  { store, papers }: { readonly store: Store; readonly papers: PaperParts },
): void {
  app.get('/epcis/:siren/fiche.pdf', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const siren = z.object({ siren: Siren }).safeParse(request.params).data?.siren
    const report = (await reports(store)).find((one) => one.siren === siren)
    if (report === undefined) return sendPage(reply.code(404), missingPage(visitor))
    const name = pdfName('fiche territoire', report.name)
    return sendPaper(request, reply, visitor, { name, print: () => papers.shop.sheet(report) })
  })
}

/** What is printed, and under which file name. */
type Printing = { readonly name: string; readonly print: () => Promise<Paper> }

/** The PDF; a template at fault is told to its reader, who is a member of the base, and to the log. */
async function sendPaper(
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  { name, print }: Printing,
): Promise<FastifyReply> {
  try {
    const { pdf } = await print()
    return await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${name}"`)
      .send(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
  } catch (cause) {
    if (!(cause instanceof PortreaError) || cause.code !== 'CONFIG_INVALID') throw cause
    request.log.error({ faults: cause.faults }, 'a template of a paper is at fault')
    return sendPage(reply.code(500), faultyPaperPage(visitor, cause.faults))
  }
}
