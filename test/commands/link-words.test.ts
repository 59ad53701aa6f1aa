import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { asking } from '../../src/commands/adopt-ask.ts'
import { finderFor, planLinks } from '../../src/commands/link-plan.ts'
import type { ToLink } from '../../src/commands/link-plan.ts'
import { askWords, wordLines } from '../../src/commands/link-words.ts'
import { withMappings } from '../../src/config/columns-document.ts'
import { parseColumns } from '../../src/config/columns-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { readFields } from '../../src/domain/reading/read-fields.ts'
import { plain } from '../helpers/plain.ts'
import { CONFIG } from '../helpers/rules.ts'

const geography = loadGeography()
const [LANDERNEAU, BIGOUDEN, BREST] = ['242900801', '242900702', '242900314'] as const

/** Records without a link: what the column says of the EPCI, and the INSEE code of their commune. */
function toLink(...records: readonly (readonly [text: string, insee: string | null])[]): ToLink {
  const unlinked = records.map(([text, insee], at) => ({
    ...{ id: at + 1, text, trace: null },
    fields: readFields((field) => (field === 'code_insee' ? insee : null)).fields,
  }))
  return { actors: records.length, unlinked, epcis: [], geography, organisations: ['CCAS'] }
}
const found = toLink(
  ['CCPLD', null],
  ['ccpld ', null],
  ['CCPLD', '29103'], // Landerneau: the commune confirms it
  ['CCPBS', '29220'], // Pont-l’Abbé
  ['Jeanne Kerjean', null],
  ['Brest', null],
)
const find = finderFor(found)

async function answering(lines: readonly string[]) {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  input.end(lines.map((line) => `${line}\n`).join(''))
  const { words } = planLinks(found, find, {})
  const agreed = await asking({ input, output }, (ask) => askWords(ask, words, find, geography))
  return { agreed, shown: plain(shown) }
}

describe('words that name no EPCI for sure', () => {
  it('leave records to a person, but where the commune is the witness', () => {
    const plan = planLinks(found, find, {})
    expect(plan.links.map(({ id, siren, by }) => [id, siren, by])).toEqual([
      [3, LANDERNEAU, 'both'],
      [4, BIGOUDEN, 'both'],
      [6, BREST, 'text'],
    ])
    expect(plan.left).toEqual({ unknown_text: [1, 2, 5] })
    expect(
      plan.words.map(({ word, records, choices }) => [word, records, choices[0]?.siren ?? null]),
    ).toEqual([
      ['CCPLD', 2, LANDERNEAU],
      ['Jeanne Kerjean', 1, null],
    ])
  })

  it('are asked about once, with the likeliest first; another is taken by its name or its SIREN', async () => {
    const { agreed, shown } = await answering(['', '1', '0'])
    expect(agreed).toEqual({ CCPLD: LANDERNEAU })
    expect(shown).toMatch(
      /« CCPLD » \(2 fiches\) : quel EPCI est-ce \?\n {2}1\. CA du Pays de Landerneau-Daoulas \(242900801\)/u,
    )
    expect((await answering(['Brest Métropole', '0'])).agreed).toEqual({ CCPLD: BREST })
    expect((await answering(['9', 'nulle part', '242 900 702', '0'])).agreed).toEqual({ CCPLD: BIGOUDEN })
  })

  it('are then linked, in any case and with any spaces, and kept where they are read again', () => {
    const text = withMappings(readFileSync(join(CONFIG, 'columns.yaml'), 'utf8'), [
      { key: 'epci', from: null, words: { CCPLD: LANDERNEAU } },
    ])
    const { words } = parseColumns(text).actors.columns.epci
    expect(words).toEqual({ CCPLD: LANDERNEAU })
    const plan = planLinks(found, find, words!)
    expect(plan.links.filter(({ siren }) => siren === LANDERNEAU).map(({ id }) => id)).toEqual([1, 2, 3])
    expect(plan.words.map(({ word }) => word)).toEqual(['Jeanne Kerjean'])
  })

  it('are refused in config/columns.yaml where they stand for no SIREN, with the remedy', () => {
    const shipped = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')
    const wrong = withMappings(shipped, [{ key: 'epci', from: null, words: { CCPLD: 'Landerneau' } }])
    expect(() => parseColumns(wrong)).toThrow(
      expect.objectContaining({
        faults: [expect.stringMatching(/n’est pas un SIREN.*écrivez ses 9 chiffres/u)],
      }),
    )
  })

  it('are listed with what they may mean where nobody answers, those that may be anything only counted', () => {
    const told = plain(wordLines(planLinks(found, find, {}).words, geography).join('\n'))
    expect(told).toMatch(/« CCPLD » \(2 fiches\) : CA du Pays de Landerneau-Daoulas \(242900801\)/u)
    expect(told).toMatch(/… et 1 autres?/u)
    expect(told).not.toContain('Jeanne')
    expect(wordLines([], geography)).toEqual([])
  })

  it('that mean nothing leave the record to its commune', () => {
    const only = toLink(['à voir', '29019'])
    expect(planLinks(only, finderFor(only), {}).links).toEqual([])
    expect(planLinks(only, finderFor(only), { 'à voir': '' }).links).toMatchObject([
      { siren: BREST, by: 'commune' },
    ])
  })
})
