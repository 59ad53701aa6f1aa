import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Referential } from '../../src/domain/diagnostic.ts'
import type { Choice, Contribution } from '../../src/domain/scoring.ts'
import { meanings } from '../../src/domain/meaning.ts'
import { exceptionCause, reasons, unknownSubjects } from '../../src/domain/sentences.ts'
import { answerLabel, conditionOf, counterfactualSentence } from '../../src/domain/subjects.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { shortReasons } from '../../src/domain/short-reasons.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plain as plainText } from '../helpers/plain.ts'

const plain = (lines: readonly string[]) => lines.map(plainText)
const NOTHING = situation({})
const KNOWN = situation({
  answers: {
    ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
    ...({ tool: 'local', use: 'regular', mastery: 'autonomous' } as const),
  },
  observed: { completeness: 60, freshness: 60 },
})

type Fit = number | null | readonly [number, number]

/** A choice of « Outil » from the fits of its criteria; null: unknown; a pair: the ends of what is partly known. */
function choiceOf(fits: Readonly<Record<string, Fit>>, change: Partial<Choice> = {}): Choice {
  const of = (referential: Referential) =>
    rules.referentials.referentials[referential].criteria.map(({ key, weight }): Contribution => {
      const given = referential === 'outil' ? (fits[key] ?? null) : null
      const range =
        given === null ? ([0, 1] as const) : typeof given === 'number' ? ([given, given] as const) : given
      const fit = (range[0] + range[1]) / 2
      const knownShare = given === null ? 0 : 1 - (range[1] - range[0])
      const known = knownShare === 1
      return { referential, criterion: key, weight, fit, range, known, knownShare, points: weight * fit }
    })
  const scores = { generaliste: 50, outil: 60, reseau: 40 }
  const intervals = { generaliste: [0, 100], outil: [0, 100], reseau: [0, 100] } as const
  return {
    ...{ recommended: 'outil', reading: 'aim', scores, intervals, exception: null },
    aPriori: { recommended: 'outil', scores, intervals, margin: 10, coverage: 0.5 },
    contributions: [...of('generaliste'), ...of('outil'), ...of('reseau')],
    confidence: { level: 'medium', margin: 10, guaranteed: 0, coverage: 0.5, heldBackBy: [] },
    preconditions: [],
    contradictions: [],
    ...change,
  }
}

