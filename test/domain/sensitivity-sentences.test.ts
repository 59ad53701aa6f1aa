import { describe, expect, it } from 'vitest'
import type { NextQuestion } from '../../src/domain/next-question.ts'
import { marginSentence, nextQuestionSentence } from '../../src/domain/sensitivity-sentences.ts'
import { situation } from '../helpers/situations.ts'
import { plain } from '../helpers/plain.ts'

const { answers: NO_ANSWERS } = situation({})

describe('how wide the margin is', () => {
  type Changes = Parameters<typeof marginSentence>[1]
  const said = (margin: number, changes: Changes = [], guaranteed = -10, answers = NO_ANSWERS) =>
    plain(
      marginSentence(
        { recommended: 'outil', runnerUp: 'reseau', confidence: { margin, guaranteed } },
        changes,
        answers,
      ),
    )
  const none = 'Aucune réponse, changée seule, ne changerait la recommandation.'

  it('is ahead, level, or behind where an exception decides', () => {
    expect(said(12.34)).toBe(`« Outil » devance « Réseau » de 12,3 points. ${none}`)
    expect(said(1)).toBe(`« Outil » devance « Réseau » de 1 point. ${none}`)
    expect(said(0)).toBe(`« Outil » et « Réseau » ont le même nombre de points. ${none}`)
    expect(said(-3)).toBe(`« Outil » a 3 points de moins que « Réseau ». ${none}`)
  })

  it('counts the answers that would turn it, each once', () => {
    expect(said(5, [{ change: { tool: 'none' } }, { change: { tool: 'spreadsheet' } }])).toBe(
      "« Outil » devance « Réseau » de 5 points. Une réponse, changée seule, changerait la recommandation : l'outil en place.",
    )
    expect(said(5, [{ change: { tool: 'none' } }, { change: { aim: 'networking' } }])).toBe(
      "« Outil » devance « Réseau » de 5 points. 2 réponses, chacune changée seule, changeraient la recommandation : l'outil en place et l'objectif.",
    )
  })

  it('tells an aim that may stay open from an answer to be learnt, beside what is guaranteed', () => {
    const open: Changes = [{ change: { tool: 'none' } }, { change: { aim: 'none' } }]
    const decision =
      "Aucune réponse encore inconnue ne peut renverser les points ; laisser l'objectif volontairement ouvert resterait une décision, et mènerait à « Généraliste »."
    expect(said(5, open, 2)).toContain(decision)
    expect(said(5, open, 0)).not.toContain(decision)
    expect(said(5, [{ change: { aim: 'networking' } }], 2)).not.toContain(decision)
    expect(said(5, open, 2, { ...NO_ANSWERS, aim: 'database' })).not.toContain(decision)
  })
})

describe('what an answer would be worth', () => {
  const next: NextQuestion = {
    question: 'aim',
    answers: 4,
    levels: { low: 0.25, medium: 0.25, high: 0.5 },
    gain: 7.54,
    coverage: 0.1,
    leadsTo: [],
  }
  const said = (change: Partial<NextQuestion>) => plain(nextQuestionSentence({ ...next, ...change }))

  it('is told by the confidence after each possible answer', () => {
    expect(said({})).toBe(
      "L'objectif : sur 4 réponses possibles, confiance élevée pour 2, moyenne pour 1 et faible pour 1 (marge garantie : +7,5 points en moyenne).",
    )
    expect(said({ levels: { low: 0, medium: 1, high: 0 }, gain: 0.04 })).toBe(
      "L'objectif : sur 4 réponses possibles, confiance moyenne pour 4 (marge garantie : 0 point en moyenne).",
    )
  })

  it('says where it could lead, and what is lost', () => {
    expect(said({ leadsTo: ['outil', 'reseau'], gain: -1.25 })).toContain(
      "faible pour 1 ; l'une d'elles pourrait mener à « Outil » ou « Réseau » (marge garantie : −1,3 point en moyenne).",
    )
  })
})
