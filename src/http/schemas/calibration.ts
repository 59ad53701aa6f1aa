import { z } from 'zod'
import { ROLES } from '../../domain/calibration.ts'
import type { Calibration as Computed } from '../../domain/calibration.ts'
import { count, day, Referential, share } from './figures.ts'

const days = z.number().min(0)
const bounds = { low: days, high: days }

const Observation = z.strictObject({
  siren: z.string(),
  name: z.string(),
  referential: Referential.describe('the one that was followed: retained, else recommended'),
  role: z.enum(ROLES),
  estimate: days,
  driver: share,
  estimatedOn: day.describe('the day of the estimate: the first one kept that rested on data'),
  actual: days,
})

/** Estimates against real days, by référentiel and role. */
export const Calibration: z.ZodType<Computed> = z
  .strictObject({
    atLeast: count.describe('territories needed before anything is proposed'),
    roles: z.array(
      z.strictObject({
        referential: Referential,
        role: z.enum(ROLES),
        observations: z.array(Observation).describe('the furthest from its estimate first'),
        bounds: z.strictObject(bounds),
        medianError: days.nullable().describe('median of |real − estimated|'),
        bias: z.number().nullable().describe('median of real − estimated'),
        verdict: z.enum(['too_early', 'fits', 'proposed']),
        proposal: z
          .strictObject({
            ...bounds,
            errorNow: days.describe('median error with the present bounds'),
            errorThen: days.describe('median error with these, on territories left out of them'),
          })
          .nullable()
          .describe('bounds that would fit better, for people to decide; nothing is applied'),
      }),
    ),
  })
  .meta({ id: 'Calibration', description: 'Days really spent against days estimated.' })
