import { describe, expect, it } from 'vitest'
import type { LiveColumn, LiveTable, OwnTable, Place } from '../../../src/domain/adoption/live-base.ts'
import { columnMatcher } from '../../../src/domain/adoption/match-columns.ts'
import { proposer } from '../../../src/domain/adoption/propose.ts'
import { verdictOf } from '../../../src/domain/adoption/verdict.ts'
import { AdoptionRules, SHAPES } from '../../../src/domain/rules/adoption.ts'
import { profile } from './profiles.ts'

const propose = (...facts: Parameters<typeof proposer>) => proposer(...facts)()

const rules: AdoptionRules = AdoptionRules.parse({
  threshold: 0.8,
  doubtful: 0.4,
  margin: 0.1,
  apart: '(Portrea)',
  sample: { rows: 200, least: 4 },
  evidence: {
    ...{
      exact: 0.9,
      near: 0.8,
      alike: 0.85,
      shared: 0.5,
      link: 0.9,
      rival: 0.75,
      elsewhere: 0.5,
      secondary: 0.45,
      part: 0.95,
    },
    ...{ agree: 0.75, contradict: 0.25, contradicted: 0.5, telling: 0.6 },
  },
  shapes: Object.fromEntries(
    [...SHAPES, 'accepted'].map((shape) => [shape, { tells: shape === 'siret' ? 0.5 : 0.6, says: shape }]),
  ),
  aside: ['responsable'],
  forms: { marks: ['Horodateur'], respondent: ['Courriel'] },
  words: {},
  ignored: ['de'],
  tables: {},
  people: { tables: ['Contacts'], columns: ['Prénom'], named: 0.75, organisations: [] },
  parts: { houseNumber: ['numéro'], street: ['voie'], wayType: ['type de voie'], point: ['gps'] },
  epciText: { names: ['epci'], shapes: ['epci_name'] },
})

const column = (title: string, change: Partial<LiveColumn> = {}): LiveColumn => ({
  ...{ title, type: 'SingleLineText', made: null, profile: null, link: null },
  ...change,
})
const table = (title: string, columns: readonly LiveColumn[], made: string | null = null): LiveTable => ({
  ...{ title, made, columns },
})
const place = (key: string, names: readonly string[], change: Partial<Place> = {}): Place => ({
  ...{
    key,
    names,
    shapes: [],
    anything: false,
    named: false,
    linksTo: null,
    listOf: null,
    written: false,
    unique: false,
    naming: false,
  },
  accepts: (type) => type === 'SingleLineText',
  ...change,
})
const actors: OwnTable = {
  key: 'actors',
  names: ['Acteurs', 'Lieux'],
  needs: 4,
  people: false,
  read: new Set<string>(),
  places: [
    place('nom', ['Nom']),
    place('ville', ['Ville', 'Commune']),
    place('pivot', ['SIRET'], { shapes: ['siret'] }),
    place('epci', ['EPCI'], { linksTo: 'epcis' }),
    place('score', ['Complétude'], { written: true }),
  ],
}
const epcis: OwnTable = {
  key: 'epcis',
  names: ['EPCI'],
  needs: 2,
  people: false,
  read: new Set<string>(),
  places: [place('name', ['Nom EPCI']), place('actors', ['Acteurs'], { listOf: 'actors' })],
}
const syncs: OwnTable = {
  ...{ key: 'syncs', names: ['Synchronisations'], needs: 1, people: false, read: new Set<string>() },
  places: [place('at', ['Début'], { written: true })],
}

/** `table.column` → title, of all that is proposed. */
function titlesOf(base: readonly LiveTable[], own: readonly OwnTable[] = [actors, epcis]) {
  return Object.fromEntries(
    propose(base, own, rules).tables.flatMap(({ key, title, columns }) =>
      title === null
        ? []
        : [
            [key, title],
            ...columns.flatMap((one) => (one.title === null ? [] : [[`${key}.${one.key}`, one.title]])),
          ],
    ),
  ) as Record<string, string>
}

