import { describe, expect, it } from 'vitest'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const assess = (known: Parameters<typeof situation>[0]) => assessTerritory(situation(known), rules)

describe('the recommendation', () => {
  const worked = {
    answers: {
      ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
      ...({ network: 'constituted', meetingsPerYear: 2, commitment: 'funded' } as const),
      ...({ tool: 'none', use: 'none', mastery: 'none' } as const),
    },
    observed: { completeness: 20, freshness: 10, contactedShare: 0.5, participationRate: 0.5 },
  }

  it('follows the worked example: a database, a strong governance, poor data', () => {
    const report = assess(worked)
    // outil: 40×1 + 10×1 + 30×(1−0.15) + 20×1
    expect(report.recommended).toBe('outil')
    expect(report.scores.outil).toBeCloseTo(40 + 10 + 25.5 + 20, 9)
    // réseau: 40×0.1 + 30×1 + 15×0.5 + 15×0.15
    expect(report.scores.reseau).toBeCloseTo(4 + 30 + 7.5 + 2.25, 9)
    // généraliste: 40×0.2 + 0 + 25×(1−(66.67+50+50+50+50)/500) + 0; the communes covered are unknown, and count half
    expect(report.scores.generaliste).toBeCloseTo(8 + 25 * (1 - 266.6666667 / 500), 6)
    expect(report.confidence).toMatchObject({ level: 'high', heldBackBy: [] })
    expect(report.confidence.coverage).toBeCloseTo((0.95 + 1 + 1) / 3, 9)
  })

  it('leaves a factor of which one indicator of three is known open to two thirds', () => {
    const { contributions, factors } = assess({ answers: { governance: 'none' } })
    const own = contributions.find(
      ({ referential, criterion }) => referential === 'generaliste' && criterion === 'governance',
    )
    expect(own).toMatchObject({ known: false })
    expect(own!.knownShare).toBeCloseTo(1 / 3, 12)
    expect(own!.fit).toBeCloseTo(1 - (0 + 50 + 50) / 300, 12)
    expect(own!.range[0]).toBeCloseTo(1 / 3, 12)
    expect(own!.range[1]).toBeCloseTo(1, 12)
    expect(factors.governance).toMatchObject({ score: 0, level: null })
  })

  it('does not call sure what an unknown roadmap could turn', () => {
    const { confidence, intervals } = assess({
      answers: {
        ...({ governance: 'none', meetingsPerYear: 0, aim: 'database', commitment: 'none' } as const),
        ...({ tool: 'none', use: 'regular' } as const),
      },
    })
    expect(confidence.level).not.toBe('high')
    for (const [low, high] of Object.values(intervals)) expect(high - low).toBeGreaterThan(30)
  })

  it('reads the situation a priori beside the aim, and says where they differ', () => {
    const { reading, recommended, aPriori, reasons } = assess({
      ...worked,
      answers: { ...worked.answers, aim: 'networking', network: 'none', meetingsPerYear: 0 },
    })
    expect(reading).toBe('aim')
    expect(aPriori.recommended).toBe('outil')
    if (recommended !== 'outil')
      expect(reasons.map(plain).join(' ')).toContain('ferait plutôt penser à « Outil »')
    const withoutAim = assess({ ...worked, answers: { ...worked.answers, aim: null } })
    expect(withoutAim).toMatchObject({ reading: 'a_priori', recommended: withoutAim.aPriori.recommended })
    expect(withoutAim.scores).toEqual(withoutAim.aPriori.scores)
    expect(withoutAim.confidence.heldBackBy).toContain('aim')
  })

  it('follows the points where nine answers of ten are given and the aim was not asked', () => {
    const { aim: _, ...others } = worked.answers
    expect(assess({ ...worked, answers: others }).recommended).toBe('outil')
  })

  it('recommends « généraliste » when no aim could be set, says why, and is not sure where points say otherwise', () => {
    const report = assess({
      answers: {
        ...({ aim: 'none', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ network: 'constituted', commitment: 'funded' } as const),
      },
      observed: { contactedShare: 0, participationRate: 0 },
    })
    expect(report.recommended).toBe('generaliste')
    expect(Math.max(report.scores.outil, report.scores.reseau)).toBeGreaterThan(report.scores.generaliste)
    expect(report.confidence.level).toBe('low')
    expect(report.reasons[0]).toMatch(/^On n.a pas pu ou voulu fixer d.objectif/)
    expect(report.reasons.join(' ')).not.toContain('interconnaissance')
  })

  it('does not reactivate a network that does not exist', () => {
    const activity = (network: 'none' | 'informal') =>
      assess({
        answers: { network },
        observed: { contactedShare: 0, participationRate: 0 },
      }).contributions.find(({ criterion }) => criterion === 'activity')
    expect(activity('none')).toMatchObject({ fit: 0, range: [0, 0], known: true })
    expect(activity('informal')).toMatchObject({ fit: 1, range: [1, 1], known: true })
  })

  it('tells apart the tipping of a figure and another aim', () => {
    const report = assess({
      answers: {
        ...({
          aim: 'mutual_knowledge',
          governance: 'active',
          roadmap: 'adopted',
          referents: 'pair',
        } as const),
        ...({ network: 'facilitated', meetingsPerYear: 4, commitment: 'funded' } as const),
        ...({ tool: 'local', use: 'occasional', mastery: 'beginner' } as const),
      },
      observed: {
        ...{
          completeness: 60,
          freshness: 60,
          contactedShare: 0.5,
          participationRate: 0.5,
          communesCovered: 0.5,
        },
      },
    })
    const figure = report.sensitivity.changes.find(({ change }) => 'completeness' in change)!
    const { completeness } = figure.change
    const now = situationOf(report)
    const at = (percent: number) =>
      assessTerritory({ ...now, observed: { ...now.observed, completeness: percent } }, rules).recommended
    const back = Math.sign(60 - completeness!)
    expect(at(completeness!)).toBe(figure.recommended)
    expect(at(completeness! + back)).toBe(report.recommended)
    expect(plain(figure.sentence)).toMatch(
      /^Si la complétude moyenne des fiches était de \d+ %( seulement)?, ce serait « (Outil|Réseau|Généraliste) »\.$/,
    )
    expect(report.counterfactual?.change).not.toHaveProperty('aim')
    expect(report.counterfactualAim?.change).toHaveProperty('aim')
  })
})

/** The situation behind the factors of a report. */
function situationOf({ factors }: ReturnType<typeof assess>) {
  const known = Object.values(factors).flatMap(({ indicators }) =>
    indicators.map(({ key, value }) => [key, value]),
  )
  const values = Object.fromEntries(known)
  const blank = situation({})
  const pick = (keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, values[key] ?? null]))
  return { ...blank, answers: pick(blank.answers), observed: pick(blank.observed) } as typeof blank
}
