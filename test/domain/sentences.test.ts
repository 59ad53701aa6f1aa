import { describe, expect, it } from 'vitest'
import type { Referential } from '../../src/domain/diagnostic.ts'
import type { Choice, Contribution } from '../../src/domain/recommendation.ts'
import {
  answerLabel,
  conditionOf,
  counterfactualSentence,
  exceptionCause,
  reasons,
  unknownSubjects,
} from '../../src/domain/sentences.ts'
import { why } from '../../src/domain/why.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'
import { plain as plainText } from '../helpers/plain.ts'

const plain = (lines: readonly string[]) => lines.map(plainText)

const { answers: NO_ANSWERS } = situation({})
const answered = (known: Parameters<typeof situation>[0]['answers']) => ({ ...NO_ANSWERS, ...known })

/** A choice of « Outil » from the fits of its criteria; null: unknown. */
function choiceOf(fits: Readonly<Record<string, number | null>>, change: Partial<Choice> = {}): Choice {
  const of = (referential: Referential) =>
    rules.referentials.referentials[referential].criteria.map(({ key, weight }): Contribution => {
      const fit = referential === 'outil' ? (fits[key] ?? null) : null
      return { referential, criterion: key, weight, fit, known: fit !== null, points: weight * (fit ?? 0.5) }
    })
  return {
    recommended: 'outil',
    scores: { generaliste: 50, outil: 60, reseau: 40 },
    intervals: { generaliste: [0, 100], outil: [0, 100], reseau: [0, 100] },
    contributions: [...of('generaliste'), ...of('outil'), ...of('reseau')],
    confidence: { level: 'medium', margin: 10, guaranteed: 0, coverage: 0.5 },
    exception: null,
    ...change,
  }
}

describe('the reasons of a recommendation', () => {
  it('go from the strongest to what speaks most against, then to what is not known', () => {
    const choice = choiceOf({ aim: 0.5, governance: 1, network: 1, data: 0.4, tools: 0 })
    expect(plain(reasons(choice, NO_ANSWERS, rules))).toEqual([
      "L'objectif n'écarte pas la base de données (20 points sur 40).",
      'Une gouvernance et des référent·e·s peuvent porter le pré-remplissage (20 points sur 20).',
      "Le réseau d'acteurs peut relayer le recensement (10 points sur 10).",
      'À nuancer : les fiches sont en partie incomplètes ou anciennes (8 points sur 20).',
      'À nuancer : un outil est déjà en place et maîtrisé (0 point sur 10).',
    ])
    const later = plain(reasons(choiceOf({ aim: 0.5, governance: 0.6, data: 1 }), NO_ANSWERS, rules))
    expect(later.slice(0, 3).map((line) => line.match(/\((.*)\)/)?.[1])).toEqual([
      ...['20 points sur 40', '20 points sur 20', '12 points sur 20'],
    ])
    const heavier = choiceOf({ aim: 0.9, governance: 0.4, network: 0.1, data: 1, tools: 0 })
    expect(plain(reasons(heavier, NO_ANSWERS, rules)).map((line) => line.match(/\((.*)\)/)?.[1])).toEqual([
      ...['36 points sur 40', '20 points sur 20'],
      ...['8 points sur 20', '0 point sur 10', '1 point sur 10'],
    ])
  })

  it('say how many points are not known, and count for half', () => {
    const choice = choiceOf({ aim: 1, governance: 0.5, network: 0.5 })
    expect(plain(reasons(choice, NO_ANSWERS, rules)).at(-1)).toBe(
      "Pas encore de réponse : complétude des fiches, fraîcheur des fiches, outil en place, usage de l'outil et maîtrise de l'outil (30 points sur 100, comptés pour moitié).",
    )
  })

  it('are one sentence where nothing is known', () => {
    expect(plain(reasons(choiceOf({}), NO_ANSWERS, rules))).toEqual([
      "Rien n'est encore connu de ce territoire : « Outil », un accompagnement polyvalent, est proposé par défaut.",
    ])
  })

  it('begin with the exception, where it goes against the points', () => {
    const none = choiceOf(
      { aim: 0.2 },
      { exception: 'aim_none', scores: { generaliste: 50, outil: 40.25, reseau: 61.5 } },
    )
    expect(plain(reasons(none, answered({ aim: 'none' }), rules))[0]).toBe(
      "Aucun objectif n'a pu ou voulu être fixé : un accompagnement polyvalent convient mieux ; « Réseau » a pourtant plus de points (61,5 contre 40,3).",
    )
    const unknown = choiceOf(
      { aim: 0.2 },
      { exception: 'aim_unknown', scores: { generaliste: 70, outil: 40, reseau: 70 } },
    )
    expect(plain(reasons(unknown, NO_ANSWERS, rules))[0]).toBe(
      "L'objectif n'est pas connu et trop peu de réponses sont données : un accompagnement polyvalent convient mieux ; « Généraliste » a pourtant plus de points (70 contre 40).",
    )
    expect(exceptionCause({ exception: null })).toBeNull()
  })

  it('mean a strong, a middling or a weak fit by thirds, unless the answer has words of its own', () => {
    const said = (fit: number) => plain(reasons(choiceOf({ governance: fit }), NO_ANSWERS, rules))[0]
    expect([said(0.67), said(2 / 3), said(1 / 3), said(0.33)]).toEqual([
      expect.stringContaining('peuvent porter le pré-remplissage'),
      expect.stringContaining('La gouvernance peut porter une partie'),
      expect.stringContaining('la gouvernance peut porter une partie'),
      expect.stringContaining('la gouvernance est trop récente'),
    ])
    const general = choiceOf({})
    const contributions = general.contributions.map((one) =>
      one.referential === 'generaliste' && one.criterion === 'aim'
        ? { ...one, fit: 0.8, known: true, points: 32 }
        : one,
    )
    const choice: Choice = { ...general, recommended: 'generaliste', contributions }
    expect(plain(reasons(choice, answered({ aim: 'none' }), rules))[0]).toBe(
      "Aucun objectif précis n'est encore fixé : un accompagnement polyvalent convient (32 points sur 40).",
    )
    expect(plain(reasons(choice, answered({ aim: 'mutual_knowledge' }), rules))[0]).toBe(
      "L'objectif est l'interconnaissance des acteurs (32 points sur 40).",
    )
  })

  it('name what is not known once, in the words of the rules', () => {
    const own = choiceOf({ governance: 1, data: 1 }).contributions.filter(
      ({ referential }) => referential === 'outil',
    )
    expect(unknownSubjects(own, rules)).toEqual(
      ['objectif', "Réseau d'acteurs", 'outil', "usage de l'outil", "maîtrise de l'outil"].map((label) =>
        expect.stringMatching(new RegExp(`^${label}`, 'i')),
      ),
    )
    expect(
      unknownSubjects(
        own.filter(({ known }) => known),
        rules,
      ),
    ).toEqual([])
  })
})