describe('the tables of a base', () => {
  it('are recognised by their name, and surer with their columns', () => {
    const named = propose([table('Lieux', [column('Photo')])], [actors], rules).tables[0]
    expect(named).toMatchObject({
      ...{ key: 'actors', title: 'Lieux', unused: ['Photo'], unfit: [] },
      evidence: [{ kind: 'name', name: 'Lieux', exact: true }],
    })
    // Half of what the name is worth, until half of what is needed stands beside it.
    expect(named?.score).toBeCloseTo(0.45, 9)
    const full = propose([table('Lieux', [column('Nom'), column('Ville')])], [actors], rules).tables[0]
    const [name, columns] = [0.9 * (0.5 + 1.8 / 4), 1.8 / 4]
    expect(full?.score).toBeCloseTo(1 - (1 - name) * (1 - columns), 2)
  })

  it('are recognised by their columns alone, and by a name that is near', () => {
    const columns = [column('Nom'), column('Ville')]
    const [unnamed] = propose([table('Feuille 1', columns)], [actors], rules).tables
    expect(unnamed).toMatchObject({ title: 'Feuille 1', evidence: [] })
    expect(unnamed?.score).toBeCloseTo(0.45, 2)
    const [near] = propose([table('Acteurs bretons', columns)], [actors], rules).tables
    expect(near?.evidence).toEqual([{ kind: 'name', name: 'Acteurs', exact: false }])
    expect(near?.score).toBeCloseTo(1 - (1 - ((0.8 * 2) / 3) * 0.95) * (1 - 0.45), 2)
    const many = [...columns, column('SIRET', { profile: profile({ siret: 1 }) })]
    const [sure] = propose([table('Feuille 1', many)], [{ ...actors, needs: 2 }], rules).tables
    expect(sure?.score).toBeGreaterThan(0.9)
    expect(sure?.score).toBeLessThan(1)
  })

  it('are nothing of ours under the doubtful score, and one each', () => {
    const one = propose([table('Feuille 1', [column('Nom')])], [actors], rules).tables[0]
    expect(one).toEqual({
      ...{ key: 'actors', title: null, score: 0, evidence: [], mapped: [], unused: [], unfit: [] },
      ...{ contested: false, rivals: [] },
      columns: actors.places.map(({ key }) => ({
        ...{ key, title: null, score: 0, evidence: [], contested: false, candidates: [] },
      })),
    })
    expect(titlesOf([table('Lieux', []), table('Acteurs', [column('Nom')]), table('EPCI', [])])).toEqual({
      actors: 'Acteurs',
      'actors.nom': 'Nom',
      epcis: 'EPCI',
    })
  })

  it('are what Portrea made them for, whatever their name, and nothing else', () => {
    const made = [table('Renommée', [column('Nom')], 'actors'), table('Acteurs', [column('Nom')])]
    const [proposal] = propose(made, [actors], rules).tables
    expect(proposal).toMatchObject({ title: 'Renommée', score: 1, evidence: [{ kind: 'made' }] })
    expect(titlesOf([table('Acteurs', [column('Nom')], 'epcis')], [actors])).toEqual({})
  })

  it('are never taken for one that the service alone fills, unless it made it', () => {
    expect(titlesOf([table('Synchronisations', [column('Début')])], [syncs])).toEqual({})
    expect(titlesOf([table('Synchro', [column('Début', { made: 'syncs.at' })], 'syncs')], [syncs])).toEqual({
      syncs: 'Synchro',
      'syncs.at': 'Début',
    })
  })
})

