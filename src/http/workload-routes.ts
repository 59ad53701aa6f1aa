import { z } from 'zod'
import { regionDays } from '../domain/region-days.ts'
import type { RegionDays as Computed } from '../domain/region-days.ts'
import { count } from '../domain/schemas/figures.ts'
import type { Store } from '../store/database.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
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

const days = z.number().min(0)
const Total = z
  .strictObject({
    estimate: days,
    range: z.tuple([days, days]).describe('every unknown at its least, at its most'),
    unknown: count.describe('EPCI of which nothing that moves it is known: they count with their middle'),
  })
  .meta({ id: 'TotalDays', description: 'Person-days of some EPCI together.' })
const totals = { epcis: count, referents: Total, deploymentOfficer: Total }

/** The days of the region. */
export const RegionDays: z.ZodType<Computed> = z
  .strictObject({
    ...totals,
    months: z.array(
      z.strictObject({
        month: z
          .string()
          .regex(/^\d{4}-\d{2}$/)
          .nullable()
          .describe('of the next journée, else of the last; null: no date'),
        ...totals,
      }),
    ),
  })
  .meta({ id: 'RegionDays', description: 'Person-days of all EPCI, in total and by month.' })
