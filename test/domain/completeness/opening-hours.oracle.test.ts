import fc from 'fast-check'
import OpeningHours from 'opening_hours'
import { describe, expect, it } from 'vitest'
import { hoursFromFrench } from '../../../src/domain/completeness/hours-in-french.ts'
import { isOpeningHours, replacedRule } from '../../../src/domain/completeness/opening-hours.ts'

// opening_hours (LGPL-3.0, the parser of OpenStreetMap's own tools) as an oracle of our grammar. It is more lenient than
// the standard wants (« 9h à 12h » is hours to it, with a warning), and too slow and heavy to judge a base with.

const FRANCE = { lat: 48.1, lon: -1.7, address: { country_code: 'fr', country: 'France', state: 'Bretagne' } }
const parsed = (value: string) => new OpeningHours(value, FRANCE)
/** What the parser itself does not do, though its grammar has it. */
const LIMIT = 'You can not use'
/** Why it refuses a value; null: it takes it. */
function refusal(value: string): string | null {
  try {
    parsed(value)
    return null
  } catch (error) {
    return String(error).includes(LIMIT) ? LIMIT : String(error)
  }
}
/** Open or not at each quarter of an hour of a plain week. */
function week(value: string): boolean[] {
  const hours = parsed(value)
  return Array.from({ length: 7 * 96 }, (_, quarter) =>
    hours.getState(new Date(2026, 2, 2, 0, 15 * quarter + 1)),
  )
}

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const day = fc.constantFrom(...DAYS)
const range = fc
  .tuple(fc.nat(6), fc.nat(6))
  .map(([from, to]) => (from < to ? `${DAYS[from]}-${DAYS[to]}` : DAYS[from]))
const rank = fc.tuple(day, fc.constantFrom('[1]', '[-1]', '[1,3]', '[2-3]')).map((parts) => parts.join(''))
const days = fc
  .array(fc.oneof(day, range, rank, fc.constantFrom('PH', 'SH')), { minLength: 1, maxLength: 3 })
  .map((all) => all.join())
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const spans = fc
  .uniqueArray(
    fc.nat(95).map((quarter) => quarter * 15),
    { minLength: 2, maxLength: 6 },
  )
  .map((times) => {
    const rising = times.toSorted((one, other) => one - other)
    return Array.from({ length: Math.floor(rising.length / 2) }, (_, at) =>
      [rising[2 * at]!, rising[2 * at + 1]!].map(clock).join('-'),
    ).join()
  })
const season = fc.constantFrom(
  '',
  'Jul-Aug ',
  'Sep 01-Jun 30 ',
  'week 01-53/2 ',
  '2026 ',
  'Apr,Oct ',
  '2026 Dec 24-2027 Jan 02 ',
)
const comment = fc.constantFrom('', ' "sur rendez-vous"')
const rule = fc.oneof(
  fc.tuple(season, days, spans, comment).map(([when, on, at, said]) => `${when}${on} ${at}${said}`),
  fc
    .tuple(days, fc.constantFrom('off', 'closed', 'sunrise-sunset', '(sunrise+01:00)-18:00', '09:00+'))
    .map((parts) => parts.join(' ')),
  fc.constantFrom('24/7', '"sur rendez-vous"', 'Jul 01-Aug 31 off', 'easter off'),
)
const hours = fc.array(rule, { minLength: 1, maxLength: 3 }).map((rules) => rules.join('; '))

