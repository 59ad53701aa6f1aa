import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../../src/domain/fields.ts'
import { READ_OTHERWISE } from '../../../src/domain/reading/read-value.ts'
import { actorOf, assessed, assessedTogether, rules } from './records.ts'

/** The rules carry their own examples; here they are held to them. */
describe.each(rules.fields.filter((rule) => rule.examples.length > 0))('the rule of $field', (rule) => {
  it.each(rule.examples)('says $findings of « $given »', (example) => {
    const actor = actorOf(
      { ...example.with, [rule.field]: example.given },
      { linkedEpci: example.epci ?? null },
    )
    const others = (example.others ?? []).map((one) => actorOf(one))
    const [{ findings, filled }] = assessedTogether([actor, ...others]) as [ReturnType<typeof assessed>]
    const own = findings.filter(({ field }) => field === rule.field)
    expect(own.map(({ code }) => code)).toEqual(example.findings)
    if (example.suggestion !== undefined)
      expect(own.map(({ suggestion }) => suggestion)).toContain(example.suggestion)
    const blocked = own.some(({ severity }) => severity === 'blocking')
    expect(filled.includes(rule.field)).toBe(!blocked && example.missing !== true)
  })
})

describe('the rules', () => {
  it('hold every field of the standard, with its level and its weight', () => {
    expect(rules.fields.map(({ field }) => field)).toEqual([...FIELDS])
  })

  it('carry an example of every field and of every code', () => {
    const shown = new Set(
      rules.fields.flatMap(({ examples }) => examples.flatMap(({ findings }) => findings)),
    )
    const codes = rules.fields.flatMap(({ field, findings }) =>
      Object.keys(findings).map((reason) => `${field}.${reason}`),
    )
    const read = FIELDS.flatMap((field) => READ_OTHERWISE.map((reason) => `${field}.${reason}`))
    expect(rules.fields.filter(({ examples }) => examples.length === 0)).toEqual([])
    expect(codes.filter((code) => !shown.has(code))).toEqual([])
    expect([...shown].filter((code) => ![...codes, ...read].includes(code))).toEqual([])
    expect(
      READ_OTHERWISE.filter((reason) => ![...shown].some((code) => code.endsWith(`.${reason}`))),
    ).toEqual([])
  })

  it('offer a suggestion wherever they call a value right in substance', () => {
    for (const rule of rules.fields)
      for (const example of rule.examples) {
        const actor = actorOf(
          { ...example.with, [rule.field]: example.given },
          { linkedEpci: example.epci ?? null },
        )
        for (const finding of assessed(actor).findings)
          if (finding.severity === 'info') expect(finding.suggestion, finding.code).not.toBeNull()
      }
  })
})
