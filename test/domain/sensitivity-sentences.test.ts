import { describe, expect, it } from 'vitest'
import type { NextQuestion } from '../../src/domain/next-question.ts'
import { marginSentence, nextQuestionSentence } from '../../src/domain/sensitivity-sentences.ts'
import { plain } from '../helpers/plain.ts'

describe('how wide the margin is', () => {
  type Changes = Parameters<typeof marginSentence>[1]
  const said = (margin: number, changes: Changes = []) =>
    plain(marginSentence({ recommended: 'outil', runnerUp: 'reseau', confidence: { margin } }, changes))
  const none = 'Aucune réponse ni aucun chiffre, changé seul, ne changerait la recommandation.'

  it('is ahead, level, or behind where an exception decides, the plural as the figure is written', () => {
    expect(said(12.34)).toBe(`« Outil » devance « Réseau » de 12,3 points. ${none}`)
    expect(said(1)).toBe(`« Outil » devance « Réseau » de 1 point. ${none}`)
    expect(said(1.96)).toBe(`« Outil » devance « Réseau » de 2 points. ${none}`)
    expect(said(1.94)).toBe(`« Outil » devance « Réseau » de 1,9 point. ${none}`)
    expect(said(0)).toBe(`« Outil » et « Réseau » ont le même nombre de points. ${none}`)
    expect(said(0.001)).toBe(`« Outil » et « Réseau » ont le même nombre de points. ${none}`)
    expect(said(-3)).toBe(`« Outil » a 3 points de moins que « Réseau ». ${none}`)
  })

  it('counts what would turn it, each once', () => {
    expect(said(5, [{ change: { tool: 'none' } }, { change: { tool: 'spreadsheet' } }])).toBe(
      "« Outil » devance « Réseau » de 5 points. Un seul point peut, à lui seul, changer la recommandation : l'outil en place.",
    )
    expect(said(5, [{ change: { freshness: 70 } }, { change: { aim: 'networking' } }])).toBe(
      "« Outil » devance « Réseau » de 5 points. Deux points peuvent, chacun à lui seul, changer la recommandation : la fraîcheur des fiches et l'objectif.",
    )
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

  it('is said without a figure: where it could lead, and whether it would be surer', () => {
    expect(said({})).toBe(
      "Demandez l'objectif : la recommandation n'en changerait pas, mais elle serait plus sûre.",
    )
    expect(said({ gain: 0.04 })).toBe("Demandez l'objectif : la recommandation n'en changerait pas.")
    expect(said({ leadsTo: ['outil', 'reseau'] })).toBe(
      "Demandez l'objectif : selon la réponse, ce pourrait être « Outil » ou « Réseau », et la recommandation serait plus sûre.",
    )
    expect(said({ leadsTo: ['outil'], gain: -1.25 })).toBe(
      "Demandez l'objectif : selon la réponse, ce pourrait être « Outil ».",
    )
  })
})
