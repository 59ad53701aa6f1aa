// The figures of a recommendation, computed again from config/*.yaml and the answers by a small program of its own: it
// knows nothing of src/ but the name of the entrance, and finds the guarantee by trying every completion.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { anySituation } from '../helpers/situations.ts'

const yaml = (name: string) => parse(readFileSync(join(CONFIG, `${name}.yaml`), 'utf8'))
const MATURITY = yaml('maturity')
const { referentials: REFERENTIALS } = yaml('referentials')
const NAMES = ['generaliste', 'outil', 'reseau'] as const
type Known = Record<string, string | number | null>
const indicators: any[] = Object.values<any>(MATURITY.factors).flatMap((factor) => factor.indicators)

/** 0–100, or null. */
function scoreOf(key: string, known: Known): number | null {
  const rule = indicators.find((one) => one.key === key)
  const value = known[key] ?? null
  if (value === null) return null
  if (rule.kind === 'ladder') return (rule.steps.indexOf(value) / (rule.steps.length - 1)) * 100
  if (rule.kind === 'scale') return rule.scores[value]
  if (rule.kind === 'count') return Math.min(1, Number(value) / rule.full) * 100
  return rule.kind === 'share' ? Number(value) * 100 : Number(value)
}

/** The fit of a criterion with what is unknown at this score (0, 50 or 100), or at the fits of its answers. */
function fitOf(criterion: any, known: Known, unknown: 'worst' | 'half' | 'best'): number {
  if (criterion.answer !== undefined) {
    const fits = Object.values<number>(criterion.fits)
    const value = known[criterion.answer] ?? null
    if (value !== null) return criterion.fits[value]
    return unknown === 'half' ? 0.5 : unknown === 'worst' ? Math.min(...fits) : Math.max(...fits)
  }
  const gate = criterion.unless === undefined ? null : (known[criterion.unless.answer] ?? null)
  if (criterion.unless !== undefined && gate === criterion.unless.is) return 0
  if (criterion.unless !== undefined && gate === null && unknown === 'worst') return 0
  const best = criterion.inverted ? 0 : 100
  const fill = unknown === 'half' ? 50 : unknown === 'best' ? best : 100 - best
  const used = criterion.mean
    ? criterion.mean.map((key: string) => ({ key, weight: 1 }))
    : MATURITY.factors[criterion.factor].indicators
  let [sum, total] = [0, 0]
  for (const { key, weight } of used) {
    sum += weight * (scoreOf(key, known) ?? fill)
    total += weight
  }
  return criterion.inverted ? 1 - sum / total / 100 : sum / total / 100
}

function score(name: string, known: Known, unknown: 'worst' | 'half' | 'best', withAim: boolean): number {
  const used = REFERENTIALS[name].criteria.filter((one: any) => withAim || one.answer !== 'aim')
  const total = used.reduce((sum: number, one: any) => sum + one.weight, 0)
  return used.reduce(
    (sum: number, one: any) => sum + (100 / total) * one.weight * fitOf(one, known, unknown),
    0,
  )
}

/** Every completion of what is unknown: answers at each of their values, figures at both ends. */
function* completions(known: Known, keys: readonly string[]): Generator<Known> {
  const [key, ...rest] = keys
  if (key === undefined) return yield known
  const rule = indicators.find((one) => one.key === key)
  const values =
    rule.kind === 'ladder'
      ? rule.steps
      : rule.kind === 'scale'
        ? Object.keys(rule.scores)
        : [0, rule.kind === 'count' ? rule.full : rule.kind === 'percent' ? 100 : 1]
  for (const value of values) yield* completions({ ...known, [key]: value }, rest)
}

const flat = ({ answers, observed }: Situation): Known => ({ ...answers, ...observed })

