import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askBase } from '../../src/commands/adopt-base.ts'
import { findOtherActors } from '../../src/commands/adopt-other-actors.ts'
import { namesIn } from '../../src/commands/shown-title.ts'
import { parseColumns } from '../../src/config/columns-file.ts'
import { refusalsIn, withRefused } from '../../src/config/refusals.ts'
import { refusalText, refusedNow, withRefusals } from '../../src/domain/adoption/refusals.ts'
import type { Refusal } from '../../src/domain/adoption/refusals.ts'
import { ownTables, vocabularyOf } from '../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { plain } from '../helpers/plain.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { LIEUX } from './bases.ts'
import { adoption, liveTable, names, proposing } from './proposed.ts'

const text = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')
const own = ownTables(names, desiredSchema(names, rules), adoption)
const vocabulary = vocabularyOf(rules.completeness.fields, adoption.meanings)
const nameOf = namesIn(names)
const of = (value: (one: (typeof LIEUX)[number], at: number) => unknown) => LIEUX.map(value)

const places = {
  nom: of((one) => one.name),
  siret: of((one) => one.siret),
  commune: of((one) => one.commune),
  'code postal': of((one) => one.postal),
  adresse: of((one) => one.street),
}
const base = [
  liveTable('Lieux', {
    ...places,
    'Tel fixe': of((one) => one.frenchPhone),
    'Tel portable': of((_, at) => `06 11 22 33 ${10 + at}`),
    Courriel: of((one) => one.email),
    Typologie: of((_, at) => ['Bidule de village', 'Machin'][at % 2]),
    Tarif: of((_, at) => ['Gratuit pour tous', 'Bizarre'][at % 2]),
  }),
  liveTable('Associations', { ...places, nom: of((one) => `Les amis de ${one.name}`) }),
]

/** Answers no, or nothing, to all but what is sure and the first table; with every question that was put. */
async function run(refusals: readonly Refusal[]) {
  const live = withRefusals(base, refusals)
  const questions: string[] = []
  const ask = async (shown: string) => {
    const question = plain(shown)
    questions.push(question)
    if (questions.length > 60) throw new Error(`asked without an end: ${question}`)
    if (question.includes('Ce qui est marqué ✓')) return 'o'
    if (/table est celle des « Acteurs »/u.test(question)) return '1'
    if (question.includes('dont rien n')) return ''
    if (/quelle colonne est « (?:Typologie|Frais à charge)/u.test(question)) return '1'
    if (question.includes('Dire maintenant')) return 'o'
    if (question.includes('» veut dire (')) return ''
    return /\n {2}0\. /u.test(question) ? '0' : 'n'
  }
  const { agreed, proposal, asked } = await askBase(ask, {
    ...{ live, own, rules: adoption, nameOf, samples: async () => [], rowsOf: async () => [], vocabulary },
    propose: proposing(live),
    titleOf: (key) => nameOf(`actors.${key}`),
  })
  const epciText = proposal.epciText?.title ?? null
  const facts = { columns: names, live, own, rules: adoption, agreed, vocabulary, epciText }
  await findOtherActors({ ...facts, rowsOf: async () => [] }).ask(ask, asked)
  return { questions, agreed, refused: refusedNow(refusals, asked.refused, agreed, []) }
}

describe('what a person said no to', () => {
  it('is kept in config/columns.yaml, and not asked again', async () => {
    const first = await run([])
    const written = withRefused(text, first.refused)
    expect(() => parseColumns(written)).not.toThrow()
    const second = await run(refusalsIn(written))
    // Every column that is left stands behind « a », whatever the question.
    const about = (questions: readonly string[], word: RegExp) =>
      questions.filter((one) => word.test(one.replaceAll(/\n {2}a\. .*/gu, '')))
    for (const word of [
      /Tel portable/u,
      /« Associations » est-elle/u,
      /Bidule|Machin/u,
      /« Gratuit pour tous »/u,
    ]) {
      expect(about(first.questions, word).length, String(word)).toBeGreaterThan(0)
      const again = about(second.questions, word).filter((one) => !one.includes('dont rien n'))
      expect(again, String(word)).toEqual([])
    }
    expect(second.refused).toEqual(first.refused)
    expect(withRefused(written, second.refused)).toBe(written)
  })

  it('is asked again once its line is taken out', async () => {
    const { refused } = await run([])
    const kept = refused.filter(({ table }) => table !== 'Associations')
    const { questions } = await run(refusalsIn(withRefused(withRefused(text, refused), kept)))
    expect(questions.some((one) => one.includes('« Associations » est-elle'))).toBe(true)
    expect(withRefused(withRefused(text, refused), [])).toBe(withRefused(text, []))
  })

  it('is said in French, with names', async () => {
    const { refused } = await run([])
    const lines = refused.map((one) => plain(refusalText(one, nameOf)))
    expect(lines).toContain("« Associations » n'est pas une table « Acteurs »")
    expect(lines.some((line) => /« Tel portable ».*« Téléphone »/u.test(line))).toBe(true)
    for (const line of lines) expect(line).not.toMatch(/actors|telephone|typologie/u)
  })

  it('goes once it is agreed to', () => {
    const refusals = [
      { table: 'Lieux', is: 'actors.telephone', columns: ['Tel fixe'] },
      { table: 'Associations', is: 'actors' },
      { table: 'Lieux', is: 'actors.courriels', columns: ['Mail'] },
    ]
    const agreed = new Map([
      ['actors', 'Lieux'],
      ['actors.telephone', 'Tel fixe'],
    ])
    expect(refusedNow(refusals, [], agreed, ['Associations'])).toEqual([refusals[2]])
  })

  it('is refused with its place where the file is at fault', () => {
    expect(() => parseColumns(`${text}\nrefused:\n  - { table: Lieux, is: telephone }\n`)).toThrow(
      'ne pourrait pas servir',
    )
  })
})
