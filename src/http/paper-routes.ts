import { pdfName } from '../papers/file-name.ts'
import type { PaperParts } from './day-paper-routes.ts'
import { sendPaper } from './send-paper.ts'
import type { Sessions } from './session.ts'
import { seenReport } from './seen-report.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import type { App } from './zod-routes.ts'

/** GET /epcis/{siren}/fiche.pdf: papers as PDF, for those signed in. */
export function paperRoutes(
  app: App,
  sessions: Sessions,
  { papers, ...sources }: ReportSources & { readonly papers: Pick<PaperParts, 'shop'> },
): void {
  app.get('/epcis/:siren/fiche.pdf', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const found = await seenReport(request, reply, visitor, sources)
    if (found === null) return reply
    const { report } = found
    const name = pdfName('fiche territoire', report.name)
    return sendPaper(request, reply, visitor, { name, print: () => papers.shop.sheet(report) })
  })
}
