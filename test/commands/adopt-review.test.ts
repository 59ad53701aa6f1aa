import { describe, expect, it } from 'vitest'
import { chooseSome } from '../../src/commands/adopt-choice.ts'
import { review } from '../../src/commands/adopt-review.ts'

const answering = (...answers: readonly string[]) => {
  const left = [...answers]
  return async () => left.shift() ?? 'o'
}
const items = [['a'], ['b'], ['c']]

describe('several doubtful lines in one question', () => {
  it.each([
    ['o', []],
    ['n', [0, 1, 2]],
    ['2', [1]],
    ['1, 3', [0, 2]],
  ])('%s', async (answer, wrong) => {
    expect([...((await review(answering(answer), 'Ceci', items)) ?? [])]).toEqual(wrong)
  })

  it('is asked again until the answer is one', async () => {
    expect([...((await review(answering('4', '', 'quoi', '3'), 'Ceci', items)) ?? [])]).toEqual([2])
  })

  it('is no at all where the whole of it is refused', async () => {
    expect(await review(answering('n'), 'Est-elle une table ?', items, true)).toBeNull()
  })
})

describe('a choice of several columns', () => {
  const question = {
    ...{ question: 'Laquelle ?', another: 'une autre', none: 'aucune', samplesOf: async () => [] },
    choices: [{ title: 'Tel fixe', why: '' }],
    others: ['Tel portable', 'Notes'],
  }

  it('takes those that are named together, in the order in which they are named', async () => {
    expect(await chooseSome(answering('a', '2 + 1'), { ...question, several: true })).toEqual([
      'Tel portable',
      'Tel fixe',
    ])
  })

  it('takes no two where the field is read in one', async () => {
    expect(await chooseSome(answering('a', '1+2', '2'), { ...question, several: false })).toEqual(['Notes'])
  })
})
