import { z } from 'zod'
import { IndicatorKey } from '../../domain/rules/maturity.ts'
import type { TerritoryReport as Computed } from '../../domain/territory-report.ts'
import { QUESTIONS } from '../../domain/answer-changes.ts'
import { count, eachReferential, fingerprint, percent, Referential, share } from './figures.ts'
import { AnswerChange } from './situation.ts'

const Days = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    estimate: z.number().describe('to the half day, never outside the bounds'),
    driver: share.describe('0–1: where in the bounds the estimate lies; null: unknown, the midpoint is used'),
    basis: z.string().describe('what moves the figure, in French'),
    default: z.boolean().describe('true where the driver is unknown'),
  })
  .meta({
    id: 'Days',
    description: 'Person-days of one role in one EPCI.',
    example: {
      low: 8,
      high: 12,
      estimate: 9.5,
      driver: 0.4,
      basis: 'acteurs restant à recenser',
      default: false,
    },
  })

/** Person-days per EPCI under one référentiel. */
export const Workload = z.strictObject({ referents: Days, deploymentOfficer: Days }).meta({
  id: 'Workload',
  description: 'Person-days of the référent·e·s and of the chargé·e de déploiement.',
})

const Contribution = z
  .strictObject({
    referential: Referential,
    criterion: z.string(),
    weight: z.number(),
    fit: share,
    known: z.boolean().describe('false: the fit is unknown and counts half'),
    points: z.number().describe('weight × fit; those of a référentiel sum to its score'),
  })
  .meta({ id: 'Contribution', description: 'What one criterion brings to one référentiel.' })

/** How sure a recommendation is. */
export const Confidence = z
  .strictObject({
    level: z.enum(['low', 'medium', 'high']),
    margin: z.number().describe('the recommended score − the best other'),
    guaranteed: z.number().describe('above 0: nothing still unknown can change the recommendation'),
    coverage: z.number().min(0).max(1).describe('the smallest share of known weight among the three'),
  })
  .meta({ id: 'Confidence', description: 'How sure the recommendation is.' })

const Factor = z
  .strictObject({
    score: percent.describe('0–100; null: unknown, never 0'),
    level: z.enum(['absent', 'emergent', 'structured', 'mature']).nullable(),
    coverage: z.number().min(0).max(1).describe('known weight / total weight'),
    indicators: z.array(
      z.strictObject({
        key: IndicatorKey,
        value: z.union([z.string(), z.number()]).nullable(),
        score: percent,
        weight: z.number(),
      }),
    ),
  })
  .meta({ id: 'Factor', description: 'A factor of maturity, with what makes it.' })

const Sensitivity = z
  .strictObject({
    runnerUp: Referential.describe('the best of the others'),
    margin: z.number().describe('the recommended score − that of the runner-up'),
    changes: z
      .array(
        z.strictObject({
          change: AnswerChange,
          recommended: Referential,
          steps: z.int().min(1).describe('rungs of its ladder; 1 for an aim, or an unknown answer'),
          margin: z.number(),
          sentence: z.string(),
        }),
      )
      .describe('single answers that would change the recommendation, smallest change first'),
    sentence: z.string().describe('in French'),
  })
  .meta({ id: 'Sensitivity', description: 'How firmly the recommendation stands.' })

const chance = z.number().min(0).max(1)
const NextQuestion = z
  .strictObject({
    question: z.enum(QUESTIONS),
    answers: count.describe('how many answers it may have; each counts alike'),
    levels: z
      .strictObject({ low: chance, medium: chance, high: chance })
      .describe('0–1: the share of its answers after which the confidence has each level'),
    gain: z.number().describe('points by which an answer moves `guaranteed`, in the mean'),
    coverage: z.number().describe('by how much an answer raises the coverage, in the mean'),
    leadsTo: z.array(Referential).describe('other référentiels that an answer could lead to'),
    sentence: z.string().describe('in French'),
  })
  .meta({ id: 'NextQuestion', description: 'An unanswered question, and what an answer is worth.' })

const shape = {
  recommended: Referential,
  scores: eachReferential(z.number()).describe('0–100, unrounded'),
  intervals: eachReferential(z.tuple([z.number(), z.number()])).describe('[unknown at 0, unknown at 1]'),
  contributions: z.array(Contribution),
  confidence: Confidence,
  reasons: z.array(z.string()).describe('in French, the strongest first'),
  method: z.array(z.string()).describe('the « méthode d’accompagnement » of the référentiel, in French'),
  counterfactual: z
    .strictObject({ change: AnswerChange, recommended: Referential, sentence: z.string() })
    .nullable()
    .describe('the smallest change of one answer that changes the recommendation; null: none'),
  sensitivity: Sensitivity,
  nextQuestions: z.array(NextQuestion).describe('the one most worth asking first'),
  factors: z.strictObject({ governance: Factor, network: Factor, orientation: Factor, tooling: Factor }),
  workload: Workload,
  workloads: eachReferential(Workload),
  why: z
    .array(z.string())
    .max(3)
    .describe('`reasons` in three plain French sentences at most: what NocoDB shows'),
}

/** What the domain recommends for one EPCI. */
export const TerritoryReport: z.ZodType<Computed> = z
  .strictObject(shape)
  .meta({ id: 'TerritoryReport', description: 'The recommendation for one EPCI, with all that explains it.' })

/** The same under the rules that made it: what `recommend` answers. */
export const Recommendation: z.ZodType<Computed & { readonly rules: string }> = z
  .strictObject({ rules: fingerprint, ...shape })
  .meta({ id: 'Recommendation', description: 'What `portrea recommend --json` answers too.' })
