import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EpciReport } from '../domain/epci-report.ts'
import { Siren } from '../domain/rules/situation.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import type { Visitor } from './pages/layout.ts'
import { contactsAwayPage, missingPage, notYoursPage, unknownPage } from './pages/missing.ts'
import { sendPage } from './sign-in-routes.ts'

const Params = z.object({ siren: Siren })

/** The report of the EPCI that an address names, among those that its visitor may see; null: none, and the answer is sent. */
export async function seenReport(
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  sources: ReportSources,
): Promise<{ readonly report: EpciReport; readonly seen: Seen } | null> {
  const siren = Params.safeParse(request.params).data?.siren
  if (siren === undefined) return none(reply, 404, unknownPage(visitor))
  const seen = await seenBy(visitor, sources)
  const report = seen.reports.find((one) => one.siren === siren)
  if (report !== undefined) return { report, seen }
  // Whose it is is not known: that it is not theirs is not known either.
  if (seen.closed && seen.contacts === null) return none(reply, 503, contactsAwayPage(visitor))
  return seen.closed ? none(reply, 403, notYoursPage(visitor)) : none(reply, 404, missingPage(visitor))
}

function none(reply: FastifyReply, status: number, page: ReturnType<typeof missingPage>): null {
  sendPage(reply.code(status), page)
  return null
}
