import { describe, expect, it } from 'vitest'
import { addMonths, firstWithin, freshnessOn, realDay } from '../../../src/domain/completeness/freshness.ts'
import { memo, memoOfPair } from '../../../src/domain/completeness/memo.ts'
import { numberColumn } from '../../../src/domain/completeness/number-column.ts'
import { answerReader } from '../../../src/domain/completeness/placeholders.ts'
import { raiser } from '../../../src/domain/completeness/raise.ts'
import { repetitions } from '../../../src/domain/completeness/repeated-numbers.ts'
import { fold, letters, pieces, quoted } from '../../../src/domain/completeness/text.ts'
import { hash } from '../../../src/domain/hash.ts'
import { rules } from './records.ts'

describe('the months of the calendar', () => {
  it.each([
    ['2026-03-15', 6, '2026-09-15'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-03-31', 6, '2026-09-30'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2000-01-31', 1, '2000-02-29'],
    ['2100-01-31', 1, '2100-02-28'],
    ['0999-12-31', 1, '1000-01-31'],
  ])('%s and %d months: %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected)
  })

  it.each([
    [6, '2026-03-15', '2025-09-16'],
    [6, '2026-08-31', '2026-03-01'],
    [12, '2028-02-29', '2027-03-01'],
    [18, '2026-02-28', '2024-09-01'],
    [1, '2026-03-01', '2026-02-02'],
    [1, '2026-03-31', '2026-03-01'],
    [6, '2026-01-31', '2025-08-01'],
  ])('the first day under %d months old on %s is %s', (months, today, expected) => {
    expect(firstWithin(months, today)).toBe(expected)
  })

  it('give a day its word, a day to come that of today', () => {
    const word = freshnessOn('2026-03-15', { current: 1, watch: 2, verify: 3 })
    expect(
      ['2026-02-16', '2026-02-15', '2026-01-16', '2026-01-15', '2025-12-16', '2025-12-15'].map(word),
    ).toEqual(['current', 'watch', 'watch', 'verify', 'verify', 'outdated'])
    expect([word(null), word('2027-01-01')]).toEqual(['unknown', 'current'])
  })

  it('have real days only', () => {
    expect(realDay(2026, 12, 31)).toBe('2026-12-31')
    expect(realDay(1, 1, 1)).toBe('0001-01-01')
    expect(realDay(9999, 12, 31)).toBe('9999-12-31')
    for (const [year, month, day] of [
      [0, 1, 1],
      [10_000, 1, 1],
      [2026, 0, 1],
      [2026, 13, 1],
      [2026, 1, 0],
      [2026, 1, 32],
      [2026, 6, 31],
      [1900, 2, 29],
    ] as const)
      expect(realDay(year, month, day)).toBeNull()
  })
})

describe('a memory', () => {
  it('computes a value once, starts again when it is full, and never mixes answers up', () => {
    let computed = 0
    const twice = memo((value) => ((computed += 1), value + value), 2)
    expect([twice('a'), twice('a'), twice('b'), twice('a'), twice('b')]).toEqual([
      'aa',
      'aa',
      'bb',
      'aa',
      'bb',
    ])
    expect(computed).toBe(2)
    expect([twice('c'), twice('a'), twice('c'), twice('a')]).toEqual(['cc', 'aa', 'cc', 'aa'])
    expect(computed).toBe(4)
    expect([twice('b'), twice('c')]).toEqual(['bb', 'cc'])
    expect(computed).toBe(6)
  })

  it('keeps values that recur, at most 4096 of them unless told otherwise, and few of those that do not', () => {
    let computed = 0
    const length = memo((value) => ((computed += 1), value.length))
    const tell = (from: number, count: number) => {
      computed = 0
      for (let at = from; at < from + count; at++) length(`${at}`)
      return computed
    }
    expect([tell(0, 1000), tell(0, 1000), tell(0, 1000)]).toEqual([1000, 0, 0])
    expect([tell(1000, 3096), tell(0, 4096)]).toEqual([3096, 1024])
    expect(tell(10_000, 100_000)).toBe(100_000)
    expect([tell(200_000, 100), tell(200_000, 100)]).toEqual([100, 100])
    expect([tell(300_000, 50), tell(300_000, 50), tell(300_000, 50)].slice(1)).not.toContain(50)
  })

  it('of a pair tells the two apart', () => {
    let computed = 0
    const both = memoOfPair((one, other) => ((computed += 1), `${one}-${other}`), 2)
    expect([both('a', 'b'), both('b', 'a'), both('a', 'b'), both('a', 'c')]).toEqual([
      'a-b',
      'b-a',
      'a-b',
      'a-c',
    ])
    expect(computed).toBe(3)
    both('c', 'a')
    both('a', 'b')
    expect(computed).toBe(5)
  })
})

