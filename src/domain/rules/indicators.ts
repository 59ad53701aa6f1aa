import { z } from 'zod'
import { FACTORS } from '../diagnostic.ts'
import { FIELDS } from '../fields.ts'
import type { FieldName } from '../fields.ts'
import type { CompletenessRules } from './completeness.ts'

/** The blocks of fields of a record, in the order in which they are shown. */
export const BLOCKS = ['identity', 'contact', 'place', 'hours', 'offer', 'publics', 'access'] as const
/** A block of fields. */
export type BlockKey = (typeof BLOCKS)[number]

/** Portrea's four needs (the Hub's document). */
export const NEEDS = ['information', 'equipment', 'help', 'training'] as const
/** One of the four needs. */
export type NeedKey = (typeof NEEDS)[number]

/** What two EPCI are compared on. */
export const COMPARED = [...FACTORS, 'population'] as const
/** One thing that two EPCI are compared on. */
export type ComparedKey = (typeof COMPARED)[number]

const text = z.string().trim().min(1)
const share = z.number().min(0).max(1)
const weight = z.number().min(0)

const Block = z.strictObject({ label: text, fields: z.array(z.enum(FIELDS)).min(1) })
const Need = z.strictObject({
  label: text,
  services: z.array(text).min(1).describe('values of the field `services`'),
  kinds: z.array(text).default([]).describe('values of the field `typologie`'),
  programmes: z.array(text).default([]).describe('values of the field `dispositif_programmes_nationaux`'),
})
export type NeedRule = z.infer<typeof Need>

/** Which field each list of a need takes its values from. */
export const NEED_FIELDS = {
  services: 'services',
  kinds: 'typologie',
  programmes: 'dispositif_programmes_nationaux',
} as const satisfies Record<keyof Omit<NeedRule, 'label'>, FieldName>

/** config/indicators.yaml: blocks, needs, comparison of EPCI, calibration; nothing here moves a score. */
export const IndicatorRules = z
  .strictObject({
    blocks: z.strictObject({
      identity: Block,
      contact: Block,
      place: Block,
      hours: Block,
      offer: Block,
      publics: Block,
      access: Block,
    }),
    needs: z.strictObject({ information: Need, equipment: Need, help: Need, training: Need }),
    similarity: z.strictObject({
      weights: z.strictObject({
        governance: weight,
        network: weight,
        orientation: weight,
        tooling: weight,
        population: weight,
      }),
      fold: z.number().gt(1).describe('a population so many times the other is as far as can be'),
      shared: z.number().int().min(1).max(COMPARED.length),
      shown: z.number().int().min(1),
    }),
    diversity: z.strictObject({
      records: z.number().int().min(2).describe('under so many records nothing is said'),
      named: share.describe('nor where a smaller share of them names a kind'),
    }),
    shares: z.strictObject({
      few: z.number().int().min(1).describe('a share over fewer records is marked as little'),
    }),
    learning: z.strictObject({
      atLeast: z.number().int().min(2).describe('choices needed before other weights are proposed'),
      step: z.number().positive().max(50).describe('points that go from one criterion to another at once'),
      folds: z.number().int().min(2).describe('parts into which the choices are cut to try the weights'),
    }),
    calibration: z.strictObject({
      atLeast: z.number().int().min(2).describe('EPCI needed before another `full` is proposed'),
      told: z.number().int().min(1).describe('EPCI whose real days may speak against it'),
      full: share.describe('quantile of the region that would count in full'),
      steps: z
        .strictObject({ actors: z.number().positive(), participation: z.number().positive() })
        .describe('to what a proposal is rounded'),
    }),
    fragility: z.strictObject({ siren: text, score: text, components: z.record(text, text) }),
  })
  .superRefine(({ blocks }, context) => {
    for (const { path, message } of blockFaults(blocks)) context.addIssue({ code: 'custom', path, message })
  })
export type IndicatorRules = z.infer<typeof IndicatorRules>

type Fault = { readonly path: (string | number)[]; readonly message: string }

/** Every field stands in one block, and in one only. */
function blockFaults(blocks: IndicatorRules['blocks']): Fault[] {
  const seen = new Map<FieldName, BlockKey>()
  const twice = BLOCKS.flatMap((key) =>
    blocks[key].fields.flatMap((field, at) => {
      const before = seen.get(field)
      seen.set(field, key)
      return before === undefined
        ? []
        : [
            {
              path: ['blocks', key, 'fields', at],
              message: `${field} est déjà dans ${before} ; gardez-en un`,
            },
          ]
    }),
  )
  const absent = FIELDS.filter((field) => !seen.has(field))
  const lacking = absent.length === 0 ? [] : [{ path: ['blocks'], message: `ajoutez ${absent.join(', ')}` }]
  return [...twice, ...lacking]
}

/** The same, held against completeness.yaml: a value that it does not accept would never be met. */
export function indicatorRulesBeside({ fields }: Pick<CompletenessRules, 'fields'>) {
  const accepted = new Map(fields.map((rule) => [rule.field, rule.accepted ?? {}]))
  return IndicatorRules.superRefine(({ needs }, context) => {
    for (const need of NEEDS)
      for (const [list, field] of Object.entries(NEED_FIELDS) as [keyof typeof NEED_FIELDS, FieldName][])
        needs[need][list].forEach((value, at) => {
          if (value in (accepted.get(field) ?? {})) return
          const message = `« ${value} » n’est pas une valeur de ${field} dans completeness.yaml ; retirez-la ou corrigez-la`
          context.addIssue({ code: 'custom', path: ['needs', need, list, at], message })
        })
  })
}
