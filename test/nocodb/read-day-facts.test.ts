import { expect, it } from 'vitest'
import { namedParticipants, readDayPlaces, readDays } from '../../src/nocodb/read-day-facts.ts'
import { doubleBase, geography, settings } from '../helpers/double-base.ts'

// The double names a link after the table to which it leads.
const { participants } = settings.columns
const columns = {
  ...settings.columns,
  participants: {
    ...participants,
    columns: { ...participants.columns, day: { ...participants.columns.day, title: 'Journées' } },
  },
}

it('reads a journée with its EPCI, those who come to it and no others, and places as they stand', async () => {
  const { parts } = await doubleBase(
    {
      EPCI: [{ Nom: 'Brest Métropole', SIREN: '242 900 314' }],
      Journées: [
        { Date: '2026-06-19', Lieu: 'Plérin', EPCI_id: 1 },
        { Date: null, EPCI_id: null },
      ],
      Participants: [
        { Nom: 'Zoé', Structure: 'CCAS', Fonction: 'Agente', Groupe: 2, Anime: true, Journées_id: 1 },
        { Nom: 'Ana', Journées_id: 1 },
        { Nom: 'Autre', Journées_id: 2 },
        { Nom: '', Journées_id: 1 },
      ],
      Acteurs: [
        {
          Nom: 'Médiathèque',
          Commune: 'Brest',
          Services: 'Aide aux démarches administratives',
          'À compléter': 'les horaires',
          Téléphone: '+33298000000',
          EPCI_id: 1,
        },
        { Nom: '', EPCI_id: 1 },
      ],
    },
    { columns },
  )
  const [first, second] = await readDays(parts.base, columns, geography)
  expect(first).toMatchObject({
    id: 1,
    date: '2026-06-19',
    place: 'Plérin',
    epci: { siren: '242900314', name: 'Brest Métropole' },
  })
  expect(second).toMatchObject({ id: 2, date: null, epci: null })
  expect(await readDays(parts.base, columns, geography, 3)).toEqual([])
  expect(await namedParticipants(parts.base, columns, 1)).toEqual([
    { name: 'Ana', organisation: null, position: null, group: null, facilitates: false },
    { name: 'Zoé', organisation: 'CCAS', position: 'Agente', group: '2', facilitates: true },
  ])
  const places = await readDayPlaces(
    parts.base,
    columns,
    [1, 2, 9],
    'https://nocodb.example/dashboard/#/nc/p1',
  )
  expect(places.map(({ id, name, commune, todo }) => ({ id, name, commune, todo }))).toEqual([
    { id: 1, name: 'Médiathèque', commune: 'Brest', todo: 'les horaires' },
    { id: 2, name: 'Fiche n° 2', commune: null, todo: null },
  ])
  expect(places[0]).toMatchObject({ services: ['Aide aux démarches administratives'], phone: '+33298000000' })
  expect(places[0]!.address).toMatch(/#\/nc\/p1\/\w+\?rowId=1$/u)
})
