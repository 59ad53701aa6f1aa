import { describe, expect, it } from 'vitest'
import { bretonEpcis } from '../../scripts/demo/brittany.ts'
import { generateActors } from '../../scripts/demo/generate-actors.ts'
import { FLAWS } from '../../scripts/demo/corrupt-records.ts'

const TODAY = '2026-11-24'
const EPCIS = bretonEpcis()
const ACTORS = generateActors(EPCIS, { today: TODAY })

describe('the generated records', () => {
  it('are the same for the same seed and day, others for another seed', () => {
    expect(JSON.stringify(generateActors(EPCIS, { today: TODAY }))).toBe(JSON.stringify(ACTORS))
    expect(JSON.stringify(generateActors(EPCIS, { today: TODAY, seed: 36 }))).not.toBe(JSON.stringify(ACTORS))
  })

  it('are as many as asked, each with its own identifier', () => {
    expect(ACTORS).toHaveLength(800)
    expect(new Set(ACTORS.map((one) => one.fields.id)).size).toBe(800)
    expect(generateActors(EPCIS, { today: TODAY, count: 200 })).toHaveLength(200)
  })

  it('use only SIRET, RNA and telephone numbers that are given to nobody', () => {
    for (const { fields } of ACTORS) {
      const pivot = fields.pivot?.replaceAll(' ', '') ?? ''
      expect(pivot).toMatch(/^$|^99999\d+$|^0{14}$|^W999\d{6}$/)
      for (const digits of phones(fields.telephone)) expect(digits).toMatch(/^(026191|063998)\d{4}$/)
    }
  })

  it('use only addresses kept for examples on the web', () => {
    for (const { fields } of ACTORS) {
      for (const mail of addresses(fields.courriels)) expect(mail).toMatch(/[.@ ]example\.org$/)
      expect(fields.site_web ?? 'https://a.example.org').toMatch(/example\.org$|^[^.]+$|^n\/a$|^\?+$/)
    }
  })

  it('are between 35 % and 65 % spoilt, in every way there is', () => {
    const spoilt = ACTORS.filter((one) => one.flaws.length > 0).length / ACTORS.length
    expect(spoilt).toBeGreaterThan(0.35)
    expect(spoilt).toBeLessThan(0.65)
    const met = new Set(ACTORS.flatMap((one) => one.flaws))
    expect(FLAWS.filter((flaw) => !met.has(flaw))).toEqual([])
  })

  it('leave one EPCI without any, some records without EPCI, a few in another EPCI than their commune', () => {
    const linked = new Set(ACTORS.map((one) => one.epci))
    expect(EPCIS.filter((epci) => !linked.has(epci.siren))).toHaveLength(1)
    expect(ACTORS.filter((one) => one.epci === null).length).toBeGreaterThan(20)
    const contradicted = ACTORS.filter((one) => one.flaws.includes('contradicted_epci'))
    expect(contradicted.length).toBeGreaterThanOrEqual(3)
    for (const { epci, fields } of contradicted) {
      const communes = EPCIS.find((one) => one.siren === epci)!.communes
      expect(communes.map((one) => one.code)).not.toContain(fields.code_insee)
    }
  })

  it('differ much in completeness from one EPCI to the next', () => {
    const shares = [...Map.groupBy(ACTORS, (one) => one.epci).values()]
      .filter((records) => records.length > 5)
      .map((records) => filled(records) / records.length)
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(8)
  })
})

function filled(records: typeof ACTORS): number {
  return records.flatMap((one) => Object.values(one.fields).filter((value) => value !== null)).length
}

function phones(cell: string | null): string[] {
  return (cell ?? '')
    .split(/[/|;]/)
    .map((one) => one.replaceAll(/[^\d+]/g, '').replace('+33', '0'))
    .filter((digits) => digits !== '')
}

function addresses(cell: string | null): string[] {
  return (cell ?? '').split(/[|;]/).filter((one) => one.includes('@') || one.includes('(at)'))
}
