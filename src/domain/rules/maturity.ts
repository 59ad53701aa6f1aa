import { z } from 'zod'
import { ANSWER_VALUES, FACTORS } from '../diagnostic.ts'
import { clause } from './clause.ts'

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
  'communesCovered',
] as const

/** The key of one observed figure. */
export type ObservedKey = (typeof OBSERVED_KEYS)[number]

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
    kind: z.literal('scale'),
    scores: z.record(z.string(), z.number().min(0).max(100)),
    weight,
    label,
  }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('count'), full: z.number().positive(), weight, label }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('share'), weight, label }),
  z.strictObject({ key: IndicatorKey, kind: z.literal('percent'), weight, label }),
])
export type IndicatorRule = z.infer<typeof IndicatorRule>

const FactorRule = z.strictObject({ label, indicators: z.array(IndicatorRule).min(1) })

/** One half of a contradiction: an answer among those named, a number at least so high, or a count at most so high. */
const Clue = z.union([
  z.strictObject({ answer: z.enum(ANSWER_KEYS), in: z.array(z.string()).min(1) }),
  z.strictObject({ answer: z.literal('meetingsPerYear'), atLeast: z.number().min(0) }),
  z.strictObject({ answer: z.literal('meetingsPerYear'), atMost: z.number().min(0) }),
  z.strictObject({ listed: z.literal('referents'), atMost: z.int().min(0) }),
])

/** Answers that cannot all be true: `says` tells it in one French sentence. */
const ContradictionRule = z.strictObject({
  key: z.string().min(1),
  when: z.array(Clue).min(2),
  says: z.string().min(1),
})
export type ContradictionRule = z.infer<typeof ContradictionRule>

/** Where a figure lies: under a third or a half of what counts as full, from a half on, over two thirds. */
export const FIGURE_BANDS = ['under_third', 'under_half', 'half', 'over_two_thirds'] as const

/** config/maturity.yaml: the four factors, their indicators, the bounds of their levels. */
export const MaturityRules = z
  .strictObject({
    levels: z.strictObject({
      emergent: z.number().min(0).max(100),
      structured: z.number().min(0).max(100),
      mature: z.number().min(0).max(100),
    }),
    /** No level is told of a factor of which less is known. */
    coverage: z.number().min(0).max(1),
    factors: z.strictObject({
      governance: FactorRule,
      network: FactorRule,
      orientation: FactorRule,
      tooling: FactorRule,
    }),
    declared: z.strictObject({
      /** An answer older than this is marked as old. */
      oldMonths: z.int().positive(),
      /** Two answers to one question that differ within so many days are two voices. */
      voicesDays: z.int().min(0),
    }),
    contradictions: z.array(ContradictionRule).default([]),
    /** Each answer in words, by indicator and answer; of a figure, by its band. */
    says: z.partialRecord(IndicatorKey, z.record(z.string(), clause)).default({}),
  })
  .superRefine((rules, context) => {
    const { emergent, structured, mature } = rules.levels
    if (!(emergent < structured && structured < mature))
      context.addIssue({
        code: 'custom',
        path: ['levels'],
        message: 'les bornes doivent croître : emergent < structured < mature',
      })
    rules.contradictions.forEach(({ when }, index) => {
      for (const fault of when.flatMap(clueFaults))
        context.addIssue({ code: 'custom', path: ['contradictions', index, 'when'], message: fault })
    })
    for (const [key, says] of Object.entries(rules.says))
      for (const message of sayingFaults(key as IndicatorKey, says))
        context.addIssue({ code: 'custom', path: ['says', key], message })
    const seen = new Set<string>()
    for (const factor of FACTORS) {
      if (rules.factors[factor].indicators.every((indicator) => indicator.weight === 0))
        context.addIssue({
          code: 'custom',
          path: ['factors', factor, 'indicators'],
          message: 'aucun indicateur n’a de poids ; donnez-en un au moins à l’un d’eux',
        })
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
  const accepted = acceptedAnswers(rule.key)
  if (rule.kind !== 'ladder' && rule.kind !== 'scale')
    return accepted === undefined
      ? null
      : `« ${rule.key} » est un choix : son \`kind\` est ladder, avec \`steps\`, ou scale, avec \`scores\``
  if (accepted === undefined)
    return `« ${rule.key} » est un nombre : son \`kind\` est count, share ou percent`
  const named = rule.kind === 'ladder' ? rule.steps : Object.keys(rule.scores)
  const place = rule.kind === 'ladder' ? 'steps' : 'scores'
  if (named.length !== accepted.length || !accepted.every((value) => named.includes(value)))
    return `\`${place}\` doit contenir une fois chacun de ${accepted.join(', ')}`
  if (rule.kind === 'ladder') return null
  const scores = Object.values(rule.scores)
  return Math.min(...scores) === 0 && Math.max(...scores) === 100
    ? null
    : 'les `scores` doivent aller de 0 à 100 : ce qui n’est pas connu compte pour moitié de cette étendue'
}

/** Words of an answer that does not exist would never be said; the same words of two would tell neither. */
function sayingFaults(key: IndicatorKey, says: Readonly<Record<string, string>>): string[] {
  const accepted: readonly string[] = acceptedAnswers(key) ?? FIGURE_BANDS
  const words = Object.values(says)
  return [
    ...Object.keys(says)
      .filter((value) => !accepted.includes(value))
      .map((value) => `« ${value} » n’est pas une réponse de « ${key} » (${accepted.join(', ')})`),
    ...[...new Set(words.filter((one, at) => words.indexOf(one) !== at))].map(
      (one) => `« ${one} » est écrit deux fois : donnez à chaque cas sa phrase`,
    ),
  ]
}

function acceptedAnswers(key: IndicatorKey): readonly string[] | undefined {
  return key in ANSWER_VALUES ? ANSWER_VALUES[key as keyof typeof ANSWER_VALUES] : undefined
}

function clueFaults(clue: z.infer<typeof Clue>): string[] {
  if (!('in' in clue)) return []
  const accepted = acceptedAnswers(clue.answer) ?? []
  return clue.in
    .filter((value) => !accepted.includes(value))
    .map((value) => `« ${value} » n’est pas une réponse de « ${clue.answer} » (${accepted.join(', ')})`)
}
