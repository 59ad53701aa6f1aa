import { regionDays } from '../domain/region-days.ts'
import type { Store } from '../store/database.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import { RegionDays } from './schemas/region-days.ts'
import { reports } from './stored-report.ts'
import type { App } from './zod-routes.ts'

/** GET /api/workload: what `portrea workload` says, from the figures of the last run. */
export function workloadRoutes(app: App, store: Store): void {
  app.get(
    '/api/workload',
    {
      schema: {
        tags: ['epcis'],
        security: BEARER,
        summary: 'Person-days of all EPCI, in total and by month of their journée',
        description: 'Each EPCI counts once, in the month of its next journée, else of its last.',
        response: { 200: RegionDays, ...problems(401) },
      },
    },
    async () => regionDays(await reports(store)),
  )
}
