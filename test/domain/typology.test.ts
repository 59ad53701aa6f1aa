import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { Answers, ChoiceKey, Observed, Situation } from '../../src/domain/diagnostic.ts'
import { maturity } from '../../src/domain/maturity.ts'
import type { NeedFacts } from '../../src/domain/need.ts'
import { typologySentences } from '../../src/domain/typology-sentences.ts'
import { typology } from '../../src/domain/typology.ts'
import type { TypologyRules } from '../../src/domain/rules/typology.ts'
import type { Typology } from '../../src/domain/typology.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const typed = (one: Situation, facts: Partial<NeedFacts> = {}, by = rules): Typology =>
  typology(
    one,
    maturity(one, by.maturity),
    { fragility: null, population: 30_000, imported: [], ...facts },
    by,
  )
const said = (found: Typology) => plain(typologySentences(found, rules.typology).join(' '))

const NOTHING_THERE: Answers = {
  ...{ governance: 'none', roadmap: 'none', referents: 'none', network: 'none', meetingsPerYear: 0 },
  ...{ aim: 'none', commitment: 'none', tool: 'none', use: 'none', mastery: 'none' },
} as const
const ALL_THERE: Answers = {
  ...{
    governance: 'active',
    roadmap: 'adopted',
    referents: 'pair',
    network: 'facilitated',
    meetingsPerYear: 4,
  },
  ...{ aim: 'networking', commitment: 'funded', tool: 'local', use: 'regular', mastery: 'autonomous' },
} as const
const POOR: Observed = {
  completeness: 30,
  freshness: 10,
  contactedShare: 0.1,
  participationRate: 0.2,
  communesCovered: 0.3,
}
const RICH: Observed = {
  completeness: 90,
  freshness: 85,
  contactedShare: 0.9,
  participationRate: 0.8,
  communesCovered: 0.9,
}

const CASES: [
  label: string | null,
  answers: Partial<Answers>,
  observed: Observed,
  facts: Partial<NeedFacts>,
][] = [
  ['À amorcer', NOTHING_THERE, POOR, { fragility: 7.5 }],
  ['À amorcer', { ...NOTHING_THERE, network: 'informal', governance: 'planned' }, POOR, { fragility: 7.5 }],
  // Where the need is low nothing else fits better: its degree is what the unmet condition leaves.
  ['À amorcer', NOTHING_THERE, POOR, { fragility: 3 }],
  ['Base à bâtir', { ...ALL_THERE, network: 'informal', meetingsPerYear: 1 }, POOR, { fragility: 5 }],
  [
    'Réseau à réveiller',
    {
      ...NOTHING_THERE,
      network: 'constituted',
      meetingsPerYear: 3,
      aim: 'networking',
      commitment: 'voiced',
      tool: 'local',
      use: 'regular',
    },
    POOR,
    { fragility: 5 },
  ],
  [
    'Réseau en marche',
    { ...NOTHING_THERE, network: 'facilitated', meetingsPerYear: 4, aim: 'database' },
    { ...RICH, completeness: 60 },
    { fragility: 5 },
  ],
  [
    'Outillé sans réseau',
    { ...NOTHING_THERE, tool: 'local', use: 'regular', mastery: 'autonomous' },
    POOR,
    { fragility: 5 },
  ],
  ['En vitesse de croisière', ALL_THERE, RICH, { fragility: 3.5 }],
  // All is there, but the need is high: it is no cruise.
  ['Réseau en marche', ALL_THERE, RICH, { fragility: 8, population: 300_000 }],
]

