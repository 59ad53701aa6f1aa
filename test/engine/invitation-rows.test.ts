import { describe, expect, it } from 'vitest'
import { proposeInvitations, sayAtDoor, sayState } from '../../src/engine/invitation-rows.ts'
import { readInvitations } from '../../src/engine/invitations.ts'
import { keepEveryInvitation } from '../../src/engine/keep-invitations.ts'
import { readTurnout } from '../../src/nocodb/turnout.ts'
import { readDeclaredRows } from '../../src/nocodb/read-declared-rows.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const SIREN = '242900314'
const TEXT = { proposeDays: 60 }
const WHO = 'camille@exemple.bzh'
const place = { Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200', EPCI_id: 1 }

async function base(more: Readonly<Record<string, readonly Values[]>> = {}, columns = settings.columns) {
  const made = await doubleBase(
    {
      EPCI: [
        { Nom: 'Brest Métropole', SIREN },
        { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
      ],
      Journées: [
        { EPCI_id: 1, Date: '2026-12-20' },
        { EPCI_id: 1, Date: '2028-05-01' },
      ],
      Acteurs: [
        { ...place, Nom: 'CCAS de Brest' },
        { ...place, Nom: 'Médiathèque' },
      ],
      ...more,
    },
    { columns },
  )
  const row = (id: number) => made.double.table('Invitations').get(id)
  const rows = () => [1, 2, 3, 4].map(row).filter((one) => one !== undefined)
  const said = () => rows().map((row) => [row['Acteur'], row['État'], row['Ordre']])
  const found = () => readInvitations(made.parts, SIREN, 1)
  const keep = () => keepEveryInvitation(made.parts, TEXT)
  return { ...made, rows, said, found, keep }
}

describe('the rows of invitations', () => {
  it('are proposed for the journées that are near, once', async () => {
    const { said, keep, rows } = await base()
    expect(await keep()).toEqual({ journees: 1, inserted: 2, changed: 0, refused: [], missing: [] })
    expect(said()).toEqual([
      ['CCAS de Brest', 'À inviter', 1],
      ['Médiathèque', 'À inviter', 2],
    ])
    expect(rows()[0]).toMatchObject({
      ...{ 'À inviter avant le': '2026-11-20', 'Journée n°': 1, SIREN, 'Date de la journée': '2026-12-20' },
    })
    expect(await keep()).toEqual({ journees: 1, inserted: 0, changed: 0, refused: [], missing: [] })
  })

  it('keep what people say, whatever moves: an actor that left, a journée that moved or is past', async () => {
    const { double, said, keep } = await base()
    await keep()
    double.table('Invitations').update(1, { État: 'A confirmé', Personnes: 3 })
    double.table('Acteurs').update(2, { EPCI_id: null })
    expect(await keep()).toMatchObject({ inserted: 0, changed: 1 })
    expect(said()).toEqual([
      ['CCAS de Brest', 'A confirmé', 1],
      ['Médiathèque', 'À inviter', null],
    ])
    double.table('Journées').update(1, { EPCI_id: 2 })
    expect(await keep()).toMatchObject({ journees: 1, inserted: 0, changed: 1 })
    expect(said()[0]).toEqual(['CCAS de Brest', 'A confirmé', null])
    double.table('Journées').update(1, { Date: null })
    expect(await keep()).toMatchObject({ journees: 0, changed: 0 })
  })

  it('stay while their journée is to come, and leave those that were sent', async () => {
    const { parts, double, said, keep, found } = await base()
    double.table('Journées').update(1, { Date: '2027-08-01' }) // said, or proposed by hand, long before
    await proposeInvitations(parts, await found())
    expect(await keep()).toMatchObject({ journees: 0, changed: 0 })
    double.table('Invitations').update(1, { État: 'Invité·e' })
    double.table('Journées').update(1, { Date: '2026-12-20', 'Invitations envoyées le': '2026-11-20' })
    expect(await keep()).toMatchObject({ journees: 0, changed: 1 })
    expect(said()).toEqual([
      ['CCAS de Brest', 'Invité·e', 1],
      ['Médiathèque', 'À inviter', null],
    ])
  })

  it('keep a word of people’s own, and of two rows of one record the first is spoken of', async () => {
    const { parts, double, rows, keep, found } = await base()
    await keep()
    double.table('Invitations').update(1, { État: 'Décliné' })
    const say = async (record: number) =>
      sayState(parts, await found(), { key: { record }, seen: 'to_invite', state: 'invited', who: WHO })
    expect(await say(1)).toEqual({ kind: 'changed', state: null })
    double.table('Invitations').insert({ ...rows()[1], id: undefined, Id: undefined, État: 'Absent·e' })
    expect(await say(2)).toEqual({ kind: 'kept' })
    expect(rows().map((row) => row['État'])).toEqual(['Décliné', 'Invité·e', 'Absent·e'])
  })

  it('hold a state that a person says, with its day and who; two at once are told apart', async () => {
    const { parts, rows, found } = await base()
    const key = { record: 2 }
    const say = async (seen: 'to_invite' | 'invited', state: 'to_invite' | 'invited' | 'reminded') =>
      sayState(parts, await found(), { key, seen, state, who: WHO })
    expect(await say('to_invite', 'invited')).toEqual({ kind: 'kept' })
    expect(rows()[0]).toMatchObject({
      ...{ Acteur: 'Médiathèque', État: 'Invité·e', 'Invité·e le': '2026-11-24', 'État changé par': WHO },
    })
    expect(await say('to_invite', 'reminded')).toEqual({ kind: 'changed', state: 'invited' })
    expect(await say('to_invite', 'invited')).toEqual({ kind: 'kept' })
    expect(await say('invited', 'to_invite')).toEqual({ kind: 'kept' })
    expect(rows()[0]).toMatchObject({ État: 'À inviter', 'Invité·e le': null })
    expect(
      await sayState(parts, await found(), { key: { record: 99 }, seen: null, state: 'absent', who: WHO }),
    ).toEqual({ kind: 'gone' })
    const both = await Promise.all([say('to_invite', 'invited'), say('to_invite', 'reminded')])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'kept'])
  })

  it('follow the door where nobody said otherwise, and go back', async () => {
    const { parts, double, said, keep } = await base()
    await keep()
    double.table('Invitations').update(2, { État: 'Absent·e' })
    const states = () => said().map(([, state]) => state)
    for (const name of ['C.C.A.S. de Brest', 'Médiathèque', 'Personne'])
      await sayAtDoor(parts, 1, name, async () => true)
    expect(states()).toEqual(['Présent·e', 'Absent·e'])
    await sayAtDoor(parts, 1, 'CCAS de Brest', async () => false)
    await sayAtDoor(parts, 1, 'Médiathèque', async () => false)
    expect(states()).toEqual(['À inviter', 'Absent·e'])
    double.table('Invitations').update(1, { État: 'Présent·e' })
    await sayAtDoor(parts, 1, 'CCAS de Brest', async () => false)
    expect(states()[0]).toBe('Présent·e') // a person said it
  })

  it('give the people of a journée that nobody counted, and the figures say so', async () => {
    const { parts, double, keep, sync } = await base()
    await keep()
    const first = async () => (await readDeclaredRows(parts.base, parts.columns, parts.geography)).journees[0]
    expect(await first()).toMatchObject({ invited: null, expected: null, present: null })
    double.table('Invitations').update(1, { État: 'A confirmé' })
    expect(await first()).toMatchObject({ invited: null, expected: null, present: null }) // one is not asked yet
    double.table('Invitations').update(2, { État: 'Invité·e' })
    expect(await first()).toMatchObject({ invited: 2, expected: null, present: null })
    double.table('Invitations').update(2, { État: 'Absent·e' })
    expect(await first()).toMatchObject({ invited: 2, expected: 1, present: null })
    double.table('EPCI').update(1, { 'Référentiel retenu': 'Généraliste' })
    const { reports } = await sync()
    const { workload, situation } = reports.find(({ siren }) => siren === SIREN)!
    expect(situation.drivers.expectedParticipationRate).toBe(0.5)
    expect(plain(workload.referents.basis)).toContain('attendue, comptée dans « Invitations » : 50 %')
  })

  it('give way to who was ticked at the door', async () => {
    const { participants } = settings.columns
    const day = { ...participants.columns.day, title: 'Journées' } // the double calls a link by its table
    const columns = {
      ...settings.columns,
      participants: { ...participants, columns: { ...participants.columns, day } },
    }
    const people = [1, 2, 3].map((at) => ({ Nom: `P${at}`, Journées_id: 1, Présent·e: at < 3 }))
    const { parts, double, keep } = await base({ Participants: people }, columns)
    await keep()
    double.table('Invitations').update(1, { État: 'Présent·e' })
    double.table('Invitations').update(2, { État: 'Absent·e' })
    expect(await readTurnout(parts.base, parts.columns, 1, SIREN)).toMatchObject({
      ...{ invited: 2, expected: 1, present: 2, ticked: true, counted: ['invited', 'expected'] },
    })
  })

  it.each(['Avant l’accueil', 'Ordre'])('stop nothing else in a base without « %s »', async (title) => {
    const { parts, sync } = await base()
    const table = parts.base.tables.get('Invitations')!
    ;(table.columns as Map<string, unknown>).delete(title)
    const isNeeded = title === 'Ordre'
    expect(await keepEveryInvitation(parts, TEXT)).toMatchObject({
      ...{ inserted: isNeeded ? 0 : 2, missing: isNeeded ? [title] : [] },
    })
    expect((await sync()).reports).not.toEqual([])
  })

  it('are not asked for in a base without the table', async () => {
    const { parts } = await doubleBase(
      { EPCI: [{ Nom: 'Brest Métropole', SIREN }], Journées: [{ EPCI_id: 1, Date: '2026-12-20' }] },
      { without: ['Invitations'] },
    )
    expect(await keepEveryInvitation(parts, TEXT)).toMatchObject({ journees: 0, inserted: 0 })
    const found = await readInvitations(parts, SIREN, 1)
    expect(found.rows).toBeNull()
    expect(await proposeInvitations(parts, found)).toMatchObject({ inserted: 0 })
    await expect(
      sayState(parts, found, { key: { record: 1 }, seen: null, state: 'invited', who: WHO }),
    ).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
  })
})
