import { z } from 'zod'
import type { CompletenessRules } from './completeness.ts'

const days = z.number().int().positive()

/** config/prefill.yaml: what is expected of an EPCI, how its speed is measured, when it is late. */
export const PrefillRules = z.strictObject({
  expected: z.strictObject({
    per10000: z.number().positive(),
    medianFrom: z.number().int().positive(),
    kinds: z
      .array(z.string().min(1))
      .readonly()
      .default([])
      .describe('values of `typologie` of which most EPCI have places; what no list names is a floor'),
  }),
  speed: z.strictObject({ days, atLeast: days }).refine(({ days, atLeast }) => atLeast <= days, {
    path: ['atLeast'],
    message: 'ne doit pas dépasser `days`',
  }),
  forecast: z
    .strictObject({ weekly: days, monthly: days, horizon: days })
    .refine(({ weekly, monthly, horizon }) => weekly <= monthly && monthly <= horizon, {
      message: 'les bornes ne doivent pas décroître : weekly, monthly, horizon',
    }),
  late: z.strictObject({ days: z.number().int().min(0), progress: z.number().min(0).max(100) }),
  consolidation: z.strictObject({ days }),
  next: z.number().int().min(0).max(200),
  burnUp: days,
})
export type PrefillRules = z.infer<typeof PrefillRules>

/** The same, held against completeness.yaml: a kind that it does not accept would be missing for ever. */
export function prefillRulesBeside({ fields }: Pick<CompletenessRules, 'fields'>) {
  const accepted = fields.find(({ field }) => field === 'typologie')?.accepted ?? {}
  return PrefillRules.superRefine(({ expected: { kinds } }, context) => {
    kinds.forEach((kind, at) => {
      if (kind in accepted) return
      const message = `« ${kind} » n’est pas une valeur de typologie dans completeness.yaml ; retirez-la ou corrigez-la`
      context.addIssue({ code: 'custom', path: ['expected', 'kinds', at], message })
    })
  })
}
