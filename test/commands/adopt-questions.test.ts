import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askAll } from '../../src/commands/adopt-questions.ts'
import { agreedTo, asking } from '../../src/commands/adopt-ask.ts'
import { chooseOne } from '../../src/commands/adopt-choice.ts'
import type { Samples } from '../../src/commands/adopt-choice.ts'
import { leftColumnLines, proposalLines } from '../../src/commands/adopt-text.ts'
import { namesIn, shownTitle } from '../../src/commands/shown-title.ts'
import { adoptedNames, withTitles } from '../../src/config/columns-document.ts'
import { withKept } from '../../src/domain/adoption/live-base.ts'
import type { LiveTable } from '../../src/domain/adoption/live-base.ts'
import { verdictOf } from '../../src/domain/adoption/verdict.ts'
import { ownTables } from '../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { liveTable, names, proposed, adoption } from '../adopt/proposed.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { LIEUX } from '../adopt/bases.ts'

/** The questions answered with these lines, one after the other; what was shown with what came out. */
async function answering<Result>(lines: readonly string[], use: Parameters<typeof asking<Result>>[1]) {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  input.end(lines.map((line) => `${line}\n`).join(''))
  const result = await asking({ input, output }, use)
  return { result, shown: shown.replaceAll(/[\u00a0\u202f]/gu, ' ') }
}

const of = (value: (one: (typeof LIEUX)[number]) => unknown) => LIEUX.map(value)
const base = [
  liveTable('Lieux', {
    nom: of((one) => one.name),
    siret: of((one) => one.siret),
    'Tél. 1': of((one) => one.frenchPhone),
    'Tél. 2': of((one) => one.frenchPhone),
    Identité: of((one) => one.email),
    'code postal': of((one) => one.postal),
    commune: of((one) => one.commune),
    adresse: of((one) => one.street),
    horaires: of((one) => one.hours),
  }),
]
const proposal = proposed(base)
const nameOf = namesIn(names)
const asked = (live: readonly LiveTable[], samples: Samples = async () => []) => ({
  ...{ rules: adoption, live, nameOf, samples, own: ownTables(names, desiredSchema(names, rules), adoption) },
  ...{ settled: new Map(), together: new Map(), refused: [], rowsOf: async () => [] },
})

