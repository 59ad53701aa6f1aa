import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asText, isFormula, isWorking } from '../../src/domain/formula.ts'
import { shownName } from '../../src/domain/shown-name.ts'

describe('a cell that a spreadsheet would compute', () => {
  it.each([
    ['=1+1', true],
    ["=cmd|' /C calc'!A0", true],
    ['@SUM(1)', true],
    ['+cmd', true],
    ['-2+cmd', true],
    ['\t=1', true],
    ['\r=1', true],
    ['+33 2 96 00 00 00', false],
    ['+33296000000|+33 6 00 00 00 00', false],
    ['-2.745', false],
    ['-', false],
    [' =1+1', false],
    ['Lannion', false],
    ['', false],
  ])('%j: %s', (cell, computed) => {
    expect(isFormula(cell)).toBe(computed)
  })

  it('is text once it was made so, and is left alone where it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cell) => {
        expect(isFormula(asText(cell))).toBe(false)
        expect(asText(asText(cell))).toBe(asText(cell))
        expect(asText(cell).endsWith(cell)).toBe(true)
      }),
    )
  })
})

describe('a name that is shown', () => {
  it.each([
    ['CC « Côte des Légendes »', 'CC « Côte des Légendes »'],
    ['\u202eznirB\u202c', 'znirB'],
    ['Ar\u200bz\u0000\ud800', 'Arz'],
    ['Deux\r\n  lignes\tici', 'Deux lignes ici'],
    ['\u2066\u200f', ''],
    ['مجتمع', 'مجتمع'],
  ])('%j is %j', (name, shown) => {
    expect(shownName(name)).toBe(shown)
  })

  it('is short, one line, whole signs, and the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const shown = shownName(name)
        expect([...shown].length).toBeLessThanOrEqual(200)
        expect(shown.isWellFormed()).toBe(true)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]|^\s|\s$/u)
      }),
    )
    expect(shownName('é'.repeat(500_000))).toHaveLength(200)
  })
})

describe('what a spreadsheet would make something of', () => {
  it.each([
    '=1+1',
    ' =HYPERLINK("x")',
    '@SUM(1+1)',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '-Feuil2!A1',
    '+ 1 * SOMME(A1)',
  ])('%s is', (cell) => expect(isWorking(cell)).toBe(true))

  it.each([
    '@telier connecté udaf',
    '@telier (Udaf)',
    '- Aide (gratuite)',
    '+33 (0)2 99 00 00 00',
    '-1.6',
    '– tiret !',
    'a=b',
  ])('%s is not', (cell) => expect(isWorking(cell)).toBe(false))
})
