import { z } from 'zod'
import { STAGE_LABELS } from '../labels.ts'

const sentence = z.string().trim().min(1)
const whole = z.int().positive()
const stages = Object.keys(STAGE_LABELS) as (keyof typeof STAGE_LABELS)[]
/** What is said where the data say yes, no, or nothing, and in the cases of each check. */
const says = { ok: sentence, to_do: sentence, unknown: sentence }

/** What of the base evaluates a condition. */
export const ConditionCheck = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('referent_pair'), says: z.strictObject({ ...says, none: sentence }) }),
  z.strictObject({
    kind: z.literal('stage'),
    atLeast: z.enum(stages),
    says: z.strictObject({ ...says, before: sentence, past: sentence }),
  }),
  z.strictObject({
    kind: z.literal('notice'),
    days: whole,
    says: z.strictObject({
      ...{ ok: sentence, to_do: sentence, due: sentence, overdue: sentence, planned: sentence },
      ...{ after: sentence, missed: sentence, never: sentence },
      ...{ planned_late: sentence.optional(), same_day: sentence.optional() },
    }),
  }),
  z.strictObject({
    kind: z.literal('facilitators'),
    atLeast: whole,
    says: z.strictObject({
      ...{ ...says, none: sentence, was: sentence, missed: sentence, never: sentence },
      nobody: sentence.optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal('groups'),
    says: z.strictObject({
      ...{ possible: sentence, impossible: sentence, unknown: sentence, past: sentence, never: sentence },
      ...{ nobody: sentence.optional(), nobody_came: sentence.optional() },
    }),
  }),
])
export type ConditionCheck = z.infer<typeof ConditionCheck>

/** The three headings of the Hub's document. */
export const CONDITION_HEADINGS = ['operations', 'communication', 'logistics'] as const

const Condition = z.strictObject({
  key: z.string().regex(/^[a-z][a-z_]*$/, 'use small letters and _ only'),
  heading: z.enum(CONDITION_HEADINGS),
  label: sentence,
  short: sentence,
  check: ConditionCheck.optional(),
})
export type Condition = z.infer<typeof Condition>

const weight = z.int().min(0).max(100)

/** How much two people alike in one group weigh. */
const Mixing = z.strictObject({ organisation: weight, position: weight, kind: weight })

/** config/success-conditions.yaml: the checklist of a journée, and how many people a group may have. */
export const SuccessConditionRules = z
  .strictObject({
    groups: z
      .strictObject({
        from: whole,
        to: whole,
        mixing: Mixing.default({ organisation: 3, position: 2, kind: 1 }),
      })
      .refine(({ from, to }) => from <= to, { message: 'from ne doit pas dépasser to' }),
    soon: whole.describe('days before a deadline from which it is put forward'),
    noDay: sentence,
    conditions: z.array(Condition).min(1),
  })
  .superRefine(({ conditions }, context) => {
    const seen = new Set<string>()
    conditions.forEach(({ key }, index) => {
      if (seen.has(key))
        context.addIssue({
          code: 'custom',
          path: ['conditions', index, 'key'],
          message: `deux conditions ont la clé « ${key} » ; donnez à chacune la sienne`,
        })
      seen.add(key)
    })
  })
export type SuccessConditionRules = z.infer<typeof SuccessConditionRules>