/** At most this many unknowns, so that every completion can be tried. */
function fewUnknown(one: Situation, other: Situation, most: number): Situation {
  let left = most
  const fill = (own: object, spare: object) =>
    Object.fromEntries(
      Object.entries(own).map(([key, value]) => {
        const filled = value ?? (left-- > 0 ? null : (spare as Known)[key])
        return [key, filled ?? (key === 'meetingsPerYear' ? 2 : null)]
      }),
    )
  return {
    answers: fill(one.answers, other.answers) as Situation['answers'],
    observed: fill(one.observed, other.observed) as Situation['observed'],
    drivers: one.drivers,
    listed: one.listed,
  }
}

describe('the figures of a recommendation, computed again from the rules as they are written', () => {
  it('are the same scores and intervals, in both readings', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const report = recommend(one, rules)
        const known = flat(one)
        for (const name of NAMES) {
          const withAim = one.answers.aim !== null
          expect(report.scores[name]).toBeCloseTo(score(name, known, 'half', withAim), 9)
          expect(report.intervals[name][0]).toBeCloseTo(score(name, known, 'worst', withAim), 9)
          expect(report.intervals[name][1]).toBeCloseTo(score(name, known, 'best', withAim), 9)
          expect(report.aPriori.scores[name]).toBeCloseTo(score(name, known, 'half', false), 9)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('guarantee the smallest margin that any completion leaves', () => {
    fc.assert(
      fc.property(anySituation, anySituation, (drawn, other) => {
        const one = fewUnknown(drawn, other, 4)
        const known = flat(one)
        const unknown = indicators.map(({ key }) => key).filter((key) => (known[key] ?? null) === null)
        fc.pre(unknown.length <= 5)
        const { recommended, confidence } = recommend(one, rules)
        const withAim = one.answers.aim !== null
        let smallest = Infinity
        for (const whole of completions(known, unknown)) {
          const scores = NAMES.map((name) => [name, score(name, whole, 'half', withAim)] as const)
          const own = scores.find(([name]) => name === recommended)![1]
          for (const [name, points] of scores)
            if (name !== recommended) smallest = Math.min(smallest, own - points)
        }
        expect(confidence.guaranteed).toBeCloseTo(smallest, 9)
      }),
      { numRuns: 120 },
    )
  })

  it('are the same days, with what is unknown at its middle and at its ends', () => {
    const half = (value: number) => Math.floor(value * 2 + 0.5 + 1e-9) / 2
    fc.assert(
      fc.property(anySituation, (one) => {
        const known = flat(one)
        const mature = (unknown: number) => {
          const factors = Object.values<any>(MATURITY.factors).map(({ indicators: own }) => {
            const total = own.reduce((sum: number, { weight }: any) => sum + weight, 0)
            return (
              own.reduce(
                (sum: number, { key, weight }: any) => sum + weight * (scoreOf(key, known) ?? unknown),
                0,
              ) / total
            )
          })
          return factors.reduce((sum, value) => sum + value, 0) / factors.length
        }
        const support = [50, 100, 0].map((unknown) => 1 - mature(unknown) / 100)
        const { workloads } = recommend(one, rules)
        for (const name of NAMES) {
          const { days, driver } = REFERENTIALS[name]
          const raw =
            driver.key === 'actors'
              ? one.drivers.actors
              : (one.observed.participationRate ?? one.drivers.expectedParticipationRate)
          const volumes = raw === null ? [0.5, 0, 1] : [0, 0, 0].map(() => Math.min(1, raw / driver.full))
          const mixed = volumes.map(
            (value, at) => value * (1 - driver.maturityWeight) + support[at]! * driver.maturityWeight,
          )
          const at = ({ low, high }: { low: number; high: number }, value: number) =>
            Math.min(high, Math.max(low, half(low + (high - low) * value)))
          const { referents, deploymentOfficer } = workloads[name]
          expect([referents.estimate, ...referents.range]).toEqual(
            mixed.map((value) => at(days.referents, value)),
          )
          expect([deploymentOfficer.estimate, ...deploymentOfficer.range]).toEqual(
            support.map((value) => at(days.deploymentOfficer, value)),
          )
        }
      }),
      { numRuns: 300 },
    )
  })
})
