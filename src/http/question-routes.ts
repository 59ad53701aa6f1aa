import type { SafeHtml } from '@remix-run/html-template'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import { addDays, addMonths, parisDay } from '../domain/days.ts'
import { Siren } from '../domain/rules/situation.ts'
import { historyAt } from '../store/history.ts'
import { seenBy, soonTold } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import type { SignedIn } from './page-visitor.ts'
import type { Visitor } from './pages/layout.ts'
import { changesPage } from './pages/questions/changes-page.ts'
import type { Since } from './pages/questions/changes-page.ts'
import { choicesPage } from './pages/questions/choices-page.ts'
import { diagnosticsPage } from './pages/questions/diagnostics-page.ts'
import { loadPage } from './pages/questions/load-page.ts'
import { nextIds, nextPage, nextRows } from './pages/questions/next-page.ts'
import { riskPage } from './pages/questions/risk-page.ts'
import type { Scope } from './pages/questions/scope.ts'
import { typologyPage } from './pages/questions/typology-page.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the pages of questions are made of. */
export type QuestionSources = ReportSources & {
  readonly rules: Rules
  readonly now: () => Date
  /** Names of places and where their records open in NocoDB, by Id, asked of NocoDB for a member of the base. */
  readonly placeNames: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
  readonly recordAddresses: (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>
}

type Answer = (scope: Scope, seen: Seen, raw: Raw) => SafeHtml | Promise<SafeHtml>
type Raw = Readonly<Record<string, unknown>>

/** A page to each question that is asked of all EPCI; one's own first, all with `tous=oui`. */
export function questionRoutes(app: App, signedIn: SignedIn, sources: QuestionSources): void {
  const today = () => parisDay(sources.now())
  const page = (path: string, answer: Answer) =>
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const visitor = await signedIn(request, reply)
      if (visitor === null) return reply
      const seen = await seenBy(visitor, sources)
      return sendPage(reply, await answer(scopeOf(visitor, path, seen, request), seen, request.query as Raw))
    })
  page('/a-risque', (scope) => riskPage(scope, today()))
  page('/diagnostics-manquants', (scope, { contacts }) => diagnosticsPage(scope, contacts))
  page('/a-faire', (scope) => nextAnswer(scope, sources))
  page('/changements', (scope, seen, raw) => changesAnswer(scope, seen, raw, { sources, today: today() }))
  page('/charge', (scope, { contacts }) => loadPage(scope, contacts))
  page('/typologie', (scope, _, raw) => typologyPage(scope, sources.rules.typology, pageIn(raw)))
  page('/choix', (scope) => choicesPage(scope))
}

/** The page of a table that an address asks for; the first where it asks for none that can be. */
function pageIn(raw: Raw): number {
  return z.object({ page: z.coerce.number().int().min(1).max(1000).catch(1) }).safeParse(raw).data?.page ?? 1
}

function scopeOf(
  visitor: Visitor,
  path: string,
  { rows, as, contacts }: Seen,
  { query }: FastifyRequest,
): Scope {
  const own = as === null ? null : (query as Raw)['tous'] !== 'oui'
  const shown = own === true ? rows.filter(({ mine }) => mine) : rows
  return { visitor, path, rows: shown, own, told: contacts !== null }
}

async function nextAnswer(scope: Scope, { placeNames, recordAddresses }: QuestionSources): Promise<SafeHtml> {
  const shown = nextRows(scope.rows)
  const ids = nextIds(shown)
  const none = new Map<number, string>()
  const [names, addresses] = await Promise.all([
    soonTold<ReadonlyMap<number, string>>(placeNames(ids), none),
    soonTold<ReadonlyMap<number, string>>(recordAddresses(ids), none),
  ])
  return nextPage(scope, shown, names, addresses)
}

async function changesAnswer(
  scope: Scope,
  seen: Seen,
  raw: Raw,
  { sources, today }: { readonly sources: QuestionSources; readonly today: string },
): Promise<SafeHtml> {
  const since = sinceOf(raw, today)
  const rows =
    since.only === null ? scope.rows : seen.rows.filter(({ report }) => report.siren === since.only)
  const history = await historyAt(sources.store, since.day)
  const own = since.only === null ? scope.own : null
  return changesPage({ ...scope, rows, own }, since, new Map(history.map((one) => [one.siren, one])))
}

/** « depuis le mois dernier », where the address asks for nothing else. */
function sinceOf(raw: Raw, today: string): Since {
  const month = addMonths(today, -1)
  const asked = typeof raw['depuis'] === 'string' ? raw['depuis'].trim() : ''
  const isDay = z.iso.date().safeParse(asked).success && asked <= today
  const only = z.object({ epci: Siren }).safeParse(raw).data?.epci ?? null
  const refused =
    asked === '' || isDay
      ? null
      : `« depuis=${asked.slice(0, 40)} » n'est pas un jour passé écrit comme 2026-11-01 : voici depuis un mois.`
  return {
    ...{ day: isDay ? asked : month, refused, only },
    usual: [
      [addDays(today, -7), 'depuis une semaine'],
      [month, 'depuis le mois dernier'],
      [addMonths(today, -3), 'depuis trois mois'],
    ],
  }
}
