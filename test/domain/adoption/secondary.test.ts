import { describe, expect, it } from 'vitest'
import type { LiveColumn } from '../../../src/domain/adoption/live-base.ts'
import { ofRespondent, secondaryTitles } from '../../../src/domain/adoption/secondary.ts'
import { liveTable } from '../../adopt/proposed.ts'

const PHONES = ['02 99 00 00 01', '02 99 00 00 02', '02 99 00 00 03', '02 99 00 00 04']
const empty = (titles: readonly string[]): readonly LiveColumn[] =>
  liveTable('Lieux', Object.fromEntries(titles.map((title) => [title, []]))).columns

describe('columns that repeat others', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'a second of a kind',
      ['Téléphone', 'Téléphone 2', 'Téléphone 3', 'Nom'],
      ['Téléphone 2', 'Téléphone 3'],
    ],
    ['lists laid out flat', ['labels.0.nom', 'labels.1.nom', 'nom'], ['labels.1.nom']],
    ['several of a kind, the first of which is numbered', ['Tél. 1', 'Tél. 2'], []],
    [
      'another source',
      ['Nom', 'Téléphone', 'Source 2 : nom', 'Source 2 : téléphone', 'Source 2 : date'],
      ['Source 2 : nom', 'Source 2 : téléphone', 'Source 2 : date'],
    ],
    ['headings that repeat nothing', ['Public : jeunes', 'Public : seniors', 'Nom'], []],
    ['several years', ['Publics 2024', 'Publics 2025', 'Horaires 2025'], ['Publics 2024', 'Publics 2025']],
    ['unlike titles', ['Nom', 'Adresse', 'CP', 'Ville'], []],
  ])('%s', (_, titles, expected) => {
    expect([...secondaryTitles(empty(titles))].toSorted()).toEqual(expected.toSorted())
  })

  it('but not where they hold unlike things', () => {
    const { columns } = liveTable('Lieux', {
      'coordinates.0': ['-4.48', '-4.09', '-1.68', '-2.75'],
      'coordinates.1': ['48.39', '47.99', '48.11', '47.65'],
      Contact: PHONES,
      'Contact 2': PHONES,
    })
    expect([...secondaryTitles(columns)]).toEqual(['Contact 2'])
  })

  it('and a second one stays behind the first, whatever is written beside the values of one of them', () => {
    const notes = ['cf. accueil', 'le matin', 'demander Ada', '—']
    const { columns } = liveTable('Lieux', { Tél: notes, 'Tél 2': PHONES })
    expect([...secondaryTitles(columns)]).toEqual(['Tél 2'])
  })
})

describe('who answered a form', () => {
  const forms = { marks: ['Horodateur', 'Heure de fin'], respondent: ['Adresse e-mail', 'Nom'] }
  const bears = (title: string, names: readonly string[]) => names.includes(title)
  it.each<[readonly string[], readonly string[]]>([
    [['Horodateur', 'Adresse e-mail', 'Nom du lieu', 'Nom'], ['Adresse e-mail']],
    [
      ['ID', 'Heure de fin', 'Adresse e-mail', 'Nom', 'Commune'],
      ['Adresse e-mail', 'Nom'],
    ],
    [['Horodateur', 'Heure de fin', 'Nom'], ['Nom']],
    [['Nom', 'Adresse e-mail', 'Horodateur'], []],
    [['Nom', 'Adresse e-mail'], []],
  ])('stands right behind the instant of the answer: %j', (titles, expected) => {
    expect([...ofRespondent(titles, bears, forms)]).toEqual(expected)
  })
})