describe('the columns of a table', () => {
  const proposed = (...columns: readonly LiveColumn[]) =>
    propose([table('Lieux', columns)], [actors], rules).tables[0]!
  const of = (proposal: ReturnType<typeof proposed>, key: string) =>
    proposal.columns.find((one) => one.key === key)!

  it('are recognised by name, each for one place; the others are told', () => {
    const found = proposed(column('NOM'), column('Commune'), column('Photo'))
    expect(of(found, 'nom')).toEqual({
      ...{ key: 'nom', title: 'NOM', score: 0.9, contested: false },
      evidence: [{ kind: 'name', name: 'Nom', exact: true }],
      candidates: [{ title: 'NOM', score: 0.9, evidence: [{ kind: 'name', name: 'Nom', exact: true }] }],
    })
    expect(of(found, 'ville').title).toBe('Commune')
    expect(of(found, 'pivot')).toMatchObject({ title: null, candidates: [] })
    expect(found.unused).toEqual(['Photo'])
  })

  it('are recognised under a beginning that all share', () => {
    const found = proposed(column('properties.nom'), column('properties.ville'), column('id'))
    expect(of(found, 'nom')).toMatchObject({ title: 'properties.nom', score: 0.9 })
    expect(of(found, 'ville')).toMatchObject({ title: 'properties.ville', score: 0.9 })
  })

  it('are contested where another is about as good, the best first', () => {
    const siret = (title: string, share: number) => column(title, { profile: profile({ siret: share }) })
    const found = proposed(siret('Code A', 0.9), siret('Code B', 1))
    const pivot = of(found, 'pivot')
    expect(pivot).toMatchObject({ title: 'Code B', contested: true })
    expect(pivot.evidence.at(-1)).toEqual({ kind: 'rival', title: 'Code A' })
    expect(pivot.candidates.map(({ title }) => title)).toEqual(['Code B', 'Code A'])
    const sure = proposed(siret('SIRET', 1), siret('Code B', 1))
    expect(of(sure, 'pivot')).toMatchObject({ title: 'SIRET', contested: false })
  })

  it('are contested where another place wants them as much and goes without', () => {
    const own = { ...actors, places: [place('one', ['Nom']), place('two', ['Nom'])] }
    const [found] = propose([table('Lieux', [column('Nom')])], [own], rules).tables
    const given = found!.columns.filter(({ title }) => title !== null)
    expect(given).toMatchObject([{ title: 'Nom', contested: true }])
    expect(found!.columns.find(({ title }) => title === null)?.candidates).toHaveLength(1)
    const both = propose([table('Lieux', [column('Nom'), column('NOM')])], [own], rules).tables[0]!
    expect(both.columns.map(({ contested }) => contested)).toEqual([false, false])
  })

  it('of a type that cannot serve are told, where their name is known', () => {
    const found = proposed(column('Nom', { type: 'Checkbox' }), column('Photo', { type: 'Attachment' }))
    expect(of(found, 'nom').title).toBeNull()
    expect(found.unfit).toEqual([{ key: 'nom', title: 'Nom', type: 'Checkbox' }])
    expect(proposed(column('Nom de code', { type: 'Checkbox' })).unfit).toEqual([])
    expect(proposed(column('Complétude', { type: 'Checkbox' })).unfit).toEqual([])
    expect(proposed(column('EPCI', { type: 'Checkbox' })).unfit).toEqual([])
  })

  it('that the service writes are never theirs; those that it made stay its own', () => {
    expect(of(proposed(column('Complétude')), 'score').title).toBeNull()
    const made = propose(
      [
        table(
          'Lieux',
          [column('Score', { made: 'actors.score' }), column('Nom', { made: 'epcis.name' })],
          'actors',
        ),
      ],
      [actors],
      rules,
    ).tables[0]!
    expect(of(made, 'score')).toMatchObject({ title: 'Score', score: 1, evidence: [{ kind: 'made' }] })
    expect(of(made, 'nom').title).toBeNull()
    expect(made.unused).toEqual([])
    const elsewhere = proposed(column('Score', { made: 'actors.score' }))
    expect(of(elsewhere, 'score').title).toBeNull()
  })

  it('compare each name once, whoever asks', () => {
    const { name } = columnMatcher(rules)
    const names = ['Nom', 'Ville']
    expect(name('nom', names)).toEqual({ name: 'Nom', likeness: 1 })
    expect(name('ville', names)).toEqual({ name: 'Ville', likeness: 1 })
    expect(name('nom', ['Titre'])).toBeNull()
  })
})

