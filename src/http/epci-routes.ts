import { z } from 'zod'
import type { EpciReport as Report } from '../domain/epci-report.ts'
import { Siren, strict } from '../domain/rules/situation.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { listHistory } from '../store/history.ts'
import { getReport, listReports } from '../store/reports.ts'
import type { StoredReport } from '../store/reports.ts'
import { BEARER } from './openapi.ts'
import { EpciHistory, EpciPrefill, EpciReport, EpciSummary } from './schemas/epci-report.ts'
import { day } from './schemas/figures.ts'
import { problems } from './schemas/problem.ts'
import type { App } from './zod-routes.ts'

const described = { tags: ['epcis'], security: BEARER }
const params = strict({ siren: Siren.meta({ example: '200069409' }) })

/** GET /api/epcis and what is under it: the figures of the last run, as NocoDB shows them. */
export function epciRoutes(app: App, store: Store): void {
  app.get(
    '/api/epcis',
    {
      schema: {
        ...described,
        summary: 'Every EPCI that has a report',
        response: { 200: z.strictObject({ epcis: z.array(EpciSummary) }), ...problems(401) },
      },
    },
    async () => ({ epcis: (await listReports(store)).map((stored) => summary(reportOf(stored))) }),
  )
  app.get(
    '/api/epcis/:siren',
    {
      schema: {
        ...described,
        summary: 'All that is known and recommended of one EPCI',
        params,
        response: { 200: EpciReport, ...problems(400, 401, 404) },
      },
    },
    async ({ params: { siren } }, reply) => {
      const stored = await existing(store, siren)
      reply.header('last-modified', new Date(stored.computedAt).toUTCString())
      return reportOf(stored)
    },
  )
  app.get(
    '/api/epcis/:siren/prefill',
    {
      schema: {
        ...described,
        summary: 'How far its pre-fill is',
        params,
        response: { 200: EpciPrefill, ...problems(400, 401, 404) },
      },
    },
    async ({ params: { siren } }) => {
      const { name, day, prefill } = reportOf(await existing(store, siren))
      return { siren, name, day, ...prefill }
    },
  )
  historyRoute(app, store)
}

function historyRoute(app: App, store: Store): void {
  app.get(
    '/api/epcis/:siren/history',
    {
      schema: {
        ...described,
        summary: 'Its indicators, day by day',
        params,
        querystring: strict({
          from: day.optional().describe('the first day wanted'),
          to: day.optional().describe('the last day wanted'),
        }),
        response: { 200: EpciHistory, ...problems(400, 401, 404) },
      },
    },
    async ({ params: { siren }, query }) => {
      await existing(store, siren)
      const days = await listHistory(store, siren, query)
      return { siren, days: days.map(({ siren: _, ...figures }) => figures) }
    },
  )
}

function summary({ recommendation, ...report }: Report): z.infer<typeof EpciSummary> {
  const { siren, name, rules, day, actors, completeness, validity, freshness, retained, prefill, workload } =
    report
  const { recommended, confidence } = recommendation
  return {
    siren,
    name,
    rules,
    day,
    actors,
    completeness,
    validity,
    freshness,
    recommended,
    confidence: confidence.level,
    retained,
    prefill,
    workload,
  }
}

async function existing(store: Store, siren: string): Promise<StoredReport> {
  const stored = await getReport(store, siren)
  if (stored !== null) return stored
  throw new PortreaError(
    'EPCI_NOT_FOUND',
    `EPCI ${siren} has no report: check the SIREN, or synchronise first (POST /api/syncs).`,
  )
}

/** What the domain computed and the sync stored. */
function reportOf({ report }: StoredReport): Report {
  return report as Report
}
