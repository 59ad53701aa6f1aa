import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { learningLines, weightsDifference } from '../../src/commands/learning-text.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { agreement, learn } from '../../src/domain/learning.ts'
import type { Choice } from '../../src/domain/learning.ts'
import { outcomeOf } from '../../src/domain/recommendation.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation } from '../helpers/situations.ts'

/** Situations of whom the aim is known and no exception decides, the same at each run. */
const situations = (count: number): Situation[] =>
  fc
    .sample(anySituation, { numRuns: count * 4, seed: 15 })
    .filter(({ answers }) => answers.aim !== null && answers.aim !== 'none')
    .slice(0, count)

/** The rules of a Hub that minds the state of the records more than the aim. */
function otherRules(): RecommendationRules {
  const { referentials } = rules.referentials
  const weights: Readonly<Record<string, number>> = { aim: 15, data: 55 }
  const criteria = referentials.outil.criteria.map((one) => ({
    ...one,
    weight: weights[one.key] ?? one.weight,
  }))
  return {
    ...rules,
    referentials: {
      ...rules.referentials,
      referentials: { ...referentials, outil: { ...referentials.outil, criteria } },
    },
  }
}
const chosenBy = (own: RecommendationRules, count: number): Choice[] =>
  situations(count).map((situation) => ({ situation, retained: outcomeOf(situation, own).recommended }))

describe('the agreement of recommendations and choices', () => {
  it('is whole where people choose what is recommended, and counted by pair where not', () => {
    const choices = chosenBy(rules, 24)
    const { table, agreed } = agreement(choices, rules)
    expect(agreed).toMatchObject({ count: 24, of: 24, little: false })
    expect(REFERENTIALS.reduce((sum, key) => sum + table[key][key], 0)).toBe(24)
    const turned = choices.map((one) => ({ ...one, retained: 'reseau' as const }))
    const { table: other } = agreement(turned, rules)
    expect(REFERENTIALS.map((key) => other[key].outil + other[key].generaliste)).toEqual([0, 0, 0])
  })
})

describe('learning from « Référentiel retenu »', () => {
  it('says so under thirty choices, whatever they are', () => {
    const found = learn(chosenBy(otherRules(), 29), rules)
    expect(found).toMatchObject({ verdict: 'too_early', proposal: null, choices: 29, atLeast: 30 })
    expect(plain(learningLines(found).join('\n'))).toContain('il faut 30 choix, il en manque 1.')
  })

  it('proposes nothing where the weights agree already', () => {
    expect(learn(chosenBy(rules, 40), rules)).toMatchObject({ verdict: 'fits', proposal: null })
  })

  it('proposes nothing that choices at random would bear out no better than the present weights', () => {
    const choices = situations(60).map((situation, at) => ({
      situation,
      retained: REFERENTIALS[(at * 7) % 3]!,
    }))
    const { verdict, proposal, agreed } = learn(choices, rules)
    if (verdict === 'proposed') expect(proposal!.unseenThen).toBeGreaterThan(agreed.count)
    else expect(proposal).toBeNull()
  })

  it('finds weights that agree better, whose sums stay 100, as a difference of YAML', () => {
    const found = learn(chosenBy(otherRules(), 80), rules)
    expect(found.verdict).toBe('proposed')
    const { weights, agreedNow, agreedThen, unseenThen } = found.proposal!
    expect(agreedThen).toBeGreaterThan(agreedNow)
    expect(unseenThen).toBeGreaterThan(agreedNow)
    for (const key of REFERENTIALS) {
      const own = weights.filter(({ referential }) => referential === key)
      expect(own.reduce((sum, { before, after }) => sum + after - before, 0)).toBe(0)
      for (const { after } of own) expect(after).toBeGreaterThan(0)
    }
    const yaml = weightsDifference(weights)
    expect(yaml).toContain('   outil:')
    expect(yaml.filter((line) => line.startsWith('-'))).toHaveLength(weights.length)
    const text = learningLines(found).filter((line) => !yaml.includes(line))
    expect(text.map((line) => line.trim().replaceAll(/ {2,}/gu, ' ')).flatMap(frenchFaults)).toEqual([])
    expect(text.join('\n')).toMatch(/Rien n’est appliqué/)
  }, 60_000)

  it('has nothing to say of no choice', () => {
    expect(learn([], rules)).toMatchObject({ verdict: 'too_early', choices: 0, agreed: { interval: null } })
    expect(plain(learningLines(learn([], rules))[0] ?? '')).toMatch(/Aucun référentiel n'est encore retenu/)
  })
})