describe('the reasons of a recommendation', () => {
  const said = (choice: Choice, known = NOTHING) => plain(reasons(choice, known, rules))

  it('go from the strongest to what speaks most against, then to what is not known', () => {
    const lines = said(choiceOf({ aim: 1, governance: 1, data: 0.4, tools: 0 }), KNOWN)
    expect(lines).toEqual([
      "L'objectif est une base de données complète et à jour (40 points sur 40).",
      'La gouvernance locale peut porter le pré-remplissage (10 points sur 10).',
      'À nuancer : un outil est déjà en place, en usage et maîtrisé (0 point sur 20).',
      'À nuancer : la complétude et la fraîcheur des fiches dépassent déjà la moitié (12 points sur 30).',
    ])
  })

  it('say nothing of a criterion that what is unknown could turn', () => {
    const of = (governance: Fit) => said(choiceOf({ aim: 1, governance }), KNOWN).join(' ')
    expect(of([0.4, 0.9])).not.toContain('gouvernance')
    expect(of([0.1, 0.5])).not.toContain('gouvernance')
    expect(of([0.5, 1])).toContain('gouvernance')
  })

  it.each([
    ['active', 'adopted', 'pair', 'La gouvernance locale peut porter le pré-remplissage (10 points'],
    ['installed', 'adopted', 'pair', 'La gouvernance locale peut porter une partie du pré-remplissage'],
    ['active', 'drafted', 'one', 'La gouvernance locale peut porter une partie du pré-remplissage'],
    ['active', 'adopted', 'none', 'Une gouvernance locale est active et une feuille de route est adoptée ('],
    ['active', null, 'pair', 'Une gouvernance locale est active et un binôme référent est désigné ('],
    ['planned', 'none', 'none', 'À nuancer : la gouvernance locale ne peut encore guère porter'],
    ['none', 'none', 'none', 'À nuancer : la gouvernance locale est trop peu avancée pour porter'],
    ['none', 'drafted', 'none', "À nuancer : aucune gouvernance locale n'existe et personne n'est encore"],
    ['none', 'adopted', 'none', "À nuancer : aucune gouvernance locale n'existe et personne n'est encore"],
  ] as const)(
    'say of a factor what is true of each answer: %s, %s and %s',
    (governance, roadmap, referents, words) => {
      const known = situation({ answers: { aim: 'database', governance, roadmap, referents } })
      const lines = plain(recommend(known, rules).reasons)
      expect(lines).toContainEqual(expect.stringContaining(words))
    },
  )

  it('say how many points are not known, and count for half', () => {
    const known = situation({
      answers: { aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair', use: 'none' },
    })
    expect(plain(recommend(known, rules).reasons).at(-1)).toBe(
      "Pas encore connu : la complétude des fiches, la fraîcheur des fiches, l'outil en place et la maîtrise de l'outil (43,3 points sur 100, comptés pour moitié).",
    )
  })

  it('are one sentence where nothing is known', () => {
    expect(said(choiceOf({}))).toEqual([
      "Rien n'est encore connu de ce territoire : « Outil », un accompagnement polyvalent, est proposé par défaut.",
    ])
  })

  it('begin with what the référentiel asks for, then with the exception, where it goes against the points', () => {
    const asked = { key: 'outil.referents', met: false, sentence: 'Préalable : désigner quelqu’un.' }
    expect(said(choiceOf({ aim: 1 }, { preconditions: [asked] }))[0]).toBe("Préalable : désigner quelqu'un.")
    expect(said(choiceOf({ aim: 1 }, { preconditions: [{ ...asked, met: true }] }))[0]).not.toMatch(
      /Préalable/,
    )
    const other = { ...asked, key: 'reseau.network' }
    expect(said(choiceOf({ aim: 1 }, { preconditions: [other] })).join(' ')).not.toContain('Préalable')
    const none = choiceOf(
      { aim: 0.2 },
      { exception: 'aim_none', scores: { generaliste: 50, outil: 40.25, reseau: 61.5 } },
    )
    expect(said(none)[0]).toBe(
      "On n'a pas pu ou voulu fixer d'objectif : un accompagnement polyvalent convient mieux ; « Réseau » a pourtant plus de points (61,5 contre 40,3).",
    )
    const unknown = choiceOf(
      { aim: 0.2 },
      { exception: 'aim_unknown', scores: { generaliste: 70, outil: 40, reseau: 70 } },
    )
    expect(said(unknown)[0]).toBe(
      "L'objectif et trop de réponses restent inconnus : un accompagnement polyvalent convient mieux ; « Généraliste » a pourtant plus de points (70 contre 40).",
    )
    expect(exceptionCause({ exception: null })).toBeNull()
  })

  it('say where the two readings differ, if enough is known of the other', () => {
    const aPriori = { ...choiceOf({}).aPriori, recommended: 'reseau' as const }
    expect(said(choiceOf({ aim: 1 }, { aPriori })).join(' ')).toContain('ferait plutôt penser à « Réseau »')
    const little = { ...aPriori, coverage: 0.49 }
    expect(said(choiceOf({ aim: 1 }, { aPriori: little })).join(' ')).not.toContain('ferait plutôt penser')
    expect(said(choiceOf({ aim: 1 }, { aPriori, reading: 'a_priori' })).join(' ')).not.toContain(
      'plutôt penser',
    )
  })

  it('give an answer its own words where the rules have some', () => {
    const aim = (value: 'none' | 'mutual_knowledge') =>
      plain(recommend(situation({ answers: { aim: value, commitment: 'none' } }), rules).reasons).join(' ')
    expect(aim('none')).toContain("Aucun objectif précis n'est encore fixé (32 points sur 40).")
    expect(aim('mutual_knowledge')).toContain(
      "L'objectif est l'interconnaissance des acteurs (40 points sur 40).",
    )
  })

  it('name what is not known once, with its article', () => {
    const own = choiceOf({}).contributions.filter(({ referential }) => referential === 'reseau')
    expect(plain(unknownSubjects(own, rules, situation({ answers: { aim: 'database' } })))).toEqual([
      "le réseau d'acteurs",
      "la part d'acteurs contactés depuis un an",
      'la participation à la dernière journée',
      'la complétude des fiches',
      'la fraîcheur des fiches',
    ])
    expect(unknownSubjects([], rules, NOTHING)).toEqual([])
  })

  it('use a clause in one direction only, and never with a colon or a full stop inside', () => {
    for (const { criteria } of Object.values(rules.referentials.referentials))
      for (const rule of criteria) {
        const clauses = [
          rule.yes,
          rule.rather,
          rule.hardly,
          rule.no,
          ...('says' in rule ? Object.values(rule.says) : []),
        ]
        expect(new Set(clauses).size).toBe(clauses.length)
        for (const clause of clauses) expect(clause).toMatch(/^[a-zàâéêîôû][^.:;]*[^.:;\s]$/u)
      }
    const directions = new Map<string, boolean>()
    fc.assert(
      fc.property(anySituation, (one) => {
        const { contributions } = recommend(one, rules)
        for (const referential of ['generaliste', 'outil', 'reseau'] as const) {
          const own = contributions.filter((part) => part.referential === referential)
          const { strong, weak } = meanings(own, one, rules)
          for (const { clauses, speaksFor } of [...strong, ...weak])
            for (const clause of clauses) {
              expect(directions.get(`${referential} ${clause}`) ?? speaksFor).toBe(speaksFor)
              directions.set(`${referential} ${clause}`, speaksFor)
            }
        }
      }),
    )
  })
})

describe('« Pourquoi » of a choice', () => {
  it('names the two heaviest reasons, and what weighs most against', () => {
    const choice = choiceOf({ aim: 1, governance: 1, data: 0.4, tools: 0 })
    expect(plain(shortReasons(choice, KNOWN, rules, 'Si …')).slice(0, 2)).toEqual([
      "« Outil » est recommandé parce que l'objectif est une base de données complète et à jour et que la gouvernance locale peut porter le pré-remplissage.",
      'À nuancer : un outil est déjà en place, en usage et maîtrisé.',
    ])
  })

  it('says that nothing carries it clearly', () => {
    const choice = choiceOf({ aim: 0.4, governance: 0.4, data: 0.4, tools: 0.4 })
    expect(plain(shortReasons(choice, NOTHING, rules, null))[0]).toBe(
      "« Outil » a le plus de points, sans qu'aucun critère connu ne le porte nettement.",
    )
  })

  it('names three open questions, and counts the others where they are two or more', () => {
    const open = (known: Parameters<typeof situation>[0]) =>
      plain(shortReasons(choiceOf({ aim: 1 }), situation(known), rules, 'Si …')).at(-1)
    const governed = { aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const
    expect(open({ answers: governed })).toBe(
      "Pas encore connu : la complétude des fiches, la fraîcheur des fiches, l'outil en place et 2 autres points.",
    )
    expect(open({ answers: { ...governed, use: 'none' } })).toBe(
      "Pas encore connu : la complétude des fiches, la fraîcheur des fiches, l'outil en place et la maîtrise de l'outil.",
    )
    const all = { ...governed, tool: 'none', use: 'none', mastery: 'none' } as const
    expect(open({ answers: all, observed: { completeness: 50, freshness: 50 } })).toBe('Si …')
  })
})

describe('a change of one answer or figure, in words', () => {
  const said = (change: Parameters<typeof conditionOf>[0], known: Parameters<typeof situation>[0] = {}) =>
    plain([conditionOf(change, situation(known))])[0]

  it('tells what was otherwise from what is not known yet', () => {
    expect(said({ aim: 'networking' }, { answers: { aim: 'database' } })).toBe(
      "l'objectif était « Mise en réseau »",
    )
    expect(said({ aim: 'networking' })).toBe(
      "l'objectif, qui reste à connaître, se révélait être « Mise en réseau »",
    )
    expect(said({ governance: 'none' }, { answers: { governance: 'active' } })).toBe(
      'la gouvernance locale était « Aucune »',
    )
    expect(said({ aim: 'none' }, { answers: { aim: 'database' } })).toBe(
      "l'objectif restait volontairement ouvert (« Pas encore défini »)",
    )
    expect(said({ meetingsPerYear: 3 }, { answers: { meetingsPerYear: 0 } })).toBe(
      'le réseau se réunissait 3 fois par an',
    )
    expect(said({ meetingsPerYear: 0 })).toBe("l'on apprenait que le réseau ne se réunissait pas")
  })

  it('tells a figure at its tipping value, as people read it', () => {
    const observed = {
      ...{
        freshness: 60,
        completeness: 20,
        contactedShare: 0.1,
        participationRate: 0.4,
        communesCovered: 0.5,
      },
    }
    expect(said({ freshness: 70 }, { observed })).toBe('70 % des fiches étaient à jour')
    expect(said({ freshness: 20 }, { observed: { freshness: 60 } })).toBe(
      '20 % seulement des fiches étaient à jour',
    )
    expect(said({ completeness: 40 }, { observed })).toBe('la complétude moyenne des fiches était de 40 %')
    expect(said({ contactedShare: 0.25 }, { observed })).toBe(
      '25 % des acteurs avaient été contactés depuis un an',
    )
    expect(said({ participationRate: 0.5 }, { observed })).toBe(
      'la participation à la dernière journée avait été de 50 %',
    )
    expect(said({ communesCovered: 0.58 }, { observed })).toBe('58 % des communes avaient un acteur recensé')
  })

  it.each([
    [{ completeness: 40 }, "l'on constatait une complétude moyenne de 40 %"],
    [{ freshness: 70 }, "l'on constatait 70 % de fiches à jour"],
    [{ contactedShare: 0.25 }, "l'on constatait 25 % d'acteurs contactés depuis un an"],
    [{ participationRate: 0.5 }, "l'on constatait 50 % de participation à une journée"],
    [{ communesCovered: 0.58 }, "l'on constatait 58 % de communes avec un acteur recensé"],
  ])('presupposes neither a record nor a journée where %o is not known', (change, sentence) => {
    expect(said(change)).toBe(sentence)
  })

  it('says what it leads to', () => {
    const change = { change: { tool: 'none' }, recommended: 'outil' } as const
    expect(counterfactualSentence(change, situation({ answers: { tool: 'local' } }))).toBe(
      'Si l’outil en place était «\u202fAucun\u202f», ce serait «\u202fOutil\u202f».',
    )
  })

  it('writes what no list knows as it stands', () => {
    expect(answerLabel('meetingsPerYear', 2.5)).toBe('2,5')
    expect(answerLabel('tool', 'local')).toBe('Outil local')
    expect(answerLabel('tool', 'ancien')).toBe('ancien')
  })
})
