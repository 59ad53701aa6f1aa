import { describe, expect, it } from 'vitest'
import { readColumns } from '../../../src/config/columns-file.ts'
import { readViewWords } from '../../../src/config/views-file.ts'
import { desiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import {
  epciProposalsView,
  epciView,
  officerView,
  referentProposalsView,
} from '../../../src/nocodb/provision/desired-views.ts'
import type { DesiredView } from '../../../src/nocodb/provision/desired-views.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import { typeset } from '../../../src/domain/typography.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'

const columns = readColumns(CONFIG)
const words = readViewWords(CONFIG)
const desired = desiredSchema(columns, rules, {
  words,
  publicUrl: 'https://portrea.example.org',
  target: { url: 'https://portrea.example.org/webhooks/nocodb', secret: 'a secret' },
})
const views: readonly DesiredView[] = [
  ...desired.views,
  epciView(columns, words, "CC de l'Oust à Brocéliande"),
  officerView(columns, words, 'Alix Kerdémo'),
  epciProposalsView(columns, words, { name: 'Brest Métropole', siren: '242900314' })!,
  referentProposalsView(columns, words, { id: 7, name: 'Camille L.', sirens: ['242900314', '200043990'] })!,
]
const view = (title: string) => {
  const found = views.find((one) => one.title === title)
  if (found === undefined) throw new Error(`no view "${title}"`)
  return found
}
const form = (title: string) => {
  const found = view(title)
  if (found.kind !== 'form') throw new Error(`"${title}" is a ${found.kind}`)
  return found
}
const columnsOf = (title: string) => {
  const table = desired.tables.find((one) => one.title === title)
  const links = desired.links.flatMap((link) => [
    ...(link.parent === title ? [link.title] : []),
    ...(link.child === title ? [link.childTitle] : []),
  ])
  const buttons = [desired.sheet, ...(desired.webhooks?.buttons ?? [])].flatMap((one) =>
    one?.table === title ? [one.title] : [],
  )
  return new Set([...(table?.columns ?? []).map((one) => one.title), ...links, ...buttons])
}

/** What NocoDB 0.301.3 leaves to the columns of a grid at 1440 × 900, its sidebar open: measured, in pixels. */
const [FLAT, GROUPED] = [1034, 1020]

describe('the views', () => {
  it('name only columns that their table has', () => {
    for (const one of views) {
      const named = [
        ...one.sorts.map(({ title }) => title),
        ...one.rows.flat().map(({ title }) => title),
        ...('columns' in one
          ? one.columns.map((column) => (typeof column === 'string' ? column : column.title))
          : []),
        ...(one.kind === 'grid' ? one.groups : []),
        ...(one.kind === 'kanban' || one.kind === 'calendar' ? [one.by] : []),
        ...(one.kind === 'form' ? one.questions.map(({ title }) => title) : []),
      ]
      expect([one.title, named.filter((title) => !columnsOf(one.table).has(title))]).toEqual([one.title, []])
    }
  })

  it('have each a name of its own in its table, and say what they are for', () => {
    const names = views.map(({ table, title }) => `${table} ${title}`)
    expect(new Set(names).size).toBe(names.length)
    for (const { description } of views) expect(description).toMatch(/\.|»\)\.$/)
  })

  it('begin with the name of the row, which stays in place when people scroll', () => {
    for (const one of views)
      if (one.kind === 'grid') {
        const table = desired.tables.find(({ title }) => title === one.table)
        expect(one.columns[0]?.title).toBe(table?.columns[0]?.title)
      }
  })

  it.each([
    ['À compléter', ['Nom', 'À compléter', 'Complétude (%)']],
    ['À contacter', ['Nom', 'Téléphone', 'Courriels', 'Commune', 'Étape']],
    ['Anomalies', ['Nom', 'Anomalies', 'EPCI']],
    ['Doublons possibles', ['Nom', 'Doublons possibles', 'Pas un doublon de', 'EPCI']],
    ['Recommandations', ['Nom', 'Pourquoi', 'Confiance', 'Référentiel retenu']],
    ['Pré-remplissage à risque', ['Nom', 'Alerte', 'Prochaine journée', 'Fin prévue', 'Pré-remplissage (%)']],
    ['Diagnostics manquants', ['Nom', 'Prochaine journée', 'Chargé·e de déploiement', 'Référents']],
    ['Types de territoire', ['Nom', 'Population', 'Fragilité (1–10)', 'Couverture (%)']],
    ['Par EPCI', ['Condition', 'État', "D'après les données", 'Constat']],
    ["À compléter d'un geste", ['Fiche', 'Champ', 'Valeur proposée', 'Décision', 'Accepter']],
    ['Différences', ['Fiche', 'Champ', 'Valeur actuelle', 'Valeur proposée', 'Décision']],
    ['Nouvelles fiches', ['Fiche', 'Valeur proposée', 'Décision', 'C’est la fiche n°', 'Accepter']],
    [
      'Brest Métropole : propositions',
      ['Fiche', 'Champ', 'Valeur actuelle', 'Valeur proposée', 'Décision', 'Accepter'],
    ],
    [
      'Propositions pour Camille L.',
      ['Fiche', 'Champ', 'Valeur actuelle', 'Valeur proposée', 'Décision', 'Accepter'],
    ],
    ["CC de l'Oust à Brocéliande : à compléter", ['Nom', 'À compléter', 'Complétude (%)', 'Étape']],
    [
      'Suivi : Alix Kerdémo',
      ['Nom', 'Fiche territoire', 'Alerte', 'Prochaine journée', 'Pré-remplissage (%)'],
    ],
  ])('show on the first screen of « %s » what counts', (title, wanted) => {
    const one = views.find((other) => other.title.replaceAll('\u00a0', ' ') === title)
    if (one?.kind !== 'grid') throw new Error(`no grid "${title}"`)
    let left = one.groups.length > 0 ? GROUPED : FLAT
    const whole = one.columns.filter(({ width }) => (left -= width) >= 0).map((column) => column.title)
    expect(whole.slice(0, wanted.length)).toEqual(wanted)
  })

  it.each(['À compléter', "CC de l'Oust à Brocéliande : à compléter", 'Anomalies'])(
    'show in « %s » every field that they may ask for',
    (title) => {
      const one = views.find((other) => other.title.replaceAll('\u00a0', ' ') === title)
      if (one?.kind !== 'grid') throw new Error(`no grid "${title}"`)
      const shown = new Set(one.columns.map((column) => column.title))
      expect(FIELDS.filter((field) => !shown.has(columns.actors.columns[field].title))).toEqual([])
    },
  )

  it('bring together the proposals of all the EPCI of a référent, and are known by no name', () => {
    const one = view('Propositions pour Camille L.')
    expect(one.key).toBe('perReferentProposals 7')
    const waits = { title: 'État', operator: 'anyof', value: 'En attente' }
    expect(one.rows).toEqual(
      ['242900314', '200043990'].map((value) => [waits, { title: 'SIREN', operator: 'eq', value }]),
    )
    const { perReferentProposals: _, ...without } = words
    expect(referentProposalsView(columns, without, { id: 7, name: 'Camille L.', sirens: [] })).toBeNull()
  })

  it('keep what people wrote as they wrote it, whatever signs it holds', () => {
    const one = epciView(columns, words, `CC d'"Ici" : là, et ailleurs`)
    expect(one.title).toContain(`CC d'"Ici" : là, et ailleurs`)
    expect(one.rows).toEqual([[{ title: 'EPCI', operator: 'eq', value: `CC d'"Ici" : là, et ailleurs` }]])
  })

  it('bring only completions to where all is accepted by one gesture, and say how', () => {
    const one = view("À compléter d'un geste")
    expect(one.rows).toEqual([
      [
        { title: 'État', operator: 'anyof', value: 'En attente' },
        { title: 'Nature', operator: 'anyof', value: 'À compléter' },
      ],
    ])
    expect(one.description).toContain('collez')
  })

  it('show the proposals of one EPCI by its SIREN, whatever it is called', () => {
    expect(view(typeset('Brest Métropole : propositions')).rows).toEqual([
      [
        { title: 'État', operator: 'anyof', value: 'En attente' },
        { title: 'SIREN', operator: 'eq', value: '242900314' },
      ],
    ])
  })

  it('are not made where the words that a Hub keeps say nothing of them', () => {
    const { completions: _, ...others } = words.views
    const kept = { ...words, views: others, perEpciProposals: undefined }
    const titles = desiredSchema(columns, rules, { words: kept }).views.map(({ title }) => title)
    expect(titles).not.toContain("À compléter d'un geste")
    expect(titles).toContain('Différences')
    expect(epciProposalsView(columns, kept, { name: 'Brest', siren: '242900314' })).toBeNull()
  })

  it('let people move a card only where the column is theirs', () => {
    for (const one of views)
      if (one.kind === 'kanban') {
        const table = desired.tables.find(({ title }) => title === one.table)
        expect(table?.columns.find(({ title }) => title === one.by)?.role).toBe('human')
      }
  })
})