describe('the type of a territory', () => {
  it.each(CASES)('is « %s » for %o, %o, %o', (label, answers, observed, facts) => {
    const found = typed(situation({ answers, observed }), facts)
    expect(found.label).toBe(label)
    expect(found.degree).toBe(Math.max(...found.degrees.map(({ degree }) => degree)))
    expect(said(found)).toContain(`Définition de « ${label} » : `)
  })

  it('is not told where less than half of the four factors is known, and says so', () => {
    const little = typed(situation({ answers: { governance: 'active', network: 'constituted' } }), {
      fragility: 7,
    })
    expect(little).toMatchObject({ type: 'unknown', label: 'Trop peu connu', degree: null, firm: false })
    expect(said(little)).toMatch(
      /^Trop peu connu : on connaît 13 % des quatre facteurs de maturité ; .* il en faut 50 %\./u,
    )
    expect(typed(situation({})).type).toBe('unknown')
  })

  it('is no guess: where the type in front asks for a need that nobody knows, none is told', () => {
    const found = typed(situation({ answers: NOTHING_THERE, observed: POOR }))
    expect(found).toMatchObject({ type: 'unknown', nearest: 'to_start', coverage: 1 })
    expect(said(found)).toContain('« besoin élevé »')
    expect(said(found)).toContain(
      'Besoin : trop peu connu — population 30 000 ; inconnu : fragilité numérique.',
    )
  })

  it('is told all the same where its type does not ask for the need', () => {
    const found = typed(situation({ answers: ALL_THERE, observed: RICH }))
    expect(found).toMatchObject({ type: 'network_alive', degree: 1 })
  })

  it('of two equal degrees is the one that asks for more, then the first of the rules', () => {
    const all = typed(situation({ answers: ALL_THERE, observed: RICH }), { fragility: 3 })
    const at = (key: string) => all.degrees.find(({ type }) => type === key)?.degree
    expect([at('network_alive'), at('cruising'), all.type]).toEqual([1, 1, 'cruising'])
    const two = typed(
      situation({
        answers: ALL_THERE,
        observed: { ...RICH, completeness: 20, freshness: 20, contactedShare: 0, participationRate: 0 },
      }),
    )
    expect([two.degrees[1]?.degree, two.degrees[2]?.degree, two.type]).toEqual([1, 1, 'base_to_build'])
    expect(said(two)).toContain('Il tient aussi de « Réseau à réveiller » (1)')
  })

  it('names no other type of which a condition is only guessed', () => {
    const asked = { governance: 'active', roadmap: 'adopted', referents: 'pair', aim: 'database' } as const
    const found = typed(
      situation({
        answers: { ...asked, commitment: 'funded', tool: 'local' },
        observed: { ...POOR, contactedShare: 0 },
      }),
    )
    expect(found.type).toBe('base_to_build')
    const near = found.degrees.find(({ type }) => type === 'network_to_wake')
    expect(near).toMatchObject({ degree: 0.5, range: [0, 1] })
    expect(said(found)).not.toContain('Il tient aussi de')
  })

  it('is none where nothing is near enough', () => {
    const choosy = { ...rules, typology: { ...rules.typology, least: 0.9 } }
    const found = typed(situation({ answers: NOTHING_THERE, observed: POOR }), { fragility: 3 }, choosy)
    expect(found).toMatchObject({ type: null, label: null, degree: null, firm: false, nearest: 'to_start' })
    expect(typologySentences(found, choosy.typology)[0]).toMatch(/^Aucun type ne lui ressemble assez/u)
    const apart = { ...found, degrees: found.degrees.map((one) => ({ ...one, degree: 0 })) }
    expect(typologySentences(apart, choosy.typology)[0]).toBe('Aucun type ne lui ressemble.')
  })

  describe('is firm', () => {
    const asks = (key: string, ...answers: readonly ('use' | 'mastery' | 'roadmap')[]) => ({
      ...{ key, label: key, definition: `${key}.`, tone: 'neutral' as const },
      conditions: answers.map((answer) => ({
        ...{ label: answer, importance: 1, answer },
        degrees: Object.fromEntries(ANSWER_VALUES[answer].map((value, step) => [value, step / 2])),
      })),
    })
    const half = {
      ...{ key: 'half', label: 'half', definition: 'Half.', tone: 'neutral' as const },
      conditions: [
        {
          label: 'records',
          importance: 1,
          mean: ['completeness' as const, 'freshness' as const],
          from: 0,
          to: 100,
        },
      ],
    }
    const among = (types: readonly TypologyRules['types'][number][], least = 0.5) => ({
      ...rules,
      typology: { ...rules.typology, coverage: 0, least, types: [...types] },
    })
    const mastered = situation({ answers: { mastery: 'autonomous' } })
    const used = (use: 'none' | 'regular') => situation({ answers: { mastery: 'autonomous', use } })
    const records = situation({ observed: { completeness: 100 }, answers: { use: 'none' } })

    it.each<[string, readonly TypologyRules['types'][number][], Situation, boolean]>([
      ['all is known, and no other is as near', [asks('a', 'mastery'), asks('b', 'use')], used('none'), true],
      ['another may come as near and stands after', [asks('a', 'mastery'), asks('b', 'use')], mastered, true],
      [
        'another may come as near and stands before',
        [asks('b', 'use'), asks('a', 'mastery')],
        mastered,
        false,
      ],
      [
        'another before may come as near and asks for less',
        [asks('b', 'use'), asks('a', 'mastery', 'mastery')],
        mastered,
        true,
      ],
      [
        'another after may come as near and asks for more',
        [asks('a', 'mastery'), asks('b', 'use', 'roadmap')],
        mastered,
        false,
      ],
      ['another may come nearer', [half, asks('b', 'mastery')], records, false],
      ['its own lowest end is still near enough', [half, asks('b', 'use')], records, true],
    ])('where %s', (_, types, one, firm) => {
      const found = typed(one, {}, among(types))
      expect(found.type).toBe(types.includes(half) ? 'half' : 'a')
      expect(found.firm).toBe(firm)
    })

    it('on no more than is known: of a mean the share that is, of several conditions the least met', () => {
      const [mean, both] = typed(records, {}, among([half, asks('b', 'use', 'mastery')])).degrees
      expect(mean?.conditions[0]).toMatchObject({ knownShare: 0.5, known: true })
      // « use » is « none »: whatever the mastery is, no more can be met.
      expect(both).toMatchObject({ degree: 0, range: [0, 0] })
      const at = (coverage: number) => {
        const choosy = among([half, asks('b', 'use')])
        return typed(records, {}, { ...choosy, typology: { ...choosy.typology, coverage } })
      }
      expect(at(0.5).degrees[0]?.conditions[0]?.known).toBe(true)
      expect(at(0.51).degrees[0]?.conditions[0]?.known).toBe(false)
      const { coverage } = at(0)
      expect([at(coverage).type, at(coverage + 0.001).type]).toEqual(['half', 'unknown'])
    })

    it('by each factor for itself', () => {
      const governed = {
        ...{ key: 'governed', label: 'governed', definition: 'Governed.', tone: 'neutral' as const },
        conditions: [{ label: 'governance', importance: 1, of: 'governance' as const, from: 0, to: 100 }],
      }
      const one = situation({
        answers: { governance: 'active', roadmap: 'adopted', referents: 'pair', network: 'none' },
      })
      expect(typed(one, {}, among([governed])).degrees[0]).toMatchObject({ degree: 1, range: [1, 1] })
    })

    it('only where its own lowest end names it, though its middle does', () => {
      const types = [half, asks('b', 'use')]
      expect(typed(records, {}, among(types)).degrees[0]).toMatchObject({ degree: 0.75, range: [0.5, 1] })
      expect(typed(records, {}, among(types, 0.6))).toMatchObject({ type: 'half', firm: false })
      expect(typed(records, {}, among(types, 0.75))).toMatchObject({ type: 'half', firm: false })
      expect(typed(records, {}, among(types, 0.76))).toMatchObject({ type: null, firm: false })
    })
  })

  it('has no network to wake where there is none', () => {
    const { degrees } = typed(situation({ answers: { ...ALL_THERE, network: 'none' }, observed: POOR }), {
      fragility: 5,
    })
    const of = (key: string) => degrees.find(({ type }) => type === key)?.degree
    expect([of('network_to_wake'), of('network_alive')]).toEqual([0, 0])
  })
})