describe('« Pourquoi » of a choice', () => {
  it('names the two heaviest reasons, and what weighs most against', () => {
    const choice = choiceOf({ aim: 0.5, governance: 1, network: 1, data: 0.4, tools: 0 })
    expect(plain(why(choice, NO_ANSWERS, rules, 'Si …'))).toEqual([
      "« Outil » est recommandé parce que l'objectif n'écarte pas la base de données et qu'une gouvernance et des référent·e·s peuvent porter le pré-remplissage.",
      'À nuancer : les fiches sont en partie incomplètes ou anciennes.',
      'Si …',
    ])
    const late = choiceOf({ aim: 0.5, governance: 1, network: 0.2, data: 1, tools: 0.1 })
    expect(plain(why(late, NO_ANSWERS, rules, null))).toEqual([
      "« Outil » est recommandé parce que l'objectif n'écarte pas la base de données et qu'une gouvernance et des référent·e·s peuvent porter le pré-remplissage.",
      'À nuancer : un outil est déjà en place et maîtrisé.',
    ])
    const last = choiceOf({ aim: 0.4, governance: 0.6, network: 0.5, data: 1, tools: 0 })
    expect(plain(why(last, NO_ANSWERS, rules, null))).toEqual([
      '« Outil » est recommandé parce que les fiches sont incomplètes ou anciennes et que la gouvernance peut porter une partie du pré-remplissage.',
      "À nuancer : l'objectif n'écarte pas la base de données.",
    ])
  })

  it('says that nothing carries it clearly', () => {
    const choice = choiceOf({ aim: 0.4, governance: 0.4, network: 0.4, data: 0.4, tools: 0.4 })
    expect(plain(why(choice, NO_ANSWERS, rules, null))[0]).toBe(
      "« Outil » l'emporte de peu : aucun critère ne le porte nettement.",
    )
  })

  it('names three open questions, and counts the others where they are two or more', () => {
    const open = (fits: Record<string, number>) =>
      plain(why(choiceOf(fits), NO_ANSWERS, rules, 'Si …')).at(-1)
    expect(open({ aim: 1, governance: 1, network: 1 })).toBe(
      'Pas encore de réponse : complétude des fiches, fraîcheur des fiches, outil en place et 2 autres points.',
    )
    expect(open({ aim: 1, tools: 1 })).toBe(
      "Pas encore de réponse : gouvernance locale, réseau d'acteurs, complétude des fiches et fraîcheur des fiches.",
    )
    expect(open({ aim: 1, governance: 1, network: 1, data: 1 })).toBe(
      "Pas encore de réponse : outil en place, usage de l'outil et maîtrise de l'outil.",
    )
  })
})

describe('a change of one answer, in words', () => {
  const said = (change: Parameters<typeof conditionOf>[0], known = {}) =>
    plain([conditionOf(change, answered(known))])[0]

  it('tells what was otherwise from what is not known yet', () => {
    expect(said({ aim: 'networking' }, { aim: 'database' })).toBe("l'objectif était « Mise en réseau »")
    expect(said({ aim: 'networking' })).toBe(
      "l'objectif, qui reste à connaître, se révélait être « Mise en réseau »",
    )
    expect(said({ governance: 'none' }, { governance: 'active' })).toBe(
      'la gouvernance locale était « Aucune »',
    )
    expect(said({ aim: 'none' }, { aim: 'database' })).toBe(
      "l'objectif restait volontairement ouvert (« Pas encore défini »)",
    )
    expect(said({ meetingsPerYear: 3 }, { meetingsPerYear: 0 })).toBe(
      'le nombre de rencontres du réseau par an était 3',
    )
  })

  it('says what it leads to', () => {
    const change = { change: { tool: 'none' }, recommended: 'outil' } as const
    expect(counterfactualSentence(change, answered({ tool: 'local' }))).toBe(
      'Si l’outil en place était «\u202fAucun\u202f», ce serait «\u202fOutil\u202f».',
    )
  })

  it('writes what no list knows as it stands', () => {
    expect(answerLabel('meetingsPerYear', 2.5)).toBe('2,5')
    expect(answerLabel('tool', 'local')).toBe('Outil local')
    expect(answerLabel('tool', 'ancien')).toBe('ancien')
  })
})
