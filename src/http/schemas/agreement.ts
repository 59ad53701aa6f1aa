import { z } from 'zod'
import { REFERENTIALS } from '../../domain/diagnostic.ts'
import type { Agreement as Computed } from '../../domain/learning.ts'
import { count } from './figures.ts'
import { each, Share } from './indicators.ts'

/** The recommended × the retained. */
export const Agreement: z.ZodType<Computed> = z
  .strictObject({
    choices: count.describe('EPCI of which people retained a référentiel'),
    table: each(REFERENTIALS, each(REFERENTIALS, count)).describe(
      'by the recommended one: how many retained each',
    ),
    agreed: Share,
  })
  .meta({ id: 'Agreement', description: 'What is recommended beside what is retained.' })
