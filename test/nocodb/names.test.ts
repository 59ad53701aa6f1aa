import { describe, expect, it } from 'vitest'
import { desiredBase } from '../../src/app.ts'
import { nameTables, isNeeded } from '../../src/nocodb/names.ts'
import type { Known, Named } from '../../src/nocodb/names.ts'
import { keepsValues } from '../../src/nocodb/provision/accepted-types.ts'
import type { Column, ColumnKind, Table } from '../../src/nocodb/schema.ts'
import { settings } from '../helpers/double-base.ts'

const desired = desiredBase(settings)
const KINDS: Readonly<Record<string, ColumnKind>> = { Number: 'number', SingleSelect: 'select', ID: 'number' }

/** The base as provision makes it; ids are the titles of the first day. */
function ownBase(): Table[] {
  return desired.tables.map((table) => {
    const key = column('Id', 'ID')
    const links = desired.links.filter(({ child }) => child === table.title)
    const columns = [
      key,
      ...table.columns.map(({ title, uidt, options }) => ({
        ...column(title, uidt),
        options: options.map((option) => option.title),
      })),
      ...links.map(({ childTitle, parent }) => ({
        ...column(childTitle, 'LinkToAnotherRecord'),
        ...{ kind: 'link' as const, relatedTableId: parent },
      })),
    ]
    return {
      ...{ id: table.title, title: table.title, keys: [key], form: '' },
      columns: new Map(columns.map((one) => [one.title, one])),
      ...{ display: null, foreignKeys: new Map<string, string>(), inverses: new Map() },
    }
  })
}

function column(title: string, uidt: string): Column {
  const kind = KINDS[uidt] ?? 'text'
  return { id: title, title, wire: title, uidt, kind, options: [], relatedTableId: null, system: false }
}

type Change = (columns: Column[]) => Column[]

/** The same base with the columns of one table changed. */
function changed(table: string, change: Change, tables = ownBase()): Table[] {
  return tables.map((one) => {
    if (one.title !== table) return one
    return { ...one, columns: new Map(change([...one.columns.values()]).map((each) => [each.title, each])) }
  })
}

const set =
  (title: string, some: Partial<Column>): Change =>
  (columns) =>
    columns.map((one) => (one.title === title ? { ...one, wire: some.title ?? title, ...some } : one))
const without =
  (title: string): Change =>
  (columns) =>
    columns.filter((one) => one.title !== title)

const named = (tables: readonly Table[], known: Known = FIRST, made = new Map<string, string>()): Named =>
  nameTables(tables, desired, known, made)
const FIRST: Known = nameTables(ownBase(), desired, {}, new Map()).known

