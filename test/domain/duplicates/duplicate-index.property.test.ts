import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { atOnce } from '../../../src/domain/steps.ts'
import { duplicateIndex } from '../../../src/domain/duplicates/duplicate-index.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf } from '../completeness/records.ts'

/** Few values, so that records agree often and in every combination. */
const fields = fc.record({
  nom: fc.constantFrom(
    'Médiathèque de Callac',
    'MEDIATHEQUE CALLAC',
    'Mairie de Callac',
    'Bus France services',
    'France services Callac',
    'Résidence 1',
    'Résidence 2',
    'Ty Colibri',
    'Ty-Coliibri',
    'de la',
  ),
  commune: fc.constantFrom('Callac', 'CALLAC CEDEX', 'Lannion', null),
  code_postal: fc.constantFrom('22160', '22300', null),
  adresse: fc.constantFrom(
    '3 rue de Genève',
    '3 bis, r. de geneve',
    'Rue de Genève',
    '12 place du Centre',
    'bourg',
    null,
  ),
  telephone: fc.constantFrom('+33296604787', '02 96 60 47 87 / 0296000000', null),
  courriels: fc.constantFrom('a@example.org', 'b@example.org|A@example.org', null),
  pivot: fc.constantFrom('21220025700012', '21220025700020', '26220043900012', 'W123456789', null),
  latitude: fc.constantFrom('48.4046', '48,4047', '48.5', null),
  longitude: fc.constantFrom('-3.4288', '-3.43', null),
})
const records = fc
  .array(fields, { maxLength: 12 })
  .map((all) => all.map((one, at) => actorOf(one, { id: `fiche-${at + 1}` })))

function found(actors: readonly Actor[]) {
  const index = duplicateIndex(rules)
  for (const actor of actors) index.add(actor)
  return atOnce(index.find())
}

describe('possible duplicates, whatever the records', () => {
  it('do not depend on the order of the records', () => {
    const shuffled = records.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(found(other).pairs).toEqual(found(all).pairs)
      }),
      { numRuns: 100 },
    )
  })

  it('are the same seen from either record', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const seen = (first: typeof one, second: typeof one) =>
          found([actorOf(first, { id: 'a' }), actorOf(second, { id: 'b' })]).pairs
        expect(seen(other, one)).toEqual(seen(one, other))
      }),
      { numRuns: 200 },
    )
  })

  it('are never a record and itself, never twice the same, and reach the threshold', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { pairs } = found(all)
        expect(pairs.every(({ one, other }) => one < other)).toBe(true)
        expect(new Set(pairs.map(({ one, other }) => `${one} ${other}`)).size).toBe(pairs.length)
        expect(pairs.every(({ score, reason }) => score >= rules.duplicates.threshold && reason !== '')).toBe(
          true,
        )
      }),
      { numRuns: 100 },
    )
  })

  it('change for no other pair when a record joins or leaves', () => {
    fc.assert(
      fc.property(records, fields, (all, more) => {
        const joined = found([...all, actorOf(more, { id: 'newcomer' })]).pairs
        const others = joined.filter(({ one, other }) => one !== 'newcomer' && other !== 'newcomer')
        expect(others).toEqual(found(all).pairs)
      }),
      { numRuns: 100 },
    )
  })

  it('are fewer, and among the same, under a higher threshold', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 0, max: 60 }), (all, more) => {
        const strict = {
          ...rules,
          duplicates: { ...rules.duplicates, threshold: rules.duplicates.threshold + more },
        }
        const index = duplicateIndex(strict)
        for (const actor of all) index.add(actor)
        const kept = found(all).pairs.filter(({ score }) => score >= strict.duplicates.threshold)
        expect(atOnce(index.find()).pairs).toEqual(kept)
      }),
      { numRuns: 60 },
    )
  })
})
