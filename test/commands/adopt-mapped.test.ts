import { describe, expect, it } from 'vitest'
import {
  askMapped,
  leftMapped,
  mappedLeftLines,
  mappedLines,
  sureMapped,
} from '../../src/commands/adopt-mapped.ts'
import type { MappedProposal } from '../../src/domain/adoption/mapped/mapped-proposal.ts'
import type { Proposal } from '../../src/domain/adoption/propose.ts'
import { plain } from '../helpers/plain.ts'

const none = { from: null, words: null, unknown: [], verdict: 'ask' } as const
const services: MappedProposal = {
  ...none,
  key: 'services',
  from: {
    each: { Démarches: 'Aide aux démarches administratives', Ateliers: 'Loisirs et créations numériques' },
  },
}
const step: MappedProposal = {
  ...none,
  key: 'step',
  words: { Fait: 'Validée', Vu: 'Contacté' },
  unknown: ['Peut-être'],
}
const point: MappedProposal = { ...none, key: 'latitude', from: { point: 'GPS' }, verdict: 'match' }
const lost: MappedProposal = { ...none, key: 'typologie', words: {}, unknown: ['Point clic'] }

function proposal(...mapped: MappedProposal[]): Proposal {
  const table = { key: 'actors', title: 'Lieux', score: 1, evidence: [], contested: false, rivals: [] }
  return { tables: [{ ...table, columns: [], mapped, unused: [], unfit: [] }], epciText: null }
}
const titleOf = (key: string) =>
  ({ services: 'Services', step: 'Étape', latitude: 'Latitude', typologie: 'Typologie' })[key] ?? key

const vocabulary = new Map([
  [
    'typologie',
    [
      { value: 'EPN', wordings: ['Espace public numérique', 'Point clic numérique'] },
      { value: 'BIB', wordings: ['Bibliothèque'] },
    ],
  ],
])

const agreed = new Map([
  ['actors.step', 'Avancement'],
  ['actors.typologie', 'Type'],
])

/** Answers in this order, and keeps what was asked. */
function answering(...answers: string[]) {
  const asked: string[] = []
  const ask = async (question: string) => {
    asked.push(plain(question))
    return answers.shift() ?? 'n'
  }
  return { ask, asked }
}

describe('fields that a base holds in its own way', () => {
  it('are shown with how each is read, and words that nothing is near to', () => {
    expect(plain(mappedLines(proposal(point, step, lost), titleOf).join('\n'))).toBe(
      [
        '  ✓ « Latitude » : lu dans « GPS », qui tient latitude et longitude',
        '  ? « Étape » : « Fait » se lit « Validée »',
        '  ? « Étape » : « Vu » se lit « Contacté »',
        "  ? « Étape » : « Peut-être » n'est pas une valeur attendue ; dites ce que cela veut dire sous `words`, dans config/columns.yaml",
        "  ? « Typologie » : « Point clic » n'est pas une valeur attendue ; dites ce que cela veut dire sous `words`, dans config/columns.yaml",
      ].join('\n'),
    )
  })

  it('are taken without a question only where they are sure; the others are left aside, and said', () => {
    const all = proposal(point, services, lost)
    expect(sureMapped(all)).toEqual([point])
    expect(leftMapped(all)).toEqual([services])
    expect(plain(mappedLeftLines(leftMapped(all), titleOf).join('\n'))).toContain('« Démarches » cochée dit')
    expect(mappedLeftLines([], titleOf)).toEqual([])
  })

  it('are asked about as a whole', async () => {
    const { ask, asked } = answering('o', 'o')
    expect(
      await askMapped(
        ask,
        proposal(point, services, step, lost),
        { agreed, sure: true, settled: new Map(), refused: [] },
        titleOf,
        vocabulary,
      ),
    ).toEqual([point, services, step])
    expect(asked).toHaveLength(3) // and whether to say what « Point clic » means
  })

  it('are asked about one by one where the answer is no', async () => {
    const { ask, asked } = answering('n', '2', 'n', '1')
    const taken = await askMapped(
      ask,
      proposal(services, step),
      { agreed, sure: true, settled: new Map(), refused: [] },
      titleOf,
      vocabulary,
    )
    expect(taken).toEqual([
      { key: 'services', from: { each: { Démarches: 'Aide aux démarches administratives' } }, words: null },
      { key: 'step', from: null, words: { Vu: 'Contacté' } },
    ])
    expect(asked[1]).toContain('« Démarches » cochée dit « Aide aux démarches administratives »')
    expect(asked).toHaveLength(4)
  })

  it('are none where all is refused, and a single one is not asked about twice', async () => {
    const one = { ...services, from: { each: { Démarches: 'Aide aux démarches administratives' } } }
    const { ask, asked } = answering('n')
    expect(
      await askMapped(
        ask,
        proposal(one),
        { agreed, sure: true, settled: new Map(), refused: [] },
        titleOf,
        vocabulary,
      ),
    ).toEqual([])
    expect(asked).toHaveLength(1)
  })

  it('ask what an unknown word means, in any words of the standard, until one is meant or left', async () => {
    const word = { ...lost, unknown: ['Clic', 'Lecture', 'Autre chose'] }
    const { ask, asked } = answering('o', 'un espace numérique public', '1', 'bib', '')
    expect(
      await askMapped(
        ask,
        proposal(word),
        { agreed, sure: true, settled: new Map(), refused: [] },
        titleOf,
        vocabulary,
      ),
    ).toEqual([{ key: 'typologie', from: null, words: { Clic: 'EPN', Lecture: 'BIB' } }])
    expect(asked[0]).toContain('Dire maintenant ce que cela veut dire ?')
    expect(asked[2]).toContain('1. EPN (Espace public numérique)')
    expect(asked).toHaveLength(5)
  })

  it('leave unknown words as they are where nobody has the time', async () => {
    const { ask } = answering('n')
    expect(
      await askMapped(
        ask,
        proposal(lost),
        { agreed, sure: true, settled: new Map(), refused: [] },
        titleOf,
        vocabulary,
      ),
    ).toEqual([])
  })

  it('ask nothing of the words of a column that was refused', async () => {
    const { ask, asked } = answering()
    expect(
      await askMapped(
        ask,
        proposal(step, lost),
        { agreed: new Map(), sure: true, settled: new Map(), refused: [] },
        titleOf,
        vocabulary,
      ),
    ).toEqual([])
    expect(asked).toEqual([])
  })

  it('are asked about line by line, sure ones too, where what is sure was not agreed to as a whole', async () => {
    const { ask, asked } = answering('n')
    const answer = await askMapped(
      ask,
      proposal(point),
      { agreed, sure: false, settled: new Map(), refused: [] },
      titleOf,
      vocabulary,
    )
    expect([answer, asked.length]).toEqual([[], 1])
  })
})
