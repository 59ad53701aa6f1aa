import { describe, expect, it } from 'vitest'
import { decideAll } from '../../../src/engine/import/decide.ts'
import { dayRecords } from '../../../src/engine/journee/day-records.ts'
import { proposeAnswers, proposePlace, saidOnTheDay } from '../../../src/engine/journee/propose-answers.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'

const SIREN = '242900314'
const DAY = { journee: 3, date: '2026-11-24', group: 2, epci: { siren: SIREN, name: 'Brest Métropole' } }
const ORIGIN = saidOnTheDay(DAY)
const PLACE = {
  Nom: 'Médiathèque',
  Commune: 'Brest',
  'Code INSEE': '29019',
  'Code postal': '29200',
  EPCI_id: 1,
}

async function base() {
  const made = await doubleBase({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN },
      { Nom: 'Haut-Léon Communauté', SIREN: '200067072' },
    ],
    Acteurs: [
      PLACE,
      { ...PLACE, Nom: 'Ailleurs', EPCI_id: 2 },
      { ...PLACE, Nom: 'Mairie', Téléphone: '02 98 00' },
    ],
    Journées: [{ Date: '2026-11-24', EPCI_id: 1 }],
  })
  const rows = () => [...made.double.table('Propositions').rows()].map(([, row]) => row)
  return { ...made, rows }
}

describe('what a group says on the day', () => {
  it('is proposed, record by record, and changes nothing until somebody accepts it', async () => {
    const { parts, double, rows } = await base()
    const before = { ...double.table('Acteurs').get(1) }
    const said = await proposeAnswers(parts, ORIGIN, 1, {
      telephone: '02.98.00.12.34',
      horaires: 'lundi à vendredi 9h-12h',
      courriels: 'je ne sais pas',
    })
    expect(said).toEqual({ kept: 2, gone: false, faults: [], nothing: 1, same: 0 })
    expect(double.table('Acteurs').get(1)).toEqual(before)
    const told = rows().map((row) => [row['Champ'], row['Nature'], row['État'], plain(String(row['Source']))])
    expect(told.toSorted()).toEqual([
      ['Horaires', 'À compléter', 'En attente', 'Journée du 24 novembre 2026, groupe 2'],
      ['Téléphone', 'À compléter', 'En attente', 'Journée du 24 novembre 2026, groupe 2'],
    ])
    for (const row of rows()) row['Décision'] = 'Accepter'
    await decideAll(parts)
    expect(double.table('Acteurs').get(1)).toMatchObject({ Horaires: 'Mo-Fr 09:00-12:00' })
    expect(String(double.table('Acteurs').get(1)?.['Téléphone']).replaceAll(/\D/gu, '')).toMatch(
      /298001234$/u,
    )
  })

  it('said by several telephones at once is one row', async () => {
    const { parts, rows } = await base()
    const say = () => proposeAnswers(parts, ORIGIN, 1, { telephone: '02 98 00 12 34' })
    await Promise.all([say(), say(), say()])
    expect(rows()).toHaveLength(1)
    const [record] = await dayRecords(parts, { siren: SIREN, journee: 3 }, ['telephone', 'horaires'])
    expect([record?.lacks, record?.proposed]).toEqual([['horaires'], ['telephone']])
  })

  it('said twice is one row, even where the answer to the first was lost', async () => {
    const { parts, rows } = await base()
    for (const _ of [1, 2]) await proposeAnswers(parts, ORIGIN, 1, { telephone: '02 98 00 12 34' })
    expect(rows()).toHaveLength(1)
    await proposeAnswers(parts, saidOnTheDay({ ...DAY, group: 1 }), 1, { telephone: '02 98 00 12 35' })
    expect(rows()).toHaveLength(2)
  })

  it('is refused as a whole where one value cannot be meant, with the way to mend it', async () => {
    const { parts, rows } = await base()
    const { kept, faults } = await proposeAnswers(parts, ORIGIN, 1, {
      telephone: '02 98',
      site_web: 'https://exemple.bzh',
    })
    expect(kept).toBe(0)
    expect(faults.map(({ field }) => field)).toEqual(['telephone'])
    expect(rows()).toEqual([])
  })

  it('may correct what cannot be meant, as a difference', async () => {
    const { parts, rows } = await base()
    await proposeAnswers(parts, ORIGIN, 3, { telephone: '02 98 00 12 34' })
    expect(rows().map((row) => [row['Nature'], row['Valeur actuelle']])).toEqual([['Différence', '02 98 00']])
  })

  it('of a record that is gone, or of another EPCI, is not heard', async () => {
    const { parts, rows } = await base()
    expect(await proposeAnswers(parts, ORIGIN, 2, { telephone: '02 98 00 12 34' })).toMatchObject({
      gone: true,
    })
    expect(rows()).toEqual([])
    expect(await proposeAnswers(parts, ORIGIN, 99, { telephone: '02 98 00 12 34' })).toMatchObject({
      gone: true,
    })
  })

  it('of a place that the base lacks is a new place, of which name and commune are needed', async () => {
    const { parts, rows } = await base()
    const lacking = await proposePlace(parts, ORIGIN, { telephone: '02 98 00 12 34' })
    expect(lacking.faults.map(({ field }) => field)).toEqual(['nom', 'commune'])
    const asked = { nom: 'Le Repair Café', commune: 'Brest', telephone: '02 98 00 12 34' }
    for (const _ of [1, 2]) await proposePlace(parts, ORIGIN, asked)
    expect(rows().map((row) => [row['Nature'], row['Fiche']])).toEqual([['Nouvelle fiche', 'Le Repair Café']])
  })
})

it('completes the row of a new place with a fuller answer; what is said otherwise, or decided on, stays apart', async () => {
  const { parts, rows, double } = await base()
  const place = { nom: 'Tiers-lieu', commune: 'Brest' }
  const services = 'Aide aux démarches administratives'
  await proposePlace(parts, ORIGIN, { ...place, services })
  await proposePlace(parts, ORIGIN, {
    ...{ nom: 'tiers-lieu ', commune: 'Brest', telephone: '02 98 00 12 34' },
    services: `${services}|Maîtrise des outils numériques du quotidien`,
  })
  await proposePlace(parts, ORIGIN, place) // less says nothing new
  expect(rows()).toHaveLength(1)
  expect(plain(String(rows()[0]?.['Valeur proposée']))).toContain('Maîtrise des outils')
  await proposePlace(parts, ORIGIN, { ...place, telephone: '02 98 99 99 99' })
  expect(rows()).toHaveLength(2)
  rows()[0]!['Décision'] = 'Accepter'
  await decideAll(parts)
  expect(double.table('Acteurs').get(4)).toMatchObject({ Nom: 'Tiers-lieu', Commune: 'Brest' })
  expect(String(double.table('Acteurs').get(4)?.['Téléphone']).replaceAll(/\D/gu, '')).toMatch(/298001234$/u)
  await proposePlace(parts, ORIGIN, { ...place, courriels: 'a@tiers-lieu.fr' })
  expect(rows()[0]?.['État']).toBe('Appliquée')
})

it('asks of the records of an EPCI what each lacks, and what cannot be meant', async () => {
  const { parts } = await base()
  const records = await dayRecords(parts, { siren: SIREN, journee: 3 }, ['telephone', 'horaires', 'adresse'])
  expect(records.map(({ name, lacks, wrong }) => [name, lacks, wrong.map(({ field }) => field)])).toEqual([
    ['Médiathèque', ['telephone', 'horaires', 'adresse'], []],
    ['Mairie', ['horaires', 'adresse'], ['telephone']],
  ])
})
