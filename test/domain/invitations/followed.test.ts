import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { journees, overInvited } from '../../../src/domain/declared.ts'
import { countsByState, followed, followedDeadline } from '../../../src/domain/invitations/followed.ts'
import { INVITATION_STATES, invitedPeople } from '../../../src/domain/invitations/invitation-state.ts'
import type { Invitee } from '../../../src/domain/invitations/invitation-state.ts'
import { daysOnChange, mayTick, rowOfStructure } from '../../../src/domain/invitations/standing.ts'
import { toInvite } from '../../../src/domain/invitations/to-invite.ts'
import { withInvited } from '../../../src/nocodb/invitations.ts'
import { plain } from '../../helpers/plain.ts'

const TODAY = '2026-11-24'
const LATER = '2026-12-20'
const NOTHING = { state: null, invitedOn: null, remindedOn: null, answeredOn: null }
const actors = toInvite(
  [1, 2, 3].map((record) => ({
    ...{ record, name: `Lieu ${record}`, commune: null, emails: [], phone: null, referent: null },
    ...{ contactedOn: null, isNew: true, completeness: record },
  })),
)
const row = (record: number | null, more: object = {}) => ({
  ...{ ...NOTHING, id: 10 + (record ?? 0), record, actor: 'Autre', saidBy: null, stateCell: null },
  ...more,
})
const said = (state: Invitee['state'], people: number | null = null) => ({ state, people, siren: null })

describe('the people of a journée, by its invitations', () => {
  it('are claimed only where every row tells: a few ticks are no turnout', () => {
    const none = { invited: null, expected: null, present: null }
    expect(invitedPeople([])).toEqual(none)
    // The first refusal, the first yes, somebody who « Décliné »: the others are not known.
    expect(invitedPeople([said('absent'), said('to_invite')])).toEqual(none)
    expect(invitedPeople([said('coming'), said('to_invite')])).toEqual(none)
    expect(invitedPeople([said('coming'), said(null)])).toEqual(none)
    expect(invitedPeople([said('invited'), said('reminded', 3), said('coming', 2)])).toEqual({
      ...{ invited: 6, expected: null, present: null },
    })
    expect(invitedPeople([said('coming', 2), said('absent'), said('present')])).toEqual({
      ...{ invited: 4, expected: 3, present: null },
    })
    expect(invitedPeople([said('present', 0), said('absent'), said('present', 2)])).toEqual({
      ...{ invited: 3, expected: 2, present: 2 },
    })
    expect(invitedPeople([said('absent'), said('absent')])).toEqual({ invited: 2, expected: 0, present: 0 })
  })

  it('are never more there than expected, nor expected than invited', () => {
    const invitee = fc.record({
      state: fc.constantFrom(...INVITATION_STATES),
      people: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(invitee), (all) => {
        const { invited, expected, present } = invitedPeople(all)
        expect(present ?? 0).toBeLessThanOrEqual(expected ?? 0)
        expect(expected ?? 0).toBeLessThanOrEqual(invited ?? 0)
      }),
    )
  })

  it('fill what people left empty, and nothing else; rows of a former EPCI are not counted', () => {
    const empty = { invited: null, expected: null, present: null }
    const rows = [said('absent'), said('coming'), { ...said('coming'), siren: '200000001' }]
    expect(withInvited(empty, '242900314', rows)).toEqual({
      ...{ invited: 2, expected: 1, present: null, counted: ['invited', 'expected'] },
    })
    expect(withInvited({ ...empty, expected: 2 }, '242900314', rows)).toEqual({
      ...{ invited: 2, expected: 2, present: null, counted: ['invited'] },
    })
    // Forty were invited, or sixty came: two invitations tell of a part of them.
    for (const typed of [
      { ...empty, invited: 40 },
      { ...empty, present: 60 },
    ])
      expect(withInvited(typed, '242900314', rows)).toBe(typed)
    expect(withInvited(empty, '242900314')).toBe(empty)
  })

  it('are no participation while the door is open, and say where they were counted', () => {
    const counted = {
      invited: 10,
      expected: 8,
      present: 4,
      counted: ['invited', 'expected', 'present'] as const,
    }
    const on = (date: string) => journees([{ date, ...counted }], TODAY)
    expect(on(TODAY)).toMatchObject({ participationRate: null, expectedParticipationRate: 0.8 })
    expect(on('2026-11-23')).toMatchObject({ participationRate: 0.4, participationCounted: true })
    const typed = { date: TODAY, invited: 10, expected: 8, present: 4 }
    expect(journees([typed], TODAY)).toMatchObject({ participationRate: 0.4, participationCounted: false })
    const over = { date: TODAY, invited: 3, expected: 5, present: 4 }
    expect(overInvited({ ...over, counted: ['expected'] })).toEqual(['present']) // nobody typed the other
  })
})

