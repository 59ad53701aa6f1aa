import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerChanges, QUESTIONS } from '../../src/domain/answer-changes.ts'
import type { SingleChange } from '../../src/domain/counterfactual.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { outcomeOf } from '../../src/domain/scoring.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const assess = (one: Situation) => recommend(one, rules)
const withAnswer = (one: Situation, change: object): Situation => ({
  ...one,
  answers: { ...one.answers, ...change },
})
const withChange = (one: Situation, change: SingleChange): Situation => {
  const only = (keys: object) => Object.fromEntries(Object.entries(change).filter(([key]) => key in keys))
  return {
    ...one,
    answers: { ...one.answers, ...only(one.answers) },
    observed: { ...one.observed, ...only(one.observed) },
  }
}
const sure = situation({
  answers: {
    aim: 'database',
    governance: 'active',
    roadmap: 'adopted',
    referents: 'pair',
    network: 'none',
    meetingsPerYear: 4,
    commitment: 'funded',
    tool: 'none',
    use: 'none',
    mastery: 'none',
  },
  observed: { completeness: 0, freshness: 0, contactedShare: 1, participationRate: 1 },
})

describe('the sensitivity of a recommendation', () => {
  it('begins with the counterfactual, and holds every single answer that changes the recommendation', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, counterfactual, counterfactualAim, sensitivity } = assess(one)
        const { changes } = sensitivity
        const more = { distance: expect.any(Number), margin: expect.any(Number) }
        const [first] = changes
        if (counterfactual !== null) expect(first).toEqual({ ...counterfactual, ...more })
        else expect(first === undefined || 'aim' in first.change).toBe(true)
        const aim = changes.find(({ change }) => 'aim' in change)
        expect(aim ?? null).toEqual(counterfactualAim === null ? null : { ...counterfactualAim, ...more })
        for (const { key, change } of answerChanges(one.answers, rules.maturity)) {
          const after = assess(withAnswer(one, change)).recommended
          if (after === recommended) continue
          expect(changes.some((other) => key in other.change && other.recommended === after)).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('finds the whole percent at which a figure tips, on either side: no nearer one does', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, sensitivity } = assess(one)
        const tipping = sensitivity.changes.filter(({ change }) => 'freshness' in change)
        const at = (freshness: number) => outcomeOf(withChange(one, { freshness }), rules).recommended
        const now = one.observed.freshness ?? 50
        const near = Math.min(...tipping.map(({ change }) => Math.abs(change.freshness! - now)), Infinity)
        for (let percent = 0; percent <= 100; percent += 1)
          if (at(percent) !== recommended) expect(Math.abs(percent - now)).toBeGreaterThanOrEqual(near - 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it('says of each what it leads to and how far ahead that would be, smallest change first', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { changes } = assess(one).sensitivity
        for (const { change, recommended, margin } of changes) {
          const after = assess(withChange(one, change))
          expect({ recommended: after.recommended, margin: after.confidence.margin }).toEqual({
            recommended,
            margin,
          })
        }
        const order = changes.map(({ change, distance }) => ('aim' in change ? 10 : 0) + distance)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }),
      { numRuns: 50 },
    )
  })

  it('measures the margin on the best of the others', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, scores, sensitivity } = assess(one)
        const others = REFERENTIALS.filter((key) => key !== recommended)
        expect(others).toContain(sensitivity.runnerUp)
        expect(sensitivity.margin).toBe(scores[recommended] - scores[sensitivity.runnerUp])
        expect(scores[sensitivity.runnerUp]).toBe(Math.max(...others.map((key) => scores[key])))
      }),
    )
  })

  it('says how wide the margin is and how many answers could overturn it', () => {
    const { sensitivity } = assess(situation({ answers: { aim: 'networking', network: 'constituted' } }))
    expect(sensitivity.sentence).toMatch(/^«.Réseau.» devance «.Généraliste.» de \d+(,\d)?.points\. /u)
    expect(sensitivity.sentence).toMatch(
      /Un seul point peut, à lui seul, changer la recommandation.: l’objectif\.$/u,
    )
  })
})

