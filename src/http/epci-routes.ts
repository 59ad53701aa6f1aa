import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import { addDays } from '../domain/days.ts'
import type { EpciReport as Report } from '../domain/epci-report.ts'
import { region } from '../domain/region.ts'
import type { Fragility } from '../domain/fragility.ts'
import { Siren, strict } from '../domain/rules/situation.ts'
import { day } from '../domain/schemas/figures.ts'
import { epciContext } from '../engine/epci-context.ts'
import { replay } from '../engine/replay.ts'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { listHistory } from '../store/history.ts'
import { getReport } from '../store/reports.ts'
import { BEARER } from './openapi.ts'
import { EpciHistory, EpciPrefill, EpciReport, EpciSummary } from './schemas/epci-report.ts'
import { problems } from './schemas/problem.ts'
import { Replay } from './schemas/replay.ts'
import { reportOf, reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

const described = { tags: ['epcis'], security: BEARER }
const params = strict({ siren: Siren.meta({ example: '200069409' }) })

/** What these routes answer from. */
export type EpciSources = { readonly store: Store; readonly rules: Rules; readonly fragility: Fragility }

/** GET /api/epcis and what is under it: the figures of the last run, as NocoDB shows them. */
export function epciRoutes(app: App, sources: EpciSources): void {
  listRoute(app, sources.store)
  reportRoutes(app, sources)
  prefillRoute(app, sources)
  historyRoute(app, sources.store)
  replayRoute(app, sources)
}

function listRoute(app: App, store: Store): void {
  app.get(
    '/api/epcis',
    {
      schema: {
        ...described,
        summary: 'Every EPCI that has a report',
        response: { 200: z.strictObject({ epcis: z.array(EpciSummary) }), ...problems(401) },
      },
    },
    async () => ({ epcis: (await reports(store)).map(summary) }),
  )
}

function reportRoutes(app: App, { store, rules, fragility }: EpciSources): void {
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
      const { report, computedAt } = await existing(store, siren)
      reply.header('last-modified', new Date(computedAt).toUTCString())
      const all = await reports(store)
      const beside = await epciContext(report, { store, rules, fragility, reports: all, region: region(all) })
      return { ...report, ...beside }
    },
  )
}

function prefillRoute(app: App, { store, rules }: EpciSources): void {
  app.get(
    '/api/epcis/:siren/prefill',
    {
      schema: {
        ...described,
        summary: 'How far its pre-fill is, who follows it, and what to do next',
        params,
        response: { 200: EpciPrefill, ...problems(400, 401, 404) },
      },
    },
    async ({ params: { siren } }) => {
      const { name, day, prefill, prefillDetail } = (await existing(store, siren)).report
      const days = await listHistory(store, siren, { from: addDays(day, -rules.prefill.burnUp), to: day })
      const burnUp = days.map(({ day, actors, prefilled, expected }) => ({
        day,
        present: actors,
        prefilled,
        expected,
      }))
      return { siren, name, day, ...prefill, ...prefillDetail, burnUp }
    },
  )
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

function replayRoute(app: App, { store, rules }: EpciSources): void {
  app.get(
    '/api/epcis/:siren/replay',
    {
      schema: {
        ...described,
        summary: 'An old result, made again by its own rules',
        params,
        querystring: strict({ at: day.describe('the day whose result is wanted') }),
        response: { 200: Replay, ...problems(400, 401, 404) },
      },
    },
    async ({ params: { siren }, query: { at } }) => replay(store, rules, siren, at),
  )
}

function summary({
  recommendation,
  typology: { type, label, degree, firm },
  ...report
}: Report): z.infer<typeof EpciSummary> {
  const {
    siren,
    name,
    rules,
    day,
    actors,
    records,
    completeness,
    publishable,
    freshness,
    retained,
    prefill,
    workload,
  } = report
  const { recommended, confidence } = recommendation
  return {
    siren,
    name,
    rules,
    day,
    actors,
    records,
    completeness,
    publishable,
    freshness,
    recommended,
    confidence: confidence.level,
    typology: { type, label, degree, firm },
    retained,
    prefill,
    workload,
  }
}

async function existing(store: Store, siren: string): Promise<{ report: Report; computedAt: string }> {
  const stored = await getReport(store, siren)
  const report = stored === null ? null : reportOf(stored)
  if (stored !== null && report !== null) return { report, computedAt: stored.computedAt }
  throw new PortreaError(
    'EPCI_NOT_FOUND',
    `L’EPCI ${siren} n’a pas de résultat : vérifiez son SIREN, ou synchronisez d’abord (POST /api/syncs).`,
  )
}
