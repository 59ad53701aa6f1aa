import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  proposalsOf,
  readFieldKeys,
  readShownValues,
  shownValues,
} from '../../../src/domain/import/proposal.ts'
import type { Difference } from '../../../src/domain/import/match.ts'
import { actorOf } from '../completeness/records.ts'

const source = { key: 'a', line: 2, actor: actorOf({ nom: 'Médiathèque', commune: 'Callac' }) }
const shown = (record: string) => `fiche n° ${record}`

/** What cells of people hold: lines, indents, colons with and without their no-break space, nothing at all. */
const text = fc
  .array(
    fc.oneof(fc.constantFrom('\n', '\n    ', ' : ', '\u00a0: ', '\u00a0:', '    ', 'Nom'), fc.string()),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

describe('the cell of what a proposal says', () => {
  it('is read back as it was written, whatever titles and values hold', () => {
    const values = fc.array(
      fc.tuple(
        text,
        fc.option(
          text.filter((one) => one !== ''),
          { nil: null },
        ),
      ),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(values, fc.boolean(), (some, one) => {
        const alone = one && some.length === 1
        const cell = shownValues(some, alone)
        expect(readShownValues(cell, some.length, alone)).toEqual(some.map(([, value]) => value))
      }),
    )
  })

  it('is not read where a line was taken away or added', () => {
    const cell = shownValues(
      [
        ['Nom', 'A'],
        ['Commune', 'B'],
      ] as const,
      false,
    )!
    expect(readShownValues(cell.split('\n')[0]!, 2, false)).toBeUndefined()
    expect(readShownValues(`${cell}\nsans titre`, 2, false)).toBeUndefined()
  })

  it('names fields of ours alone', () => {
    expect(readFieldKeys('latitude longitude')).toEqual(['latitude', 'longitude'])
    expect(readFieldKeys('latitude couleur')).toBeNull()
    expect(readFieldKeys('')).toEqual([])
  })
})

describe('what is proposed', () => {
  const phone: Difference = { field: 'telephone', kind: 'completion', before: null, after: '+33296604787' }
  const together = ['latitude', 'longitude'] as const
  const point: Difference[] = [
    { field: 'latitude', kind: 'conflict', before: '48.1', after: '48.4', together },
    { field: 'longitude', kind: 'completion', before: null, after: '-3.4', together },
  ]

  it('is one thing at a time; what is right together only is one thing, and a conflict as soon as a part is', () => {
    const match = {
      kind: 'same',
      record: '7',
      score: 143.2,
      reason: 'même nom',
      differences: [phone, ...point],
    } as const
    expect(proposalsOf(source, match, shown)).toMatchObject([
      {
        kind: 'completion',
        record: '7',
        why: 'même nom',
        confidence: 100,
        changes: [{ field: 'telephone' }],
      },
      { kind: 'conflict', changes: [{ field: 'latitude' }, { field: 'longitude' }] },
    ])
  })

  it('is a whole place where the base has none like it; the same place named twice is one', () => {
    const [place] = proposalsOf(source, { kind: 'new' }, shown)
    expect(place).toMatchObject({ kind: 'new', record: null, confidence: null })
    expect(place?.changes.map(({ field }) => field)).toEqual(['nom', 'commune'])
    expect(proposalsOf(source, { kind: 'new', twinOf: 'b' }, shown)).toEqual([])
    expect(proposalsOf({ ...source, actor: actorOf({ commune: 'Callac' }) }, { kind: 'new' }, shown)).toEqual(
      [],
    )
  })

  it('says which records it may be where that is not sure', () => {
    const candidates = [{ record: '7', score: 61, reason: 'même téléphone' }]
    const [unsure] = proposalsOf(source, { kind: 'unsure', candidates }, shown)
    expect(unsure).toMatchObject({ kind: 'unsure', confidence: 61 })
    expect(unsure?.why).toMatch(/refusez si c’est cette fiche\s:\n• fiche n° 7\s: même téléphone/u)
    const more = [...candidates, { record: '8', score: 60, reason: '' }]
    const [several] = proposalsOf(source, { kind: 'unsure', candidates: more }, shown)
    expect(several?.why).toMatch(/refusez si c’est l’une de ces fiches\s:\n• fiche n° 7.*\n• fiche n° 8$/u)
  })

  it('is nothing where all is there', () => {
    const match = { kind: 'same', record: '7', score: 90, reason: '', differences: [] } as const
    expect(proposalsOf(source, match, shown)).toEqual([])
  })
})
