import { describe, expect, it } from 'vitest'
import { askBase } from '../../src/commands/adopt-base.ts'
import { namesIn } from '../../src/commands/shown-title.ts'
import { ownTables, vocabularyOf } from '../../src/nocodb/adoption/own-tables.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { LIEUX } from './bases.ts'
import { adoption, liveTable, names, proposing } from './proposed.ts'

const of = (value: (one: (typeof LIEUX)[number], at: number) => unknown) => LIEUX.map(value)
const live = [
  liveTable('Lieux', {
    nom: of((one) => one.name),
    siret: of((one) => one.siret),
    commune: of((one) => one.commune),
    'code postal': of((one) => one.postal),
    adresse: of((one) => one.street),
    Bidule: of((_, at) => (at % 2 === 0 ? 'x' : null)),
    Machin: of(() => 'x'),
    Truc: of(() => 'x'),
  }),
]

describe('columns that are ticked, named together by a person', () => {
  it('say a value each, that the person tells; what says nothing is left', async () => {
    const nameOf = namesIn(names)
    const meanings: Readonly<Record<string, string>> = {
      Bidule: 'Culture numérique',
      Machin: 'Loisirs numériques',
    }
    const ask = async (shown: string) => {
      const question = plain(shown)
      const [, word] = /« ([^»]+) » veut dire \(/u.exec(question) ?? []
      if (word !== undefined) return meanings[word] ?? ''
      if (!question.includes('dont rien n')) return question.includes('Quelle table') ? '1' : 'o'
      const number = (name: string) => new RegExp(`(\\d+)\\. ${name}`, 'u').exec(question)?.[1]
      const [field, ...columns] = [
        number('Services'),
        number('« Bidule'),
        number('« Machin'),
        number('« Truc'),
      ]
      return `${field}=${columns.join('+')}`
    }
    const { agreed, mapped } = await askBase(ask, {
      ...{ live, own: ownTables(names, desiredSchema(names, rules), adoption), rules: adoption, nameOf },
      ...{ samples: async () => [], rowsOf: async () => [] },
      vocabulary: vocabularyOf(rules.completeness.fields, adoption.meanings),
      propose: proposing(live),
      titleOf: (key) => nameOf(`actors.${key}`),
    })
    expect(mapped).toEqual([
      {
        key: 'services',
        from: {
          each: { Bidule: 'Compréhension du monde numérique', Machin: 'Loisirs et créations numériques' },
        },
        words: null,
      },
    ])
    expect(agreed.has('actors.services')).toBe(false)
  })
})
