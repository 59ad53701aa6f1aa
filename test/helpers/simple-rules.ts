import type { Referential } from '../../src/domain/diagnostic.ts'
import type { ObservedKey } from '../../src/domain/rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { rules } from './rules.ts'

/** What every criterion says, where words do not matter. */
export const WORDS = { inverted: false, yes: 'oui', rather: 'plutôt', hardly: 'guère', no: 'non' }

/** The shipped rules with these criteria for each référentiel, and no preconditions. */
export function judgedBy(
  criteria: (key: Referential) => readonly CriterionRule[],
  over: Partial<Pick<ReferentialRules, 'confidence' | 'general'>> = {},
): typeof rules {
  const { referentials } = rules.referentials
  const of = (key: Referential) => ({ ...referentials[key], requires: [], criteria: [...criteria(key)] })
  const own = { generaliste: of('generaliste'), outil: of('outil'), reseau: of('reseau') }
  return { ...rules, referentials: { ...rules.referentials, ...over, referentials: own } }
}

/** Rules in which each référentiel asks figures alone, whatever the aim: points are weight × figure. */
export function judgedByFigures(
  weights: Readonly<Record<Referential, Partial<Record<ObservedKey, number>>>>,
  over: Partial<Pick<ReferentialRules, 'confidence' | 'general'>> = {},
): typeof rules {
  const figures = (key: Referential) => Object.entries(weights[key]) as [ObservedKey, number][]
  return judgedBy(
    (key) => figures(key).map(([figure, weight]) => ({ ...WORDS, key: figure, weight, mean: [figure] })),
    over,
  )
}