describe('a column of numbers', () => {
  it('keeps more than it holds at once', () => {
    const column = numberColumn(Float64Array)
    expect(column.length).toBe(0)
    for (let at = 0; at < 40_000; at++) column.push(at * 3)
    expect(column.length).toBe(40_000)
    expect([0, 16_383, 16_384, 32_768, 39_999].map((at) => column.at(at))).toEqual([
      0, 49_149, 49_152, 98_304, 119_997,
    ])
    const short = numberColumn(Uint32Array)
    short.push(2 ** 32 + 1)
    expect(short.at(0)).toBe(1)
  })

  it('tells which numbers are repeated, how often and in how many groups', () => {
    const [numbers, groups] = [numberColumn(Float64Array), numberColumn(Uint32Array)]
    for (const [number, group] of [
      [7, 1],
      [0, 1],
      [5, 1],
      [7, 2],
      [0, 1],
      [9, 1],
      [7, 2],
      [9, 0],
      [5, 1],
    ] as const) {
      numbers.push(number)
      groups.push(group)
    }
    const of = repetitions(numbers, groups)
    expect(Array.from({ length: 9 }, (_, at) => of(at))).toEqual([
      { count: 3, groups: 2 },
      null,
      { count: 2, groups: 1 },
      { count: 3, groups: 2 },
      null,
      { count: 2, groups: 0 },
      { count: 3, groups: 2 },
      { count: 2, groups: 0 },
      { count: 2, groups: 1 },
    ])
  })
})

