import { z } from 'zod'
import { ANSWER_VALUES, FACTORS, REFERENTIALS } from '../diagnostic.ts'
import type { ChoiceKey } from '../diagnostic.ts'
import { clause } from './clause.ts'
import { IndicatorKey } from './maturity.ts'

const share = z.number().min(0).max(1)
const sentence = z.string().min(1)
const common = {
  key: z.string().min(1),
  weight: z.number().positive(),
  inverted: z.boolean().default(false),
  yes: clause,
  rather: clause,
  hardly: clause,
  no: clause,
}

/** A fit for each value of the answer: one that is left out, or misspelt, would silently count as unknown. */
const byAnswer = <Answer extends 'aim' | 'network'>(answer: Answer) => {
  const values = z.enum(ANSWER_VALUES[answer])
  return z.strictObject({
    ...common,
    answer: z.literal(answer),
    fits: z.record(values, share),
    says: z.partialRecord(values, clause).default({}),
  })
}

/** An answer after which a criterion has nothing to stand on: its fit is 0, whatever else is known. */
const Unless = z.strictObject({
  answer: z.enum(Object.keys(ANSWER_VALUES) as ChoiceKey[]),
  is: z.string(),
  says: clause,
})

/** What a référentiel asks for before it can begin: an answer at least so high on its ladder, and what is said of it. */
const Precondition = z
  .strictObject({
    answer: z.enum(Object.keys(ANSWER_VALUES) as ChoiceKey[]),
    atLeast: z.string(),
    met: sentence,
    unmet: sentence,
    unknown: sentence,
  })
  .superRefine(({ answer, atLeast }, context) => {
    const accepted: readonly string[] = ANSWER_VALUES[answer]
    if (!accepted.includes(atLeast))
      context.addIssue({
        code: 'custom',
        path: ['atLeast'],
        message: `« ${atLeast} » n’est pas une réponse de « ${answer} » (${accepted.join(', ')})`,
      })
  })

/** One criterion of a référentiel: its weight, and where its fit (0–1) comes from. */
export const CriterionRule = z.union([
  byAnswer('aim'),
  byAnswer('network'),
  z.strictObject({ ...common, factor: z.enum(FACTORS) }),
  z.strictObject({ ...common, mean: z.array(IndicatorKey).min(1), unless: Unless.optional() }),
])
export type CriterionRule = z.infer<typeof CriterionRule>

const Days = z
  .strictObject({ low: z.number().positive(), high: z.number().positive() })
  .refine((days) => days.low <= days.high, { message: 'low ne doit pas dépasser high' })

const ReferentialRule = z
  .strictObject({
    label: sentence,
    aim: sentence,
    criteria: z.array(CriterionRule).min(1),
    requires: z.array(Precondition).default([]),
    method: z.array(sentence).min(1),
    days: z.strictObject({ referents: Days, deploymentOfficer: Days }),
    driver: z.strictObject({
      key: z.enum(['participation', 'actors']),
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
        message: `la somme des poids est ${sum} ; ramenez-la à 100`,
      })
    if (rule.criteria.every(isAim))
      context.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: 'il faut un critère au moins à côté de l’objectif, pour la lecture a priori',
      })
    rule.criteria.forEach((criterion, index) => {
      for (const fault of [...criterionFaults(criterion), ...repeatedClauses(criterion)])
        context.addIssue({ code: 'custom', path: ['criteria', index], message: fault })
    })
    const keys = rule.criteria.map((criterion) => criterion.key)
    if (new Set(keys).size < keys.length)
      context.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: 'deux critères ont la même clé ; donnez à chacun la sienne',
      })
  })
export type ReferentialRule = z.infer<typeof ReferentialRule>

/** The criterion that the reading a priori leaves out. */
export function isAim(rule: CriterionRule): boolean {
  return 'answer' in rule && rule.answer === 'aim'
}

/** What is not known counts half: a table of fits that leaves out the middle would contradict it. */
function criterionFaults(rule: CriterionRule): string[] {
  if ('mean' in rule) {
    const { unless } = rule
    if (unless === undefined) return []
    const accepted: readonly string[] = ANSWER_VALUES[unless.answer]
    return accepted.includes(unless.is)
      ? []
      : [`« ${unless.is} » n’est pas une réponse de « ${unless.answer} » (${accepted.join(', ')})`]
  }
  if (!('answer' in rule)) return []
  const fits = Object.values(rule.fits)
  return Math.min(...fits) <= 0.5 && Math.max(...fits) >= 0.5
    ? []
    : ['`fits` doit avoir une valeur à 0,5 ou moins et une à 0,5 ou plus : une réponse inconnue compte 0,5']
}

/** A clause that stood for the référentiel and against it would say nothing. */
function repeatedClauses(rule: CriterionRule): string[] {
  const { yes, rather, hardly, no } = rule
  const all = [yes, rather, hardly, no, ...('says' in rule ? Object.values(rule.says) : [])]
  return [...new Set(all.filter((one, at) => all.indexOf(one) !== at))].map(
    (one) => `« ${one} » est écrit deux fois : donnez à chaque cas sa phrase`,
  )
}

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
