import { z } from 'zod'
import { faults } from './completeness-faults.ts'
import { READ_OTHERWISE } from '../reading/read-value.ts'
import { FieldKey, FieldRule, FindingRule, ProfileRule, text } from './field-rule.ts'

const months = z.number().int().positive()

/** config/completeness.yaml: the 32 fields of a record, what each is worth, and what is said of it. */
export const CompletenessRules = z
  .strictObject({
    placeholders: z.strictObject({
      values: z.array(text).min(1),
      madeOf: z.string(),
      startsWith: z.array(text),
    }),
    noneAnswers: z.array(text).min(1),
    freshness: z
      .strictObject({ current: months, watch: months, verify: months })
      .describe('upper bounds of the national words, in months'),
    prefilled: z.strictObject({ completeness: z.number().min(0).max(100) }),
    writeBack: z.enum(['prefill', 'journee', 'publication']).describe('the profile of the columns in NocoDB'),
    profiles: z.strictObject({ prefill: ProfileRule, journee: ProfileRule, publication: ProfileRule }),
    together: z
      .array(z.strictObject({ label: text, fields: z.array(FieldKey).min(2) }))
      .default([])
      .describe('fields named as one in « Il manque … » when all of them are missing'),
    oneNeed: z
      .array(z.strictObject({ fields: z.array(FieldKey).min(2), others: z.number().min(0).max(1) }))
      .default([])
      .describe(
        'fields that answer one need: where one is filled, the empty ones keep this share of their weight',
      ),
    readOtherwise: z
      .record(z.enum(READ_OTHERWISE), FindingRule)
      .describe('what is said of any field whose cell is read otherwise than it is written'),
    fields: z.array(FieldRule),
  })
  .superRefine((rules, context) => {
    for (const { path, message } of faults(rules)) context.addIssue({ code: 'custom', path, message })
  })
export type CompletenessRules = z.infer<typeof CompletenessRules>
