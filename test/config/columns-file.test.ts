import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { columnKeys, TABLE_KEYS } from '../../src/columns/tables.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import { PortreaError } from '../../src/errors.ts'
import { mappingFaults } from '../../src/config/mapping-check.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portrea-columns-'))
  cpSync(join(CONFIG, 'columns.yaml'), join(folder, 'columns.yaml'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Replaces the line of a key; gives the number of that line. */
function rewrite(key: RegExp, line: string): number {
  const path = join(folder, 'columns.yaml')
  const lines = readFileSync(path, 'utf8').split('\n')
  const index = lines.findIndex((one) => key.test(one))
  expect(index).toBeGreaterThan(0)
  lines.splice(index, 1, ...(line === '' ? [] : [line]))
  writeFileSync(path, lines.join('\n'))
  return index + 1
}

function faults(): readonly string[] {
  try {
    readColumns(folder)
  } catch (error) {
    if (error instanceof PortreaError && error.code === 'CONFIG_INVALID') return error.faults
    throw error
  }
  return []
}

describe('config/columns.yaml', () => {
  it('names every table and column, and describes each', () => {
    const columns = readColumns(CONFIG)
    for (const table of TABLE_KEYS) {
      expect(new Set(Object.keys(columns[table].columns))).toEqual(new Set<string>(columnKeys(table)))
      const described = Object.values(columns[table].columns).filter(({ description }) => description !== '')
      expect(described).toHaveLength(columnKeys(table).length)
    }
  })

  it('gives the 32 fields of the standard, in its order, the titles that callers rely on', () => {
    const { columns } = readColumns(CONFIG).actors
    expect(FIELDS.map((field) => columns[field].title).join(', ')).toBe(
      "Identifiant, SIRET ou RNA, Nom, Commune, Code postal, Code INSEE, Adresse, Complément d'adresse, Latitude, Longitude, Typologie, Téléphone, Courriels, Site web, " +
        'Horaires, Présentation (résumé), Présentation (détail), Source, Itinérance, Structure parente, Date de mise à jour, Services, Publics, Prise en charge spécifique, Frais à charge, Dispositifs nationaux, Formations et labels, ' +
        "Autres formations et labels, Modalités d'accès, Modalités d'accompagnement, Fiche Acceslibre, Prise de rendez-vous",
    )
  })

  it('may say nothing of the proposals: a file that people keep is older than their table', () => {
    const path = join(folder, 'columns.yaml')
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text
        .replace(/^proposals:\n[\s\S]*?(?=^history:)/mu, '')
        .replace(/^officers:\n[\s\S]*?(?=^participants:)/mu, ''),
    )
    expect(readFileSync(path, 'utf8')).not.toContain('proposals')
    const { proposals } = readColumns(folder)
    const { title, columns } = readColumns(folder).officers
    expect([title, ...Object.values(columns).map((one) => one.title)]).toEqual([
      ...['Chargé·e·s', 'Nom', 'Jours par mois', 'Courriel', 'Remarque'],
    ])
    const shipped = readColumns(CONFIG).proposals
    const titlesOf = ({ columns }: typeof proposals) =>
      Object.entries(columns).map(([key, { title }]) => [key, title])
    expect(proposals.title).toBe(shipped.title)
    expect(Object.fromEntries(titlesOf(proposals))).toEqual(Object.fromEntries(titlesOf(shipped)))
  })

  it('takes a title alone, for the names of an existing base', () => {
    rewrite(/^ {4}pivot:/, '    pivot: SIRET')
    expect(readColumns(folder).actors.columns.pivot).toEqual({ title: 'SIRET', description: '' })
  })

  it('tells a missing key, an unknown key and a bad title at once, each with its line and remedy', () => {
    const bad = rewrite(/^ {4}horaires:/, '    horaires: { title: 12 }')
    const unknown = rewrite(/^ {4}services:/, '    servces: { title: Services }')
    const found = faults()
    expect(found).toHaveLength(3)
    expect(found).toContainEqual(
      expect.stringMatching(`columns.yaml:${bad}: actors.columns.horaires.title.: .*chaîne de caractères`),
    )
    expect(found).toContainEqual(
      expect.stringMatching(`columns.yaml:${unknown}: .*servces.: clé inconnue.; retirez-la`),
    )
    expect(found).toContainEqual(
      expect.stringMatching(/columns.yaml:\d+: actors.columns.services.: .*absent.; ajoutez-le/),
    )
  })

  it('refuses two columns of one table, or two tables, with one title', () => {
    const column = rewrite(/^ {4}commune:/, '    commune: Nom')
    const table = rewrite(/^ {2}title: Journées/, '  title: EPCI')
    expect(faults()).toEqual([
      expect.stringMatching(/columns.yaml:\d+: days.: deux tables s’appellent «.EPCI.»/),
      expect.stringContaining(
        `columns.yaml:${column}: actors.columns.commune\u00a0: deux colonnes de la table «\u202fActeurs\u202f»`,
      ),
    ])
    expect(table).toBeGreaterThan(column)
  })
})

describe('a column that a base holds in its own way', () => {
  const mapped = (column: string, says: string) =>
    rewrite(new RegExp(`^ {4}${column}:`), `    ${column}: ${says}`)

  it('is read as it is said, and needs no title that no other has', () => {
    mapped('adresse', '{ title: Nom, from: { join: [N°, "Voie "] } }')
    mapped('step', '{ title: Avancement, words: { Fait: Validée } }')
    const { columns } = readColumns(folder).actors
    expect(columns.adresse.from).toEqual({ join: ['N°', 'Voie '] })
    expect(columns.step.words).toEqual({ Fait: 'Validée' })
  })

  it.each([
    ['nom', '{ title: Nom, from: [A] }', 'objet attendu'],
    ['nom', '{ title: Nom, from: { days: { Mo: L } } }', 'from.days'],
    ['nom', '{ title: Nom, from: { first: [] } }', 'from.first'],
    ['nom', '{ title: Nom, from: { first: [A], join: [B, C] } }', 'dites une seule façon'],
    ['nom', '{ title: Nom, from: {} }', 'dites une seule façon'],
    ['horaires', '{ title: Horaires, from: { days: { Lundi: L } } }', 'from.days.Lundi'],
    ['commune', '{ title: Commune, words: { Brest: 3 } }', 'words.Brest'],
    ['step', '{ title: Étape, from: { first: [A] } }', 'step.from'],
    ['completeness', '{ title: C, from: { first: [A] } }', 'completeness.from'],
  ])('is refused, saying where, for %s: %s', (column, says, where) => {
    const line = mapped(column, says)
    expect(faults()).toEqual(expect.arrayContaining([expect.stringContaining(`columns.yaml:${line}: `)]))
    expect(faults().join('\n')).toContain(where)
  })

  it.each([
    ['services', '{ title: Services, from: { each: { Démarches: Aide } } }', 'from.each « Démarches »'],
    ['typologie', '{ title: Typologie, from: { constant: France Services } }', 'from.constant'],
    ['step', '{ title: Étape, words: { Fait: Terminé } }', 'words « Fait »'],
  ])('is refused where it is read as what nothing expects: %s: %s', (column, says, where) => {
    mapped(column, says)
    const [fault] = mappingFaults(readColumns(folder), rules)
    expect(fault).toContain(
      `actors.columns.${column}.${where.replaceAll(' »', '\u202f»').replaceAll('« ', '«\u202f')}`,
    )
    expect(mappingFaults(readColumns(CONFIG), rules)).toEqual([])
  })
})

describe('other tables of actors', () => {
  const others = (yaml: string) =>
    writeFileSync(
      join(folder, 'columns.yaml'),
      `${readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')}\notherActors:\n${yaml}`,
    )

  it('are none where the file names none', () => {
    expect(readColumns(CONFIG).otherActors).toEqual([])
  })

  it('bear no title that the table of EPCI has already: the list of their records takes it there', () => {
    others('  - title: acteurs utiles\n    columns: { nom: Nom }\n')
    expect(faults()).toEqual([])
    others('  - title: alerte\n    columns: { nom: Nom }\n')
    expect(faults().join('\n')).toContain('epcis.columns.alert')
  })

  it('have the columns that they name, and share the names of what Portrea writes', () => {
    rewrite(/^ {4}freshness:/, '    freshness: Âge de la fiche')
    const text = readFileSync(join(folder, 'columns.yaml'), 'utf8')
    writeFileSync(
      join(folder, 'columns.yaml'),
      `${text}\notherActors:\n  - title: Associations\n    columns: { nom: Dénomination, commune: Ville, completeness: Rempli à }\n`,
    )
    const [table] = readColumns(folder).otherActors
    const names = Object.entries(table?.columns ?? {}).map(([key, name]) => [key, name?.title])
    expect(Object.fromEntries(names)).toEqual({
      ...{ nom: 'Dénomination', commune: 'Ville', completeness: 'Rempli à', epci: 'EPCI' },
      ...{ toComplete: 'À compléter', anomalies: 'Anomalies', possibleDuplicates: 'Doublons possibles' },
      ...{ freshness: 'Âge de la fiche', epciTrace: 'EPCI rattaché par Portrea' },
    })
  })

  it.each([
    ['  - title: Acteurs\n    columns: { nom: Nom }\n', /deux tables s.appellent «.Acteurs.»/u],
    [
      '  - title: Clubs\n    columns: { nom: Nom }\n  - title: Clubs\n    columns: { nom: Nom }\n',
      /deux tables s.appellent «.Clubs.»/u,
    ],
    ['  - title: Clubs\n    columns: { nom: Nom, commune: Nom }\n', /deux colonnes de la table «.Clubs.»/u],
    ['  - title: Clubs\n    columns: { nom: Anomalies }\n', /deux colonnes de la table «.Clubs.»/u],
    ['  - title: Clubs\n    columns: { commune: Ville }\n', /nom/u],
    ['  - title: Clubs\n    columns: { nom: Nom, couleur: Rouge }\n', /couleur/u],
    ['  - columns: { nom: Nom }\n', /title/u],
  ])('are refused where they cannot be told apart, or have no name: %j', (yaml, fault) => {
    others(yaml)
    expect(faults().join('\n')).toMatch(fault)
    expect(faults()[0]).toMatch(/columns\.yaml/u)
  })
})