describe('what a value says before any check', () => {
  const read = answerReader({
    placeholders: { values: ['NC', 'à compléter', '"?"', 'œuf'], madeOf: '?-', startsWith: ['Lorem', 'xx'] },
    noneAnswers: ['Sans objet', 'néant'],
  })
  it.each([
    ['NC', 'empty'],
    ['nc', 'empty'],
    [' n c ', 'empty'],
    ['N.C', 'value'],
    ['NCC', 'value'],
    ['A COMPLETER', 'empty'],
    ['à  compléter', 'empty'],
    ['à compléter demain', 'value'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['???', 'empty'],
    ['?-?', 'empty'],
    ['? -', 'empty'],
    ['?a?', 'value'],
    ['-a', 'value'],
    ['Œuf', 'empty'],
    ['lorem', 'empty'],
    ['LOREM ipsum', 'empty'],
    ['Lorémipsum', 'value'],
    ['Lorient', 'value'],
    ['xx y', 'empty'],
    ['xxy', 'value'],
    ['x', 'value'],
    ['sans objet', 'none'],
    ['SANSOBJET', 'none'],
    ['Neant', 'none'],
    ['néants', 'value'],
    ['日本', 'value'],
    ['Łódź', 'value'],
    ['\u00a0NC', 'empty'],
  ])('« %s »: %s', (value, expected) => {
    expect(read(value)).toBe(expected)
  })
})

describe('how wordings are compared', () => {
  it.each([
    ['Médiathèque  L’Île', "mediatheque l'ile"],
    ['CŒUR — cœur', 'coeur - coeur'],
    ['‘a`b´c', "'a'b'c"],
    [' a\n b ', 'a b'],
    ['plain text', 'plain text'],
    ['a  b', 'a b'],
    ['a−b–c', 'a-b-c'],
  ])('« %s » folds into « %s »', (value, expected) => {
    expect(fold(value)).toBe(expected)
  })

  it.each([
    ["L'Île-d'Arz", 'l ile d arz'],
    [' (Été) 2 ', 'ete 2'],
    ['…', ''],
  ])('« %s » is « %s » by its letters', (value, expected) => {
    expect(letters(value)).toBe(expected)
  })

  it.each([
    ['a|b;c,d', ['a', 'b', 'c', 'd']],
    [' a | |b ', ['a', 'b']],
    ['', []],
    [null, []],
  ])('%j is in pieces %j', (value, expected) => {
    expect(pieces(value)).toEqual(expected)
  })

  it.each([
    ['court', 'court'],
    ['123456', '123456'],
    ['1234567', '12345…'],
    ['1234 67', '1234…'],
    [' 1\n\n2 ', '1 2'],
    ['a  b', 'a b'],
    ['a\rb', 'a b'],
    [' abc', ' abc'],
    ['éèàùçé', 'éèàùçé'],
    ['😀😀😀😀😀😀', '😀😀😀😀😀😀'],
    ['😀😀😀😀😀😀😀', '😀😀😀😀😀…'],
  ])('« %s » is quoted « %s » within six signs', (value, expected) => {
    expect(quoted(value, 6)).toBe(expected)
  })

  it('is quoted within sixty signs by default', () => {
    expect(quoted('a'.repeat(60))).toBe('a'.repeat(60))
    expect(quoted('a'.repeat(61))).toBe(`${'a'.repeat(59)}…`)
  })
})

describe('a finding', () => {
  const rule = rules.fields.find(({ field }) => field === 'horaires')!
  it('that the rules do not know is a fault of ours, and named', () => {
    const raise = raiser(rule, { rules, profile: 'publication' })
    expect(() => raise('x', { reason: 'nope', suggestion: null })).toThrow(
      'horaires.nope is not in the rules',
    )
  })

  it('bears the severity of its moment, and tells whether it blocks the pre-fill', () => {
    const syntax = { reason: 'syntax', suggestion: null }
    const [late, early] = (['publication', 'prefill'] as const).map((profile) =>
      raiser(rule, { rules, profile })('x', syntax),
    )
    expect(late).toMatchObject({ finding: { severity: 'blocking' }, blocksPrefill: false })
    expect(early).toMatchObject({ finding: { severity: 'warning' }, blocksPrefill: false })
    const phone = rules.fields.find(({ field }) => field === 'telephone')!
    const invalid = raiser(phone, { rules, profile: 'publication' })('x', {
      reason: 'invalid',
      suggestion: null,
    })
    expect(invalid.blocksPrefill).toBe(true)
  })

  it('says in French what it is about: the value, the label, what the check knows', () => {
    const made = {
      ...rule,
      label: 'les heures',
      findings: { syntax: { severity: 'info' as const, message: '{label} : « {value} » et {what}{none}.' } },
    }
    const raise = raiser(made, { rules, profile: 'publication' })
    const { finding } = raise('a  b', { reason: 'syntax', suggestion: 'c', facts: { what: 'x' } })
    expect(finding).toEqual({
      field: 'horaires',
      code: 'horaires.syntax',
      severity: 'info',
      message: 'Heures\u00a0: «\u202fa b\u202f» et x.',
      suggestion: 'c',
    })
  })

  it.each([
    ['la latitude', 'Latitude'],
    ['le type de structure', 'Type de structure'],
    ['les horaires', 'Horaires'],
    ["l'identifiant", 'Identifiant'],
    ['l’itinérance', 'Itinérance'],
    ['laverie', 'Laverie'],
  ])('names « %s » %s', (label, head) => {
    const findings = { syntax: { severity: 'info' as const, message: '{label} : faux.' } }
    const raise = raiser({ ...rule, label, findings }, { rules, profile: 'publication' })
    expect(raise('x', { reason: 'syntax', suggestion: null }).finding.message).toBe(`${head}\u00a0: faux.`)
  })

  it('has the apostrophes of French, but for what a person wrote, which stays as it is', () => {
    const message = "« {value} », « {one} » n'est pas {commune}."
    const made = { ...rule, findings: { syntax: { severity: 'info' as const, message } } }
    const raise = raiser(made, { rules, profile: 'publication' })
    const facts = { one: "d'ici", commune: "L'Hermitage" }
    expect(raise("l'an", { reason: 'syntax', suggestion: null, facts }).finding.message).toBe(
      "«\u202fl'an\u202f», «\u202fd'ici\u202f» n’est pas L’Hermitage.",
    )
  })
})

describe('a number for a text', () => {
  it('is whole, below 2^53, the same for the same text, and another for another', () => {
    const texts = Array.from({ length: 20_000 }, (_, at) => `texte ${at}`)
    const numbers = texts.map(hash)
    expect(new Set(numbers).size).toBe(texts.length)
    expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true)
    expect(numbers).toEqual(texts.map(hash))
    expect(Math.max(...numbers)).toBeGreaterThan(2 ** 52)
    expect(new Set(numbers.map((number) => number % 2 ** 32)).size).toBeGreaterThan(19_990)
    expect(new Set(numbers.map((number) => Math.floor(number / 2 ** 32))).size).toBeGreaterThan(19_800)
  })

  it('tells short and close texts apart', () => {
    const texts = ['', 'a', 'b', 'aa', 'ab', 'ba', 'a\u0000', 'Mairie de Callac', 'Mairie de Callat']
    expect(new Set(texts.map(hash)).size).toBe(texts.length)
  })
})
