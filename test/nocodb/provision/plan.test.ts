import { describe, expect, it } from 'vitest'
import type { CurrentColumn, CurrentTable, Stage } from '../../../src/nocodb/meta-model.ts'
import type { DesiredColumn, DesiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { foreignColumns } from '../../../src/nocodb/provision/own-columns.ts'
import { plan } from '../../../src/nocodb/provision/plan.ts'
import { plain } from '../../helpers/plain.ts'

const red = { title: 'Rouge', color: '#ffdce5' }
const blue = { title: 'Bleu', color: '#cfdffe' }

const wants = (title: string, change: Partial<DesiredColumn> = {}): DesiredColumn => ({
  ...{
    title,
    description: '',
    uidt: 'SingleLineText',
    meta: {},
    options: [],
    role: 'human',
    standard: false,
  },
  ...change,
})

const desired: DesiredSchema = {
  tables: [
    {
      key: 'epcis',
      title: 'EPCI',
      description: '',
      columns: [wants('Nom')],
      keys: new Map(),
      sources: new Map(),
      grid: [],
      sort: null,
    },
    {
      ...{
        key: 'actors',
        title: 'Acteurs',
        description: '',
        keys: new Map(),
        sources: new Map(),
        grid: [],
        sort: null,
      },
      columns: [
        wants('Nom', { standard: true }),
        wants('Étape', { uidt: 'SingleSelect', options: [red, blue] }),
        wants('Note', { uidt: 'Decimal', role: 'written' }),
      ],
    },
  ],
  links: [
    {
      parent: 'EPCI',
      title: 'Lieux',
      description: '',
      child: 'Acteurs',
      childTitle: 'Interco',
      childDescription: '',
    },
  ],
  views: [
    {
      kind: 'grid',
      key: 'toComplete',
      table: 'Acteurs',
      title: 'À compléter',
      description: '',
      rows: [],
      columns: [],
      sorts: [],
      groups: [],
      rowHeight: 0,
    },
  ],
  webhooks: null,
  sheet: null,
  families: null,
}

const column = (
  title: string,
  uidt = 'SingleLineText',
  change: Partial<CurrentColumn> = {},
): CurrentColumn => ({
  ...{
    id: `c-${title}`,
    title,
    name: title,
    uidt,
    description: '',
    system: false,
    key: null,
    namesRows: false,
    made: 'null',
    stage: 'done',
    options: [],
    hook: null,
    formula: null,
    relation: null,
  },
  ...change,
})
const bt = (title: string, described = false) =>
  column(title, 'LinkToAnotherRecord', {
    description: described ? 'said' : '',
    relation: { type: 'bt', table: 'EPCI', key: 'fk' },
  })
const hm = (title: string) =>
  column(title, 'Links', { relation: { type: 'hm', table: 'Acteurs', key: 'fk' } })

const table = (title: string, columns: CurrentColumn[], stage: Stage | null = 'done'): CurrentTable => ({
  ...{ id: title, title, name: title, source: null, meta: {}, stage, columns, views: [] },
})
const view = (title: string, stage: Stage | null, key: string | null = null) => ({
  ...{ id: title, title, order: 2, meta: {}, stage, key, made: 'null' },
})

const whole = () => [
  table('EPCI', [column('Nom'), hm('Lieux')]),
  {
    ...table('Acteurs', [
      column('Nom'),
      column('Étape', 'SingleSelect', { options: [red, blue] }),
      column('Note', 'Decimal'),
      bt('Interco', true),
    ]),
    views: [view('À compléter', 'done')],
  },
]
/** The whole base, with one table changed. */
const base = (title: string, change: (found: CurrentTable) => CurrentTable) =>
  whole().map((one) => (one.title === title ? change(one) : one))
const actors = (...changed: CurrentColumn[]) =>
  base('Acteurs', (found) => ({
    ...found,
    columns: [...found.columns.filter(({ id }) => !changed.some((one) => one.id === id)), ...changed],
  }))
const kinds = (current: readonly CurrentTable[]) => plan(current, desired).steps.map(({ kind }) => kind)

describe('the plan', () => {
  it('makes tables first, then links, then puts grids in order, then adds views', () => {
    expect(kinds([])).toEqual([
      ...['create-table', 'create-table', 'add-link', 'arrange-table', 'arrange-table', 'create-view'],
    ])
  })

  it('is empty for a base that is whole', () => {
    expect(plan(whole(), desired)).toEqual({ steps: [], conflicts: [] })
  })

  it('says each step in French', () => {
    expect(plan([], desired).steps[0]?.summary).toBe('Créer la table «\u202fEPCI\u202f» (1 colonne)')
  })

  it('adds the columns that are missing, and leaves the first grid of a table of others alone', () => {
    const current = base('Acteurs', (found) => ({ ...found, stage: null, columns: found.columns.slice(1) }))
    expect(kinds(current)).toEqual(['add-column'])
  })

  it('takes up a table or a view that was begun and left', () => {
    const begun = base('Acteurs', (found) => ({
      ...found,
      stage: 'begun',
      views: [view('À compléter', 'begun')],
    }))
    expect(kinds(begun)).toEqual(['arrange-table', 'create-view'])
  })

  it('leaves a view of others alone, though it has the title of ours', () => {
    expect(kinds(base('Acteurs', (found) => ({ ...found, views: [view('À compléter', null)] })))).toEqual([])
  })

  it('knows a view of its own by another name, and makes no second one', () => {
    const renamed = [view('Mes fiches', 'done', 'toComplete')]
    expect(kinds(base('Acteurs', (found) => ({ ...found, views: renamed })))).toEqual([])
  })

  it('takes charge of a column of others that it will write to, and of no other', () => {
    const role = (title: string, to: 'written' | 'human') => ({
      ...desired,
      tables: desired.tables.map((one) => ({
        ...one,
        columns: one.columns.map((own) => (own.title === title ? { ...own, role: to } : own)),
      })),
    })
    const current = actors(column('Note', 'Decimal', { stage: null }))
    expect(plan(current, role('Note', 'written')).steps.map(({ kind }) => kind)).toEqual(['adopt-column'])
    expect(plan(current, role('Note', 'human')).steps).toEqual([])
    expect(foreignColumns(current, role('Note', 'written')).map((one) => one.column.title)).toEqual(['Note'])
  })

  it('adds the options that a select lacks, and only those', () => {
    const own = { title: 'Vert', color: '#d1f7c4' }
    const { steps } = plan(actors(column('Étape', 'SingleSelect', { options: [own, red] })), desired)
    expect(steps).toMatchObject([{ kind: 'add-options', column: 'Étape', options: [blue] }])
  })
})

describe('a column that stands there already', () => {
  it.each([
    ['Nom', 'LongText'],
    ['Nom', 'Number'],
    ['Nom', 'SingleSelect'],
    ['Étape', 'SingleLineText'],
    ['Note', 'Decimal'],
  ])('serves where its type can: %s as %s', (title, uidt) => {
    const options = uidt === 'SingleSelect' ? [red, blue] : []
    expect(plan(actors(column(title, uidt, { options })), desired)).toEqual({ steps: [], conflicts: [] })
  })

  it.each([
    ['Nom', 'Attachment'],
    ['Étape', 'Number'],
    ['Note', 'Number'],
    ['Note', 'Formula'],
    ['Note', 'SingleLineText'],
  ])('stops all where it cannot: %s as %s', (title, uidt) => {
    const { conflicts } = plan(actors(column(title, uidt)), desired)
    expect(conflicts.map(plain)).toEqual([
      expect.stringMatching(
        `La colonne « ${title} » de « Acteurs » est de type ${uidt} ; .*config/columns.yaml`,
      ),
    ])
  })
})

describe('a link', () => {
  const without = (title: string, one: string) => (found: CurrentTable) =>
    found.title === title ? { ...found, columns: found.columns.filter((c) => c.title !== one) } : found
  const bare = whole().map(without('EPCI', 'Lieux')).map(without('Acteurs', 'Interco'))

  it('is made where there is none', () => {
    expect(kinds(bare)).toEqual(['add-link'])
  })

  it('that only the child’s side names serves, whatever its other side is called', () => {
    expect(kinds(whole().map(without('EPCI', 'Lieux')))).toEqual([])
  })

  it('that was made and not yet named is taken up', () => {
    expect(
      kinds([
        whole()[0] as CurrentTable,
        ...bare.slice(1).map((t) => ({ ...t, columns: [...t.columns, bt('EPCI')] })),
      ]),
    ).toEqual(['add-link'])
  })

  it('of others, under another name, is theirs: the file is to name it', () => {
    const theirs = bare.slice(1).map((t) => ({ ...t, columns: [...t.columns, bt('Territoire')] }))
    const { conflicts } = plan([whole()[0] as CurrentTable, ...theirs], desired)
    expect(conflicts).toEqual([
      expect.stringMatching(/«\sTerritoire\s» de «\sActeurs\s».*mène déjà à «\sEPCI\s»/u),
    ])
  })

  it('cannot stand where a text column has its name', () => {
    const { conflicts } = plan(
      whole()
        .map(without('Acteurs', 'Interco'))
        .map((t) => (t.title === 'Acteurs' ? { ...t, columns: [...t.columns, column('Interco')] } : t)),
      desired,
    )
    expect(conflicts).toEqual([
      expect.stringMatching(
        /«\sInterco\s» de «\sActeurs\s» est de type SingleLineText\s; Portrea y attend un lien/u,
      ),
    ])
  })
})
