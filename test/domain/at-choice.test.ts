import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksForPast, atChoice } from '../../src/domain/at-choice.ts'
import type { KnownChoice, SeenChoice } from '../../src/domain/at-choice.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { plain } from '../helpers/plain.ts'

const now: SeenChoice = { day: '2026-11-24', retained: 'reseau', recommended: 'outil', confidence: 'medium' }
const free: SeenChoice = { ...now, day: '2026-11-01', retained: null }
const known = (changes: Partial<KnownChoice> = {}): KnownChoice => ({
  ...{ cell: null, unreadable: false, seen: [] },
  ...changes,
})
const text = (seen: readonly SeenChoice[], today = now) => plain(atChoice(known({ seen }), today) ?? '')

describe('« Au moment du choix »', () => {
  it('names what was recommended on the day of the choice', () => {
    expect(text([{ ...free, day: '2026-11-24' }])).toBe(
      '« Réseau » retenu le 24 novembre 2026. Portrea recommandait alors « Outil » (confiance moyenne).',
    )
  })

  it('tells both ends where some days went by unseen', () => {
    expect(text([{ ...free, recommended: 'generaliste', confidence: 'low' }])).toBe(
      '« Réseau » retenu entre le 1er novembre 2026 et le 24 novembre 2026. Portrea recommandait « Généraliste » (confiance faible) le 1er novembre 2026, et « Outil » (confiance moyenne) le 24 novembre 2026.',
    )
    expect(text([free])).toContain('« Outil » (confiance moyenne), au début comme à la fin de cette période.')
  })

  it('claims no more than is known of a choice that was there at first sight', () => {
    const unknown = "Ce que Portrea recommandait au moment du choix n'est pas connu"
    expect(text([])).toBe(
      `« Réseau » retenu au plus tard le 24 novembre 2026. ${unknown} ; le 24 novembre 2026, c'était « Outil » (confiance moyenne).`,
    )
    const first: SeenChoice = { ...now, day: '2026-03-01', recommended: 'generaliste' }
    expect(text([first, { ...now, day: '2026-11-23' }])).toContain(
      `retenu au plus tard le 1er mars 2026. ${unknown} ; le 1er mars 2026, c'était « Généraliste »`,
    )
  })

  it('finds the day of a choice that older runs saw without telling it', () => {
    const chosen: SeenChoice = { ...now, day: '2026-11-10', recommended: 'reseau', confidence: 'high' }
    expect(text([free, chosen, { ...now, day: '2026-11-23' }])).toContain(
      'entre le 1er novembre 2026 et le 10 novembre 2026. Portrea recommandait « Outil » (confiance moyenne) le 1er novembre 2026, et « Réseau » (confiance élevée) le 10 novembre 2026.',
    )
  })

  it('is kept whatever the recommendation becomes, written anew for another choice, gone with the choice', () => {
    const cell = atChoice(known({ seen: [{ ...free, day: now.day }] }), now)
    const later: SeenChoice = { ...now, day: '2027-03-01', recommended: 'reseau', confidence: 'high' }
    expect(atChoice(known({ cell, seen: [now] }), later)).toBe(cell)
    const other = atChoice(known({ cell, seen: [now, later] }), { ...later, retained: 'outil' })
    expect(plain(other ?? '')).toBe(
      '« Outil » retenu le 1er mars 2027. Portrea recommandait alors « Réseau » (confiance élevée).',
    )
    expect(atChoice(known({ cell, seen: [now] }), { ...later, retained: null })).toBeNull()
  })

  it('stays where the choice can no longer be read: it was not taken back', () => {
    const cell = atChoice(known({ seen: [free] }), now)
    expect(atChoice(known({ cell, unreadable: true }), { ...now, retained: null })).toBe(cell)
  })

  it('asks for former days only where a sentence is still to be written', () => {
    const cell = atChoice(known({ seen: [free] }), now)
    expect(asksForPast(null, 'reseau')).toBe(true)
    expect(asksForPast(cell, 'outil')).toBe(true)
    expect(asksForPast(cell, 'reseau')).toBe(false)
    expect(asksForPast(cell, null)).toBe(false)
    expect(asksForPast(null, null)).toBe(false)
  })

  it('knows its own sentence by its words, whatever an editor made of spaces and apostrophes', () => {
    for (const cell of [text([]), text([free])].map((own) => `  ${own.replaceAll(' ', ' \u00A0')}\n`)) {
      expect(atChoice(known({ cell }), now)).toBe(cell)
      expect(atChoice(known({ cell }), { ...now, retained: null })).toBeNull()
    }
  })

  it.each(REFERENTIALS.map((retained) => [retained]).concat([[null as never]]))(
    "leaves a person's own words alone, whatever is retained (%s)",
    (retained) => {
      for (const cell of [
        'Choisi en comité le 3 mars, voir le compte rendu.',
        '« Réseau » retenu le 24 novembre 2026, contre notre avis.',
        `${atChoice(known({ seen: [free] }), now)} Vu avec l'élue.`,
      ]) {
        expect(atChoice(known({ cell }), { ...now, retained })).toBe(cell)
        expect(asksForPast(cell, retained)).toBe(false)
      }
    },
  )

  it('knows its own sentence again, whatever was seen: a second look changes nothing', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const one = fc.record({
      day,
      retained: fc.constantFrom(null, ...REFERENTIALS),
      recommended: fc.constantFrom(...REFERENTIALS),
      confidence: fc.constantFrom('low', 'medium', 'high'),
    }) as fc.Arbitrary<SeenChoice>
    const past = fc.array(one, { maxLength: 5 }).map((all) => all.sort((a, b) => (a.day < b.day ? -1 : 1)))
    fc.assert(
      fc.property(past, one, (seen, today) => {
        const last = { ...today, day: [today.day, ...seen.map((each) => each.day)].sort().at(-1)! }
        const cell = atChoice(known({ seen }), last)
        expect(cell === null).toBe(last.retained === null)
        expect(asksForPast(cell, last.retained)).toBe(false)
        expect(atChoice(known({ cell }), { ...last, recommended: 'outil', confidence: 'low' })).toBe(cell)
        expect(atChoice(known({ cell }), { ...last, retained: null })).toBeNull()
      }),
    )
  })
})
