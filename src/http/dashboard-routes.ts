import { noFilePage } from './pages/missing.ts'
import type { SafeHtml } from '@remix-run/html-template'
import type { FastifyReply } from 'fastify'
import type { Rules } from '../config/rules-file.ts'
import { counted } from '../domain/typography.ts'
import { tableCsv, tableGeojson, tableWorkbook } from '../exports/epci-files.ts'
import { geographic } from '../files/contours.ts'
import { listHeld } from '../store/brake.ts'
import { countDeliveries } from '../store/deliveries.ts'
import { countInbox } from '../store/inbox.ts'
import { readMended } from '../store/mend.ts'
import { failingReceivers } from '../store/receivers.ts'
import { lastDoneRun, listRuns } from '../store/runs.ts'
import { seenBy } from './page-reports.ts'
import type { ReportSources, Seen } from './page-reports.ts'
import type { SignedIn } from './page-visitor.ts'
import type { MapSources } from './map-routes.ts'
import { alerts, computedText } from './pages/alerts.ts'
import { dashboardPage } from './pages/dashboard.ts'
import { COLUMN_KEYS, EPCI_COLUMNS } from './pages/epci-columns.ts'
import type { EpciColumn } from './pages/epci-columns.ts'
import { ordered } from './pages/epci-order.ts'
import { filtersOf, readQuery } from './pages/epci-query.ts'
import type { EpciList } from './pages/epci-table.ts'
import type { Visitor } from './pages/layout.ts'
import { sendPage } from './sign-in-routes.ts'
import type { App } from './zod-routes.ts'

/** What the lists of EPCI are made of. */
export type DashboardSources = ReportSources & {
  readonly rules: Rules
  readonly now: () => Date
  /** null: none are kept. */
  readonly contours: MapSources['contours']
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
} as const

/** GET / and /epcis: one's own EPCI and all of them; /epcis.xlsx, .csv and .geojson: what such a list shows. */
export function dashboardRoutes(app: App, signedIn: SignedIn, sources: DashboardSources): void {
  const hide = { schema: { hide: true } }
  for (const path of ['/', '/epcis'] as const)
    app.get(path, hide, async (request, reply) => {
      const visitor = await signedIn(request, reply)
      if (visitor === null) return reply
      return sendPage(reply, await dashboard(visitor, path, request.query as Raw, sources))
    })
  for (const kind of ['xlsx', 'csv', 'geojson'] as const)
    app.get(`/epcis.${kind}`, hide, async (request, reply) => {
      const visitor = await signedIn(request, reply)
      if (visitor === null) return reply
      const seen = await seenBy(visitor, sources)
      const list = listOf(seen, '/epcis', request.query as Raw, sources)
      if (list.ignored.length > 0) return sendPage(reply.code(400), noFilePage(visitor, list.ignored))
      return sendFile(reply, kind, list, sources)
    })
}

type Raw = Readonly<Record<string, unknown>>

/** The list at an address: `/` shows one's own first, where there are any. */
function listOf(seen: Seen, path: '/' | '/epcis', raw: Raw, { departments }: ReportSources): EpciList {
  const filters = filtersOf(seen.rows, departments)
  const { query, ignored } = readQuery(raw, filters)
  // Where NocoDB does not say whose they are, nobody's list is shown as empty: all are.
  const miens = path === '/' ? (seen.as === null ? null : 'oui') : query.miens
  const rows = path === '/' && miens !== null ? seen.rows.filter(({ mine }) => mine) : seen.rows
  return { path, rows, filters, ignored, departments, query: { ...query, miens } }
}

async function dashboard(
  visitor: Visitor,
  path: '/' | '/epcis',
  raw: Raw,
  sources: DashboardSources,
): Promise<SafeHtml> {
  const { store, rules, now } = sources
  const [seen, held, [last = null], done, deliveries, receivers, { failed }, mended] = await Promise.all([
    seenBy(visitor, sources),
    listHeld(store),
    listRuns(store, 1),
    lastDoneRun(store),
    countDeliveries(store),
    failingReceivers(store),
    countInbox(store),
    readMended(store),
  ])
  const list = listOf(seen, path, raw, sources)
  const mine = list.query.miens === null ? list.rows : list.rows.filter((row) => row.mine)
  const reports = mine.map(({ report }) => report)
  const soon = rules['success-conditions'].soon
  const watched = alerts({
    ...{ reports, held, last, deliveries, receivers, failed, mended, soon },
    now: now(),
  })
  const whose = path === '/' ? whoseText(seen, reports.length) : allText(seen)
  return dashboardPage({
    ...{ visitor, reports, list, whose },
    alerts: watched,
    computed: computedText(done),
  })
}

/** Why these EPCI are shown first. */
function whoseText({ as, contacts, closed }: Seen, count: number): string {
  if (as === 'officer')
    return `${counted(count, 'EPCI', 'EPCI')} à votre nom, comme chargé·e de déploiement ou référent·e.`
  if (as === 'referent') return `${counted(count, 'EPCI', 'EPCI')} à votre nom, comme référent·e.`
  if (contacts === null) return 'NocoDB ne dit pas pour l’instant quels EPCI sont les vôtres.'
  const how = 'votre nom dans « Chargé·e de déploiement » ou votre courriel dans « Référents »'
  return closed
    ? `Aucun EPCI n'est à votre nom, et ceux des autres ne sont montrés qu'à qui les suit : faites écrire ${how}.`
    : `Aucun EPCI n'est à votre nom : les voici tous. Les vôtres viendront en premier avec ${how}.`
}

function allText({ closed }: Seen): string {
  return closed
    ? 'Ceux que vous suivez : les autres ne sont montrés qu’à qui les suit.'
    : 'Ceux de la base, les vôtres compris.'
}

async function sendFile(
  reply: FastifyReply,
  kind: keyof typeof TYPES,
  list: EpciList,
  { contours }: DashboardSources,
): Promise<FastifyReply> {
  const columns = COLUMN_KEYS.map((key): EpciColumn => EPCI_COLUMNS[key])
  const shown = ordered(list.rows, list.query, list.departments)
  const rows = shown.map((row) => columns.map(({ value }) => value(row)))
  const sirens = shown.map(({ report }) => report.siren)
  const body =
    kind === 'xlsx'
      ? await tableWorkbook('EPCI', columns, rows)
      : Buffer.from(
          kind === 'csv'
            ? tableCsv(columns, rows)
            : tableGeojson(columns, rows, await contoursOf(contours, sirens)),
        )
  return reply
    .type(TYPES[kind])
    .header('content-disposition', `attachment; filename="epcis.${kind}"`)
    .serializer((one: unknown) => one as string)
    .send(body)
}

/** The contours of these EPCI, in their order; null: none is kept of it. */
async function contoursOf(contours: MapSources['contours'], sirens: readonly string[]) {
  const found = geographic((await contours())?.zones ?? [], new Set(sirens))
  return sirens.map((siren) => found.get(siren) ?? null)
}
