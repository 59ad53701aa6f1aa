import fc from 'fast-check'
import { describe, it, expect } from 'vitest'
import { FIELDS, type FieldName } from '../../../src/domain/fields.ts'
import { actorOf, assessed, rules } from './records.ts'

/** Values that the examples call faultless, and all their others, by field. */
const faultless = new Map<FieldName, string[]>()
const any = new Map<FieldName, string[]>()
for (const { field, examples } of rules.fields) {
  const plain = examples.filter((one) => one.with === undefined && one.epci === undefined)
  const right = plain.filter((one) => one.findings.length === 0 && one.missing !== true)
  faultless.set(field, right.length === 0 ? ['Texte'] : right.map(({ given }) => given))
  any.set(field, [...examples.map(({ given }) => given), '', ' ', 'é', 'sans objet'])
}
const field = fc.constantFrom(...FIELDS)
const value = (of: FieldName) =>
  fc.oneof(fc.constantFrom(...(any.get(of) ?? [])), fc.string({ unit: 'grapheme' }))
const fields = fc.record(Object.fromEntries(FIELDS.map((one) => [one, fc.option(value(one))])))
const profile = fc.constantFrom('prefill' as const, 'journee' as const, 'publication' as const)

describe('whatever is written in a record', () => {
  it('its completeness lies between 0 and 100, and no field is both missing and filled', () => {
    fc.assert(
      fc.property(fields, profile, (written, name) => {
        const { completeness, missing, filled } = assessed(actorOf(written), name)
        expect(completeness).toBeGreaterThanOrEqual(0)
        expect(completeness).toBeLessThanOrEqual(100)
        expect(missing.filter((one) => filled.includes(one))).toEqual([])
      }),
    )
  })

  it('every finding names its field, and what is right in substance has a suggestion that is then faultless in form', () => {
    fc.assert(
      fc.property(fields, (written) => {
        for (const finding of assessed(actorOf(written)).findings) {
          expect(finding.code.startsWith(`${finding.field}.`)).toBe(true)
          expect(finding.message).not.toBe('')
          if (finding.severity === 'info') expect(finding.suggestion).not.toBeNull()
        }
      }),
    )
  })

  it('filling an empty field with a right value never lowers its completeness', () => {
    fc.assert(
      fc.property(fields, field, profile, fc.nat(), (written, one, name, at) => {
        const choices = faultless.get(one) ?? []
        const before = assessed(actorOf({ ...written, [one]: null }), name)
        const after = assessed(actorOf({ ...written, [one]: choices[at % choices.length] }), name)
        fc.pre(!after.findings.some((finding) => finding.field === one && finding.severity === 'blocking'))
        expect(after.completeness).toBeGreaterThanOrEqual(before.completeness)
      }),
    )
  })

  it('a suggestion is never what is written already, and no sentence is left with a gap', () => {
    fc.assert(
      fc.property(fields, (written) => {
        fc.pre(!Object.values(written).some((one) => one?.includes('{')))
        for (const { field: of, message, suggestion } of assessed(actorOf(written)).findings) {
          expect(suggestion).not.toBe(written[of])
          expect(message).not.toMatch(/[{}]/u)
        }
      }),
    )
  })
})

describe('every example of the rules', () => {
  const given = rules.fields.flatMap(({ field: of, examples }) =>
    examples.map((example) => ({ of, example, actor: actorOf({ ...example.with, [of]: example.given }) })),
  )

  it('is rid of a finding by its suggestion', () => {
    for (const { of, actor } of given)
      for (const { code, field: on, suggestion } of assessed(actor).findings) {
        if (on !== of || suggestion === null) continue
        const mended = assessed(actorOf({ ...actor.fields, [of]: suggestion }))
        expect(
          mended.findings.map((finding) => finding.code),
          `${code} on ${actor.fields[of]}`,
        ).not.toContain(code)
      }
  })
})
