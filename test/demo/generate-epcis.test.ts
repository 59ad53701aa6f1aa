import { describe, expect, it } from 'vitest'
import { bretonEpcis } from '../../scripts/demo/brittany.ts'
import { generateEpcis } from '../../scripts/demo/generate-epcis.ts'
import { readYamlFile } from '../../src/config/yaml-file.ts'
import { choose } from '../../src/domain/scoring.ts'
import { MaturityRules } from '../../src/domain/rules/maturity.ts'
import { ReferentialRules } from '../../src/domain/rules/referentials.ts'

const TODAY = '2026-11-24'
const EPCIS = bretonEpcis()
const TERRITORIES = generateEpcis(EPCIS, { today: TODAY })

describe('the generated territories', () => {
  it('are the same for the same seed and day', () => {
    expect(JSON.stringify(generateEpcis(EPCIS, { today: TODAY }))).toBe(JSON.stringify(TERRITORIES))
  })

  it('are the 61 EPCI that have communes in Brittany, with their départements', () => {
    expect(TERRITORIES.epcis).toHaveLength(61)
    const redon = TERRITORIES.epcis.find((one) => one.siren === '243500741')
    expect(redon?.departments).toBe('Ille-et-Vilaine, Loire-Atlantique, Morbihan')
  })

  it('have a diagnostic for most EPCI, two for a few, none for some', () => {
    const perEpci = Map.groupBy(TERRITORIES.diagnostics, (one) => one.siren)
    expect(perEpci.size).toBeGreaterThan(45)
    expect(perEpci.size).toBeLessThan(61)
    expect([...perEpci.values()].filter((dated) => dated.length === 2).length).toBeGreaterThan(2)
  })

  it('lead to each référentiel, each confidence, and to human choices that differ', () => {
    const choices = latestChoices()
    expect(new Set(choices.map((one) => one.recommended)).size).toBe(3)
    expect(new Set(choices.map((one) => one.confidence.level)).size).toBe(3)
    const differing = choices.filter((one) => one.retained !== null && one.retained !== one.recommended)
    expect(differing.length).toBeGreaterThan(2)
  })

  it('have journées behind with participation and ahead with expectations', () => {
    const past = TERRITORIES.days.filter((one) => one.date < TODAY)
    const next = TERRITORIES.days.filter((one) => one.date > TODAY)
    expect(past.length).toBeGreaterThan(20)
    expect(next.length).toBeGreaterThan(15)
    expect(past.every((one) => one.present !== null && one.present <= one.invited)).toBe(true)
    expect(next.every((one) => one.expected !== null && one.expected <= one.invited)).toBe(true)
  })

  it('tell days really spent of some EPCI whose journée is behind, and of no other', () => {
    const told = TERRITORIES.epcis.filter((one) => one.actualReferentDays !== null)
    const past = new Set(TERRITORIES.days.filter((one) => one.date < TODAY).map((one) => one.siren))
    expect(told.length).toBeGreaterThan(15)
    for (const { siren, actualReferentDays, actualOfficerDays } of told) {
      expect(past).toContain(siren)
      expect(actualReferentDays).toBeGreaterThan(0)
      expect(Number.isInteger(actualOfficerDays! * 2)).toBe(true)
    }
  })

  it('name référents on example.org with numbers kept for fiction', () => {
    expect(TERRITORIES.referents.length).toBeGreaterThan(30)
    for (const { email, phone } of TERRITORIES.referents) {
      expect(email).toMatch(/^[a-z.]+\.\d{9}@example\.org$/)
      expect(phone).toMatch(/^\+33639980?\d+$/)
    }
  })
})

function latestChoices() {
  const rules = readYamlFile('config/maturity.yaml', MaturityRules).value!
  const referentials = readYamlFile('config/referentials.yaml', ReferentialRules).value!
  return [...Map.groupBy(TERRITORIES.diagnostics, (one) => one.siren)].map(([siren, dated]) => {
    const situation = {
      answers: dated.at(-1)!.answers,
      observed: OBSERVED,
      drivers: DRIVERS,
      listed: { referents: null },
    }
    const { retained } = TERRITORIES.epcis.find((one) => one.siren === siren)!
    return { retained, ...choose(situation, { maturity: rules, referentials }) }
  })
}

const OBSERVED = {
  completeness: 50,
  freshness: 40,
  contactedShare: 0.3,
  participationRate: 0.5,
  communesCovered: 0.4,
}
const DRIVERS = { expectedParticipationRate: null, actors: null }
