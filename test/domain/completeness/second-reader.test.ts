import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { actorOf, assessed, keepsAll } from './records.ts'

// A second reader, who knows nothing of the checks: it reads a value before and after a fix, and refuses the fix where a
// number, a postal code or a town that stood there stands nowhere in the record any more.

const FILES = ['../shared/data/acteurs-reels-bretagne.standard.csv', '../shared/data/hub-du-sud.json']
const READ = [
  ...(['pivot', 'commune', 'code_postal', 'code_insee', 'adresse', 'complement_adresse'] as const),
  ...(['latitude', 'longitude', 'telephone', 'nom'] as const),
]

const digits = (text: string): string => text.replace(/\D/gu, '')
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/\bst\b/gu, 'saint')
    .replace(/\bste\b/gu, 'sainte')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()

/** Why a fix would be refused; null: it loses nothing. */
function refusal(actor: Actor, field: FieldName, before: string, after: string): string | null {
  const others = READ.filter((name) => name !== field).map((name) => actor.fields[name] ?? '')
  switch (field) {
    case 'telephone':
      return digits(before).endsWith(digits(after).slice(-9)) &&
        digits(before).length <= digits(after).length + 3
        ? null
        : 'another number'
    case 'code_postal':
    case 'code_insee':
    case 'pivot': {
      const [old, kept] = [before, after].map((text) => text.toUpperCase().replace(/[.,]0+$/u, ''))
      const bare = (text = '') => text.replace(/[^0-9A-Z]|CEDEX|SIRET|RNA/gu, '').replace(/^(?:FR?)?0*/u, '')
      return bare(old) === bare(kept) || field === 'code_insee' ? null : 'another code'
    }
    case 'latitude':
    case 'longitude':
      return Number(before.replace(',', '.').replace(/[−–]/u, '-')) === Number(after)
        ? null
        : 'another number'
    case 'adresse': {
      const lost = [...before.matchAll(/\d+/gu)].map(([number]) => number)
      const kept = ` ${[after, ...others].map(plain).join(' ')} `
      const number = lost.find(
        (one) => !kept.includes(` ${one} `) && !new RegExp(`(?<!\\d)${one}(?!\\d)`, 'u').test(kept),
      )
      if (number !== undefined) return `${number} is lost`
      const words = plain(before).split(' ')
      const word = words.find(
        (one) => one.length > 2 && one !== 'france' && !kept.replaceAll(' ', '').includes(one),
      )
      return word === undefined ? null : `${word} is lost`
    }
    default:
      return null
  }
}

function refused(actors: readonly Actor[]) {
  return actors.flatMap((actor) => {
    let current = actor
    return safeFixes(actor, assessed, keepsAll).flatMap(({ field, before, after }) => {
      const why = refusal(current, field, before, after)
      current = { ...current, fields: { ...current.fields, [field]: after } }
      return why === null ? [] : [{ id: actor.id, field, before, after, why }]
    })
  })
}

describe('a second reader', () => {
  for (const file of FILES)
    it.skipIf(!existsSync(file))(`refuses no fix of the places of ${file} (skipped without it)`, () => {
      expect(refused(readActorFile(file).actors)).toEqual([])
    })

  it('refuses no fix of whatever may stand in an address, a code or a telephone', () => {
    const part = fc.constantFrom(
      ...[
        '12 rue de la Poterie',
        '1 bis rue A',
        'Le Bourg',
        'Rennes',
        'Saint-Malo',
        '35000',
        '35200',
        '35400',
      ],
      ...[
        'F-35000',
        '35042 Rennes Cedex 7',
        'CS 35000',
        'BP 12',
        ',',
        '-',
        'France',
        '(bât. 3)',
        'Noyalo',
        '56450',
      ],
    )
    const address = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '))
    const postal = fc.constantFrom(
      '35000',
      '35 000',
      'F-35000',
      '35000.0',
      '35200',
      '35042 CEDEX 7',
      '35400',
      '2200',
      '56450',
    )
    const town = fc.constantFrom(
      'Rennes',
      'RENNES CEDEX 7',
      'Saint-Malo',
      'St Malo',
      'Theix',
      'Noyalo',
      'Guingamp',
    )
    const number = fc.constantFrom(
      '02 99 00 00 01',
      '299000001',
      '+33690335900',
      '02 99 00 00 01 poste 12',
      '3960',
      '0 892 683 208 (0,40 €/min)',
    )
    const code = fc.constantFrom('35238', '35238.0', '22278', '1004', '35 238')
    const record = fc.record(
      { adresse: address, code_postal: postal, commune: town, telephone: number, code_insee: code },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(record, (fields) => {
        expect(refused([actorOf(fields)])).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('would refuse what an address lost', () => {
    const actor = actorOf({ commune: 'Rennes', code_postal: '35000' })
    const why = (before: string, after: string) => refusal(actor, 'adresse', before, after)
    expect(why('12 rue A 35200 Rennes', '12 rue A')).toBe('35200 is lost')
    expect(why('12 rue A 35000 Vannes', '12 rue A')).toBe('vannes is lost')
    expect(why('12 rue A 35000 Rennes', '12 rue A')).toBeNull()
    expect(refusal(actor, 'telephone', '02 96 60 47 87 poste 12', '+33296604787')).toBe('another number')
  })
})
