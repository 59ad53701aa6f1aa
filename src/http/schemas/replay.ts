import { z } from 'zod'
import { day, eachReferential, fingerprint, Referential } from '../../domain/schemas/figures.ts'
import type { Replay as Made } from '../../engine/replay.ts'
import { Situation } from './situation.ts'
import { Confidence, EpciRecommendation } from './recommendation.ts'

const Days = z.strictObject({ estimate: z.number(), driver: z.number().min(0).max(1), default: z.boolean() })

/** An old result, made again. */
export const Replay: z.ZodType<Made> = z
  .strictObject({
    siren: z.string().meta({ example: '200069409' }),
    at: day.describe('the day asked for'),
    day: day.describe('the day of the result that stood then'),
    rules: fingerprint,
    retained: Referential.nullable(),
    situation: Situation,
    decision: z
      .strictObject({
        recommended: Referential,
        scores: eachReferential(z.number()),
        confidence: Confidence,
        days: eachReferential(z.strictObject({ referents: Days, deploymentOfficer: Days })),
      })
      .describe('what was decided then, as it was kept'),
    recommendation: EpciRecommendation.nullable().describe(
      'the same, made again by its own rules; null: they are lost',
    ),
    same: z.boolean().describe('whether every figure is the same, to the last bit'),
    differences: z.array(z.string()).describe('in French'),
  })
  .meta({ id: 'Replay', description: 'An old result, made again from its own inputs by its own rules.' })