describe('the forms', () => {
  it('ask nothing that the service writes', () => {
    for (const title of ['Nouvel acteur', 'Diagnostic']) {
      const { table, questions } = form(title)
      const written = desired.tables
        .find((one) => one.title === table)
        ?.columns.filter(({ role }) => role === 'written')
        .map((column) => column.title)
      expect(questions.filter((question) => written?.includes(question.title))).toEqual([])
      expect(questions.length).toBeGreaterThan(0)
    }
  })

  it('help with every question', () => {
    for (const title of ['Nouvel acteur', 'Diagnostic'])
      for (const { help } of form(title).questions) expect(help).not.toBe('')
  })

  it('ask the ten answers of the diagnostic as questions, their choices one below the other', () => {
    const { questions } = form('Diagnostic')
    const asked = questions.slice(2, 12)
    for (const { question } of asked) expect(question).toMatch(/\?$/)
    expect(asked.filter(({ list }) => list)).toHaveLength(9)
    expect(questions.filter(({ required }) => required).map(({ title }) => title)).toEqual(['EPCI'])
  })

  it('take title and description of the column where they have no words of their own', () => {
    const postal = form('Nouvel acteur').questions.find(({ title }) => title === 'Code postal')
    expect(postal).toMatchObject({
      question: 'Code postal',
      help: typeset(columns.actors.columns.code_postal.description),
    })
  })
})