describe('the list of a journée', () => {
  it('has those still to invite first, then the others, and those whom people added', () => {
    const all = followed(actors, [
      row(1, { state: 'invited', invitedOn: '2026-11-02', saidBy: 'camille@exemple.bzh' }),
      row(null, { state: 'coming', actor: 'Élue' }),
      row(9, { state: 'to_invite' }),
      row(8, { state: 'absent', actor: 'Parti' }),
      row(null, { actor: null }),
    ])
    expect(all.map(({ key, state }) => [key, state])).toEqual([
      ['f2', 'to_invite'],
      ['f3', 'to_invite'],
      ['f1', 'invited'],
      ['l10', 'coming'],
      ['l18', 'absent'],
    ])
    expect(plain(all[2]!.days ?? '')).toBe('invité·e le 2 nov. 2026')
    expect(countsByState(all)).toEqual([
      ['to_invite', 2],
      ['invited', 1],
      ['coming', 1],
      ['absent', 1],
    ])
  })

  it('shows a word of people’s own, counts it nowhere, and a second row of a record as a line of its own', () => {
    const all = followed(actors, [
      row(1, { stateCell: 'Décliné' }),
      row(2, { state: 'invited', id: 30 }),
      row(2, { state: 'absent', id: 20 }),
    ])
    expect(all.map(({ key, state, word }) => [key, state, word])).toEqual([
      ['f3', 'to_invite', null],
      ['f1', null, 'Décliné'],
      ['f2', 'absent', null],
      ['l30', 'invited', null],
    ])
    expect(countsByState(all).map(([state]) => state)).toEqual(['to_invite', 'invited', 'absent'])
  })

  it('says how many are left, and that all are invited', () => {
    const late = { latest: '2026-11-01', status: 'late', sentence: 'En retard.' } as const
    expect(followedDeadline(late, 3, 3)).toBe(late)
    expect(plain(followedDeadline(late, 1, 3).sentence)).toBe('En retard. 1 acteur sur 3 reste à inviter.')
    expect(followedDeadline(late, 0, 3).status).toBe('sent')
    const past = { latest: null, status: 'past', sentence: 'Passée.' } as const
    expect(followedDeadline(past, 1, 3)).toBe(past)
  })
})

describe('a state', () => {
  it('has its day, once; what is taken back the same day leaves none', () => {
    expect(daysOnChange(NOTHING, 'invited', TODAY, LATER)).toEqual({ invitedOn: TODAY })
    expect(daysOnChange({ ...NOTHING, invitedOn: '2026-10-01' }, 'invited', TODAY, LATER)).toEqual({})
    expect(
      daysOnChange({ ...NOTHING, state: 'invited', invitedOn: TODAY }, 'to_invite', TODAY, LATER),
    ).toEqual({
      invitedOn: null,
    })
    expect(
      daysOnChange({ ...NOTHING, state: 'invited', invitedOn: '2026-10-01' }, 'to_invite', TODAY, LATER),
    ).toEqual({})
    expect(daysOnChange(NOTHING, 'present', TODAY, LATER)).toEqual({})
    expect(daysOnChange(NOTHING, 'absent', TODAY, LATER)).toEqual({ answeredOn: TODAY })
    expect(daysOnChange(NOTHING, 'absent', TODAY, TODAY)).toEqual({}) // the day itself: they did not come
  })

  it('is said by the door but where a person said no, or a word of their own', () => {
    expect(INVITATION_STATES.filter((one) => mayTick(one, false))).toEqual([
      ...['to_invite', 'invited', 'reminded', 'coming'],
    ])
    expect([mayTick(null, true), mayTick(null, false)]).toEqual([true, false])
  })

  it('is that of the structure whose name is written alike, and of none where two are', () => {
    const rows = [{ actor: 'C.C.A.S. de Brest' }, { actor: 'Mairie' }, { actor: 'mairie' }, { actor: null }]
    expect(rowOfStructure(rows, 'CCAS de  BREST')).toBe(rows[0])
    expect(rowOfStructure(rows, 'Mairie')).toBeUndefined()
    expect(rowOfStructure(rows, ' - ')).toBeUndefined()
  })
})
