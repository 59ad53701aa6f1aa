import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { learningLines, weightsDifference } from '../../src/commands/learning-text.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { agreement, choicesOf, learn } from '../../src/domain/learning.ts'
import type { Choice } from '../../src/domain/learning.ts'
import { outcomeOf } from '../../src/domain/scoring.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { judgedByFigures } from '../helpers/simple-rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

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

describe('the choices among the EPCI', () => {
  it('are those of whom people retained a référentiel, in their order', () => {
    const [one, two, three] = situations(3)
    const epcis = [
      { situation: one!, retained: 'outil' as const, name: 'CC X' },
      { situation: two!, retained: null, name: 'CC Y' },
      { situation: three!, retained: 'reseau' as const, name: 'CC Z' },
    ]
    expect(choicesOf(epcis)).toEqual([
      { situation: one, retained: 'outil' },
      { situation: three, retained: 'reseau' },
    ])
    expect(choicesOf([])).toEqual([])
  })
})

describe('learning, among rules of two criteria,', () => {
  /** « Outil » by completeness and communes covered, 50 points each; « Généraliste » by freshness. */
  const judged = (completeness = 50) =>
    judgedByFigures({
      generaliste: { freshness: 100 },
      outil: { completeness, communesCovered: 100 - completeness },
      reseau: { contactedShare: 100 },
    })
  const learnt = (choices: readonly Choice[], learning = {}, by = judged()) =>
    learn(choices, {
      ...by,
      indicators: { shares: { few: 10 }, learning: { atLeast: 1, step: 10, folds: 2, ...learning } },
    })
  /** Records that are complete, or communes that are all covered, against so much freshness. */
  const choice = (good: 'completeness' | 'communesCovered', freshness: number, retained: Referential) => ({
    situation: situation({
      answers: { aim: 'database' },
      observed: {
        ...{ completeness: good === 'completeness' ? 100 : 0, freshness, contactedShare: 0 },
        communesCovered: good === 'communesCovered' ? 1 : 0,
      },
    }),
    retained,
  })
  const complete = choice('completeness', 55, 'outil')
  const covered = choice('communesCovered', 55, 'outil')
  const six = Array.from({ length: 6 }, () => complete)

  it('moves points where that agrees with more choices, in steps, and no further', () => {
    const weights = (to: number) => [
      { referential: 'outil', criterion: 'completeness', before: 50, after: to },
      { referential: 'outil', criterion: 'communesCovered', before: 50, after: 100 - to },
    ]
    expect(learnt(six, { folds: 3 })).toMatchObject({
      verdict: 'proposed',
      agreed: { count: 0, of: 6 },
      proposal: { weights: weights(60), agreedNow: 0, agreedThen: 6, unseenThen: 6 },
    })
    const further = [...six, ...six.map(() => choice('completeness', 65, 'outil'))]
    expect(learnt(further, { folds: 3 }).proposal).toMatchObject({
      ...{ weights: weights(70), agreedThen: 12, unseenThen: 12 },
    })
  })

  it('begins with just so many choices as are asked for', () => {
    expect(learnt(six, { atLeast: 6 }).verdict).toBe('proposed')
    expect(learnt(six, { atLeast: 7 }).verdict).toBe('too_early')
  })

  it('proposes nothing that choices it was not drawn from do not bear out', () => {
    // Either half would move the weights against the other.
    const halves = six.flatMap((one) => [one, covered])
    expect(learnt(halves)).toMatchObject({ verdict: 'fits', proposal: null, agreed: { count: 0, of: 12 } })
    // Of one choice among many, what is left to learn from holds nothing of it.
    const agreed = choice('completeness', 10, 'outil')
    expect(learnt([complete, agreed, agreed, agreed])).toMatchObject({ verdict: 'fits', proposal: null })
  })

  it('leaves every criterion some weight', () => {
    const all = six.map(() => choice('completeness', 95, 'outil'))
    expect(learnt(all, {}, judged(90))).toMatchObject({ verdict: 'fits', proposal: null })
    expect(learnt(all, { step: 6 }, judged(90)).proposal?.weights).toMatchObject([
      { before: 90, after: 96 },
      { before: 10, after: 4 },
    ])
  })

  it('counts every pair of the recommended and the retained', () => {
    const found = learnt([
      ...[complete, complete, choice('communesCovered', 55, 'reseau')],
      ...[choice('completeness', 10, 'outil'), choice('completeness', 10, 'reseau')],
      choice('completeness', 10, 'reseau'),
    ])
    expect(found.table).toEqual({
      generaliste: { generaliste: 0, outil: 2, reseau: 1 },
      outil: { generaliste: 0, outil: 1, reseau: 2 },
      reseau: { generaliste: 0, outil: 0, reseau: 0 },
    })
    expect(found.agreed).toMatchObject({ count: 1, of: 6, little: true })
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