describe('the tables and columns of a base, under the names of config/columns.yaml', () => {
  it('are all found by their titles on the first day, and remembered by id', () => {
    const first = named(ownBase(), {})
    expect([first.renamed, first.drifts]).toEqual([[], []])
    expect(first.known['actors.nom']).toEqual({ id: 'Nom', title: 'Nom', type: 'SingleLineText' })
    const count = desired.tables.reduce((sum, { columns }) => sum + columns.length + 1, desired.links.length)
    expect(Object.keys(first.known)).toHaveLength(count)
  })

  it('follow a new title by id, read and written under it, and stay known by the old one', () => {
    const { tables, renamed, drifts, known } = named(changed('Acteurs', set('Commune', { title: 'Ville' })))
    expect(drifts).toEqual([])
    expect(renamed).toMatchObject([{ key: 'actors.commune', column: 'Commune', now: 'Ville' }])
    const actors = tables.find(({ title }) => title === 'Acteurs')!
    expect(actors.columns.get('Commune')).toMatchObject({ id: 'Commune', wire: 'Ville' })
    expect(actors.columns.has('Ville')).toBe(false)
    expect(known).toEqual(FIRST)
  })

  it('take a column by its title once config/columns.yaml names it so', () => {
    const columns = structuredClone(settings.columns)
    Object.assign(columns.actors.columns.commune, { title: 'Ville' })
    const tables = changed('Acteurs', set('Commune', { title: 'Ville' }))
    const adopted = nameTables(tables, desiredBase({ ...settings, columns }), FIRST, new Map())
    expect([adopted.renamed, adopted.drifts]).toEqual([[], []])
    expect(adopted.known['actors.commune']).toMatchObject({ id: 'Commune', title: 'Ville' })
  })

  it('follow what Portrea made by the manifest, where the store remembers nothing', () => {
    const tables = changed('Acteurs', set('Commune', { title: 'Ville' }))
    expect(named(tables, {}).drifts).toMatchObject([{ kind: 'missing', column: 'Commune', known: false }])
    const { renamed, drifts } = named(tables, {}, new Map([['Commune', 'actors.commune']]))
    expect(drifts).toEqual([])
    expect(renamed).toMatchObject([{ column: 'Commune', now: 'Ville' }])
  })

  it('need no column of « Invitations »: a table of people may bear that name', () => {
    const own = changed('Invitations', () => [column('Id', 'ID'), column('État', 'Number')])
    expect([named(own, {}).drifts, named(own).drifts]).toEqual([[], []])
  })

  it('follow a table by id', () => {
    const tables = ownBase().map((one) => (one.title === 'Journées' ? { ...one, title: 'Ateliers' } : one))
    const { renamed, drifts, tables: ours } = named(tables)
    expect(drifts).toEqual([])
    expect(renamed).toMatchObject([{ key: 'days', table: 'Journées', column: null, now: 'Ateliers' }])
    expect(ours.map(({ title }) => title)).toContain('Journées')
  })

  it.each<[string, Table[], object]>([
    [
      'gone',
      changed('Acteurs', without('Adresse')),
      { kind: 'missing', table: 'Acteurs', column: 'Adresse', known: true },
    ],
    [
      'renamed, while another takes the name',
      changed('Acteurs', (columns) => [
        ...set('Commune', { title: 'Ville' })(columns),
        { ...column('Commune', 'SingleLineText'), id: 'another' },
      ]),
      { kind: 'taken', column: 'Commune', now: 'Ville' },
    ],
    [
      'of a type that cannot hold what is written',
      changed('EPCI', set('Confiance', { uidt: 'Number', kind: 'number' })),
      { kind: 'type', column: 'Confiance', found: 'Number', expected: 'SingleSelect' },
    ],
    [
      'of a type that lost what stood there',
      changed('Acteurs', set('Code postal', { uidt: 'Number', kind: 'number' })),
      { kind: 'retyped', column: 'Code postal', found: 'Number', before: 'SingleLineText' },
    ],
    [
      'a link that leads elsewhere',
      changed('Acteurs', set('EPCI', { relatedTableId: 'Journées' })),
      { kind: 'link', column: 'EPCI', parent: 'EPCI' },
    ],
    [
      'without one of its choices',
      changed('EPCI', set('Confiance', { options: ['Faible', 'Moyenne'] })),
      { kind: 'options', column: 'Confiance', options: ['Élevée'], others: [] },
    ],
    [
      'a key of two columns',
      ownBase().map((one) =>
        one.title === 'EPCI' ? { ...one, keys: [column('Id', 'ID'), column('Lot', 'Number')] } : one,
      ),
      { kind: 'key', table: 'EPCI', keys: ['« Id » (ID)', '« Lot » (Number)'] },
    ],
    [
      'a key that is a text',
      ownBase().map((one) =>
        one.title === 'EPCI' ? { ...one, keys: [column('Id', 'SingleLineText')] } : one,
      ),
      { kind: 'key', table: 'EPCI' },
    ],
    [
      'a table without a key',
      ownBase().map((one) => (one.title === 'EPCI' ? { ...one, keys: [] } : one)),
      { kind: 'key', table: 'EPCI', keys: [] },
    ],
    [
      'a table that is gone',
      ownBase().filter(({ title }) => title !== 'Diagnostics'),
      { kind: 'missing', table: 'Diagnostics', column: null, known: true },
    ],
  ])('stop where something is %s', (_, tables, drift) => {
    expect(named(tables).drifts).toMatchObject([drift])
  })

  it('leave alone what no figure is made of: participants, remarks, lists of the other side', () => {
    const tables = changed('Diagnostics', without('Remarque')).filter(({ title }) => title !== 'Participants')
    expect(named(tables).drifts).toEqual([])
    expect([isNeeded('participants'), isNeeded('participants.name'), isNeeded('epcis.actors')]).toEqual([
      false,
      false,
      false,
    ])
  })

  it.each([
    ['SingleLineText', 'LongText', true],
    ['SingleLineText', 'Number', false],
    ['SingleLineText', 'Date', false],
    ['SingleSelect', 'SingleLineText', true],
    ['MultiSelect', 'SingleLineText', false],
    ['Number', 'Decimal', true],
    ['Decimal', 'Number', false],
    ['Date', 'SingleLineText', true],
    ['DateTime', 'SingleLineText', false],
    ['Checkbox', 'Number', false],
  ])('know that a %s that becomes %s keeps its values: %s', (before, after, kept) => {
    expect(keepsValues(before, after)).toBe(kept)
  })
})

describe('a field that people hold as a link', () => {
  it.each([
    ['to a table of the base: what it shows is read', 'EPCI', []],
    [
      'that leads out of the base: nobody can read it, and nothing is taken for empty',
      'elsewhere',
      ['lien vers une autre base'],
    ],
  ])('%s', (_, relatedTableId, found) => {
    const link = { uidt: 'LinkToAnotherRecord', kind: 'link', relatedTableId } as const
    const { drifts } = named(changed('Acteurs', set('Structure parente', link)), {})
    expect(drifts.map((drift) => ('found' in drift ? drift.found : drift.kind))).toEqual(found)
  })
})
