import { describe, expect, it } from 'vitest'
import { all, doubleBase } from '../helpers/double-base.ts'
import type { Route } from '../helpers/nocodb-double/double.ts'

/** A base whose tables came with keys of their own, beside columns of people that are called « Id ». */
async function ownKeys(missing: readonly Route[], type: string) {
  const keys = {
    Acteurs: { title: 'N° (de fiche)', type },
    EPCI: { title: 'Identifiant', type },
    Historique: { title: 'id', type },
    Synchronisations: { title: 'gid', type },
    'Conditions de réussite': { title: 'Clé, « n° »', type },
  }
  return doubleBase(
    {
      EPCI: [
        { Nom: 'Brest Métropole', SIREN: '242900314', Id: 'B' },
        { Nom: 'Rennes Métropole', SIREN: '243500139', Id: '1' },
      ],
      Acteurs: [
        { Nom: 'Médiathèque', 'Code INSEE': '29019', Id: 'fiche A' },
        { Nom: 'Mairie', 'Code INSEE': '35238', Id: '1' },
        { Nom: 'Centre social', 'Code INSEE': '35238', Id: null, EPCI_id: 2 },
      ],
    },
    { keys, missing, others: { Acteurs: ['Id'], EPCI: ['Id'] } },
  )
}

describe.each([
  ['v1, v2 and v3', []],
  ['v2 and v3', ['v1']],
  ['v3', ['v1', 'v2']],
] as const)('a base with keys of its own, by %s', (_, missing) => {
  it.each(['ID', 'Number', 'AutoNumber'])('is synchronised where they are of type %s', async (type) => {
    const { double, sync } = await ownKeys(missing, type)
    const { counts, reports } = await sync()
    expect(counts.refused).toBe(0)
    expect(reports.map(({ siren, actors }) => [siren, actors])).toEqual([
      ['242900314', 1],
      ['243500139', 2],
    ])
    const actors = [1, 2, 3].map((id) => double.table('Acteurs').get(id)!)
    expect(actors.map((row) => [row['EPCI_id'], row['Id']])).toEqual([
      [1, 'fiche A'],
      [2, '1'],
      [2, null],
    ])
    expect(actors.every((row) => row['À compléter'] !== null)).toBe(true)
    expect(double.table('EPCI').get(1)).toMatchObject({ "Nombre d'acteurs": 1, Id: 'B' })
    expect((await sync()).counts).toMatchObject({ cellsWritten: 0, refused: 0 })
    const { plan } = await sync({ ...all, dryRun: true, whole: true })
    expect(plan?.flatMap(({ changes, inserts }) => [...changes, ...inserts])).toEqual([])
  })
})
