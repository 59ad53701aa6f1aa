import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { gapFinder, nextRecords } from '../../src/domain/next-records.ts'
import type { Gap } from '../../src/domain/next-records.ts'
import { actorOf, assessed, rules } from './completeness/records.ts'

const gapOf = gapFinder(rules)
const level = new Map(rules.fields.map((rule) => [rule.field, rule]))
const weightOf = (field: FieldName) => {
  const rule = level.get(field)!
  return (rules.profiles.prefill.levels[field] ?? rule.level) === 'optional' ? 0 : rule.weight
}

/** What each field may hold in the tests: nothing, something good, something that blocks. */
const GOOD: Partial<Record<FieldName, string>> = {
  pivot: '43493312300029',
  nom: 'Espace numérique',
  commune: 'Brest',
  code_postal: '29200',
  code_insee: '29019',
  adresse: '1 rue de Siam',
  typologie: 'ASSO',
  telephone: '+33298000000',
  courriels: 'accueil@example.org',
  site_web: 'https://example.org',
  horaires: 'Mo-Fr 09:00-12:00',
  source: 'Hub',
  services: 'Aide aux démarches administratives',
  presentation_detail: 'Un lieu ouvert à toutes et à tous.',
  structure_parente: 'Mairie',
}
const BAD: Partial<Record<FieldName, string>> = {
  pivot: '43493312300028',
  telephone: '12',
  courriels: 'pas un courriel',
  code_insee: '99999',
  date_maj: '2031-01-01',
}

const anyRecord = fc
  .tuple(
    ...FIELDS.map((field) =>
      fc.constantFrom(null, null, GOOD[field] ?? null, BAD[field] ?? GOOD[field] ?? null),
    ),
  )
  .map((values) => Object.fromEntries(FIELDS.map((field, at) => [field, values[at] ?? null])))

const required = new Set(
  rules.fields
    .filter(({ field, level }) => (rules.profiles.prefill.levels[field] ?? level) === 'required')
    .map(({ field }) => field),
)

describe('what a record lacks to be pre-filled', () => {
  it('is measured as profile `prefill` measures it, from the assessment of any other', () => {
    fc.assert(
      fc.property(anyRecord, (fields) => {
        const actor = actorOf(fields)
        const inPrefill = assessed(actor, 'prefill')
        const gap = gapOf(assessed(actor))
        expect(gap.completeness).toBeCloseTo(inPrefill.completeness, 9)
        const blocked = inPrefill.findings.filter(({ severity }) => severity === 'blocking')
        expect(new Set(gap.toCorrect)).toEqual(new Set(blocked.map(({ field }) => field)))
      }),
    )
  })

  it('is nothing if and only if the record is pre-filled, and no field too many', () => {
    fc.assert(
      fc.property(anyRecord, (fields) => {
        const assessment = assessed(actorOf(fields))
        const { toCorrect, toFill, completeness } = gapOf(assessment)
        expect(toCorrect.length + toFill.length === 0).toBe(assessment.prefilled)
        const inPrefill = assessed(actorOf(fields), 'prefill')
        expect(completeness).toBeCloseTo(inPrefill.completeness, 9)
        const reached = (some: readonly FieldName[]) => {
          const filled = [...inPrefill.filled, ...toCorrect, ...some]
          const missing = inPrefill.missing.filter((field) => !filled.includes(field))
          const spared = rules.oneNeed.flatMap(({ fields: need, others }) =>
            need.some((field) => filled.includes(field))
              ? need.filter((field) => missing.includes(field)).map((field) => (1 - others) * weightOf(field))
              : [],
          )
          const sum = (some: readonly FieldName[]) =>
            some.reduce((total, field) => total + weightOf(field), 0)
          const total = sum(filled) + sum(missing) - spared.reduce((all, one) => all + one, 0)
          return total === 0 ? 100 : (100 * sum(filled)) / total
        }
        const threshold = rules.prefilled.completeness - 1e-6
        expect(reached(toFill)).toBeGreaterThanOrEqual(threshold)
        const last = toFill.at(-1)
        if (last !== undefined && !required.has(last))
          expect(reached(toFill.slice(0, -1))).toBeLessThan(threshold)
        for (const field of inPrefill.missing) if (required.has(field)) expect(toFill).toContain(field)
      }),
    )
  })

  it('is the same whatever was looked at before', () => {
    const full = assessed(actorOf(GOOD))
    const bare = assessed(actorOf({ nom: 'Espace' }))
    const alone = gapFinder(rules)(bare)
    const finder = gapFinder(rules)
    finder(full)
    expect(finder(bare)).toEqual(alone)
    expect(finder(full)).toEqual(gapFinder(rules)(full))
  })

  it('counts a field that says something wrong in profile `prefill` alone among those to correct, once', () => {
    const twice = assessed(actorOf({ nom: 'Espace', courriels: 'pas un courriel' }))
    const own = twice.findings.filter(({ field }) => field === 'courriels')
    expect(own).toHaveLength(1)
    const { toCorrect } = gapOf({ ...twice, findings: [...own, ...own, ...twice.findings] })
    expect(toCorrect.filter((field) => field === 'courriels')).toEqual(['courriels'])
  })

  it('is complete where no field counts', () => {
    const none = { ...rules, fields: rules.fields.map((rule) => ({ ...rule, level: 'optional' as const })) }
    const profiles = { ...rules.profiles, prefill: { ...rules.profiles.prefill, levels: {} } }
    const { completeness, toFill } = gapFinder({ ...none, profiles })(assessed(actorOf({})))
    expect({ completeness, toFill }).toEqual({ completeness: 100, toFill: [] })
  })

  it('names first what must be corrected, then what is required, then what weighs most', () => {
    const { toCorrect, toFill } = gapOf(assessed(actorOf({ nom: 'Espace', courriels: 'pas un courriel' })))
    expect(toCorrect).toEqual(['courriels'])
    const asked = toFill.filter((field) => required.has(field))
    expect(toFill.slice(0, asked.length)).toEqual(asked)
    const weights = toFill.slice(asked.length).map(weightOf)
    expect(weights).toEqual(weights.toSorted((one, other) => other - one))
  })
})

