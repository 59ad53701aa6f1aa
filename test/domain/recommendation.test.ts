import { describe, expect, it } from 'vitest'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const assess = (known: Parameters<typeof situation>[0]) => assessTerritory(situation(known), rules)

describe('the recommendation', () => {
  it('follows the worked example: a database, a strong governance, poor data', () => {
    const report = assess({
      answers: {
        aim: 'database',
        governance: 'active',
        roadmap: 'adopted',
        referents: 'pair',
        network: 'constituted',
        meetingsPerYear: 2,
        tool: 'none',
        use: 'none',
        mastery: 'none',
      },
      observed: { completeness: 20, freshness: 10, contactedShare: 0.5, participationRate: 0.5 },
    })
    // outil: 40×1 + 20×1 + 10×(66.67+50+50+50)/4/100 + 20×(1−0.15) + 10×1
    expect(report.recommended).toBe('outil')
    expect(report.scores.outil).toBeCloseTo(40 + 20 + 10 * 0.5416667 + 17 + 10, 5)
    // réseau: 40×0.1 + 30×1 + 15×0.5 + 15×0.15
    expect(report.scores.reseau).toBeCloseTo(4 + 30 + 7.5 + 2.25, 5)
    // généraliste: 40×0.2 + 0 + 25×(1−0.5416667) + 7.5 (commitment unknown)
    expect(report.scores.generaliste).toBeCloseTo(8 + 25 * 0.4583333 + 7.5, 5)
    expect(report.confidence).toMatchObject({ level: 'high', coverage: 0.85 })
  })

  it('recommends « généraliste » when no aim could be set, says why, and is not sure where points say otherwise', () => {
    const report = assess({
      answers: {
        aim: 'none',
        governance: 'active',
        roadmap: 'adopted',
        referents: 'pair',
        network: 'constituted',
        commitment: 'funded',
      },
      observed: { contactedShare: 0, participationRate: 0 },
    })
    expect(report.recommended).toBe('generaliste')
    expect(Math.max(report.scores.outil, report.scores.reseau)).toBeGreaterThan(report.scores.generaliste)
    expect(report.confidence.level).toBe('low')
    expect(report.reasons[0]).toMatch(/^Aucun objectif/)
    expect(report.reasons.join(' ')).not.toContain('interconnaissance')
  })

  it('names what is still unanswered, and counts it half', () => {
    const report = assess({ answers: { aim: 'networking', network: 'constituted' } })
    expect(report.recommended).toBe('reseau')
    expect(report.reasons.at(-1)).toMatch(/^Pas encore de réponse/)
    expect(
      report.contributions.filter(({ known }) => !known).every(({ weight, points }) => points === weight / 2),
    ).toBe(true)
  })

  it('says of a middling fit that it is one', () => {
    const answers = {
      aim: 'mutual_knowledge',
      governance: 'installed',
      roadmap: 'none',
      referents: 'one',
    } as const
    const { recommended, reasons } = assess({ answers })
    expect(recommended).toBe('generaliste')
    expect(reasons.join(' ')).toContain('La gouvernance locale est en partie installée')
  })

  it('says the nearest change: another aim, another référentiel', () => {
    const report = assess({ answers: { aim: 'networking', network: 'constituted', governance: 'active' } })
    expect(report.counterfactual?.change).toHaveProperty('aim')
    expect(report.counterfactual?.sentence).toMatch(/^Si l’objectif était «/)
  })
})

describe('the workload', () => {
  it.each([
    ['outil', { actorsToRecord: 0 }, 8],
    ['outil', { actorsToRecord: 75 }, 10],
    ['outil', { actorsToRecord: 150 }, 12],
    ['outil', { actorsToRecord: 900 }, 12],
    ['reseau', { actorsToContact: 60 }, 14],
    ['reseau', { actorsToContact: 3 }, 9.5],
    ['generaliste', { expectedParticipationRate: 0.25 }, 7.5],
  ] as const)('%s, %o: %d days of référents', (key, drivers, days) => {
    const { referents } = assess({ drivers }).workloads[key]
    expect(referents).toMatchObject({ estimate: days, default: false })
  })

  it('takes the midpoint where the driver is unknown, and says so', () => {
    const { referents, deploymentOfficer } = assess({}).workloads.outil
    expect(referents).toMatchObject({ estimate: 10, driver: null, default: true })
    expect(deploymentOfficer).toMatchObject({ estimate: 5.5, driver: null, default: true })
  })

  it('asks more support of the officer where the territory is less mature', () => {
    const bare = assess({ answers: { governance: 'none', roadmap: 'none', referents: 'none' } }).workloads
      .generaliste
    const ripe = assess({ answers: { governance: 'active', roadmap: 'adopted', referents: 'pair' } })
      .workloads.generaliste
    expect(bare.deploymentOfficer.estimate).toBe(10)
    expect(ripe.deploymentOfficer.estimate).toBe(5)
  })
})
