import ICAL from 'ical.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarEvents } from '../../../src/domain/calendar/events.ts'
import type { CalendarDay } from '../../../src/domain/calendar/events.ts'
import { readScope, scopeCode } from '../../../src/domain/calendar/scope.ts'
import { addDays } from '../../../src/domain/days.ts'
import { icsOf } from '../../../src/exports/ics.ts'
import { plain } from '../../helpers/plain.ts'

type Reports = Parameters<typeof calendarEvents>[0]
const DEADLINES = { notice: 30, prefill: { days: 7, progress: 80 }, consolidation: 60 }
const SIREN = '200067072'

function report(prefill: object, day = '2026-11-30'): Reports[number] {
  const none = {
    progress: null,
    prefilled: 0,
    expected: null,
    collaborativeDay: null,
    consolidation: null,
    status: null,
  }
  return {
    siren: SIREN,
    name: 'Haut-Léon Communauté',
    day,
    prefill: { ...none, ...prefill },
    workload: { follows: 'retained', referential: 'outil' },
  } as unknown as Reports[number]
}

function journee(given: Partial<CalendarDay> = {}): CalendarDay {
  return { id: 7, siren: SIREN, date: '2027-02-10', title: null, place: null, invitedOn: null, ...given }
}

const told = (prefill: object, days: readonly CalendarDay[], today?: string) =>
  calendarEvents([report(prefill, today)], days, DEADLINES).map(({ day, title }) => `${day} ${plain(title)}`)

describe('the calendar of an EPCI', () => {
  it('holds a journée and what is due before it', () => {
    expect(told({ collaborativeDay: '2027-02-10', progress: 40 }, [journee()])).toEqual([
      '2027-01-11 Invitations à envoyer au plus tard, Haut-Léon Communauté',
      '2027-02-03 Pré-remplissage à 80 %, Haut-Léon Communauté',
      '2027-02-10 Journée Portrea, Haut-Léon Communauté',
    ])
  })

  it('leaves out what is done', () => {
    const done = { collaborativeDay: '2027-02-10', progress: 80 }
    expect(told(done, [journee({ invitedOn: '2026-11-30', title: 'Journée à Saint-Pol' })])).toEqual([
      '2027-02-10 Journée à Saint-Pol',
    ])
  })

  it('keeps the deadline of invitations that are only planned, and says so', () => {
    const events = calendarEvents([report({})], [journee({ invitedOn: '2026-12-15' })], DEADLINES)
    expect(plain(events[0]?.description ?? '')).toContain('Leur envoi est prévu le 15 décembre 2026.')
  })

  it('tells of a past journée only that it was, and of the work that it leaves', () => {
    const prefill = {
      status: 'consolidating',
      consolidation: { since: '2026-11-10', left: 4 },
      lastCollaborativeDay: '2026-11-10',
    }
    expect(told(prefill, [journee({ date: '2026-11-10' })])).toEqual([
      '2026-11-10 Journée Portrea, Haut-Léon Communauté',
      '2027-01-09 Fin de la consolidation, Haut-Léon Communauté',
    ])
  })

  it('tells nothing of a journée without a date, or of an EPCI that is not there', () => {
    expect(
      told({}, [journee({ date: null }), journee({ siren: null }), journee({ siren: '200000000' })]),
    ).toEqual([])
  })
})

describe('the file', () => {
  it('is read by another library, whatever people wrote, each event on its whole day', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 90 })
    const days = fc.array(
      fc.record({
        id: fc.nat(),
        siren: fc.constant(SIREN),
        date: fc.integer({ min: 0, max: 2000 }).map((count) => addDays('2026-01-01', count)),
        title: fc.option(text),
        place: fc.option(text),
        invitedOn: fc.constant(null),
      }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(days, (all) => {
        const events = calendarEvents([report({})], all, DEADLINES)
        const link = (siren: string) => `https://portrea.example.org/epcis/${siren}`
        const file = icsOf(events, { title: 'Portrea', at: new Date('2026-11-30T03:00:00Z'), link })
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        const read = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent')
        expect(read).toHaveLength(events.length)
        read.forEach((component, index) => {
          const event = new ICAL.Event(component)
          expect(event.startDate.isDate).toBe(true)
          expect(event.startDate.toString()).toBe(events[index]?.day)
          expect(event.uid).toBe(`${events[index]?.uid}@portrea`)
          // Signs that no line may hold are left out by the format's own rules.
          const clean = (value: string) => value.replaceAll(/[\p{Cc}\s]+/gu, '')
          expect(clean(event.summary)).toBe(clean(events[index]?.title ?? ''))
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('a scope', () => {
  it('is read as it was written', () => {
    for (const scope of [
      { kind: 'region' },
      { kind: 'epci', siren: SIREN },
      { kind: 'officer', digest: 'abcdefghijklmn-_' },
    ] as const)
      expect(readScope(scopeCode(scope))).toEqual(scope)
    for (const code of ['', 'x', 'e1', 'r1', 'c..', 'e2000670720']) expect(readScope(code)).toBeNull()
  })
})