describe('the records to do next', () => {
  const gap = (count: number, completeness = 50): Gap => ({
    toCorrect: [],
    toFill: FIELDS.slice(0, count),
    completeness,
  })
  const listed = (added: readonly (readonly [number, Gap])[], limit = 3) => {
    const next = nextRecords(limit, rules)
    for (const [id, one] of added) next.add(id, one)
    return next.list({ prefilled: 10, expected: 50 }).map(({ record }) => record)
  }

  it('come with the fewest fields first, then the most complete, then the lowest id', () => {
    expect(
      listed(
        [
          [1, gap(4)],
          [5, gap(2)],
          [4, gap(2)],
          [3, gap(2, 60)],
          [2, gap(1)],
        ],
        5,
      ),
    ).toEqual([2, 3, 4, 5, 1])
  })

  it('are the same whatever the order of the records, and never more than asked for', () => {
    const anyGap = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }))
    fc.assert(
      fc.property(fc.array(anyGap, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (gaps, noise) => {
        const records = gaps.map(([count, quarter], id) => [id, gap(count, 25 * quarter)] as const)
        const shuffled = records
          .map((one) => [noise.next().value, one] as const)
          .sort(([one], [other]) => one - other)
          .map(([, one]) => one)
        expect(listed(shuffled)).toEqual(listed(records))
        expect(listed(records, 100).slice(0, 3)).toEqual(listed(records))
        expect(listed(records, 0)).toEqual([])
      }),
    )
  })

  it('say what to do in words, and what it brings', () => {
    const next = nextRecords(1, rules)
    next.add(12, { toCorrect: ['pivot'], toFill: ['horaires', 'telephone'], completeness: 40 })
    expect(next.list({ prefilled: 10, expected: 50 })).toEqual([
      {
        record: 12,
        toCorrect: ['le numéro SIRET ou RNA'],
        toFill: ['les horaires', expect.stringContaining('téléphone')],
        gain: 2,
      },
    ])
    expect(next.list({ prefilled: 50, expected: 50 })[0]?.gain).toBe(0)
    expect(next.list({ prefilled: 10, expected: null })[0]?.gain).toBeNull()
  })

  it('keep the first, of the same, at the limit, and the most complete of those with as many fields', () => {
    const same = [3, 1, 2].map((id) => [id, gap(2)] as const)
    expect(listed(same, 2)).toEqual([1, 2])
    expect(
      listed(
        [
          [1, gap(2)],
          [2, gap(2)],
          [3, gap(2)],
        ],
        2,
      ),
    ).toEqual([1, 2])
    expect(
      listed(
        [
          [1, gap(2, 30)],
          [2, gap(2, 40)],
        ],
        1,
      ),
    ).toEqual([2])
    expect(
      listed(
        [
          [2, gap(2, 40)],
          [1, gap(2, 30)],
        ],
        1,
      ),
    ).toEqual([2])
  })
})
