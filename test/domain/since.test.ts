import { describe, expect, it } from 'vitest'
import { movedSince } from '../../src/domain/since.ts'
import type { Standing } from '../../src/domain/since.ts'
import { plain } from '../helpers/plain.ts'
import { aReport } from '../http/test-server.ts'

const NOW = aReport({ retained: 'outil' })
const SAME: Standing = {
  ...{ actors: NOW.actors, completeness: NOW.completeness, freshness: NOW.freshness },
  ...{ recommended: NOW.recommendation.recommended, confidence: NOW.recommendation.confidence.level },
  ...{ prefilled: NOW.prefill.prefilled, expected: NOW.prefill.expected },
}
const told = (said: NonNullable<Standing['said']>) => movedSince({ ...SAME, said }, NOW).sentences.map(plain)
const { answers } = NOW.situation

describe('what people said since', () => {
  it('is the référentiel that they retained, and their answers', () => {
    expect(told({ retained: null, answers })).toEqual(['Référentiel retenu : de aucun à « Outil ».'])
    expect(told({ retained: 'reseau', answers: { ...answers, aim: null, meetingsPerYear: 1 } })).toEqual([
      'Référentiel retenu : de « Réseau » à « Outil ».',
      expect.stringContaining("l'objectif (sans réponse → « Base de données »)"),
    ])
  })

  it('tells référents apart: they are counted from their table as often as answered', () => {
    const [said, ...more] = told({ retained: 'outil', answers: { ...answers, referents: 'none' } })
    expect([said, more]).toEqual([expect.stringMatching(/^L.*référent.*→/u), []])
  })

  it('is nothing where nothing changed, or nothing is known of then', () => {
    expect(told({ retained: 'outil', answers })).toEqual([])
    expect(movedSince(SAME, NOW).sentences).toEqual([])
  })
})