describe('a counterfactual', () => {
  it('tells an aim left open on purpose from an answer that is not known', () => {
    const report = assess(sure)
    expect(report).toMatchObject({ recommended: 'outil', reading: 'aim' })
    expect(report.sensitivity.changes.map(({ change }) => change)).toContainEqual({ aim: 'none' })
    const open = report.sensitivity.changes.find(({ change }) => change.aim === 'none')
    expect(open?.sentence).toBe(
      'Si l’objectif restait volontairement ouvert («\u202fPas encore défini\u202f»), ce serait «\u202fGénéraliste\u202f».',
    )
  })

  it('of something unknown is never found beside a high confidence', () => {
    fc.assert(
      fc.property(anySituation, (drawn) => {
        const one = withAnswer(drawn, { aim: drawn.answers.aim ?? 'database' })
        const { confidence, sensitivity } = assess(one)
        fc.pre(confidence.guaranteed > 0)
        const known: Record<string, unknown> = { ...one.answers, ...one.observed }
        for (const { change } of sensitivity.changes)
          for (const key of Object.keys(change)) expect(known[key]).not.toBeNull()
      }),
    )
  })

  it('says of an unknown answer that it is one', () => {
    const { counterfactualAim } = assess(situation({ answers: { governance: 'none', commitment: 'none' } }))
    expect(counterfactualAim?.sentence).toMatch(/^Si l’objectif, qui reste à connaître, se révélait être «/u)
  })
})

describe('what is worth asking next', () => {
  it('is never a question already answered, and is every other one', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const asked = assess(one).nextQuestions.map(({ question }) => question)
        const unanswered = QUESTIONS.filter((key) => one.answers[key] === null)
        expect([...asked].sort()).toEqual([...unanswered].sort())
      }),
      { numRuns: 50 },
    )
  })

  it('is worth the mean over its possible answers, each alike', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const now = assess(one)
        for (const next of now.nextQuestions.slice(0, 2)) {
          const changes = answerChanges(one.answers, rules.maturity).filter(
            ({ key }) => key === next.question,
          )
          const after = changes.map(({ change }) => assess(withAnswer(one, change)))
          expect(next.answers).toBe(after.length)
          const mean = (of: (report: typeof now) => number) =>
            after.reduce((sum, report) => sum + of(report), 0) / after.length
          expect(next.gain).toBeCloseTo(mean((r) => r.confidence.guaranteed) - now.confidence.guaranteed, 9)
          expect(next.coverage).toBeCloseTo(mean((r) => r.confidence.coverage) - now.confidence.coverage, 9)
          expect(next.coverage).toBeGreaterThanOrEqual(-1e-9)
          expect(next.levels.high).toBeCloseTo(
            mean((r) => (r.confidence.level === 'high' ? 1 : 0)),
            9,
          )
          expect(next.levels.low + next.levels.medium + next.levels.high).toBeCloseTo(1, 9)
          expect(next.leadsTo).toEqual(
            REFERENTIALS.filter((key) => key !== now.recommended && after.some((r) => r.recommended === key)),
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  it('comes best first: by level of confidence, then by what is guaranteed', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const worth = assess(one).nextQuestions.map(
          ({ levels, gain }) => [levels.medium + 2 * levels.high, gain] as const,
        )
        const sorted = worth.toSorted((a, b) => b[0] - a[0] || b[1] - a[1])
        expect(worth).toEqual(sorted)
      }),
      { numRuns: 50 },
    )
  })

  it('is the aim, where nothing is known', () => {
    const [first] = assess(situation({})).nextQuestions
    expect(first?.question).toBe('aim')
    expect(first?.leadsTo).toEqual(['outil', 'reseau'])
    expect(first?.sentence).toMatch(
      /^Demandez l’objectif.: selon la réponse, ce pourrait être «.Outil.» ou «.Réseau.», et la recommandation serait plus sûre\.$/u,
    )
  })
})
