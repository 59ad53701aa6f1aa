import { describe, expect, it } from 'vitest'
import { agreedTitles, withoutQuestion } from '../../../src/domain/adoption/agreement.ts'
import type { LiveColumn, LiveTable } from '../../../src/domain/adoption/live-base.ts'

const column = (title: string, made: string | null = null): LiveColumn => ({
  ...{ title, made, type: 'SingleLineText', profile: null, link: null },
})
const table = (title: string, titles: readonly string[], made: string | null = null): LiveTable => ({
  ...{ title, made },
  columns: titles.map((one) => column(one)),
})
const names = {
  actors: { title: 'Acteurs', columns: { nom: { title: 'Nom' }, anomalies: { title: 'Anomalies' } } },
  epcis: { title: 'EPCI', columns: { name: { title: 'Nom' } } },
}

describe('agreedTitles', () => {
  it('takes their titles where it was agreed, and keeps ours where they are free', () => {
    const base = [table('Lieux', ['nom du lieu'])]
    const agreed = new Map([
      ['actors', 'Lieux'],
      ['actors.nom', 'nom du lieu'],
    ])
    expect(agreedTitles(agreed, base, names, '(Portrea)')).toEqual([
      { table: 'actors', column: null, title: 'Lieux', why: 'agreed' },
      { table: 'actors', column: 'nom', title: 'nom du lieu', why: 'agreed' },
    ])
  })

  it('stands apart from a column of theirs with our title, whatever its case', () => {
    const base = [table('Lieux', ['ANOMALIES', 'Anomalies (Portrea)'])]
    expect(agreedTitles(new Map([['actors', 'Lieux']]), base, names, '(Portrea)')).toContainEqual({
      ...{ table: 'actors', column: 'anomalies', why: 'apart' },
      title: 'Anomalies (Portrea) 2',
    })
  })

  it('stands apart from a table of theirs with our title, and from one agreed to be another of ours', () => {
    const base = [table('Acteurs', []), table('EPCI', [])]
    expect(agreedTitles(new Map(), base, names, '(Portrea)')).toEqual([
      { table: 'actors', column: null, title: 'Acteurs (Portrea)', why: 'apart' },
      { table: 'epcis', column: null, title: 'EPCI (Portrea)', why: 'apart' },
    ])
    const swapped = agreedTitles(new Map([['actors', 'EPCI']]), base, names, '(Portrea)')
    expect(swapped).toContainEqual({ table: 'epcis', column: null, title: 'EPCI (Portrea)', why: 'apart' })
  })

  it('leaves what Portrea itself made where it is', () => {
    const base = [
      { ...table('Acteurs', [], 'actors'), columns: [column('Anomalies', 'actors.anomalies')] },
      table('EPCI', [], 'epcis'),
    ]
    const agreed = new Map([
      ['actors', 'Acteurs'],
      ['epcis', 'EPCI'],
    ])
    expect(agreedTitles(agreed, base, names, '(Portrea)').filter(({ why }) => why === 'apart')).toEqual([])
  })
})

describe('agreedTitles, where nothing stands in the base yet', () => {
  it('keeps apart from what was agreed to be something else, and from nothing else', () => {
    expect(agreedTitles(new Map([['actors', 'epci']]), [], names, '(Portrea)')).toEqual([
      { table: 'actors', column: null, title: 'epci', why: 'agreed' },
      { table: 'epcis', column: null, title: 'EPCI (Portrea)', why: 'apart' },
    ])
    expect(agreedTitles(new Map([['actors.nom', 'EPCI']]), [], names, '(Portrea)')).toEqual([
      { table: 'actors', column: 'nom', title: 'EPCI', why: 'agreed' },
    ])
    expect(agreedTitles(new Map([['actors.nom', 'ANOMALIES']]), [], names, '(Portrea)')).toContainEqual({
      ...{ table: 'actors', column: 'anomalies', why: 'apart' },
      title: 'Anomalies (Portrea)',
    })
    expect(agreedTitles(new Map([['epcis.name', 'Anomalies']]), [], names, '(Portrea)')).toEqual([
      { table: 'epcis', column: 'name', title: 'Anomalies', why: 'agreed' },
    ])
  })

  it('gives no two of ours one title', () => {
    const same = {
      one: { title: 'Suivi', columns: { a: { title: 'Date' }, b: { title: 'date' } } },
      two: { title: 'suivi', columns: {} },
    }
    expect(agreedTitles(new Map(), [], same, '(Portrea)')).toEqual([
      { table: 'one', column: 'b', title: 'date (Portrea)', why: 'apart' },
      { table: 'two', column: null, title: 'suivi (Portrea)', why: 'apart' },
    ])
  })

  it('looks at the columns of the table that was agreed, and leaves a table of ours its title', () => {
    const base = [table('Autre', ['Anomalies']), table('Lieux', []), table('EPCI', [], 'epcis')]
    expect(agreedTitles(new Map([['actors', 'Lieux']]), base, names, '(Portrea)')).toEqual([
      { table: 'actors', column: null, title: 'Lieux', why: 'agreed' },
    ])
  })
})

describe('withoutQuestion', () => {
  const proposal = (change: object) => ({
    ...{ key: 'actors', title: 'Lieux', score: 1, evidence: [], mapped: [], unused: [], unfit: [] },
    ...{ contested: false, rivals: [] },
    columns: [
      { key: 'nom', title: 'Nom', score: 0.9 },
      { key: 'pivot', title: 'Code', score: 0.5 },
      { key: 'ville', title: null, score: 1 },
    ].map((one) => ({ ...one, evidence: [], contested: false, candidates: [] })),
    ...change,
  })
  const agreed = (...tables: object[]) =>
    Object.fromEntries(
      withoutQuestion({ tables: tables.map(proposal), epciText: null }, ({ score }) => score >= 0.8),
    )

  it('takes what is sure, of a table that is sure', () => {
    expect(agreed({})).toEqual({ actors: 'Lieux', 'actors.nom': 'Nom' })
    expect(agreed({ score: 0.5 })).toEqual({})
    expect(agreed({ title: null })).toEqual({})
    expect(agreed({ columns: [] }, { key: 'epcis', title: 'EPCI', columns: [] })).toEqual({
      actors: 'Lieux',
      epcis: 'EPCI',
    })
  })
})
