import { z } from 'zod'
import { ANSWER_VALUES, FACTORS } from '../diagnostic.ts'

/** The declared answers, by the key they have in the diagnostic. */
export const ANSWER_KEYS = [
  'governance',
  'roadmap',
  'referents',
  'network',
  'meetingsPerYear',
  'aim',
  'commitment',
  'tool',
  'use',
  'mastery',
] as const
/** The observed indicators, by the key they have in a situation. */
export const OBSERVED_KEYS = [
  'completeness',
  'freshness',
  'contactedShare',
  'participationRate',
  'kindDiversity',
  'communesCovered',
  'editedLocallyShare',
] as const

/** The key of anything that can be known of an EPCI. */
export const IndicatorKey = z.enum([...ANSWER_KEYS, ...OBSERVED_KEYS])
export type IndicatorKey = z.infer<typeof IndicatorKey>

const weight = z.number().min(0)
const label = z.string().min(1)

/** How one indicator becomes 0–100; the key says whether it is declared or observed. */
export const IndicatorRule = z.discriminatedUnion('kind', [
  z.strictObject({
    key: IndicatorKey,
    kind: z.literal('ladder'),
    steps: z.array(z.string()).min(2),
    weight,
    label,
  }),
  z.strictObject({
    key: IndicatorKey,
    kind: z.literal('aim'),
    steps: z.array(z.string()).min(2),
    weight,
    label,
  }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('count'), full: z.number().positive(), weight, label }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('share'), weight, label }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('percent'), weight, label }),
])
export type IndicatorRule = z.infer<typeof IndicatorRule>

const FactorRule = z.strictObject({ label, indicators: z.array(IndicatorRule).min(1) })

/** config/maturity.yaml: the four factors, their indicators, the bounds of their levels. */
export const MaturityRules = z
  .strictObject({
    levels: z.strictObject({
      emergent: z.number().min(0).max(100),
      structured: z.number().min(0).max(100),
      mature: z.number().min(0).max(100),
    }),
    factors: z.strictObject({
      governance: FactorRule,
      network: FactorRule,
      orientation: FactorRule,
      tooling: FactorRule,
    }),
  })
  .superRefine((rules, context) => {
    const { emergent, structured, mature } = rules.levels
    if (!(emergent < structured && structured < mature))
      context.addIssue({
        code: 'custom',
        path: ['levels'],
        message: 'les bornes doivent croître : emergent < structured < mature',
      })
    const seen = new Set<string>()
    for (const factor of FACTORS) {
      rules.factors[factor].indicators.forEach((indicator, index) => {
        const path = ['factors', factor, 'indicators', index, 'key']
        if (seen.has(indicator.key))
          context.addIssue({
            code: 'custom',
            path,
            message: `l’indicateur « ${indicator.key} » y est deux fois ; gardez-en un`,
          })
        seen.add(indicator.key)
        const fault = kindFault(indicator)
        if (fault !== null) context.addIssue({ code: 'custom', path, message: fault })
      })
    }
  })
export type MaturityRules = z.infer<typeof MaturityRules>

/** A ladder must hold each accepted answer exactly once; a number must not be read as a ladder, nor a ladder as one. */
function kindFault(rule: IndicatorRule): string | null {
  const accepted: readonly string[] | undefined =
    rule.key in ANSWER_VALUES ? ANSWER_VALUES[rule.key as keyof typeof ANSWER_VALUES] : undefined
  if (rule.kind !== 'ladder' && rule.kind !== 'aim')
    return accepted === undefined
      ? null
      : `« ${rule.key} » est un choix : son \`kind\` est ladder (ou aim), avec \`steps\``
  if (accepted === undefined)
    return `« ${rule.key} » est un nombre : son \`kind\` est count, share ou percent`
  const same = rule.steps.length === accepted.length && accepted.every((value) => rule.steps.includes(value))
  return same ? null : `\`steps\` doit contenir une fois chacun de ${accepted.join(', ')}`
}
