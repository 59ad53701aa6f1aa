import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { TypologyRules, typologyRulesBeside } from '../../../src/domain/rules/typology.ts'
import { rules } from '../../helpers/rules.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what stands in a YAML file may be changed into anything
type Loose = any

function faults(change: (content: Loose) => void, schema: z.ZodType = TypologyRules): string[] {
  const content: unknown = structuredClone(rules.typology)
  expect(schema.safeParse(content).success).toBe(true)
  change(content)
  const { error } = schema.safeParse(content)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('typology.yaml', () => {
  it.each<[what: string, change: (content: Loose) => void, fault: RegExp]>([
    [
      'two types of one key',
      (all) => (all.types[1].key = 'to_start'),
      /^types\.1\.key: « to_start » y est deux fois/,
    ],
    [
      'two types of one name',
      (all) => (all.types[2].label = 'À amorcer'),
      /^types\.2\.label: .*y est deux fois/,
    ],
    ['a type named as the unknown', (all) => (all.types[0].label = all.unknown.label), /^types\.0\.label: /],
    [
      'a type of the key of the unknown',
      (all) => (all.types[0].key = 'unknown'),
      /^types\.0\.key: « unknown » est gardé/,
    ],
    ['a comma in a choice', (all) => (all.types[0].label = 'Loin, très loin'), /^types\.0\.label: .*virgule/],
    [
      'a hard border',
      (all) => (all.types[0].conditions[0].to = 35),
      /^types\.0\.conditions\.0\.to: est égal à `from`/,
    ],
    [
      'an answer left out',
      (all) => delete all.types[2].conditions[0].degrees.none,
      /^types\.2\.conditions\.0\.degrees: doit contenir une fois chacun de none, informal/,
    ],
    ['a figure without an extent', (all) => (all.need.figures[0].to = 3), /^need\.figures\.0\.to: /],
    ['a ratio to nothing', (all) => (all.need.figures[1].from = 0), /^need\.figures\.1\.scale: /],
    [
      'a figure that can be nothing',
      (all) => (all.need.figures[0].within = [10, 1]),
      /^need\.figures\.0\.within: /,
    ],
    [
      'a figure from nowhere',
      (all) => all.need.figures.push({ ...all.need.figures[1], key: 'older' }),
      /^need\.figures\.2\.key: « older » ne vient pas de la base/,
    ],
    [
      'a figure twice',
      (all) => (all.need.figures[1].key = 'fragility'),
      /^need\.figures\.1\.key: « fragility » y est deux fois/,
    ],
    ['no type at all', (all) => (all.types = []), /^types: /],
  ])('refuses %s, and says where', (_, change, fault) => {
    expect(faults(change)).toEqual([expect.stringMatching(fault)])
  })

  it('wants indicators that maturity.yaml scores', () => {
    const { tooling } = rules.maturity.factors
    const indicators = tooling.indicators.filter(({ key }) => key !== 'mastery')
    const factors = { ...rules.maturity.factors, tooling: { ...tooling, indicators } }
    const content = structuredClone(rules.typology)
    const { error } = typologyRulesBeside({ factors }).safeParse(content)
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['types.4.conditions.0.mean.2'])
    expect(faults(() => {}, typologyRulesBeside(rules.maturity))).toEqual([])
  })
})
