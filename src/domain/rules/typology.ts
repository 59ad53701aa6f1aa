import { z } from 'zod'
import { ANSWER_VALUES, FACTORS } from '../diagnostic.ts'
import type { ChoiceKey } from '../diagnostic.ts'
import { IndicatorKey } from './maturity.ts'
import type { MaturityRules } from './maturity.ts'

/** Said of an EPCI of which too little is known: no type may bear this key. */
export const UNKNOWN_TYPE = 'unknown'
/** The figures of need that the base itself holds; every other comes from an import. */
export const OWN_FIGURES = ['fragility', 'population'] as const
/** What one condition may look at as a whole. */
const WHOLES = ['need', 'maturity', ...FACTORS] as const
/** The colour of a type, by its meaning. */
const TONES = ['good', 'fair', 'weak', 'bad', 'active', 'neutral', 'kind'] as const

const share = z.number().min(0).max(1)
const label = z.string().trim().min(1)
/** A choice of « Type de territoire ». */
const choice = label.refine((text) => !text.includes(','), {
  error: 'ne doit pas contenir de virgule : les filtres de NocoDB y verraient deux choix',
})
const key = z.string().regex(/^[a-z][a-z0-9_]*$/u)

/** One figure of need: 0 at `from`, 100 at `to`. */
const FigureRule = z.strictObject({
  key,
  label,
  columns: z.array(label).default([]),
  within: z.tuple([z.number(), z.number()]).optional(),
  from: z.number(),
  to: z.number(),
  scale: z.enum(['linear', 'log']).default('linear'),
  weight: z.number().positive(),
})
export type FigureRule = z.infer<typeof FigureRule>

/** One condition of a type; which of `of`, `mean` and `answer` it looks at. */
const common = { label, importance: share.default(1) }
const bounds = { from: z.number().min(0).max(100), to: z.number().min(0).max(100) }
const ConditionRule = z.union([
  z.strictObject({ ...common, of: z.enum(WHOLES), ...bounds }),
  z.strictObject({ ...common, mean: z.array(IndicatorKey).min(1), ...bounds }),
  z.strictObject({
    ...common,
    answer: z.enum(Object.keys(ANSWER_VALUES) as [ChoiceKey, ...ChoiceKey[]]),
    degrees: z.record(z.string(), share),
  }),
])
export type ConditionRule = z.infer<typeof ConditionRule>

const TypeRule = z.strictObject({
  key,
  label: choice,
  tone: z.enum(TONES),
  definition: label,
  conditions: z.array(ConditionRule).min(1),
})
export type TypeRule = z.infer<typeof TypeRule>

/** config/typology.yaml: the types of territories, and what tells how great the need is. */
export const TypologyRules = z
  .strictObject({
    /** 0–1: less known, and no type is told. */
    coverage: share,
    /** 0–1: no type is told of an EPCI that belongs to none at this degree. */
    least: share,
    unknown: z.strictObject({ label: choice, definition: label }),
    need: z.strictObject({ figures: z.array(FigureRule).min(1) }),
    /** As many as a map can tell apart. */
    types: z.array(TypeRule).min(1).max(64),
  })
  .superRefine((rules, context) => {
    for (const { path, message } of [...figureFaults(rules.need.figures), ...typeFaults(rules)])
      context.addIssue({ code: 'custom', path, message })
  })
export type TypologyRules = z.infer<typeof TypologyRules>

/** The same, held against maturity.yaml: an indicator that is in none of its factors has no score. */
export function typologyRulesBeside({ factors }: Pick<MaturityRules, 'factors'>) {
  const known = new Set(FACTORS.flatMap((factor) => factors[factor].indicators.map((one) => one.key)))
  return TypologyRules.superRefine(({ types }, context) => {
    types.forEach(({ conditions }, at) =>
      conditions.forEach((condition, place) => {
        if (!('mean' in condition)) return
        condition.mean.forEach((indicator, index) => {
          if (known.has(indicator)) return
          const message = `« ${indicator} » n’est dans aucun facteur de maturity.yaml ; retirez-le, ou ajoutez-l’y`
          const path = ['types', at, 'conditions', place, 'mean', index]
          context.addIssue({ code: 'custom', path, message })
        })
      }),
    )
  })
}

type Fault = { readonly path: (string | number)[]; readonly message: string }

function figureFaults(figures: readonly FigureRule[]): Fault[] {
  return figures.flatMap(({ key: own, columns, from, to, scale, within }, at) => {
    const path = (name: string) => ['need', 'figures', at, name]
    const faults: Fault[] = twice(figures, at, path('key'))
    if (from === to)
      faults.push({ path: path('to'), message: 'est égal à `from` ; entre les deux doit se lire le besoin' })
    if (scale === 'log' && Math.min(from, to) <= 0)
      faults.push({ path: path('scale'), message: 'log demande `from` et `to` au-dessus de 0' })
    if (within !== undefined && within[0] > within[1])
      faults.push({ path: path('within'), message: 'va du plus petit au plus grand' })
    if (columns.length === 0 && !(OWN_FIGURES as readonly string[]).includes(own))
      faults.push({
        path: path('key'),
        message: `« ${own} » ne vient pas de la base : nommez ses colonnes d’import dans \`columns\``,
      })
    return faults
  })
}

function typeFaults({ types, unknown }: TypologyRules): Fault[] {
  return types.flatMap((type, at) => {
    const path = (name: string) => ['types', at, name]
    const faults: Fault[] = twice(types, at, path('key'))
    if (type.key === UNKNOWN_TYPE)
      faults.push({
        path: path('key'),
        message: `« ${UNKNOWN_TYPE} » est gardé pour ce qui est trop peu connu`,
      })
    const labels = [unknown.label, ...types.slice(0, at).map((one) => one.label)]
    if (labels.includes(type.label))
      faults.push({ path: path('label'), message: `« ${type.label} » y est deux fois ; changez-en un` })
    return [...faults, ...type.conditions.flatMap((one, place) => conditionFaults(one, at, place))]
  })
}

function conditionFaults(condition: ConditionRule, at: number, place: number): Fault[] {
  const path = (name: string) => ['types', at, 'conditions', place, name]
  if (!('answer' in condition))
    return condition.from === condition.to
      ? [{ path: path('to'), message: 'est égal à `from` ; une limite est douce : écartez-les' }]
      : []
  const accepted: readonly string[] = ANSWER_VALUES[condition.answer]
  const named = Object.keys(condition.degrees)
  return named.length === accepted.length && accepted.every((value) => named.includes(value))
    ? []
    : [{ path: path('degrees'), message: `doit contenir une fois chacun de ${accepted.join(', ')}` }]
}

function twice(list: readonly { readonly key: string }[], at: number, path: Fault['path']): Fault[] {
  const own = list[at]?.key
  return list.slice(0, at).some((one) => one.key === own)
    ? [{ path, message: `« ${own} » y est deux fois ; gardez-en un` }]
    : []
}
