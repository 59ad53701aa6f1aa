import { PassThrough } from 'node:stream'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findOtherActors } from '../../src/commands/adopt-other-actors.ts'
import { asking } from '../../src/commands/adopt-ask.ts'
import type { RowsOf } from '../../src/commands/adopt-ask.ts'
import { namesIn } from '../../src/commands/shown-title.ts'
import { parseColumns } from '../../src/config/columns-file.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { withActorsRenamed, withOtherActors } from '../../src/config/other-actors-document.ts'
import type { LiveTable } from '../../src/domain/adoption/live-base.ts'
import { ownTables, vocabularyOf } from '../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { plain } from '../helpers/plain.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { ASSOCIATIONS, columnsWith } from '../helpers/two-tables.ts'
import { LIEUX } from './bases.ts'
import { adoption, liveTable, names } from './proposed.ts'
import type { UnlikeBase } from './unlike/describe.ts'
import { UNLIKE } from './unlike/index.ts'
import { liveTables } from './unlike/measured.ts'

const own = ownTables(names, desiredSchema(names, rules), adoption)
const vocabulary = vocabularyOf(rules.completeness.fields, adoption.meanings)
const SHIPPED = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')
const of = (value: (one: (typeof LIEUX)[number]) => unknown) => LIEUX.map(value)

const lieux = liveTable('Lieux', {
  nom: of((one) => one.name),
  siret: of((one) => one.siret),
  telephone: of((one) => one.frenchPhone),
  commune: of((one) => one.commune),
  'code postal': of((one) => one.postal),
  horaires: of((one) => one.hours),
})
const associations = liveTable('Associations', {
  Nom: of((one) => `Association ${one.name}`),
  Commune: of((one) => one.commune),
  'Code postal': of((one) => one.postal),
  Adresse: of((one) => one.street),
  Téléphone: of((one) => one.frenchPhone),
  EPCI: of(() => 'Brest Métropole'),
  Notes: of(() => 'à revoir'),
})
const staff = liveTable('Équipe', {
  Nom: ['Ada Lovelace', 'Grace Hopper', 'Rosa Parks', 'Alan Turing'],
  Prénom: ['Ada', 'Grace', 'Rosa', 'Alan'],
  Mail: ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'],
})
const budget = liveTable('Budget', { Poste: ['Loyer', 'Café'], Montant: ['120', '30'] })

function found(
  live: readonly LiveTable[],
  columns: Columns = names,
  first: string | null = 'Lieux',
  rowsOf: RowsOf = async () => [],
) {
  const own = ownTables(columns, desiredSchema(columns, rules), adoption)
  const agreed = new Map([['epcis', 'Intercommunalités']])
  if (first !== null) agreed.set('actors', first).set('actors.nom', 'nom').set('actors.commune', 'commune')
  return findOtherActors({ columns, live, own, rules: adoption, agreed, vocabulary, epciText: null, rowsOf })
}

/** What is asked, and what comes of these answers. */
async function answered(
  live: readonly LiveTable[],
  others: ReturnType<typeof found>,
  ...lines: readonly string[]
) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let shown = ''
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  input.end(lines.map((line) => `${line}\n`).join(''))
  const asked = {
    rules: adoption,
    own,
    live,
    nameOf: namesIn(names),
    samples: async () => [],
    sure: true,
    settled: new Map(),
    refused: [],
    rowsOf: async () => [],
    together: new Map(),
  }
  const added = await asking({ input, output }, (ask) => others.ask(ask, asked))
  return { added, shown: plain(shown) }
}

