import { z } from 'zod'
import { ANSWER_VALUES, FACTORS, REFERENTIALS } from '../diagnostic.ts'
import { IndicatorKey } from './maturity.ts'

const share = z.number().min(0).max(1)
const sentence = z.string().min(1)
const common = {
  key: z.string().min(1),
  weight: z.number().positive(),
  inverted: z.boolean().default(false),
  yes: sentence,
  partly: sentence,
  no: sentence,
}

/** A fit for each value of the answer: one that is left out, or misspelt, would silently count as unknown. */
const byAnswer = <Answer extends 'aim' | 'network'>(answer: Answer) => {
  const values = z.enum(ANSWER_VALUES[answer])
  return z.strictObject({
    ...common,
    answer: z.literal(answer),
    fits: z.record(values, share),
    says: z.partialRecord(values, sentence).default({}),
  })
}

/** One criterion of a référentiel: its weight, and where its fit (0–1) comes from. */
export const CriterionRule = z.union([
  byAnswer('aim'),
  byAnswer('network'),
  z.strictObject({ ...common, factor: z.enum(FACTORS) }),
  z.strictObject({ ...common, mean: z.array(IndicatorKey).min(1) }),
])
export type CriterionRule = z.infer<typeof CriterionRule>

const Days = z
  .strictObject({ low: z.number().positive(), high: z.number().positive() })
  .refine((days) => days.low <= days.high, { message: 'low must not be above high' })

const ReferentialRule = z
  .strictObject({
    label: sentence,
    aim: sentence,
    criteria: z.array(CriterionRule).min(1),
    method: z.array(sentence).min(1),
    days: z.strictObject({ referents: Days, deploymentOfficer: Days }),
    driver: z.strictObject({
      key: z.enum(['expectedParticipationRate', 'actorsToRecord', 'actorsToContact']),
      full: z.number().positive(),
      maturityWeight: share,
      basis: sentence,
    }),
  })
  .superRefine((rule, context) => {
    const sum = rule.criteria.reduce((total, criterion) => total + criterion.weight, 0)
    if (Math.abs(sum - 100) > 1e-9)
      context.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: `weights sum to ${sum}; make them sum to 100`,
      })
    const keys = rule.criteria.map((criterion) => criterion.key)
    if (new Set(keys).size < keys.length)
      context.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: 'two criteria have one key; give each its own',
      })
  })
export type ReferentialRule = z.infer<typeof ReferentialRule>

/** config/referentials.yaml: criteria, methods, bounds of days and drivers of the three référentiels. */
export const ReferentialRules = z.strictObject({
  confidence: z.strictObject({ high: z.number().min(0), low: z.number().min(0), coverage: share }),
  general: z.strictObject({ coverage: share }),
  referentials: z.strictObject({
    [REFERENTIALS[0]]: ReferentialRule,
    [REFERENTIALS[1]]: ReferentialRule,
    [REFERENTIALS[2]]: ReferentialRule,
  }),
})
export type ReferentialRules = z.infer<typeof ReferentialRules>
