import { z } from 'zod'
import { QUESTIONS } from '../../domain/answer-changes.ts'
import type { Recommendation as Computed } from '../../domain/recommendation.ts'
import { IndicatorKey } from '../../domain/rules/maturity.ts'
import { count, eachReferential, fingerprint, percent, Referential } from '../../domain/schemas/figures.ts'
import { SingleChangeSchema } from './situation.ts'

const Days = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    estimate: z.number().describe('to the half day, never outside the bounds'),
    driver: z
      .number()
      .min(0)
      .max(1)
      .describe('where in the bounds the estimate lies; what is unknown at its middle'),
    range: z
      .tuple([z.number(), z.number()])
      .readonly()
      .describe('the estimates with each unknown at its ends'),
    basis: z.string().describe('what moves the figure, with its value, in French'),
    default: z.boolean().describe('true where what moves it is unknown'),
  })
  .meta({
    id: 'Days',
    description: 'Person-days of one role in one EPCI.',
    example: {
      low: 8,
      high: 12,
      estimate: 9.5,
      driver: 0.4,
      range: [9, 10.5],
      basis: 'acteurs du territoire : 24',
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
    fit: z.number().min(0).max(1).describe('each unknown indicator counted half'),
    range: z
      .tuple([z.number(), z.number()])
      .describe('the fit with each unknown at its worst and at its best'),
    known: z.boolean().describe('true only where every indicator is known'),
    knownShare: z.number().min(0).max(1).describe('0–1: the share of its indicators that is known'),
    points: z.number().describe('weight × fit; those of a référentiel sum to its score'),
  })
  .meta({ id: 'Contribution', description: 'What one criterion brings to one référentiel.' })

/** How sure a recommendation is. */
export const Confidence = z
  .strictObject({
    level: z.enum(['low', 'medium', 'high']),
    margin: z.number().describe('the recommended score − the best other'),
    guaranteed: z.number().describe('the smallest margin over every completion of what is unknown'),
    coverage: z
      .number()
      .min(0)
      .max(1)
      .describe('the mean, over the three, of the share of weight that is known'),
    heldBackBy: z
      .array(z.string())
      .describe(
        'what keeps it from being high: exception, coverage, margin, guaranteed, aim, precondition:…, contradiction:…',
      ),
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
          change: SingleChangeSchema,
          recommended: Referential,
          distance: z
            .number()
            .min(0)
            .max(1)
            .describe('how far its indicator moves; what is unknown moves from the middle'),
          margin: z.number(),
          sentence: z.string(),
        }),
      )
      .describe(
        'single answers and figures that would change the recommendation, smallest change first, the aim last',
      ),
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

const Turning = z
  .strictObject({ change: SingleChangeSchema, recommended: Referential, sentence: z.string() })
  .nullable()

const intervals = eachReferential(z.tuple([z.number(), z.number()]))

const shape = {
  recommended: Referential,
  reading: z.enum(['aim', 'a_priori']).describe('which reading decided'),
  scores: eachReferential(z.number()).describe('0–100, unrounded'),
  intervals: intervals.describe('[every unknown at its worst, at its best]'),
  aPriori: z
    .strictObject({
      recommended: Referential,
      scores: eachReferential(z.number()),
      intervals,
      margin: z.number(),
      coverage: z.number().min(0).max(1),
    })
    .describe('what the situation suggests, the aim left out'),
  contributions: z.array(Contribution),
  confidence: Confidence,
  reasons: z.array(z.string()).describe('in French, the strongest first'),
  method: z.array(z.string()).describe('the « méthode d’accompagnement » of the référentiel, in French'),
  preconditions: z
    .array(z.strictObject({ key: z.string(), met: z.boolean().nullable(), sentence: z.string() }))
    .describe('what each référentiel asks for before it can begin; met null: not known'),
  contradictions: z
    .array(z.strictObject({ key: z.string(), sentence: z.string() }))
    .describe('answers that cannot all be true'),
  counterfactual: Turning.describe(
    'the smallest change of one answer or figure, never of the aim; null: none',
  ),
  counterfactualAim: Turning.describe('the smallest change of the aim; null: none'),
  sensitivity: Sensitivity,
  nextQuestions: z.array(NextQuestion).describe('the one most worth asking first'),
  factors: z.strictObject({ governance: Factor, network: Factor, orientation: Factor, tooling: Factor }),
  workload: Workload,
  workloads: eachReferential(Workload),
  nearTie: z
    .strictObject({ referentials: z.array(Referential), sentence: z.string() })
    .nullable()
    .describe(
      'the référentiels that the recommended one hardly leads, itself first, with the days of each in French',
    ),
  why: z.array(z.string()).describe('`reasons` in few plain French sentences: what NocoDB shows'),
}

/** What the domain recommends for one EPCI. */
export const EpciRecommendation: z.ZodType<Computed> = z.strictObject(shape).meta({
  id: 'EpciRecommendation',
  description: 'The recommendation for one EPCI, with all that explains it.',
})

/** The same under the rules that made it: what `recommend` answers. */
export const Recommendation: z.ZodType<Computed & { readonly rules: string }> = z
  .strictObject({ rules: fingerprint, ...shape })
  .meta({ id: 'Recommendation', description: 'What `portrea recommend --json` answers too.' })