type Condition = TypologyRules['types'][number]['conditions'][number]
type Known = Parameters<typeof situation>[0]

describe('how far a condition is met', () => {
  /** The only condition of the only type. */
  const met = (rule: object, known: Known, facts: Partial<NeedFacts> = {}) => {
    const condition = { label: 'one', importance: 1, ...rule } as Condition
    const only = { key: 'only', label: 'only', definition: 'Only.', tone: 'neutral' as const }
    const types = [{ ...only, conditions: [condition] }]
    const [degree] = typed(situation(known), facts, {
      ...rules,
      typology: { ...rules.typology, types },
    }).degrees
    const [found] = degree!.conditions
    expect(degree).toMatchObject({ degree: found!.degree, range: found!.range })
    return [found!.degree, ...found!.range, found!.knownShare].map((one) => Number(one.toFixed(9)))
  }
  const records = { mean: ['completeness', 'freshness'] }
  const network = { answer: 'network', degrees: { none: 0.1, informal: 0.4, constituted: 1 } }
  const governed = { governance: 'active', roadmap: 'adopted' } as const

  it.each<[string, object, Known, number[]]>([
    ['rises between its bounds', { ...records, from: 20, to: 60 }, seen(50, 30), [0.5, 0.5, 0.5, 1]],
    ['falls between them', { ...records, from: 60, to: 20 }, seen(50, 30), [0.5, 0.5, 0.5, 1]],
    ['is no less than not at all', { ...records, from: 20, to: 60 }, seen(0, 0), [0, 0, 0, 1]],
    ['is no more than wholly', { ...records, from: 20, to: 60 }, seen(90, 90), [1, 1, 1, 1]],
    ['of a half known', { ...records, from: 0, to: 100 }, seen(80, null), [0.65, 0.4, 0.9, 0.5]],
    ['falling, of a half known', { ...records, from: 100, to: 0 }, seen(80, null), [0.35, 0.1, 0.6, 0.5]],
    ['of nothing known', { ...records, from: 0, to: 100 }, {}, [0.5, 0, 1, 0]],
    ['of a factor', { of: 'governance', from: 0, to: 100 }, { answers: governed }, [5 / 6, 2 / 3, 1, 2 / 3]],
    ['of another', { of: 'network', from: 0, to: 100 }, { answers: governed }, [0.5, 0, 1, 0]],
    // The governance is one of four factors.
    ['of all', { of: 'maturity', from: 0, to: 100 }, { answers: governed }, [7 / 12, 1 / 6, 1, 1 / 6]],
    ['of an answer', network, { answers: { network: 'informal' } }, [0.4, 0.4, 0.4, 1]],
    ['of an answer nobody gave', network, {}, [0.55, 0.1, 1, 0]],
    ['of one not in the rule', network, { answers: { network: 'facilitated' } }, [0.55, 0.1, 1, 0]],
  ])('%s: %o', (_, rule, known, expected) => {
    expect(met(rule, known)).toEqual(expected.map((one) => Number(one.toFixed(9))))
  })

  it('takes away as much as its importance at most', () => {
    const rule = { ...records, from: 0, to: 100, importance: 0.6 }
    expect(met(rule, seen(0, 0))).toEqual([0.4, 0.4, 0.4, 1])
    expect(met(rule, seen(20, null))).toEqual([0.4, 0.4, 0.6, 0.5])
    expect(met(rule, seen(90, 90))).toEqual([0.9, 0.9, 0.9, 1])
  })

  it('follows the need, as far as that is known', () => {
    const rule = { of: 'need', from: 0, to: 100 }
    expect(met(rule, {}, { fragility: 8, population: 100_000 })).toEqual([1, 1, 1, 1])
    expect(met(rule, {}, { population: 10_000 })).toEqual([0.375, 0, 0.75, 0.25])
  })

  it('knows nothing of an indicator that no factor measures', () => {
    const { factors } = rules.maturity
    const tooling = { ...factors.tooling, indicators: factors.tooling.indicators.slice(0, 1) }
    const unmeasured = { ...rules, maturity: { ...rules.maturity, factors: { ...factors, tooling } } }
    const of = (by: typeof rules) =>
      typed(situation(seen(90, 90)), {}, by).degrees.find(({ type }) => type === 'base_to_build')
        ?.conditions[1]
    expect(of(rules)?.knownShare).toBe(1)
    expect(of(unmeasured)).toMatchObject({ knownShare: 0, known: false, range: [0, 1] })
  })
})