describe('a second list of places, in adopt', () => {
  it('is proposed as another table of actors, and nothing else is', async () => {
    const { found: tables, lines } = found([lieux, associations, staff, budget])
    expect(tables.map(({ title }) => title)).toEqual(['Associations'])
    expect(plain((await lines()).join())).toContain("« Associations » semble être une autre table d'acteurs")
  })

  it('is asked about, with the columns that are recognised; ours keep apart from theirs of the same name', async () => {
    const { added, shown } = await answered([lieux, associations], found([lieux, associations]), 'o', '', 'o')
    expect(shown).toContain("« Associations » est-elle une autre table d'acteurs")
    expect(shown).toContain('(5 colonnes reconnues : « Nom » (Nom)')
    expect(added).toMatchObject([
      { title: 'Associations', columns: { nom: 'Nom', commune: 'Commune', code_postal: 'Code postal' } },
    ])
    expect(added[0]?.columns['epci']).toMatch(/^EPCI ./u)
    const { otherActors } = parseColumns(withOtherActors(SHIPPED, added))
    expect(otherActors[0]?.columns).toMatchObject({
      nom: { title: 'Nom' },
      anomalies: { title: 'Anomalies' },
    })
    expect(Object.keys(otherActors[0]?.columns ?? {})).not.toContain('horaires')
  })

  it('is told from an older list of the same places, by the rows that both have', async () => {
    const old: RowsOf = async (table, { nom, town }) => {
      expect([nom, town]).toEqual(table === 'Lieux' ? ['nom', 'commune'] : ['Nom', 'Commune'])
      const kept = LIEUX.slice(0, 4).map((one) => ({ pivot: null, nom: one.name, town: one.commune }))
      return table === 'Lieux' ? kept : [...kept.slice(1), { pivot: null, nom: 'Le Phare', town: 'Brest' }]
    }
    const others = found([lieux, associations], names, 'Lieux', old)
    const { shown, added } = await answered([lieux, associations], others, 'n')
    expect(shown).toContain('3 fiches sur 4 sont aussi dans « Lieux » (même SIRET, ou mêmes nom et commune)')
    expect(added).toEqual([])
    expect(plain((await others.lines()).join())).toContain('3 fiches sur 4 sont aussi dans « Lieux »')
  })

  it('is not asked about where there is no first one', () => {
    expect(found([lieux, associations], names, null).found).toEqual([])
  })

  it('is left as it is where the answer is no, and is not asked about again once it is named', async () => {
    expect((await answered([lieux, associations], found([lieux, associations]), 'n')).added).toEqual([])
    expect(found([lieux, associations], columnsWith(ASSOCIATIONS)).found).toEqual([])
  })
})

describe('bases unlike ours', () => {
  const others = ({ tables }: UnlikeBase, live: readonly LiveTable[]) => {
    const own = ownTables(names, desiredSchema(names, rules), adoption)
    const places = tables.flatMap(({ ours, title }) => (ours === null ? [] : [[ours, title] as const]))
    const agreed = new Map(places.toReversed()) // of two lists of actors the first
    return findOtherActors({
      ...{
        columns: names,
        live,
        own,
        rules: adoption,
        agreed,
        vocabulary,
        epciText: null,
        rowsOf: async () => [],
      },
    })
  }

  it('with two lists of actors have the second one asked about, by what its columns are for', async () => {
    const base = UNLIKE['twoLists']!
    const { added, shown } = await answered(liveTables(base), others(base, liveTables(base)), 'o', '')
    expect(shown).toContain("« Nom de l'association » → Nom (72/100")
    expect(shown).toContain('« Siège social » → Adresse (44/100')
    expect(added).toMatchObject([
      {
        title: 'Associations',
        columns: { nom: "Nom de l'association", commune: 'Commune', code_postal: 'CP', telephone: 'Tél.' },
      },
    ])
  })

  it.each(['normalised', 'franceServices', 'communes', 'peopleBeside'])(
    'have no list of people, of communes, of kinds or of carriers asked about: %s',
    (name) => {
      const base = UNLIKE[name]!
      expect(others(base, liveTables(base)).found.map(({ title }) => title)).toEqual([])
    },
  )
})

describe('config/columns.yaml with other tables of actors', () => {
  it('keeps every line as it was, and ends with them', () => {
    const text = withOtherActors(SHIPPED, [{ title: 'Clubs', columns: { nom: 'Nom', commune: 'Ville' } }])
    expect(text.startsWith(SHIPPED)).toBe(true)
    expect(text.slice(SHIPPED.length).trim()).toBe(
      'otherActors:\n  - title: Clubs\n    columns: { nom: Nom, commune: Ville }',
    )
    const more = withOtherActors(text, [{ title: 'Mairies', columns: { nom: 'Nom' } }])
    expect(parseColumns(more).otherActors.map(({ title }) => title)).toEqual(['Clubs', 'Mairies'])
    expect(withOtherActors(text, [])).toBe(text)
  })

  it('follows what people renamed: a table, a column, and one that was not named', () => {
    const text = `${SHIPPED}\notherActors:\n  - title: Clubs # de Brest\n    columns:\n      nom: Nom\n      commune: { title: Ville }\n`
    const [clubs] = parseColumns(
      withActorsRenamed(text, [
        { table: 'Clubs', column: null, now: 'Clubs et cercles' },
        { table: 'Clubs', column: 'nom', now: 'Dénomination' },
        { table: 'Clubs', column: 'commune', now: 'Commune' },
        { table: 'Clubs', column: 'anomalies', now: 'À corriger' },
        { table: 'Mairies', column: null, now: 'Hôtels de ville' },
      ]),
    ).otherActors
    expect(clubs).toMatchObject({
      title: 'Clubs et cercles',
      columns: {
        ...{ nom: { title: 'Dénomination' }, commune: { title: 'Commune' } },
        anomalies: { title: 'À corriger' },
      },
    })
    expect(withActorsRenamed(SHIPPED, [{ table: 'Clubs', column: null, now: 'Autre' }])).toBe(SHIPPED)
  })
})
