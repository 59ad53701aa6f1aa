import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActorFields } from '../../../src/domain/actor.ts'
import { missingSentence } from '../../../src/domain/completeness/sentences.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { frenchFaults } from '../../helpers/french.ts'
import { actorOf, assessed, assessedTogether, rules } from './records.ts'

/** Every value of the rules' own examples, with what stands beside it. */
const EXAMPLES = rules.fields.flatMap(({ field, examples }) =>
  examples.map((example): Partial<ActorFields> => ({ ...example.with, [field]: example.given })),
)

/** What people typed is theirs: only what Portrea says is held to the rules of French. */
function withoutQuotes(message: string): string {
  return message.replaceAll(/«\u202f[^«»]*\u202f»/gu, '«\u202f…\u202f»')
}

describe('every message on a record', () => {
  it('holds the rules of French, on each of the rules’ own examples and in every moment', () => {
    for (const fields of EXAMPLES)
      for (const profile of ['prefill', 'journee', 'publication'] as const) {
        const { findings } = assessed(actorOf(fields), profile)
        for (const { message } of findings) expect(frenchFaults(withoutQuotes(message))).toEqual([])
      }
  })

  it('does so where records tell of each other', () => {
    const base = assessedTogether(EXAMPLES.map((fields, id) => ({ ...actorOf(fields), id: String(id) })))
    const said = base.flatMap(({ findings }) => findings.map(({ message }) => withoutQuotes(message)))
    expect(said.length).toBeGreaterThan(100)
    expect(said.flatMap(frenchFaults)).toEqual([])
  })

  it('does so of what is missing, however much it is', () => {
    const names = rules.fields.map(({ field }) => field)
    const some = fc.subarray<FieldName>(names)
    fc.assert(
      fc.property(some, some, fc.subarray(['l’EPCI']), (missing, blocked, beside) => {
        const sentence = missingSentence({ missing, blocked, beside }, rules)
        expect(sentence === null).toBe(missing.length + blocked.length + beside.length === 0)
        expect(frenchFaults(sentence ?? '')).toEqual([])
      }),
    )
    const told = missingSentence({ missing: ['horaires'], blocked: ['telephone'] }, rules)
    expect(told).toMatch(/^Il manque .*\. Il reste à corriger le téléphone \(voir les anomalies\)\.$/u)
  })
})
