import { z } from 'zod'
import { DRIVER_KEYS } from '../../domain/changes.ts'
import { COMPARED } from '../../domain/rules/indicators.ts'
import { ANSWER_KEYS, OBSERVED_KEYS } from '../../domain/rules/maturity.ts'
import { count, day, eachReferential, fingerprint, Referential } from '../../domain/schemas/figures.ts'
import type { EpciContext as Told } from '../../engine/epci-context.ts'

const text = z.string()
const level = z.enum(['low', 'medium', 'high'])
const figure = z.union([z.string(), z.number()]).nullable()

function shift<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ before: schema, after: schema })
}

function shifts<const Keys extends readonly [string, ...string[]]>(keys: Keys) {
  return z.array(z.strictObject({ key: z.enum(keys), before: figure, after: figure }))
}

const Cause = z.enum(['answers', 'data', 'rules', 'program'])
const points = eachReferential(z.number())

const Changes = z
  .strictObject({
    since: day.describe('the day of the older result'),
    until: day.describe('the day of the newer one'),
    recommended: shift(Referential),
    confidence: shift(level),
    scores: shift(points),
    retained: shift(Referential.nullable()).nullable().describe('null: the human choice is the same'),
    answers: shifts(ANSWER_KEYS),
    observed: shifts(OBSERVED_KEYS),
    drivers: shifts(DRIVER_KEYS),
    rules: z
      .strictObject({ before: fingerprint, after: fingerprint, files: z.array(text) })
      .nullable()
      .describe('the files of rules that changed; null: none'),
    effects: z
      .strictObject({ answers: points, data: points, rules: points, program: points })
      .nullable()
      .describe('points that each cause brought (Shapley values); null: old rules can no longer be read'),
    decisive: z.array(Cause).describe('what turned the recommendation: each alone, else the fewest together'),
    sentences: z.array(text).describe('in French'),
  })
  .meta({ id: 'Changes', description: 'What changed between two results of one EPCI, and why.' })

const SimilarEpci = z
  .strictObject({
    siren: text.meta({ example: '242900314' }),
    name: text,
    similarity: z.number().min(0).max(1).describe('1 − the weighted mean of the differences'),
    compared: z.array(z.enum(COMPARED)).describe('what is known of both'),
    recommended: Referential,
    retained: Referential.nullable(),
  })
  .meta({ id: 'SimilarEpci', description: 'An EPCI that is like this one, and what was chosen there.' })

const score = z.number()

/** What one report alone cannot say of an EPCI. */
export const epciContext = {
  region: z
    .strictObject({ epcis: count, actorsPer10000: z.number().min(0).nullable() })
    .describe('how many EPCI are known together, and the median of their records per 10,000 inhabitants'),
  fragility: z
    .strictObject({
      score,
      median: score.describe('of the EPCI of the file'),
      components: z.array(z.strictObject({ key: text, label: text, value: score })),
      source: text.nullable(),
    })
    .nullable()
    .describe('context only, part of no score; null: no file (PORTREA_FRAGILITY_FILE), or not in it'),
  similar: z.array(SimilarEpci).describe('the nearest first'),
  changes: Changes.nullable().describe('since the last result that was not the same; null: none was kept'),
  turned: Changes.nullable().describe('when the recommended référentiel last changed; null: never'),
} satisfies Record<keyof Told, z.ZodType>
