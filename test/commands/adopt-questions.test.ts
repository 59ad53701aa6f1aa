import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { agreedTo, askAll, asking } from '../../src/commands/adopt-questions.ts'
import { liveTable, proposed, adoption } from '../adopt/proposed.ts'
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

describe('the questions of adopt', () => {
  it('asks about what is doubtful alone, with every column that could do, and takes the one chosen', async () => {
    const { result, shown } = await answering(['o', '', '2', '0'], (ask) =>
      askAll(ask, proposal, adoption, (tables) => proposed(base, tables)),
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
    const { result, shown } = await answering(['n', 'o', '0', '0', '0', '1', '0', '0', '0', '0'], (ask) =>
      askAll(ask, proposal, adoption, (tables) => proposed(base, tables)),
    )
    expect(shown).toContain('est-elle la table « actors »')
    expect([...result.keys()].filter((key) => key.includes('.'))).toHaveLength(1)
  })

  it('asks again until the answer is one', async () => {
    const { result, shown } = await answering(['peut-être', '', 'non'], (ask) => agreedTo(ask, 'Écrire ?'))
    expect(result).toBe(false)
    expect(shown.match(/Écrire/gu)).toHaveLength(3)
  })

  it('writes nothing, and says so, where the answers end before the questions', async () => {
    await expect(
      answering(['o'], (ask) => askAll(ask, proposal, adoption, (tables) => proposed(base, tables))),
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
    answering([...lines, ...Array.from({ length: 40 }, () => '0')], (ask) =>
      askAll(ask, proposed(two), adoption, (tables) => proposed(two, tables)),
    )

  it('name the others that would do where the first is refused, and say why people are asked about', async () => {
    const { result, shown } = await answered(['o', 'n', 'o', 'n'])
    expect([result.get('actors'), result.has('referents')]).toEqual(['Lieux 2025', false])
    expect(shown).toMatch(
      /« Lieux 2024 » \(.*« Lieux 2025 » conviendrait aussi.*\) : est-elle la table « actors »/u,
    )
    expect(shown).toMatch(/« Équipe » \(.*personnes.*\) : est-elle la table « referents »/u)
    const { result: agreed } = await answered(['o', 'o', 'o'])
    expect([agreed.get('actors'), agreed.get('referents')]).toEqual(['Lieux 2024', 'Équipe'])
  })
})