describe('hours as the grammar of the standard has them', () => {
  it('are taken by us and by the parser of OpenStreetMap alike', () => {
    fc.assert(
      fc.property(hours, (value) => {
        expect(isOpeningHours(value), value).toBe(true)
        expect(refusal(value), value).toBeNull()
      }),
      { numRuns: 150 },
    )
  })

  it('with one sign changed are never taken by us where the parser refuses them', () => {
    const spoilt = fc
      .tuple(hours, fc.nat(), fc.constantFrom('', 'x', ':', '-', ' ', '9', ',', ';'))
      .map(([value, at, sign]) => {
        const place = at % value.length
        return value.slice(0, place) + sign + value.slice(place + 1)
      })
    fc.assert(
      fc.property(spoilt, (value) => {
        fc.pre(isOpeningHours(value))
        expect(refusal(value) ?? LIMIT, value).toBe(LIMIT)
      }),
      { numRuns: 800, seed: 2026 },
    )
  })

  it('are open when they say, turned from French', () => {
    expect(
      week(hoursFromFrench('lundi et mercredi de 9h à 12h et de 14h à 17h30 ; samedi 10h-12h') ?? ''),
    ).toEqual(week('Mo 09:00-12:00,14:00-17:30; We 09:00-12:00,14:00-17:30; Sa 10:00-12:00'))
  })

  it('are open just when they were said to be, turned from French, or are not turned', () => {
    const FRENCH = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']
    const NAMES = fc.constantFrom(
      (at: number) => FRENCH[at]!,
      (at: number) => `${FRENCH[at]}s`,
      (at: number) => `${FRENCH[at]!.slice(0, 3)}.`,
    )
    const said = (minutes: number, how: number) => {
      const [hour, rest] = [Math.floor(minutes / 60), minutes % 60]
      if (how === 0) return `${hour}h${rest === 0 ? '' : String(rest).padStart(2, '0')}`
      return how === 1 ? `${hour} h ${String(rest).padStart(2, '0')}` : clock(minutes)
    }
    const group = fc.record({
      range: fc.boolean(),
      days: fc.tuple(fc.nat(6), fc.nat(6)).filter(([from, to]) => from < to),
      times: fc
        .uniqueArray(fc.integer({ min: 24, max: 88 }), { minLength: 2, maxLength: 4 })
        .map((all) => all.toSorted((one, other) => one - other).map((quarter) => quarter * 15)),
      closed: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      to: fc.constantFrom('-', ' à ', ' - '),
      and: fc.constantFrom(' et ', ' ', ', ', ' / '),
      how: fc.nat(2),
      name: NAMES,
    })
    type Said = { range: boolean; days: [number, number]; times: number[]; closed: boolean }
    const write = (one: Said & { to: string; and: string; how: number; name: (at: number) => string }) => {
      const days = one.days.map((at) => one.name(at)).join(one.range ? ' au ' : ' et ')
      const spans = Array.from({ length: Math.floor(one.times.length / 2) }, (_, at) =>
        [one.times[2 * at]!, one.times[2 * at + 1]!].map((minutes) => said(minutes, one.how)).join(one.to),
      )
      return one.closed ? `fermé le ${days}` : `${days} ${spans.join(one.and)}`
    }
    const open = (groups: readonly Said[]) => {
      const on = (group: Said, at: number) =>
        group.range ? at >= group.days[0] && at <= group.days[1] : group.days.includes(at)
      return Array.from({ length: 7 * 96 }, (_, quarter) => {
        const [day, minute] = [Math.floor(quarter / 96), (quarter % 96) * 15 + 1]
        const own = groups.filter((one) => on(one, day))
        if (own.some(({ closed }) => closed)) return false
        return own.some(
          ({ times }) =>
            times.findLastIndex((time) => time < minute) % 2 === 0 &&
            times.findLastIndex((time) => time < minute) + 1 < times.length,
        )
      })
    }
    let turned = 0
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(' ; ', '\n', ', '),
        (groups, between) => {
          const hours = hoursFromFrench(groups.map(write).join(between))
          if (hours === null) return
          turned += 1
          expect(week(hours), hours).toEqual(open(groups))
        },
      ),
      { numRuns: 400 },
    )
    expect(turned).toBeGreaterThan(100)
  })

  it('change nothing in the week when a rule that they call replaced is taken away', () => {
    const plain = fc.array(
      fc.tuple(fc.oneof(day, range), spans).map((parts) => parts.join(' ')),
      { minLength: 2, maxLength: 4 },
    )
    let replaced = 0
    fc.assert(
      fc.property(plain, (rules) => {
        const found = replacedRule(rules.join('; '))
        if (found === null) return
        replaced += 1
        const at = rules.indexOf(found.rule)
        expect(week(rules.toSpliced(at, 1).join('; '))).toEqual(week(rules.join('; ')))
      }),
      { numRuns: 100 },
    )
    expect(replaced).toBeGreaterThan(10)
  })
})
