import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { calibrateDrivers } from '../../src/domain/driver-calibration.ts'
import type { CalibratedReport } from '../../src/domain/driver-calibration.ts'
import { yamlDifference } from '../../src/domain/yaml-difference.ts'
import { aReport } from '../http/test-server.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

const base = aReport()
const { atLeast } = rules.indicators.calibration
const epci = (
  actors: number | null,
  {
    participation = null as number | null,
    per10000 = null as number | null,
    days = null as number | null,
  } = {},
): CalibratedReport => ({
  ...base,
  actors: 0,
  situation: {
    ...base.situation,
    drivers: { ...base.situation.drivers, actors },
    observed: { ...base.situation.observed, participationRate: participation },
  },
  prefill: { ...base.prefill, expected: actors, per10000 },
  actualDays: { referents: days, deploymentOfficer: null },
})
const many = (count: number, of: (at: number) => CalibratedReport) =>
  Array.from({ length: count }, (_, at) => of(at))
const driver = (reports: readonly CalibratedReport[], referential = 'outil') =>
  calibrateDrivers(reports, rules).find((one) => one.referential === referential)!

describe('what counts in full, from the region', () => {
  it('is proposed from the distribution of its EPCI, with how many they are, as a difference of YAML', () => {
    expect(driver(many(21, (at) => epci(5 * at)))).toEqual({
      ...{ referential: 'outil', driver: 'actors', full: 60, epcis: 21, atLeast, byPopulation: 0 },
      values: { least: 0, median: 50, most: 100 },
      verdict: 'proposed',
      proposal: {
        ...{ full: 90, told: 0, errorNow: null, errorThen: null },
        difference: [
          ...[
            '--- config/referentials.yaml',
            '+++ proposition',
            '  referentials:',
            '    outil:',
            '      driver:',
          ],
          ...['-       full: 60', '+       full: 90'],
        ],
      },
    })
  })

  it('is refused of few EPCI, and leaves aside those of which the population alone speaks', () => {
    expect(driver(many(atLeast - 1, () => epci(20)))).toMatchObject({ verdict: 'too_early', proposal: null })
    const mixed = [...many(atLeast - 1, () => epci(20)), ...many(40, () => epci(12, { per10000: 3 }))]
    expect(driver(mixed)).toMatchObject({ verdict: 'too_early', epcis: atLeast - 1, byPopulation: 40 })
    expect(driver(many(40, () => epci(null)))).toMatchObject({ epcis: 0, values: null, verdict: 'too_early' })
  })

  it('stays where the region bears it out', () => {
    expect(driver(many(atLeast, () => epci(61)))).toMatchObject({ verdict: 'fits', proposal: null })
  })

  it('comes for the participation from journées that were held', () => {
    const held = many(atLeast, (at) => epci(10, { participation: at < atLeast / 2 ? 0.3 : 0.6 }))
    expect(driver(held, 'generaliste')).toMatchObject({
      ...{ driver: 'participation', full: 1, proposal: { full: 0.6 } },
    })
    expect(
      driver(
        many(atLeast, () => epci(10)),
        'generaliste',
      ).verdict,
    ).toBe('too_early')
  })

  it('tells the error on real days, of those under the référentiel alone, now and then', () => {
    const reports = many(atLeast, () => epci(20, { days: 12 }))
    const { proposal } = driver(reports)
    expect(proposal).toMatchObject({ full: 20, told: atLeast })
    expect(proposal!.errorThen!).toBeLessThan(proposal!.errorNow!)
    expect(driver(reports, 'reseau').proposal).toMatchObject({ told: 0, errorNow: null })
  })

  it('is not proposed where real days of enough EPCI speak against it', () => {
    const days = (told: number) => many(atLeast, (at) => epci(20, { days: at < told ? 9 : null }))
    expect(driver(days(rules.indicators.calibration.told))).toMatchObject({ verdict: 'worse' })
    expect(driver(days(rules.indicators.calibration.told - 1))).toMatchObject({ verdict: 'proposed' })
  })

  it('is above zero, the same in any order, and refused or proposed by the number of EPCI alone', () => {
    const counts = fc.array(fc.option(fc.nat(400), { nil: null }), { maxLength: 40 })
    fc.assert(
      fc.property(counts, (actors) => {
        const reports = actors.map((count) => epci(count))
        const found = driver(reports)
        expect(driver(reports.toReversed())).toEqual(found)
        expect(found.verdict === 'too_early').toBe(actors.filter((one) => one !== null).length < atLeast)
        if (found.proposal !== null) expect(found.proposal.full).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a difference of YAML', () => {
  it('names a value of the file by the keys that lead to it, and what it is there', () => {
    const file = parse(readFileSync(join(CONFIG, 'referentials.yaml'), 'utf8'))
    for (const { referential, full } of calibrateDrivers([], rules))
      expect(file.referentials[referential].driver.full).toBe(full)
  })

  it('writes the keys that changes share once', () => {
    const changes = [
      { path: ['a', 'b', 'x'], from: 1, to: 2 },
      { path: ['a', 'b', 'y'], from: 3, to: 4 },
      { path: ['a', 'c', 'x'], from: 5, to: 6 },
    ]
    expect(yamlDifference('f.yaml', changes).slice(2)).toEqual([
      ...['  a:', '    b:', '-     x: 1', '+     x: 2', '-     y: 3', '+     y: 4'],
      ...['    c:', '-     x: 5', '+     x: 6'],
    ])
  })
})
