import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import type { PapersSettings } from '../config/papers-file.ts'
import type { DayFacts, DayPlace, Participant } from '../domain/day-facts.ts'
import { holds } from '../domain/member.ts'
import { Siren } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import { dayPapers } from '../papers/day-papers.ts'
import type { DayPaper, PaperFacts } from '../papers/day-papers.ts'
import { pdfName } from '../papers/file-name.ts'
import type { PrintShop } from '../papers/print-shop.ts'
import type { Store } from '../store/database.ts'
import type { Visitor } from './pages/layout.ts'
import { dayPage, daysPage } from './pages/day-page.ts'
import { mayNotPrintPage, nocodbAwayPage, noDayPage, notYoursPage, unknownPage } from './pages/missing.ts'
import { maySee } from './page-reports.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import { sendPaper } from './send-paper.ts'
import type { Sessions } from './session.ts'
import { sendPage } from './sign-in-routes.ts'
import { reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

/** What is asked of NocoDB for the papers of a journée, at the moment of asking; kept nowhere. Throws a PortreaError where it is away. */
export type DaySource = {
  /** null: there is none of this Id. */
  readonly day: (id: number) => Promise<DayFacts | null>
  readonly daysOf: (siren: string) => Promise<readonly DayFacts[]>
  readonly participants: (id: number) => Promise<readonly Participant[]>
  readonly places: (siren: string) => Promise<readonly DayPlace[]>
}

/** What papers are printed with. */
export type PaperParts = {
  readonly shop: Pick<PrintShop, 'sheet' | 'print'>
  readonly settings: PapersSettings
  readonly days: DaySource
}

type Parts = ReportSources & { readonly rules: Rules; readonly papers: PaperParts }
type Handler = (visitor: Visitor, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** GET /epcis/{siren}/journees, /journees/{id} and /journees/{id}/{paper}.pdf: the papers of a journée, for those signed in. */
export function dayPaperRoutes(app: App, sessions: Sessions, { rules, papers, ...sources }: Parts): void {
  const { settings, days, shop } = papers
  const all = dayPapers(settings)
  const signedIn = (handle: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visitor = await visitorOf(sessions, request, reply)
    return visitor === null ? reply : handle(visitor, request, reply)
  }
  const may = (visitor: Visitor, { names }: DayPaper) =>
    holds(visitor.role, names ? settings.printing.names : settings.printing.others)
  const dayFor = dayReader(days, sources)
  const hidden = { schema: { hide: true } }
  app.get(
    '/epcis/:siren/journees',
    hidden,
    signedIn(async (visitor, request, reply) => {
      const siren = z.object({ siren: Siren }).safeParse(request.params).data?.siren
      if (siren === undefined) return sendPage(reply.code(404), unknownPage(visitor))
      if (!(await maySee(visitor, siren, sources))) return sendPage(reply.code(403), notYoursPage(visitor))
      return asked(visitor, request, reply, async () =>
        sendPage(reply, daysPage({ visitor, siren, days: await days.daysOf(siren) })),
      )
    }),
  )
  app.get(
    '/journees/:id',
    hidden,
    signedIn((visitor, request, reply) =>
      asked(visitor, request, reply, async () => {
        const day = await dayFor(visitor, request, reply)
        if (day === null) return reply
        const offered = all.map((paper) => ({ ...paper, allowed: may(visitor, paper) }))
        return sendPage(reply, dayPage({ visitor, day, papers: offered }))
      }),
    ),
  )
  app.get(
    '/journees/:id/:paper.pdf',
    hidden,
    signedIn((visitor, request, reply) =>
      asked(visitor, request, reply, async () => {
        const { paper: key } = z.object({ paper: z.string() }).parse(request.params)
        const paper = all.find((one) => one.key === key)
        if (paper === undefined) return sendPage(reply.code(404), unknownPage(visitor))
        if (!may(visitor, paper))
          return sendPage(reply.code(403), mayNotPrintPage(visitor, settings.printing.names))
        const day = await dayFor(visitor, request, reply)
        if (day === null) return reply
        const facts = { ...(await factsFor(paper, day, sources.store, days)), rules, settings }
        const name = pdfName(paper.key, day.date ?? '', day.epci?.name ?? day.name ?? '')
        return sendPaper(request, reply, visitor, {
          name,
          print: () => shop.print(paper.template, dataOf(paper, facts)),
        })
      }),
    ),
  )
}

/** The journée that an address names; null: there is none that its visitor may see, and the answer is sent. */
function dayReader(days: DaySource, sources: ReportSources) {
  return async (visitor: Visitor, { params }: FastifyRequest, reply: FastifyReply) => {
    const id = z.object({ id: z.coerce.number().int().positive() }).safeParse(params).data?.id
    const day = id === undefined ? null : await days.day(id)
    const seen = day !== null && (await maySee(visitor, day.epci?.siren ?? null, sources))
    if (day === null) sendPage(reply.code(404), noDayPage(visitor))
    else if (!seen) sendPage(reply.code(403), notYoursPage(visitor))
    return seen ? day : null
  }
}

type Asked = Pick<PaperFacts, 'day' | 'participants' | 'places' | 'report'>

function dataOf(
  paper: DayPaper,
  { rules, ...facts }: Asked & { readonly rules: Rules; readonly settings: PapersSettings },
): object {
  return paper.data({
    ...facts,
    bounds: rules['success-conditions'].groups,
    referentials: rules.referentials,
  })
}

/** No more is read than the paper shows. */
async function factsFor(paper: DayPaper, day: DayFacts, store: Store, days: DaySource): Promise<Asked> {
  const siren = day.epci?.siren ?? null
  const [participants, places, all] = await Promise.all([
    paper.needs === 'participants' ? days.participants(day.id) : [],
    paper.needs === 'places' && siren !== null ? days.places(siren) : [],
    reports(store),
  ])
  return { day, participants, places, report: all.find((one) => one.siren === siren) ?? null }
}

/** A page that NocoDB has to be asked for: where it is away, one that says so. */
async function asked(
  visitor: Visitor,
  request: FastifyRequest,
  reply: FastifyReply,
  show: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await show()
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    request.log.warn({ code: cause.code }, 'NocoDB does not tell of a journée')
    return sendPage(reply.code(503), nocodbAwayPage(visitor))
  }
}
