import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerChanges, QUESTIONS } from '../../src/domain/answer-changes.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const assess = (one: Situation) => assessTerritory(one, rules)
const withAnswer = (one: Situation, change: object): Situation => ({
  ...one,
  answers: { ...one.answers, ...change },
})
const sure = situation({
  answers: {
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
        const { recommended, counterfactual, sensitivity } = assess(one)
        const { changes } = sensitivity
        expect(changes[0] ?? null).toEqual(
          counterfactual === null
            ? null
            : { ...counterfactual, steps: expect.any(Number), margin: expect.any(Number) },
        )
        for (const change of answerChanges(one.answers, rules.maturity)) {
          const after = assess(withAnswer(one, change.change)).recommended
          if (after === recommended) continue
          const listed = changes.find((other) => change.key in other.change && other.recommended === after)
          expect(listed?.steps).toBeLessThanOrEqual(change.steps)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('says of each what it leads to and how far ahead that would be, smallest change first', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { changes } = assess(one).sensitivity
        for (const { change, recommended, margin } of changes) {
          const after = assess(withAnswer(one, change))
          expect({ recommended: after.recommended, margin: after.confidence.margin }).toEqual({
            recommended,
            margin,
          })
        }
        const steps = changes.map((one) => one.steps)
        expect(steps).toEqual(steps.toSorted((a, b) => a - b))
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
    expect(sensitivity.sentence).toMatch(/^«.Réseau.» devance «.Outil.» de 49,3.points\. /u)
    expect(sensitivity.sentence).toMatch(
      /Une réponse, changée seule, changerait la recommandation.: l’objectif\.$/u,
    )
  })
})

describe('a counterfactual beside a high confidence', () => {
  it('tells an aim left open on purpose from an answer that is not known', () => {
    const report = assess(sure)
    expect(report).toMatchObject({ recommended: 'outil', confidence: { level: 'high' } })
    expect(report.sensitivity.changes.map(({ change }) => change)).toContainEqual({ aim: 'none' })
    const open = report.sensitivity.changes.find(({ change }) => change.aim === 'none')
    expect(open?.sentence).toBe(
      'Si l’objectif restait volontairement ouvert («\u202fPas encore défini\u202f»), ce serait «\u202fGénéraliste\u202f».',
    )
    expect(report.sensitivity.sentence).toContain(
      'Aucune réponse encore inconnue ne peut renverser les points',
    )
  })

  it('finds no unknown answer that contradicts it, but that decision', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { confidence, sensitivity } = assess(one)
        fc.pre(confidence.guaranteed > 0)
        const unknown = sensitivity.changes.filter(({ change }) => {
          const [key] = Object.keys(change) as [keyof typeof one.answers]
          return one.answers[key] === null && wholeCriterion(key, one)
        })
        for (const { change } of unknown) expect(change).toEqual({ aim: 'none' })
      }),
    )
  })

  it('says of an unknown answer that it is one', () => {
    const { counterfactual } = assess(situation({ answers: { governance: 'none', commitment: 'none' } }))
    expect(counterfactual?.sentence).toMatch(/^Si l’objectif, qui reste à connaître, se révélait être «/u)
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
      /^L’objectif.: sur 4 réponses possibles, confiance .*«.Outil.» ou «.Réseau.» \(marge garantie.: [+−]?[\d,]+.points? en moyenne\)\.$/u,
    )
  })
})

/** Whether the answer alone makes a criterion of its own: only then is its whole range in the interval. */
function wholeCriterion(key: keyof Situation['answers'], { answers, observed }: Situation): boolean {
  if (key === 'aim' || key === 'commitment') return true
  const of = (keys: readonly (keyof Situation['answers'])[]) => keys.every((one) => answers[one] === null)
  if (['governance', 'roadmap', 'referents'].includes(key)) return of(['governance', 'roadmap', 'referents'])
  if (['tool', 'use', 'mastery'].includes(key)) return of(['tool', 'use', 'mastery'])
  const seen = [
    observed.contactedShare,
    observed.participationRate,
    observed.kindDiversity,
    observed.communesCovered,
  ]
  return of(['network', 'meetingsPerYear']) && seen.every((one) => one === null)
}