describe('the questions of adopt', () => {
  it('asks about what is doubtful alone, with every column that could do, and takes the one chosen', async () => {
    const { result, shown } = await answering(['o', '', 'n', '2', '0', ''], (ask) =>
      askAll(ask, proposal, asked(base), (tables) => proposed(base, tables)),
    )
    expect(Object.fromEntries(result)).toMatchObject({
      ...{ actors: 'Lieux', 'actors.nom': 'nom', 'actors.pivot': 'siret', 'actors.telephone': 'Tél. 2' },
    })
    expect(result.has('actors.courriels')).toBe(false)
    expect(shown).toMatch(/1\. « Tél\. 1 ».*\n.*2\. « Tél\. 2 »/u)
    expect(shown).not.toContain('actors.nom')
    for (const value of [LIEUX[0]!.email, LIEUX[0]!.frenchPhone, LIEUX[0]!.name])
      expect(shown).not.toContain(value)
  })

  it('goes through each line where what is sure is not', async () => {
    const { result, shown } = await answering(
      ['n', '1', 'n', '0', '0', '0', '1', '0', '0', '0', '0', ''],
      (ask) => askAll(ask, proposal, asked(base), (tables) => proposed(base, tables)),
    )
    expect(shown).toContain('Quelle table est celle des « Acteurs » ?')
    expect(shown).toMatch(
      /quelle colonne est « Téléphone » \? \(« 1\+2 »[^\n]*\n {2}1\. « Tél\. 1 » \(\d+\/100 ; /u,
    )
    expect([...result.keys()].filter((key) => key.includes('.'))).toHaveLength(1)
  })

  it('asks again until the answer is one', async () => {
    const { result, shown } = await answering(['peut-être', '', 'non'], (ask) => agreedTo(ask, 'Écrire ?'))
    expect(result).toBe(false)
    expect(shown.match(/Écrire/gu)).toHaveLength(3)
  })

  it('writes nothing, and says so, where the answers end before the questions', async () => {
    await expect(
      answering(['o'], (ask) => askAll(ask, proposal, asked(base), (tables) => proposed(base, tables))),
    ).rejects.toMatchObject({
      code: 'USAGE',
    })
  })
})

describe('the questions about tables', () => {
  const staff = {
    Nom: ['Ada Lovelace', 'Grace Hopper', 'Rosa Parks', 'Alan Turing'],
    Organisme: ['Mairie', 'Mairie', 'CCAS', 'Mairie'],
    Mail: ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'],
    Téléphone: ['02 99 00 00 01', '02 99 00 00 02', '02 99 00 00 03', '02 99 00 00 04'],
  }
  const places = Object.fromEntries(
    base[0]!.columns.map(({ title }) => [
      title,
      LIEUX.map((one) => (title === 'siret' ? one.siret : one.name)),
    ]),
  )
  const two = [liveTable('Lieux 2024', places), liveTable('Lieux 2025', places), liveTable('Équipe', staff)]
  const answered = (lines: readonly string[]) =>
    answering([...lines, ...Array.from({ length: 40 }, () => '0'), ''], (ask) =>
      askAll(ask, proposed(two), asked(two), (tables) => proposed(two, tables)),
    )

  it('name the others that would do where the first is refused, and say why people are asked about', async () => {
    const { result, shown } = await answered(['o', '2', '0'])
    expect([result.get('actors'), result.has('referents')]).toEqual(['Lieux 2025', false])
    expect(shown).toMatch(
      /table est celle des « Acteurs » \?\n {2}1\. « Lieux 2024 » \(.*« Lieux 2025 » conviendrait aussi.*\)\n {2}2\. « Lieux 2025 »/u,
    )
    expect(shown).toMatch(/table est celle des « Référents » \?\n {2}1\. « Équipe » \(.*personnes.*\)/u)
    const { result: agreed } = await answered(['o', '1', '1'])
    expect([agreed.get('actors'), agreed.get('referents')]).toEqual(['Lieux 2024', 'Équipe'])
  })
})

describe('a way out of every question', () => {
  const samples: Samples = async (table, column) => [`${column ?? table} A`, `${column ?? table} B`]
  const strange = [
    liveTable('Fiches ', {
      'Raison sociale': of((one) => one.name),
      'Tél. 1': of((one) => one.frenchPhone),
      'Tél. 2': of((one) => one.frenchPhone),
      'Info\nlibre ': of(() => 'x'),
      siret: of((one) => one.siret),
      commune: of((one) => one.commune),
      'code postal': of((one) => one.postal),
      horaires: of((one) => one.hours),
    }),
    liveTable('Journal', { quoi: ['a', 'b', 'c', 'd'] }),
  ]
  const play = (lines: readonly string[]) =>
    answering([...lines, ...Array.from({ length: 40 }, () => '0'), ''], (ask) =>
      askAll(ask, proposed(strange), asked(strange, samples), (tables) => proposed(strange, tables)),
    )

  it('offers another table and another column, with what is left and a few values, by their names', async () => {
    const { shown } = await play(['n', 'a', '0'])
    expect(shown).toMatch(
      /1\. « Fiches␣ » \(\d+\/100\) : Fiches A · Fiches B\n {2}a\. une autre table : « Journal »/u,
    )
    expect(shown).toMatch(/Laquelle \?\n {2}1\. « Journal » : Journal A · Journal B/u)
    const { result, shown: columns } = await play(['n', '1', 'a', '1'])
    expect(columns).toMatch(/a\. une autre colonne : .*« Info⏎libre␣ »/u)
    expect([...result].every(([, title]) => !/[⏎␣]/u.test(title))).toBe(true)
    for (const key of ['actors', 'epcis', 'telephone', 'pivot', 'courriels'])
      expect(columns).not.toMatch(new RegExp(`« (?:actors\\.)?${key} »`, 'u'))
  })

  it('lets a person say which table is that of the actors where none was recognised', async () => {
    const none = [liveTable('Quoi', { a: ['1', '2', '3', '4'] })]
    const { result } = await answering(['o', 'a', '1', ''], (ask) =>
      askAll(ask, proposed(none), asked(none), (tables) => proposed(none, tables)),
    )
    expect(result.get('actors')).toBe('Quoi')
  })

  it('tells of what is left aside whether the name or the values make it doubtful, or that several would do', () => {
    const told = proposed(strange)
    const left = told.tables.flatMap(({ key: table, columns }) =>
      columns.filter((column) => verdictOf(column, adoption) === 'ask').map((column) => ({ table, column })),
    )
    const lines = leftColumnLines(left, adoption, nameOf)
      .join('\n')
      .replaceAll(/[\u00a0\u202f]/gu, ' ')
    expect(lines).toMatch(/« Tél\. \d » → Téléphone \(\d+\/100\) : « Tél\. \d » conviendrait aussi/u)
    for (const line of lines.split('\n')) expect(line).toMatch(/convien|proche|valeurs/u)
    const all = proposalLines(told, adoption, nameOf).join('\n')
    expect(all).toMatch(/^✓ sûr \(80\/100/u)
    expect(all).not.toMatch(/→ (?:actors|epcis|pivot|nom|telephone)\b/u)
  })

  it.each([
    ['Nom ', 'Nom␣'],
    [' Nom', '␣Nom'],
    ['Horaires\n(été)', 'Horaires⏎(été)'],
    ['Nom', 'Nom'],
  ])('shows %j as « %s »', (title, shown) => {
    expect(shownTitle(title)).toBe(shown)
  })
})

describe('a choice', () => {
  const question = {
    ...{ question: 'Laquelle ?', another: 'une autre colonne', none: 'aucune', samplesOf: async () => [] },
    choices: [{ title: 'Nom', why: '' }],
    others: ['a', 'b'],
  }

  it('may be a column that is called « a »', async () => {
    expect((await answering(['a', '1'], (ask) => chooseOne(ask, question))).result).toBe('a')
    expect((await answering(['a', '0'], (ask) => chooseOne(ask, question))).result).toBeNull()
  })

  it('is asked for again where the answer is none of the list, which is said', async () => {
    const { result, shown } = await answering(['q', '7', '1'], (ask) => chooseOne(ask, question))
    expect([result, shown.match(/Répondez par/gu)?.length]).toEqual(['Nom', 2])
  })
})

describe('what was adopted before', () => {
  const text = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')
  const adopted = withTitles(text, [
    { table: 'actors', column: null, title: 'Lieux', comment: 'choisi par vous' },
    { table: 'actors', column: 'courriels', title: 'Identité', comment: null },
    { table: 'actors', column: 'telephone', title: 'Tél. 2', comment: null },
  ])

  it('is nothing in a file that nobody adopted', () => {
    expect(adoptedNames(text)).toEqual(new Map())
  })

  it('has its place without a question, whatever its values, and nothing else takes it', () => {
    const kept = withKept(base, adoptedNames(adopted))
    const columns = proposed(kept).tables.find(({ key }) => key === 'actors')!.columns
    const of = (key: string) => columns.find((one) => one.key === key)
    expect(of('telephone')).toMatchObject({ title: 'Tél. 2', score: 1, contested: false })
    expect(of('courriels')).toMatchObject({ title: 'Identité', evidence: [{ kind: 'kept' }] })
    expect(columns.filter(({ title }) => title === 'Tél. 2')).toHaveLength(1)
  })
})
