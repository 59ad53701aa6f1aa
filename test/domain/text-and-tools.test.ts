import { describe, expect, it } from 'vitest'
import { stableJson } from '../../src/domain/stable-json.ts'
import { atOnce, each } from '../../src/domain/steps.ts'
import {
  capital,
  counted,
  frenchDay,
  frenchList,
  frenchNumber,
  shortDay,
  typeset,
} from '../../src/domain/typography.ts'

describe('French typography', () => {
  it('sets apostrophes and no-break spaces where a space already is', () => {
    expect(typeset("L'EPCI «Outil» a 50 % ; c'est « peu » ! Quoi ? a : b")).toBe(
      'L’EPCI «\u202fOutil\u202f» a 50\u202f%\u202f; c’est «\u202fpeu\u202f»\u202f! Quoi\u202f? a\u00a0: b',
    )
    expect(typeset("qu'«un»  «  deux  »")).toBe('qu’«\u202fun\u202f»  «\u202fdeux\u202f»')
    expect(typeset('https://example.org/a?b=1;c 5%')).toBe('https://example.org/a?b=1;c 5%')
    expect(typeset("5' d'attente")).toBe("5' d’attente")
  })

  it('writes numbers with a comma, and thousands with a narrow space', () => {
    expect([frenchNumber(1234.56), frenchNumber(1234.56, 0), frenchNumber(0.125, 2)]).toEqual([
      '1\u202f234,6',
      '1\u202f235',
      '0,13',
    ])
    expect(frenchNumber(0.125, 2)).toBe('0,13')
  })

  it('writes days, the first of a month as « 1er »', () => {
    expect([frenchDay('2026-03-01'), frenchDay('2026-03-11'), frenchDay('2026-12-21')]).toEqual([
      '1er mars 2026',
      '11 mars 2026',
      '21 décembre 2026',
    ])
    expect(['2026-03-12', '2026-12-03', '2027-01-01'].map(shortDay)).toEqual([
      '12 mars 2026',
      '3 déc. 2026',
      '1er janv. 2027',
    ])
  })

  it('lists, counts and begins sentences', () => {
    expect([
      frenchList([]),
      frenchList(['a']),
      frenchList(['a', 'b']),
      frenchList(['a', 'b', 'c'], 'ou'),
    ]).toEqual(['', 'a', 'a et b', 'a, b ou c'])
    expect([
      counted(0, 'fiche'),
      counted(1.9, 'fiche'),
      counted(2, 'fiche'),
      counted(2, 'jour', 'journées'),
    ]).toEqual(['0 fiche', '1,9 fiche', '2 fiches', '2 journées'])
    expect([capital('à nuancer'), capital('')]).toEqual(['À nuancer', ''])
  })
})

describe('canonical', () => {
  it('is one text for what is the same, at any depth; lists keep their order', () => {
    const one = { b: [3, { z: null, y: 'x' }], a: { d: 1, c: true } }
    const other = { a: { c: true, d: 1 }, b: [3, { y: 'x', z: null }] }
    expect(stableJson(one)).toBe('{"a":{"c":true,"d":1},"b":[3,{"y":"x","z":null}]}')
    expect(stableJson(other)).toBe(stableJson(one))
    expect(stableJson([2, 1])).toBe('[2,1]')
    expect(stableJson(null)).toBe('null')
  })
})

describe('work in steps', () => {
  it('is one step an item, and the same result at once', () => {
    const steps = each([1, 2, 3], (item) => item * 2)
    expect([steps.next(), steps.next(), steps.next()].map(({ done }) => done)).toEqual([false, false, false])
    expect(steps.next()).toEqual({ done: true, value: [2, 4, 6] })
    expect(atOnce(each(['a'], (item) => `${item}!`))).toEqual(['a!'])
    expect(atOnce(each([], () => 1))).toEqual([])
  })
})
