import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse } from 'yaml'
import { expect, it } from 'vitest'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { maturity } from '../../src/domain/maturity.ts'
import { typology } from '../../src/domain/typology.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { anySituation } from '../helpers/situations.ts'

// A second reading of DOMAIN.md from the YAML alone: nothing of src/ but what it is held against.
// oxlint-disable-next-line typescript/no-explicit-any -- the files as they stand
type Loose = any
const yaml = (name: string): Loose => parse(readFileSync(join(CONFIG, `${name}.yaml`), 'utf8'))
const [{ factors }, types] = [yaml('maturity'), yaml('typology')]

const average = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
const within = (value: number) => Math.max(0, Math.min(1, value))

/** The score of an indicator, 0–100; `unknown` where nobody knows it. */
function score(key: string, one: Situation, unknown: number): number {
  const rule: Loose = Object.values<Loose>(factors)
    .flatMap(({ indicators }) => indicators)
    .find((each: Loose) => each.key === key)
  const value: Loose = { ...one.answers, ...one.observed }[key as 'aim']
  if (value === null) return unknown
  if (rule.kind === 'ladder') return (100 / (rule.steps.length - 1)) * rule.steps.indexOf(value)
  if (rule.kind === 'scale') return rule.scores[value]
  if (rule.kind === 'count') return Math.min(100, (100 / rule.full) * value)
  return rule.kind === 'share' ? value * 100 : value
}

function need(fragility: number | null, population: number | null, unknown: number): number {
  const [index, people] = types.need.figures
  const own = fragility === null ? unknown : 100 * within((fragility - index.from) / (index.to - index.from))
  const logs = [population ?? 1, people.from, people.to].map((value) => Math.log(Math.max(value, 1e-9)))
  const many = population === null ? unknown : 100 * within((logs[0]! - logs[1]!) / (logs[2]! - logs[1]!))
  return (index.weight * own + people.weight * many) / (index.weight + people.weight)
}

/** How far a condition is met, each unknown at `unknown`. */
function met(rule: Loose, one: Situation, facts: Facts, unknown: number): number {
  if (rule.answer !== undefined) {
    const given = one.answers[rule.answer as 'network']
    const all = Object.values<number>(rule.degrees)
    const range = Math.max(...all) - Math.min(...all)
    return given === null ? Math.min(...all) + (unknown / 100) * range : rule.degrees[given]
  }
  const factor = (key: string) =>
    average(factors[key].indicators.map(({ key: own }: Loose) => score(own, one, unknown))) // all weigh 1
  const value =
    rule.mean !== undefined
      ? average(rule.mean.map((key: string) => score(key, one, unknown)))
      : rule.of === 'need'
        ? need(facts.fragility, facts.population, unknown)
        : rule.of === 'maturity'
          ? average(Object.keys(factors).map(factor))
          : factor(rule.of)
  return within((value - rule.from) / (rule.to - rule.from))
}

type Facts = { readonly fragility: number | null; readonly population: number | null }
const facts: fc.Arbitrary<Facts> = fc.record({
  fragility: fc.option(fc.double({ min: 1, max: 10, noNaN: true }), { nil: null }),
  population: fc.option(fc.nat(500_000), { nil: null }),
})

it('computes the same degrees as a program written from the rules alone', () => {
  const weights = Object.values<Loose>(factors).flatMap(({ indicators }) =>
    indicators.map((one: Loose) => one.weight),
  )
  expect(new Set(weights)).toEqual(new Set([1])) // what `factor` above rests on
  let named = 0
  fc.assert(
    fc.property(anySituation, facts, (one, known) => {
      const found = typology(one, maturity(one, rules.maturity), { ...known, imported: [] }, rules)
      const degrees = types.types.map(({ conditions }: Loose) =>
        Math.min(
          ...conditions.map((rule: Loose) => Math.max(1 - (rule.importance ?? 1), met(rule, one, known, 50))),
        ),
      )
      found.degrees.forEach(({ degree }, at) => expect(degree).toBeCloseTo(degrees[at], 9))
      if (found.type === null || found.type === 'unknown') return
      named += 1
      const own = types.types.findIndex(({ key }: Loose) => key === found.type)
      expect(degrees[own]).toBeCloseTo(Math.max(...degrees), 9)
    }),
    { numRuns: 2000 },
  )
  expect(named).toBeGreaterThan(100)
})
