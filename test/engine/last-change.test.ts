import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LABELS } from '../../src/columns/labels.ts'
import { freshnessOn, latestDays } from '../../src/domain/completeness/freshness.ts'
import { ROW_ID } from '../../src/nocodb/cells.ts'
import { lastChanges } from '../../src/engine/last-change.ts'
import type { ActorRow } from '../../src/nocodb/actor-rows.ts'
import { recordState } from '../helpers/record-state.ts'
import { rules } from '../helpers/rules.ts'

const TODAY = '2026-11-24'
const changedOn = lastChanges(rules.completeness, TODAY)
const row = ({
  touchedOn,
  said = null,
  word = null,
}: {
  touchedOn: string | null
  said?: string | null
  word?: string | null
}) =>
  ({
    ...{ id: 1, fingerprint: 'new', touchedOn, row: { [ROW_ID]: 1, Fraîcheur: word } },
    actor: { fields: { date_maj: said } },
  }) as unknown as ActorRow
const known = (fingerprint: string, on: string | null) => recordState({ fingerprint, changedOn: on })

describe('the day on which what people wrote last changed', () => {
  it('is what it was where other columns are read now: that says nothing of what people did', () => {
    const now = { ...row({ touchedOn: TODAY }), fingerprint: '0a0a0a0a:new' } as ActorRow
    expect(changedOn(now, known('0b0b0b0b:old', '2025-01-15'), 'Fraîcheur')).toBe('2025-01-15')
    expect(changedOn(now, known('0a0a0a0a:old', '2025-01-15'), 'Fraîcheur')).toBe(TODAY)
    expect(changedOn(now, known('0a0a0a0a:new', '2025-01-15'), 'Fraîcheur')).toBe('2025-01-15')
  })

  it.each([
    ['never seen: the date that it says', { touchedOn: TODAY, said: '2026-03-01' }, '2026-03-01'],
    ['never seen, no date: NocoDB’s', { touchedOn: '2026-10-01' }, '2026-10-01'],
    ['never seen, nothing known', { touchedOn: null }, null],
    ['never seen, and we wrote that it is current', { touchedOn: TODAY, word: 'À jour' }, TODAY],
    ['never seen, and we wrote that nothing is known', { touchedOn: TODAY, word: 'Inconnue' }, TODAY],
    [
      'our memory is lost, we wrote « À surveiller »',
      { touchedOn: TODAY, word: 'À surveiller' },
      '2026-05-24',
    ],
    ['our memory is lost, we wrote « À vérifier »', { touchedOn: TODAY, word: 'À vérifier' }, '2025-11-24'],
    [
      'our memory is lost, we wrote « À actualiser »',
      { touchedOn: TODAY, word: 'À actualiser' },
      '2025-05-24',
    ],
    ['NocoDB’s is older still', { touchedOn: '2020-01-01', word: 'À surveiller' }, '2020-01-01'],
    [
      'its own date counts before our word',
      { touchedOn: TODAY, said: '2026-11-01', word: 'À actualiser' },
      '2026-11-01',
    ],
  ])('%s', (_, given, expected) => {
    expect(changedOn(row(given), undefined, 'Fraîcheur')).toBe(expected)
  })

  it('is as remembered while what people wrote is the same, whatever our word says', () => {
    expect(
      changedOn(row({ touchedOn: TODAY, word: 'À actualiser' }), known('new', '2026-09-09'), 'Fraîcheur'),
    ).toBe('2026-09-09')
  })

  it('never gives a record seen for the first time a fresher word than the one that we wrote', () => {
    const day = fc
      .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, (today, changed) => {
        const wordOn = freshnessOn(today, rules.completeness.freshness)
        const word = wordOn(changed)
        const given = { touchedOn: today, word: LABELS.freshness[word] }
        const again = lastChanges(rules.completeness, today)(row(given), undefined, 'Fraîcheur')
        expect(wordOn(again)).toBe(word)
        const latest = latestDays(today, rules.completeness.freshness)[word]
        expect(latest === null || latest >= changed).toBe(true)
      }),
    )
  })
})
