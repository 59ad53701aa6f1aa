import { describe, expect, it } from 'vitest'
import { mergeFile } from '../../../src/exports/merge-file.ts'
import { readInvitation } from '../../../src/config/invitation-file.ts'
import { letterTo, mailto, unsaidIn } from '../../../src/domain/invitations/letter.ts'
import type { Invited } from '../../../src/domain/invitations/letter.ts'
import { InvitationText } from '../../../src/domain/rules/invitation.ts'
import { invitationDeadline, toInvite } from '../../../src/domain/invitations/to-invite.ts'
import type { Invitable } from '../../../src/domain/invitations/to-invite.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'

const text = readInvitation(CONFIG)
const plain = (said: string) => said.replaceAll(/[\u202f\u00a0]/gu, ' ')
const actor = (record: number, more: Partial<Invitable> = {}): Invitable => ({
  ...{ record, name: `Lieu ${record}`, commune: 'Brest', emails: ['a@b.fr'], phone: null, referent: null },
  ...{ contactedOn: null, isNew: true, completeness: 50 },
  ...more,
})
const invited: Invited = {
  ...{ epci: 'Brest Métropole', day: '2027-03-12', place: 'à la mairie', latest: '2027-02-10' },
  ...{ referents: ['Ada Lovelace', 'Grace Hopper'], referential: 'reseau' },
}

describe('whom to invite first', () => {
  it('is who was never contacted and can be reached, then whose contact is oldest; the order of rows changes nothing', () => {
    const actors = [
      actor(1, { contactedOn: '2026-10-01' }),
      actor(2, { contactedOn: '2025-01-01' }),
      actor(3, { emails: [], phone: '+33298000000' }),
      actor(4, { completeness: 20 }),
      actor(5, { emails: [] }),
      actor(6),
      actor(7, { isNew: false }),
    ]
    const ranked = toInvite(actors)
    expect(ranked.map(({ record }) => record)).toEqual([4, 6, 3, 5, 7, 2, 1])
    expect(toInvite(actors.toReversed())).toEqual(ranked)
    expect(ranked.map(({ why }) => plain(why)).slice(0, 1)).toEqual([
      'jamais contacté, d’après la fiche ; courriel connu ; fiche complète à 20 %',
    ])
  })
})

describe('until when to invite', () => {
  it.each([
    ['2026-12-01', null, 'ahead', 'À envoyer le 10 février 2027 au plus tard, dans 71 jours.'],
    ['2027-01-27', null, 'soon', 'À envoyer le 10 février 2027 au plus tard : dans 14 jours.'],
    ['2027-02-10', null, 'soon', 'À envoyer le 10 février 2027 au plus tard : aujourd’hui.'],
    ['2027-02-11', null, 'late', 'En retard de 1 jour : à envoyer le 10 février 2027 au plus tard.'],
    [
      '2027-02-01',
      '2027-02-05',
      'planned',
      'Prévues le 5 février 2027 : à envoyer le 10 février 2027 au plus tard.',
    ],
    ['2027-02-20', '2027-02-05', 'sent', 'Invitations envoyées le 5 février 2027.'],
    [
      '2027-02-20',
      '2027-02-15',
      'sent',
      'Invitations envoyées le 15 février 2027, 5 jours après la limite (10 février 2027).',
    ],
  ])('is told on %s, sent on %s: %s', (today, invitedOn, status, sentence) => {
    const told = invitationDeadline({ day: '2027-03-12', invitedOn }, today, rules['success-conditions'])
    expect([told.status, plain(told.sentence)]).toEqual([status, sentence])
  })

  it('is not known where no condition of success asks for a notice', () => {
    const without = { ...rules['success-conditions'], conditions: [] }
    expect(invitationDeadline({ day: '2027-03-12', invitedOn: null }, '2027-01-01', without)).toMatchObject({
      ...{ latest: null, status: 'unknown' },
    })
  })
})

describe('the text of an invitation', () => {
  it('names the actor, the day, the place, the aim of the référentiel and who signs', () => {
    const { subject, body } = letterTo('Médiathèque', invited, text)
    expect(plain(subject)).toBe('Invitation : journée collaborative du 12 mars 2027, Brest Métropole')
    for (const said of [
      'Médiathèque',
      'le 12 mars 2027, à la mairie',
      '(ré)activer le réseau',
      'Ada Lovelace et Grace Hopper',
    ])
      expect(body).toContain(said)
    expect(body).not.toMatch(/[{}]/u)
    expect(letterTo('X', { ...invited, referential: 'outil' }, text).body).toContain('base de données')
  })

  it('marks what the base does not say, and tells it', () => {
    const unknown = { ...invited, place: null, referents: [] }
    expect(letterTo(null, unknown, text).body).toMatch(
      /\[nom à préciser\][^]*\[lieu à préciser\][^]*\[signature à préciser\]/u,
    )
    expect(unsaidIn(unknown, text)).toEqual(['{lieu}', '{référents}'])
    expect(unsaidIn(invited, text)).toEqual([])
  })

  it('opens in a mail program by an address that reads back as it was', () => {
    const letter = letterTo('Fablab & Cie', invited, text)
    const link = new URL(mailto(['a+b@c.fr', 'd@e.fr'], letter)!)
    expect(decodeURIComponent(link.pathname)).toBe('a+b@c.fr,d@e.fr')
    expect(link.searchParams.get('subject')).toBe(letter.subject)
    expect(link.searchParams.get('body')).toBe(letter.body.replaceAll('\n', '\r\n'))
    expect(mailto([], letter)).toBeNull()
  })

  it('is refused with a variable that does not exist, and says which there are', () => {
    for (const body of ['Bonjour {acteurs}', 'Bonjour {acteur', 'Bonjour }'])
      expect(InvitationText.safeParse({ ...text, body }).success).toBe(false)
    const { error } = InvitationText.safeParse({ ...text, subject: '{objectif}' })
    expect(error?.issues[0]?.message).toMatch(/\{objectif\} n’est pas possible ici ; il y a \{acteur\}/u)
  })
})

describe('the file for a mail merge', () => {
  it('holds a row an actor, and nothing that a spreadsheet would run', () => {
    const file = mergeFile(
      {
        invited,
        actors: toInvite([actor(1, { name: '=SUM(1)', emails: [], phone: '+33 2 98 00' })]),
        rows: null,
      },
      text,
    )
    expect(file.startsWith('\uFEFFRang;Acteur;')).toBe(true)
    expect(file).toContain(`1;'=SUM(1);Brest;;+33 2 98 00;`)
    expect(file.endsWith('\r\n')).toBe(true)
  })
})
