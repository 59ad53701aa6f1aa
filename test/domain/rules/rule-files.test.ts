import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { parse } from 'yaml'
import { DuplicateRules } from '../../../src/domain/rules/duplicates.ts'
import { IndicatorRules, indicatorRulesBeside } from '../../../src/domain/rules/indicators.ts'
import { MaturityRules } from '../../../src/domain/rules/maturity.ts'
import { PrefillRules } from '../../../src/domain/rules/prefill.ts'
import { ReferentialRules } from '../../../src/domain/rules/referentials.ts'
import { Retention } from '../../../src/domain/rules/retention.ts'
import { SuccessConditionRules } from '../../../src/domain/rules/success-conditions.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what stands in a YAML file may be changed into anything
type Loose = any

/** What a schema says of a file of ours after one change: « path: message » each. */
function faultsIn(file: string, schema: z.ZodType, change: (content: Loose) => void): string[] {
  const content: unknown = parse(readFileSync(join(CONFIG, `${file}.yaml`), 'utf8'))
  expect(schema.safeParse(content).success).toBe(true)
  change(content)
  const { error } = schema.safeParse(content)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('maturity.yaml', () => {
  const faults = (change: (content: Loose) => void) => faultsIn('maturity', MaturityRules, change)
  const growing = 'levels: les bornes doivent croître : emergent < structured < mature'

  it.each([
    { emergent: 40, structured: 40, mature: 80 },
    { emergent: 50, structured: 40, mature: 80 },
    { emergent: 20, structured: 80, mature: 80 },
    { emergent: 20, structured: 90, mature: 80 },
  ])('wants bounds that grow: %o', (levels) => {
    expect(faults((content) => (content.levels = levels))).toEqual([growing])
  })

  it('has each indicator once, in whatever factor', () => {
    const twice = faults((content) => {
      content.factors.tooling.indicators.push(content.factors.governance.indicators[0])
    })
    expect(twice).toEqual([
      expect.stringMatching(
        /^factors\.tooling\.indicators\.\d+\.key: l’indicateur « governance » y est deux fois ; gardez-en un$/,
      ),
    ])
  })

  it('reads an answer as a ladder of all that may be answered, and a number as one', () => {
    const governance = (change: Loose) =>
      faults((content) => {
        const [first] = content.factors.governance.indicators
        expect(first.key).toBe('governance')
        content.factors.governance.indicators[0] = { ...first, ...change }
      })
    const steps =
      'factors.governance.indicators.0.key: `steps` doit contenir une fois chacun de none, planned, installed, active'
    expect(governance({ steps: ['none', 'planned', 'installed'] })).toEqual([steps])
    expect(governance({ steps: ['none', 'planned', 'installed', 'installed'] })).toEqual([steps])
    expect(governance({ steps: ['none', 'planned', 'installed', 'active', 'active'] })).toEqual([steps])
    expect(governance({ steps: ['active', 'installed', 'planned', 'none'] })).toEqual([])
    expect(governance({ kind: 'share' })).toEqual([
      'factors.governance.indicators.0: Unrecognized key: "steps"',
      'factors.governance.indicators.0.key: « governance » est un choix : son `kind` est ladder, avec `steps`, ou scale, avec `scores`',
    ])
    const meetings = faults((content) => {
      const list: Loose[] = content.factors.network.indicators
      const at = list.findIndex(({ key }) => key === 'meetingsPerYear')
      const { full: _, ...rest } = list[at]
      list[at] = { ...rest, kind: 'ladder', steps: ['0', '1'] }
    })
    expect(meetings).toEqual([
      expect.stringMatching(
        /key: « meetingsPerYear » est un nombre : son `kind` est count, share ou percent$/,
      ),
    ])
  })
})

describe('referentials.yaml', () => {
  const faults = (change: (outil: Loose) => void) =>
    faultsIn('referentials', ReferentialRules, (content) => change(content.referentials.outil))

  it('wants weights that sum to 100, to the rounding of a computer', () => {
    const heavier = faults((outil) => (outil.criteria[0].weight += 5))
    expect(heavier).toEqual(['referentials.outil.criteria: la somme des poids est 105 ; ramenez-la à 100'])
    expect(faults((outil) => (outil.criteria[0].weight += 1e-10))).toEqual([])
  })

  it('wants a key of its own for each criterion', () => {
    const same = faults((outil) => (outil.criteria[1].key = outil.criteria[0].key))
    expect(same).toEqual([
      'referentials.outil.criteria: deux critères ont la même clé ; donnez à chacun la sienne',
    ])
  })

  it('wants bounds of days in their order; both may be the same', () => {
    expect(faults((outil) => (outil.days.referents = { low: 3, high: 2 }))).toEqual([
      'referentials.outil.days.referents: low ne doit pas dépasser high',
    ])
    expect(faults((outil) => (outil.days.referents = { low: 3, high: 3 }))).toEqual([])
  })
})

describe('prefill.yaml', () => {
  const faults = (change: (content: Loose) => void) => faultsIn('prefill', PrefillRules, change)

  it('measures a speed on no less than it wants, at most all of it', () => {
    expect(faults((content) => (content.speed = { days: 14, atLeast: 15 }))).toEqual([
      'speed.atLeast: ne doit pas dépasser `days`',
    ])
    expect(faults((content) => (content.speed = { days: 14, atLeast: 14 }))).toEqual([])
  })

  it.each([
    { weekly: 31, monthly: 30, horizon: 60 },
    { weekly: 7, monthly: 61, horizon: 60 },
  ])('forecasts within bounds that do not shrink: %o', (forecast) => {
    expect(faults((content) => (content.forecast = forecast))).toEqual([
      'forecast: les bornes ne doivent pas décroître : weekly, monthly, horizon',
    ])
  })

  it('takes bounds that are the same', () => {
    expect(faults((content) => (content.forecast = { weekly: 30, monthly: 30, horizon: 30 }))).toEqual([])
  })
})

describe('indicators.yaml', () => {
  const faults = (change: (content: Loose) => void) => faultsIn('indicators', IndicatorRules, change)

  it('has each field in one block, and in one only', () => {
    const twice = faults((content) => content.blocks.contact.fields.push('nom', 'commune'))
    expect(twice).toEqual([
      expect.stringMatching(/^blocks\.contact\.fields\.\d+: nom est déjà dans identity ; gardez-en un$/),
      expect.stringMatching(/^blocks\.place\.fields\.\d+: commune est déjà dans contact ; gardez-en un$/),
    ])
    const lacking = faults((content) => {
      content.blocks.hours.fields = ['telephone']
      content.blocks.contact.fields = content.blocks.contact.fields.filter(
        (field: string) => field !== 'telephone' && field !== 'site_web',
      )
    })
    expect(lacking).toEqual(['blocks: ajoutez site_web, horaires'])
  })

  it('names values that completeness.yaml accepts, once both are read', () => {
    const beside = faultsIn('indicators', indicatorRulesBeside(rules.completeness), (content) => {
      content.needs.help.services.unshift('Aide')
      content.needs.training.kinds = ['BIBLIOTHEQUE']
      content.needs.information.programmes = []
    })
    expect(beside).toEqual([
      'needs.help.services.0: « Aide » n’est pas une valeur de services dans completeness.yaml ; retirez-la ou corrigez-la',
      'needs.training.kinds.0: « BIBLIOTHEQUE » n’est pas une valeur de typologie dans completeness.yaml ; retirez-la ou corrigez-la',
    ])
  })

  it('lets a need do without kinds and programmes', () => {
    const { data } = IndicatorRules.safeParse({
      ...rules.indicators,
      needs: { ...rules.indicators.needs, help: { label: ' Aide ', services: ['Aide'] } },
    })
    expect(data?.needs.help).toEqual({ label: 'Aide', services: ['Aide'], kinds: [], programmes: [] })
  })
})

describe('success-conditions.yaml', () => {
  const faults = (change: (content: Loose) => void) =>
    faultsIn('success-conditions', SuccessConditionRules, change)

  it('wants a key of its own for each condition, of small letters', () => {
    expect(faults(({ conditions }) => (conditions[1].key = conditions[0].key))).toEqual([
      expect.stringMatching(
        /^conditions\.1\.key: deux conditions ont la clé « [a-z_]+ » ; donnez à chacune la sienne$/,
      ),
    ])
    for (const key of ['Pair', '1pair', 'pair-2', '_pair', 'a pair'])
      expect(faults(({ conditions }) => (conditions[0].key = key))).toEqual([
        'conditions.0.key: use small letters and _ only',
      ])
  })

  it('wants groups in their order; both sizes may be the same', () => {
    expect(faults((content) => (content.groups = { from: 9, to: 8 }))).toEqual([
      'groups: from ne doit pas dépasser to',
    ])
    expect(faults((content) => (content.groups = { from: 8, to: 8 }))).toEqual([])
  })

  it('takes no sentence of spaces', () => {
    expect(faults((content) => (content.noDay = '  '))).toHaveLength(1)
  })
})

describe('duplicates.yaml', () => {
  const faults = (change: (content: Loose) => void) => faultsIn('duplicates', DuplicateRules, change)

  it('says how close, and how far', () => {
    expect(faults(({ says }) => (says.closeName = 'nom proche'))).toEqual([
      'says.closeName: doit contenir {percent}',
    ])
    expect(faults(({ says }) => (says.distance = 'à côté'))).toEqual([
      'says.distance: doit contenir {metres}',
    ])
    expect(faults(({ says }) => (says.sameName = ' '))).toHaveLength(1)
  })
})

describe('retention.yaml', () => {
  it('empties columns that hold people, or takes the row, after some months or never', () => {
    const read = (content: unknown) => Retention.safeParse(content).data
    const all = {
      participants: { months: 12, erase: 'row' },
      referents: { months: null, erase: ['name', 'phone'] },
      diagnostics: { months: 1, erase: ['author'] },
    }
    expect(read(all)).toEqual(all)
    expect(read({})).toEqual({})
    expect(read({ participants: { months: 0, erase: 'row' } })).toBeUndefined()
    expect(read({ participants: { months: 1.5, erase: 'row' } })).toBeUndefined()
    expect(read({ participants: { months: 12, erase: [] } })).toBeUndefined()
    expect(read({ participants: { months: 12, erase: ['phone'] } })).toBeUndefined()
    expect(read({ referents: { months: 12, erase: ['author'] } })).toBeUndefined()
    expect(read({ diagnostics: { months: 12, erase: ['name'] } })).toBeUndefined()
    expect(read({ diagnostics: { months: 12, erase: 'all' } })).toBeUndefined()
    expect(read({ people: { months: 12, erase: 'row' } })).toBeUndefined()
  })
})
