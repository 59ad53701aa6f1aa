import { describe, expect, it } from 'vitest'
import { loadGeography } from '../../../src/config/geography.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { compileActorRules } from '../../../src/domain/completeness/assess-actor.ts'
import { duplicateIndex } from '../../../src/domain/duplicates/duplicate-index.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import { atOnce } from '../../../src/domain/steps.ts'
import { rules } from '../../helpers/rules.ts'

const judge = compileActorRules(rules.completeness, loadGeography(), '2026-05-20', 'publication')
const LENGTH = 100_000
/** Runs of these, then a sign that none of them is: what patterns that look back choke on. */
const UNITS = [
  'a',
  ' ',
  '0',
  '.',
  '-',
  '(',
  ',',
  ';',
  '|',
  '/',
  '<',
  '&#',
  'a@',
  'a.',
  '\n',
  '\t',
  '9h',
  '9h à 12h ',
  'Mo,',
  '09:00-12:00,',
  'lundi ',
  '01 ',
  '+33',
  'https://',
  'rue ',
  'Ã©',
  'e\u0301',
  '…',
  '1,',
]
const values = UNITS.flatMap((unit) => ['', '!'].map((end) => unit.repeat(LENGTH / unit.length) + end))
const empty = Object.fromEntries(FIELDS.map((field) => [field, null])) as Actor['fields']
const place = { nom: 'Maison', commune: 'Rennes', code_postal: '35000', code_insee: '35238' }
const actor = (fields: Partial<Actor['fields']>, id = '1'): Actor => ({
  ...{ id, linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null },
  fields: { ...empty, ...place, ...fields },
})

/** Their time is no matter here, its growth is: read in the square of its length, one of these values takes minutes. */
describe('a value of 100,000 signs', () => {
  it.each(FIELDS)(
    'in %s is read in a time that grows with its length, not with its square',
    (field) => {
      for (const value of values) expect(judge(actor({ [field]: value })).findings.length).toBeLessThan(50)
    },
    60_000,
  )

  it.each(['nom', 'adresse', 'commune', 'telephone', 'courriels', 'pivot'] as const)(
    'in %s is compared so too',
    (field) => {
      const words = Array.from({ length: 20_000 }, (_, at) => `mot${at * 7919}`).join(' ')
      for (const value of [words, ...values]) {
        const index = duplicateIndex(rules)
        for (const id of ['1', '2']) index.add(actor({ [field]: value + id }, id))
        expect(atOnce(index.find()).records.size).toBeLessThanOrEqual(2)
      }
    },
    60_000,
  )
})