describe('links between tables', () => {
  const link = (title: string, to: string, otherSide: string | null = null) =>
    column(title, { type: 'LinkToAnotherRecord', link: { table: to, otherSide } })
  const theirs = table('Territoires', [column('Nom EPCI'), column('Liste')])
  const found = (...links: readonly LiveColumn[]) =>
    propose([table('Lieux', [column('Nom'), ...links]), { ...theirs, title: 'EPCI' }], [actors, epcis], rules)
      .tables
  const epci = (tables: ReturnType<typeof found>) => tables[0]!.columns.find(({ key }) => key === 'epci')!

  it('are known by where they lead, whatever their name', () => {
    expect(epci(found(link('Rattachement', 'EPCI')))).toMatchObject({
      ...{ title: 'Rattachement', score: 0.9, contested: false },
      evidence: [{ kind: 'link', table: 'EPCI' }],
    })
    expect(epci(found(link('EPCI', 'Autre')))).toMatchObject({ title: null, candidates: [] })
  })

  it('are asked about where several lead there, the best named first', () => {
    const several = epci(found(link('Autre', 'EPCI'), link('EPCI', 'EPCI'), link('EPCI ancien', 'EPCI')))
    expect(several).toMatchObject({ title: 'EPCI', contested: true })
    expect(several.score).toBeCloseTo(0.8, 9)
    expect(several.evidence).toEqual([
      { kind: 'link', table: 'EPCI' },
      { kind: 'name', name: 'EPCI', exact: true },
    ])
    expect(several.candidates.map(({ title, score }) => [title, Math.round(score * 1000)])).toEqual([
      ['EPCI', 800],
      ['EPCI ancien', 533],
      ['Autre', 400],
    ])
    expect(several.candidates[1]?.evidence[1]).toEqual({ kind: 'name', name: 'EPCI', exact: false })
  })

  it('that Portrea made stay where they were made for', () => {
    const made = { ...link('Autre lien', 'EPCI'), made: 'actors.other' }
    expect(epci(found(made)).title).toBeNull()
  })

  it('bring their other side, on the table that they lead to', () => {
    const other = (tables: ReturnType<typeof found>) =>
      tables[1]!.columns.find(({ key }) => key === 'actors')!
    expect(other(found(link('Rattachement', 'EPCI', 'Liste')))).toMatchObject({
      ...{ title: 'Liste', score: 1, evidence: [{ kind: 'link', table: 'Lieux' }] },
    })
    expect(other(found(link('Rattachement', 'EPCI'))).title).toBeNull()
    expect(other(found()).title).toBeNull()
    const [, kept] = found(link('Rattachement', 'EPCI', 'Liste'))
    expect(kept?.unused).toEqual([])
  })
})

describe('the EPCI in plain text', () => {
  const found = (...columns: readonly LiveColumn[]) =>
    propose([table('Lieux', [column('Nom'), ...columns])], [actors], rules).epciText

  it('is a column that no place of ours wants, the best of them', () => {
    const names = { profile: profile({ epci_name: 1 }) }
    expect(found(column('Territoire'), column('EPCI', names))).toMatchObject({ title: 'EPCI' })
    expect(found(column('Territoire', names))).toMatchObject({
      ...{ title: 'Territoire', score: 0.6 },
      evidence: [{ kind: 'values', shape: 'epci_name', share: 1, verdict: 'confirms' }],
    })
    expect(found(column('EPCI'), column('Code', names))).toMatchObject({ title: 'EPCI', score: 0.9 })
  })

  it('is none where nothing says so, and no link or column of ours', () => {
    expect(found(column('Photo'))).toBeNull()
    expect(found(column('EPCI', { made: 'actors.other' }))).toBeNull()
    expect(found(column('EPCI', { link: { table: 'Autre', otherSide: null } }))).toBeNull()
    expect(propose([], [actors], rules).epciText).toBeNull()
    expect(propose([table('EPCI', [column('EPCI')])], [actors, epcis], rules).epciText).toBeNull()
  })
})

describe('verdictOf', () => {
  it.each([
    [{ title: 'Nom', score: 0.8 }, 'match'],
    [{ title: 'Nom', score: 0.79 }, 'ask'],
    [{ title: 'Nom', score: 1, contested: true }, 'ask'],
    [{ title: 'Nom', score: 0.4 }, 'ask'],
    [{ title: 'Nom', score: 0.39 }, 'none'],
    [{ title: null, score: 1 }, 'none'],
  ])('of %o is %s', (proposal, verdict) => {
    expect(verdictOf(proposal, rules)).toBe(verdict)
  })
})
