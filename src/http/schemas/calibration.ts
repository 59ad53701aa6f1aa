import { z } from 'zod'
import { ROLES } from '../../domain/calibration.ts'
import type { Calibration as Computed } from '../../domain/calibration.ts'
import { REFERENTIALS } from '../../domain/diagnostic.ts'
import type { Agreement as ComputedAgreement } from '../../domain/learning.ts'
import { count, day, Referential, share } from '../../domain/schemas/figures.ts'
import { each, Share } from './indicators.ts'

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

const Driver = z
  .strictObject({
    referential: Referential,
    driver: z.enum(['participation', 'actors']),
    full: z.number().positive().describe('the value that counts 1 now'),
    epcis: count.describe('of which the value is known, those of `byPopulation` left aside'),
    atLeast: count.describe('needed before anything is proposed'),
    byPopulation: count.describe('whose value follows from their population alone: nothing is drawn from it'),
    values: z.strictObject({ least: days, median: days, most: days }).nullable(),
    verdict: z.enum(['too_early', 'fits', 'worse', 'proposed']),
    proposal: z
      .strictObject({
        full: z.number().positive(),
        difference: z.array(z.string()).describe('what to change in config/referentials.yaml'),
        told: count.describe('EPCI under it that tell the real days of their référents'),
        errorNow: days.nullable().describe('median error on them now'),
        errorThen: days.nullable().describe('and with this value'),
      })
      .nullable()
      .describe('for people to decide; nothing is applied'),
  })
  .meta({ id: 'DriverCalibration', description: 'What moves the référents’ days, beside the region.' })

/** Estimates against real days, by référentiel and role; drivers beside the region. */
export const Calibration: z.ZodType<Computed> = z
  .strictObject({
    roles: z.array(
      z.strictObject({
        referential: Referential,
        role: z.enum(ROLES),
        observations: z.array(Observation).describe('the furthest from its estimate first'),
        bounds: z.strictObject(bounds),
        medianError: days.nullable().describe('median of |real − estimated|'),
        bias: z.number().nullable().describe('median of real − estimated'),
      }),
    ),
    drivers: z.array(Driver),
  })
  .meta({ id: 'Calibration', description: 'Days really spent against days estimated.' })

/** The recommended × the retained. */
export const Agreement: z.ZodType<ComputedAgreement> = z
  .strictObject({
    choices: count.describe('EPCI of which people retained a référentiel'),
    table: each(REFERENTIALS, each(REFERENTIALS, count)).describe(
      'by the recommended one: how many retained each',
    ),
    agreed: Share,
  })
  .meta({ id: 'Agreement', description: 'What is recommended beside what is retained.' })
