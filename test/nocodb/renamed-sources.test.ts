import { expect, it } from 'vitest'
import { parseColumns } from '../../src/config/columns-file.ts'
import { renamedSources } from '../../src/nocodb/adoption/renamed-sources.ts'
import { columnsText } from '../helpers/columns-text.ts'

it('reads a field from the names that people gave its columns since', () => {
  const columns = parseColumns(
    columnsText({
      actors: {
        adresse: { title: 'Adresse', from: { join: ['N°', 'Voie'] } },
        services: { title: 'Services', from: { each: { Ateliers: 'Loisirs et créations numériques' } } },
        horaires: { title: 'Horaires', from: { days: { Mo: ['Lundi', 'Lundi soir'], Tu: 'Mardi' } } },
        latitude: { title: 'Latitude', from: { point: 'GPS' } },
      },
    }),
  )
  const former = new Map([
    ['c1', 'actors.adresse.Voie'],
    ['c2', 'actors.services.Ateliers'],
    ['c3', 'actors.horaires.Lundi soir'],
    ['c4', 'actors.nom'],
    ['c5', 'actors.latitude.Autre'],
  ])
  expect(renamedSources(columns, former, (id) => `nouveau ${id}`)).toEqual([
    { key: 'adresse', from: { join: ['N°', 'nouveau c1'] }, words: null },
    { key: 'horaires', from: { days: { Mo: ['Lundi', 'nouveau c3'], Tu: 'Mardi' } }, words: null },
    { key: 'services', from: { each: { 'nouveau c2': 'Loisirs et créations numériques' } }, words: null },
  ])
  expect(renamedSources(columns, new Map(), () => null)).toEqual([])
})
