import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QUESTIONS } from '../../src/domain/answer-changes.ts'
import { changedAnswers, newAnswers } from '../../src/domain/new-answers.ts'
import { anyAnswers, situation } from '../helpers/situations.ts'

const nobody = { referents: 0 }

describe('the answers of a new diagnostic', () => {
  it('are those that were changed, never what is not known, never what the base says already', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (seen, wished) => {
        const { kept, unknown } = changedAnswers(seen, wished, nobody)
        for (const key of QUESTIONS) {
          const isKept = Object.hasOwn(kept, key)
          expect(isKept).toBe(wished[key] !== seen[key] && wished[key] !== null)
          expect(unknown.includes(key)).toBe(seen[key] !== null && wished[key] === null)
        }
        const isNothing = Object.keys(kept).length === 0
        expect(newAnswers(seen, kept, seen)).toEqual(
          isNothing ? { kind: 'unchanged' } : { kind: 'row', answers: kept },
        )
        expect(newAnswers(seen, kept, { ...seen, ...kept })).toEqual({ kind: 'unchanged' })
      }),
    )
  })

  it.each([
    ['somebody answered it meanwhile', { aim: 'mutual_knowledge' }, { kind: 'moved' }],
    ['somebody answered the same', { aim: 'networking' }, { kind: 'unchanged' }],
    ['somebody answered another', { tool: 'local' }, { kind: 'row', answers: { aim: 'networking' } }],
  ] as const)('where %s', (_, meanwhile, result) => {
    const { answers } = situation({ answers: { aim: 'database', ...meanwhile } })
    expect(newAnswers({ aim: 'database' }, { aim: 'networking' }, answers)).toEqual(result)
  })

  it('never hold a number of référents that is counted', () => {
    const { answers } = situation({ answers: { referents: 'one' } })
    const wished = { ...answers, referents: 'pair' as const }
    expect(changedAnswers(answers, wished, { referents: 1 })).toMatchObject({
      kept: {},
      counted: ['referents'],
    })
    expect(changedAnswers(answers, wished, nobody).kept).toEqual({ referents: 'pair' })
  })
})
