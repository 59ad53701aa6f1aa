import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXAMPLE } from '../../scripts/guide/example.ts'
import { guide } from '../../scripts/guide/guide.ts'
import { FACTORS, REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { readNocodbSettings } from '../../src/config/nocodb-file.ts'
import { readSources } from '../../src/config/sources.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

const { brake } = readNocodbSettings(CONFIG)
const sources = readSources(CONFIG, rules)

const page = readFileSync(join(CONFIG, 'LISEZ-MOI.md'), 'utf8')
/** Every operation of the page with its printed result. */
const operations = [...page.matchAll(/`([^`=\n]+) = ([^`=\n]+)`/gu)].map(([, left = '', right = '']) => ({
  left,
  right,
}))

describe('the page that explains the figures', () => {
  it('is what the files of config/ make of it (else: npm run schema)', () => {
    expect(page).toBe(guide(rules, brake, sources))
  })

  it('has no sum that a reader would not find again with what is printed', () => {
    expect(operations.length).toBeGreaterThan(25)
    for (const { left, right } of operations)
      expect(calculated(left), `${left} = ${right}`).toBeCloseTo(number(right), 1)
  })

  it('comes to the very figures of the service', () => {
    const report = recommend(EXAMPLE, rules)
    const results = operations.map(({ right }) => number(right))
    const wanted = [
      ...REFERENTIALS.map((key) => report.scores[key]),
      report.confidence.margin,
      report.workload.referents.driver,
      report.workload.deploymentOfficer.driver,
      ...FACTORS.flatMap((key) => report.factors[key].coverage),
    ]
    for (const value of wanted) expect(results).toContainEqual(expect.closeTo(value, 2))
    for (const { estimate } of Object.values(report.workload))
      expect(page).toMatch(new RegExp(`\\*\\*${String(estimate).replace('.', ',')} jours\\*\\*`, 'u'))
  })

  it('prints every weight and threshold that decides', () => {
    const { confidence, general, referentials } = rules.referentials
    const { levels } = rules.maturity
    const { freshness, prefilled } = rules.completeness
    const numbers = [
      ...Object.values(levels),
      ...Object.values(confidence),
      ...Object.values(freshness),
      general.coverage,
      prefilled.completeness,
      ...REFERENTIALS.flatMap((key) => [
        ...referentials[key].criteria.map(({ weight }) => weight),
        referentials[key].driver.full,
        ...Object.values(referentials[key].days).flatMap(({ low, high }) => [low, high]),
      ]),
    ]
    for (const value of numbers)
      expect(page).toMatch(new RegExp(`(?<![\\d,])${String(value).replace('.', ',')}(?![\\d,]\\d)`, 'u'))
  })

  it('prints what each likeness of two records is worth, and from where they are proposed', () => {
    const section = page.slice(page.indexOf('## Deux fiches'), page.indexOf('## Un EPCI'))
    const { points, threshold } = rules.duplicates
    const worth = (value: unknown): number[] =>
      typeof value === 'number' ? [value] : Object.values(value as object).flatMap(worth)
    for (const value of [threshold, ...worth({ ...points, name: { ...points.name, from: [] } })]) {
      const text = Math.abs(value).toLocaleString('fr-FR').replaceAll(/\s/gu, '[\\s\u202f]')
      expect(section).toMatch(new RegExp(`${value < 0 ? '− ' : '(?<![\\d,])'}${text}(?![\\d,]\\d)`, 'u'))
    }
    expect(section).toContain('`40 × (0,8 − 0,5) / (1 − 0,5) = 24`')
  })

  it('follows a change of weight', () => {
    const other = structuredClone(rules) as typeof rules & { maturity: { levels: { mature: number } } }
    other.maturity.levels.mature = 77
    expect(guide(other, brake, sources)).not.toBe(page)
    expect(guide(other, brake, sources)).toContain('Mature à partir de 77')
  })
})

/** Does an operation of the page: + − × / and parentheses, numbers as the French write them. */
function calculated(text: string): number {
  const signs = text.replaceAll(/[\s\u202f\u00a0]/gu, '').match(/[\d,]+|[+−×/()]/gu) ?? []
  let at = 0
  const term = (): number => {
    let value = factor()
    for (;;) {
      if (signs[at] === '×') value *= (at++, factor())
      else if (signs[at] === '/') value /= (at++, factor())
      else return value
    }
  }
  const sum = (): number => {
    let value = term()
    for (;;) {
      if (signs[at] === '+') value += (at++, term())
      else if (signs[at] === '−') value -= (at++, term())
      else return value
    }
  }
  const factor = (): number => {
    const sign = signs[at++] ?? ''
    if (sign !== '(') return number(sign)
    const value = sum()
    at += 1
    return value
  }
  return sum()
}

function number(text: string): number {
  return Number(text.replaceAll(/[\s\u202f\u00a0]/gu, '').replace(',', '.'))
}