/** How complete and how fresh the records are. */
function seen(completeness: number | null, freshness: number | null): Known {
  return { observed: { completeness, freshness } }
}

const fragility = fc.option(fc.double({ min: 1, max: 10, noNaN: true }), { nil: null })
const population = fc.option(fc.nat(500_000), { nil: null })
const facts = fc.record({ fragility, population, imported: fc.constant([]) })

const learned = (one: Situation, by: readonly number[]): Situation => {
  let at = 0
  const next = () => by[at++ % by.length]!
  const answer = (key: string, value: unknown) => {
    if (value !== null) return value
    const values = ANSWER_VALUES[key as ChoiceKey] as readonly string[] | undefined
    return values === undefined ? Math.floor(next() * 6) : values[Math.floor(next() * values.length)]
  }
  const figure = (key: string, value: number | null) =>
    value ?? next() * (key === 'completeness' || key === 'freshness' ? 100 : 1)
  const each = <Value>(record: object, of: (key: string, value: Value) => unknown) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(key, value as Value)]))
  return {
    ...one,
    answers: each(one.answers, answer) as Answers,
    observed: each(one.observed, figure) as Observed,
  }
}
const seeds = fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 20, maxLength: 20 })
const EPSILON = 1e-9

describe('what is said of a type', () => {
  const faults = (one: Situation, known: Partial<NeedFacts>) =>
    typologySentences(typed(one, known), rules.typology).flatMap(frenchFaults)

  it('holds the rules of French, whatever is known', () => {
    for (const [, answers, observed, known] of CASES)
      expect(faults(situation({ answers, observed }), known)).toEqual([])
    fc.assert(
      fc.property(anySituation, facts, (one, known) => {
        expect(faults(one, known)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('claims no need that is not there: it says which condition is least met', () => {
    const found = typed(situation({ answers: NOTHING_THERE, observed: POOR }), { fragility: 3 })
    expect(said(found)).toContain('Sa condition la moins remplie : « besoin élevé » (0,4).')
  })
})

describe('the invariants of the typology', () => {
  it('has every degree between 0 and 1, in its interval', () => {
    fc.assert(
      fc.property(anySituation, facts, (one, known) => {
        for (const { degree, range, conditions } of typed(one, known).degrees)
          for (const { degree: met, range: ends } of [{ degree, range }, ...conditions]) {
            expect(ends[0]).toBeGreaterThanOrEqual(0)
            expect(ends[0]).toBeLessThanOrEqual(met + EPSILON)
            expect(met).toBeLessThanOrEqual(ends[1] + EPSILON)
            expect(ends[1]).toBeLessThanOrEqual(1)
          }
      }),
    )
  })

  it('keeps every degree in its interval, however the unknown is completed; what is firm stays', () => {
    fc.assert(
      fc.property(anySituation, facts, seeds, (one, known, by) => {
        const before = typed(one, known)
        const after = typed(learned(one, by), {
          ...known,
          fragility: known.fragility ?? 1 + 9 * by[0]!,
          population: known.population ?? Math.floor(500_000 * by[1]!),
        })
        after.degrees.forEach(({ degree }, at) => {
          expect(degree).toBeGreaterThanOrEqual(before.degrees[at]!.range[0] - EPSILON)
          expect(degree).toBeLessThanOrEqual(before.degrees[at]!.range[1] + EPSILON)
        })
        if (before.firm) expect(after.type).toBe(before.type)
      }),
      { numRuns: 500 },
    )
  })

  it('tells a type only of what is known: half of the factors, and half of what each of its conditions looks at', () => {
    fc.assert(
      fc.property(anySituation, facts, (one, known) => {
        const { type, label, coverage, degrees } = typed(one, known)
        if (type === null || type === 'unknown') return
        expect(coverage).toBeGreaterThanOrEqual(rules.typology.coverage)
        const own = degrees.find((found) => found.type === type)
        expect(own?.label).toBe(label)
        for (const { knownShare } of own!.conditions)
          expect(knownShare).toBeGreaterThanOrEqual(rules.typology.coverage)
        expect(own?.degree).toBe(Math.max(...degrees.map(({ degree }) => degree)))
      }),
    )
  })

  it('never belongs less to « À amorcer », nor more to « En vitesse de croisière », when the fragility is greater', () => {
    const two = fc.tuple(
      fc.double({ min: 1, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 10, noNaN: true }),
    )
    fc.assert(
      fc.property(anySituation, two, population, (one, pair, people) => {
        const [low, high] = pair.toSorted((a, b) => a - b) as [number, number]
        const of = (value: number, key: string) =>
          typed(one, { fragility: value, population: people }).degrees.find(({ type }) => type === key)!
        expect(of(high, 'to_start').degree).toBeGreaterThanOrEqual(of(low, 'to_start').degree)
        expect(of(high, 'cruising').degree).toBeLessThanOrEqual(of(low, 'cruising').degree)
      }),
    )
  })

  it('depends on nothing but what it is given, in whatever order', () => {
    const turned = <Value extends object>(record: Value) =>
      Object.fromEntries(Object.entries(record).toReversed()) as Value
    const figures = fc.array(
      fc.record({
        column: fc.constantFrom('total', 'IFN', 'autre'),
        value: fc.double({ min: 0, max: 12, noNaN: true }),
        source: fc.constant('un fichier'),
        year: fc.constant(null),
      }),
      { maxLength: 3 },
    )
    const distinct = figures.map((all) => [...new Map(all.map((one) => [one.column, one])).values()])
    fc.assert(
      fc.property(anySituation, distinct, (one, imported) => {
        const other = { ...turned(one), answers: turned(one.answers), observed: turned(one.observed) }
        const again = typed(other, { imported: imported.toReversed() })
        expect(JSON.stringify(again)).toBe(JSON.stringify(typed(one, { imported })))
      }),
    )
  })
})
