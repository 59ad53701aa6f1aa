import { describe, expect, it } from 'vitest'
import type { CurrentColumn, CurrentTable } from '../../../src/nocodb/meta-model.ts'
import type { DesiredColumn, DesiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { schemaFingerprint } from '../../../src/nocodb/provision/manifest.ts'
import type { Manifest } from '../../../src/nocodb/provision/manifest.ts'
import { obstacles } from '../../../src/nocodb/provision/obstacles.ts'
import type { Step } from '../../../src/nocodb/provision/plan.ts'
import type { Source } from '../../../src/nocodb/provision/sources.ts'
import { plain } from '../../helpers/plain.ts'

const column = (title: string, key: boolean | null, uidt = 'SingleLineText'): CurrentColumn => ({
  ...{ id: title, title, name: title, uidt, description: '', key, stage: null },
  ...{ system: false, namesRows: false, made: 'null' },
  ...{ options: [], hook: null, formula: null, relation: null },
})
const table = (title: string, source: string | null, ...columns: CurrentColumn[]): CurrentTable => ({
  ...{ id: title, title, name: title, meta: {}, stage: null, views: [], source },
  columns: columns.length > 0 ? columns : [column('Id', true, 'ID'), column('Nom', false)],
})
const wants = (title: string, role: DesiredColumn['role']): DesiredColumn => ({
  ...{ title, description: '', uidt: 'SingleLineText', meta: {}, options: [], role, standard: false },
})
const wanted = (key: 'actors' | 'epcis', title: string, columns: DesiredColumn[]) => ({
  ...{
    key,
    title,
    description: '',
    columns,
    keys: new Map<string, string>(),
    sources: new Map<string, string>(),
    grid: [],
    sort: null,
  },
})
const link = {
  ...{ parent: 'EPCI', title: 'Lieux', description: '' },
  ...{ child: 'Acteurs', childTitle: 'Interco', childDescription: '' },
}
const actors = wanted('actors', 'Acteurs', [wants('Nom', 'human'), wants('Note', 'written')])
const epcis = wanted('epcis', 'EPCI', [wants('Nom', 'human')])
const desired: DesiredSchema = {
  ...{ tables: [epcis, actors], links: [link], views: [], webhooks: null, sheet: null, families: null },
}
const linking: Step = { kind: 'add-link', link, summary: 'Relier' }
const adding: Step = {
  kind: 'add-column',
  table: 'Acteurs',
  column: wants('Note', 'written'),
  summary: 'Ajouter',
}
const making: Step = { kind: 'create-table', table: epcis, summary: 'Créer la table « EPCI »' }
const source = (id: string, name: string | null, locks: Partial<Source['readOnly']> = {}): Source => ({
  ...{ id, name, readOnly: { schema: false, data: false, ...locks } },
})
const sources = [source('own', null), source('other', 'externe')]

const told = (current: CurrentTable[], steps: Step[], from: readonly Source[] = sources) =>
  obstacles(current, desired, steps, { sources: from, manifest: null }).map(plain)

describe('what NocoDB would refuse halfway', () => {
  it('is a link between two sources, to a table that stands or is to be made, with both named', () => {
    const sentence = expect.stringMatching(
      /« Acteurs » est dans la source « externe ».*« EPCI » n'y est pas.*config\/columns.yaml/u,
    )
    expect(told([table('Acteurs', 'other')], [making, linking])).toEqual([sentence])
    expect(told([table('Acteurs', 'other'), table('EPCI', 'own')], [linking])).toEqual([sentence])
  })

  it('is not a link inside one source, one that stands, or what the server does not tell', () => {
    expect(told([table('Acteurs', 'other'), table('EPCI', 'other')], [linking])).toEqual([])
    expect(told([table('Acteurs', 'other'), table('EPCI', 'own')], [adding])).toEqual([])
    expect(told([table('Acteurs', 'own')], [making, linking])).toEqual([])
    expect(told([table('Acteurs', null)], [making, linking])).toEqual([])
    expect(told([table('Acteurs', 'other')], [making, linking], [])).toEqual([])
  })

  it('is a column, a link or a table where the structure is locked; a view is not', () => {
    const locked = [source('own', null, { schema: true })]
    const arranging: Step = { kind: 'arrange-table', table: actors, summary: 'Ranger' }
    expect(told([table('Acteurs', 'own')], [adding, linking], locked)).toEqual([
      expect.stringMatching(/^La structure de la base elle-même est en lecture seule, et 2 étapes/u),
    ])
    expect(told([], [making], locked)).toEqual([expect.stringContaining('Créer la table « EPCI »')])
    expect(told([table('Acteurs', 'own')], [arranging], locked)).toEqual([])
    expect(told([table('Acteurs', 'own')], [adding], [source('own', null), locked[0]!])).toHaveLength(1)
  })

  it('is a table that the service writes where rows are locked, not one that it reads', () => {
    const locked = [source('own', 'Base', { data: true })]
    expect(told([table('Acteurs', 'own')], [], locked)).toEqual([
      expect.stringMatching(/lignes de la source « Base ».*rien écrire dans « Acteurs »/u),
    ])
    expect(told([table('EPCI', 'own')], [], locked)).toEqual([])
    const makingActors: Step = { kind: 'create-table', table: actors, summary: '' }
    expect(told([], [makingActors], locked)).toHaveLength(1)
  })

  it.each([
    ['a text', [column('Code', true)], /« Code », est de type SingleLineText.*Recopiez-la/u],
    ['none', [column('Nom', false)], /n'a pas de clé primaire/u],
    [
      'several',
      [column('Id', true, 'ID'), column('Lieu', true, 'ID')],
      /plusieurs colonnes \(« Id » et « Lieu »\)/u,
    ],
    [
      'a text, beside a number « Id »',
      [column('Id', false, 'Number'), column('Code', true)],
      /« Code », est/u,
    ],
  ])('is a table whose key is %s', (_, columns, sentence) => {
    expect(told([table('EPCI', 'own', ...columns)], [])).toEqual([expect.stringMatching(sentence)])
  })

  it.each(['ID', 'Number', 'AutoNumber'])('is never a key of numbers (%s), whatever its title', (uidt) => {
    const titles = ['id', 'Identifiant', 'N° fiche', 'gid']
    for (const title of titles)
      expect(told([table('EPCI', 'own', column('Id', false), column(title, true, uidt))], [])).toEqual([])
  })

  it('is never a table that Portrea does not use, nor a key that the server does not tell', () => {
    expect(told([table('Autre', 'other', column('id', true))], [linking])).toEqual([])
    expect(told([table('EPCI', 'own', column('id', null))], [])).toEqual([])
  })
})

describe('a choice that was there, and is to be added again', () => {
  const choices = (...titles: string[]) => titles.map((title) => ({ title, color: '#fff' }))
  const select = (...titles: string[]): CurrentColumn => ({
    ...column('Objectif', false),
    ...{ uidt: 'SingleSelect', options: choices(...titles) },
  })
  const schema: DesiredSchema = {
    ...desired,
    tables: [
      wanted('epcis', 'EPCI', [
        { ...wants('Objectif', 'human'), uidt: 'SingleSelect', options: choices('Aucun', 'Réseau') },
      ]),
    ],
  }
  const step = (...titles: string[]): Step => ({
    ...{ kind: 'add-options', table: 'EPCI', column: 'Objectif', options: choices(...titles), summary: '' },
  })
  const manifest: Manifest = {
    ...{ format: 1, portrea: '1', schema: schemaFingerprint(schema), tables: {}, columns: {}, views: {} },
    ...{ taken: {}, options: {}, words: {}, rows: {} },
  }
  const made = { ...manifest, columns: { Objectif: 'epcis.aim' } }
  const refused = (kept: Manifest | null, there: CurrentColumn, ...lacking: string[]) =>
    obstacles([table('EPCI', 'own', column('Id', true, 'ID'), there)], schema, [step(...lacking)], {
      ...{ sources, manifest: kept },
    }).map(plain)

  it.each([
    ['in a column that Portrea made', made],
    ['in a select of people’s, that it had completed', { ...manifest, options: { Objectif: ['Aucun'] } }],
  ])('is refused beside one that came since: it may be the same, renamed (%s)', (_, kept) => {
    expect(refused(kept, select('Pas encore', 'Réseau'), 'Aucun')).toEqual([
      expect.stringMatching(
        /n'a plus le choix « Aucun », et en a un autre : « Pas encore »\. .*l'ancien nom/u,
      ),
    ])
  })

  it.each([
    ['nothing came in its place', made, select('Réseau'), 'Aucun'],
    ['it never was there: a select of people’s keeps its own', manifest, select('À eux'), 'Aucun'],
    [
      'another version of Portrea completed the base',
      { ...made, schema: '' },
      select('À eux', 'Réseau'),
      'Aucun',
    ],
    ['nothing tells what was made', null, select('À eux'), 'Aucun'],
  ] as const)('is added where %s', (_, kept, there, lacking) => {
    expect(refused(kept, there, lacking)).toEqual([])
  })
})
