import { describe, expect, it } from 'vitest'
import { TONES } from '../../../src/columns/kinds.ts'
import { TABLE_KEYS } from '../../../src/columns/tables.ts'
import { readColumns } from '../../../src/config/columns-file.ts'
import { readViewWords } from '../../../src/config/views-file.ts'
import { desiredSchema, writtenTitles } from '../../../src/nocodb/provision/desired-schema.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'

const columns = readColumns(CONFIG)
const words = readViewWords(CONFIG)
const publicUrl = 'https://portrea.example.org/'
const desired = desiredSchema(columns, rules, { words, publicUrl })
const column = (table: string, title: string) =>
  desired.tables.find((one) => one.title === table)?.columns.find((one) => one.title === title)
const titles = (options: readonly { title: string }[] = []) => options.map(({ title }) => title)

describe('the schema that a base should have', () => {
  it('names each row by what a person recognises', () => {
    expect(desired.tables.map(({ title, columns: [first] }) => `${title}: ${first?.title}`)).toEqual([
      ...['Acteurs: Nom', 'EPCI: Nom', 'Diagnostics: Date', 'Journées: Intitulé', 'Référents: Nom'],
      ...[
        'Chargé·e·s: Nom',
        'Participants: Nom',
        'Invitations: Acteur',
        'Conditions de réussite: Condition',
        'Propositions: Fiche',
        'Historique: EPCI',
        'Synchronisations: Début',
      ],
    ])
  })

  it('offers the national values, which live in config/completeness.yaml', () => {
    expect(column('Acteurs', 'Frais à charge')?.uidt).toBe('MultiSelect')
    expect(titles(column('Acteurs', 'Frais à charge')?.options)).toEqual([
      'Gratuit',
      'Gratuit sous condition',
      'Payant',
    ])
    expect(titles(column('Acteurs', 'Itinérance')?.options)).toEqual(['Itinérant', 'Fixe'])
  })

  it('makes a field without a list of values plain text', () => {
    const bare = desiredSchema(columns, { ...rules, completeness: { fields: [] } })
    const services = bare.tables[0]?.columns.find(({ title }) => title === 'Services')
    expect(services).toMatchObject({ uidt: 'SingleLineText', options: [] })
  })

  it('has no option with a comma, by which NocoDB parts several values, and none twice', () => {
    for (const { options } of desired.tables.flatMap((table) => table.columns)) {
      expect(titles(options).filter((title) => title.includes(','))).toEqual([])
      expect(new Set(titles(options)).size).toBe(options.length)
    }
  })

  it('shows in the first grid of each table all but what is for those who look closer', () => {
    const hidden = desired.tables.flatMap((table) => {
      const links = desired.links.flatMap((link) => [
        ...(link.parent === table.title ? [link.title] : []),
        ...(link.child === table.title ? [link.childTitle] : []),
      ])
      const all = [...titles(table.columns), ...links]
      return all
        .filter((title) => !titles(table.grid).includes(title))
        .map((title) => `${table.title}: ${title}`)
    })
    expect(hidden.toSorted()).toEqual([
      'Acteurs: EPCI rattaché par Portrea',
      ...['Conditions de réussite: Code', 'EPCI: Charge chargé·e max (j)', 'EPCI: Charge chargé·e min (j)'],
      ...['EPCI: Charge référents max (j)', 'EPCI: Charge référents min (j)', 'EPCI: Gouvernance (score)'],
      ...[
        'EPCI: Orientations (score)',
        'EPCI: Outillage (score)',
        'EPCI: Règles',
        "EPCI: Réseau d'acteurs (score)",
      ],
      ...['Invitations: Avant l’accueil', 'Invitations: Numéro de fiche'],
      'Participants: Groupe proposé par Portrea',
      ...['Propositions: Champs (clés)', 'Propositions: Clé dans la source', 'Propositions: Code'],
      ...['Propositions: En cours', 'Propositions: Numéro de fiche', 'Propositions: Origine'],
    ])
  })

  it('asks people three things of a proposal, and calls for no other change of one', () => {
    const proposals = desired.tables.find(({ key }) => key === 'proposals')
    expect(proposals?.columns.map(({ title, uidt, role }) => `${title}: ${uidt}, ${role}`)).toEqual([
      ...['Fiche: SingleLineText, written', 'Champ: SingleLineText, written'],
      ...['Valeur actuelle: LongText, written', 'Valeur proposée: LongText, written'],
      ...['Décision: SingleSelect, human', 'Ouvrir la fiche: URL, written'],
      'C’est la fiche n°: SingleLineText, human',
      ...['Nature: SingleSelect, written', 'État: SingleSelect, written'],
      ...['Suite donnée: LongText, written', 'Pourquoi: LongText, written', 'Confiance (%): Number, written'],
      ...['Source: SingleLineText, written', 'EPCI: SingleLineText, written'],
      ...['Proposée le: DateTime, written', 'Appliquée le: DateTime, written', 'Remarque: LongText, human'],
      ...['SIREN: SingleLineText, written', 'Numéro de fiche: SingleLineText, written'],
      ...['Champs (clés): SingleLineText, written', 'Origine: SingleLineText, written'],
      ...['Clé dans la source: SingleLineText, written', 'Code: SingleLineText, written'],
      'En cours: LongText, written',
    ])
    const target = { url: 'https://portrea.example.org/webhooks/nocodb', secret: 'a secret' }
    const { webhooks } = desiredSchema(columns, rules, { target })
    expect(webhooks?.hooks.find(({ table }) => table === 'Propositions')).toMatchObject({
      operations: ['update'],
      columns: ['Décision', 'C’est la fiche n°', 'Remarque'],
    })
  })

  it('never makes a column narrower than its title', () => {
    for (const table of desired.tables) {
      for (const { title, width } of table.grid)
        expect(width).toBeGreaterThanOrEqual(Math.min(240, title.length * 6))
    }
  })

  it('carries the names of an existing base through tables, links and views', () => {
    const { actors } = columns
    const renamed = { ...actors.columns, epci: { title: 'Interco', description: '' } }
    const mapped = desiredSchema(
      { ...columns, actors: { ...actors, title: 'Lieux', columns: renamed } },
      rules,
      { words },
    )
    expect(mapped.tables[0]?.title).toBe('Lieux')
    expect(mapped.links[0]).toMatchObject({
      parent: 'EPCI',
      title: 'Acteurs',
      child: 'Lieux',
      childTitle: 'Interco',
    })
    expect(mapped.views[0]).toMatchObject({ table: 'Lieux', groups: ['Interco'] })
  })

  it('describes every column, links and button included', () => {
    const bare = TABLE_KEYS.flatMap((key) =>
      Object.values(columns[key].columns).filter(({ description }) => description === ''),
    )
    expect(bare).toEqual([])
    expect(desired.sheet?.description).not.toBe('')
  })

  it('gives one colour to one option, whatever column it stands in, and no colour outside the palette', () => {
    const colours = new Map<string, Set<string>>()
    for (const { options } of desired.tables.flatMap((table) => table.columns))
      for (const { title, color } of options) colours.set(title, (colours.get(title) ?? new Set()).add(color))
    expect([...colours].filter(([, seen]) => seen.size > 1)).toEqual([])
    const palette: readonly string[] = Object.values(TONES)
    expect(
      [...colours.values()].flatMap((seen) => [...seen]).filter((one) => !palette.includes(one)),
    ).toEqual([])
    expect(new Set(palette).size).toBe(palette.length)
  })

  it('opens the sheet of an EPCI at the public address of the service, its SIREN by the name that it has here', () => {
    expect(desired.sheet?.formula).toBe('CONCAT("https://portrea.example.org/epcis/",{SIREN})')
    expect(desiredSchema(columns, rules, { words }).sheet).toBeNull()
  })

  it('says which columns are the service’s own', () => {
    expect(writtenTitles(columns, 'actors').toSorted()).toEqual(
      [
        ...['Complétude (%)', 'À compléter', 'Anomalies', 'Doublons possibles', 'Fraîcheur'],
        'EPCI rattaché par Portrea',
      ].toSorted(),
    )
    const written = writtenTitles(columns, 'epcis')
    const theirs = desired.tables[1]?.columns.filter(({ title }) => !written.includes(title))
    expect(titles(theirs)).toEqual([
      ...['Nom', 'Référentiel retenu', 'Étape', 'Axes de travail', 'Acteurs attendus'],
      ...['Chargé·e de déploiement', 'Jours référents réels', 'Jours chargé·e réels', 'SIREN'],
      ...['Départements', 'Population', 'Fragilité (1–10)'],
    ])
    expect(writtenTitles(columns, 'diagnostics')).toEqual(['À vérifier'])
  })
})
