import { z } from 'zod'
import type { RegionDays as Computed } from '../../domain/region-days.ts'
import { count } from './figures.ts'

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
