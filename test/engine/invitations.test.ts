import { describe, expect, it } from 'vitest'
import { readInvitations } from '../../src/engine/invitations.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const SIREN = '242900314'

async function base(days: readonly Record<string, string | number | null>[]) {
  const place = { Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200', EPCI_id: 1 }
  return doubleBase({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN },
      { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
    ],
    Journées: days.map((day) => ({ EPCI_id: 1, ...day })),
    Référents: [{ Nom: 'Ada Lovelace', EPCI_id: 1 }],
    Acteurs: [
      { ...place, Nom: 'Connu', 'Dernier contact': '2026-10-01', Courriels: 'a@connu.fr|pas une adresse' },
      { ...place, Nom: 'Nouveau', Étape: 'À contacter', Courriels: 'b@nouveau.fr' },
      { ...place, Nom: 'Sans rien' },
      { ...place, Nom: 'Ailleurs', EPCI_id: 2 },
    ],
  })
}

describe('the invitations of an EPCI', () => {
  it('are to its own actors for its next journée, with what the base says of it; nothing is written', async () => {
    const { parts, double } = await base([
      { Date: '2026-03-01', Lieu: 'Passée' },
      { Date: '2027-05-01' },
      { Date: '2026-12-20', Lieu: ' à la mairie ' },
    ])
    const before = JSON.stringify([1, 2, 3, 4].map((id) => double.table('Acteurs').get(id)))
    const { day, invited, deadline, actors } = await readInvitations(parts, SIREN, null)
    expect([day, invited]).toEqual([
      3,
      {
        ...{ epci: 'Brest Métropole', day: '2026-12-20', place: 'à la mairie', latest: '2026-11-20' },
        ...{ referents: ['Ada Lovelace'], referential: 'generaliste' },
      },
    ])
    expect([deadline.status, plain(deadline.sentence)]).toEqual([
      'late',
      expect.stringContaining('En retard de 4 jours'),
    ])
    expect(actors.map(({ rank, name, emails }) => [rank, name, emails])).toEqual([
      [1, 'Nouveau', ['b@nouveau.fr']],
      [2, 'Sans rien', []],
      [3, 'Connu', ['a@connu.fr']],
    ])
    expect(JSON.stringify([1, 2, 3, 4].map((id) => double.table('Acteurs').get(id)))).toBe(before)
  })

  it('are to the journée that is asked for; where there is none to come, or no such EPCI, it is said', async () => {
    const { parts } = await base([{ Date: '2026-03-01', 'Invitations envoyées le': '2026-02-20' }])
    expect((await readInvitations(parts, SIREN, 1)).deadline.status).toBe('sent')
    await expect(readInvitations(parts, SIREN, null)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await expect(readInvitations(parts, SIREN, 7)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await expect(readInvitations(parts, '200066785', null)).rejects.toMatchObject({ code: 'EPCI_NOT_FOUND' })
  })
})
