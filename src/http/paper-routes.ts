import { z } from 'zod'
import { Siren } from '../domain/rules/situation.ts'
import { pdfName } from '../papers/file-name.ts'
import type { Store } from '../store/database.ts'
import { missingPage } from './pages/missing.ts'
import type { PaperParts } from './day-paper-routes.ts'
import { sendPaper } from './send-paper.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { reports } from './stored-report.ts'
import { visitorOf } from './page-visitor.ts'
import type { App } from './zod-routes.ts'

/** GET /epcis/{siren}/fiche.pdf: papers as PDF, for those signed in. */
export function paperRoutes(
  app: App,
  sessions: Sessions,
  { store, papers }: { readonly store: Store; readonly papers: Pick<PaperParts, 'shop'> },
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
