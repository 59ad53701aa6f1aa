import { z } from 'zod'

const days = z.number().int().positive()

/** config/prefill.yaml: what is expected of an EPCI, how its speed is measured, when it is late. */
export const PrefillRules = z.strictObject({
  expected: z.strictObject({ per10000: z.number().positive(), medianFrom: z.number().int().positive() }),
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
