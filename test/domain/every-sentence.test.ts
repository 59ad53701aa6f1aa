import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportLines } from '../../src/commands/report-text.ts'
import { ANSWER_VALUES, REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { ChoiceKey, Situation } from '../../src/domain/diagnostic.ts'
import { disagreement } from '../../src/domain/disagreement.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { FIGURE_BANDS, OBSERVED_KEYS } from '../../src/domain/rules/maturity.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import { claims } from '../helpers/claims.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

/** What each clause of the rules claims. */
const CLAIMS = claims()

/** Every sentence that a recommendation gives to people. */
function sentencesOf(one: Situation, report: Recommendation): string[] {
  const { sensitivity, workloads } = report
  return [
    ...report.reasons,
    ...report.why,
    ...report.method,
    ...report.nextQuestions.map(({ sentence }) => sentence),
    ...report.preconditions.map(({ sentence }) => sentence),
    ...sensitivity.changes.map(({ sentence }) => sentence),
    sensitivity.sentence,
    ...REFERENTIALS.flatMap((key) => [
      workloads[key].referents.basis,
      workloads[key].deploymentOfficer.basis,
      ...(disagreement(key, report, one, sensitivity.changes, rules)?.sentences ?? []),
    ]),
  ]
}

/** What is only asked, supposed or listed as unknown claims nothing. */
const CLAIMS_NOTHING =
  /^(?:Pas encore connu|Demandez|Préalable|Si |Les règles rejoindraient|Aucune réponse ni aucun chiffre)/u

/** The sentences in which a clause says what the answers do not. */
function contradictionsOf(one: Situation, sentences: readonly string[]): string[] {
  return sentences
    .map(plain)
    .filter((sentence) => !CLAIMS_NOTHING.test(sentence))
    .flatMap((sentence) =>
      [...CLAIMS].flatMap(([clause, holds]) =>
        lowered(sentence).includes(clause) && !holds(one) ? [`${clause} — ${sentence}`] : [],
      ),
    )
}

/** A clause may stand first, after « À nuancer : » or after « Pour « Outil » : ». */
function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

const holdTheRules = (one: Situation) => {
  const report = recommend(one, rules)
  const sentences = sentencesOf(one, report)
  expect(sentences.flatMap(frenchFaults)).toEqual([])
  expect(contradictionsOf(one, sentences)).toEqual([])
  const lines = reportLines(report).map((line) => line.trim().replaceAll(/ {2,}/gu, ' '))
  expect(lines.flatMap((line) => frenchFaults(line))).toEqual([])
}

/** Every answer of each question alone, and each pair of answers of two questions beside an aim. */
function grid(): Situation[] {
  const keys = Object.keys(ANSWER_VALUES) as ChoiceKey[]
  const answers = keys.flatMap((key) => ANSWER_VALUES[key].map((value) => ({ [key]: value })))
  const pairs = answers.flatMap((one, at) =>
    answers.slice(at + 1).map((other) => ({ aim: ANSWER_VALUES.aim[at % 4], ...one, ...other })),
  )
  return [{}, ...answers, ...pairs].map((known) => situation({ answers: known as Situation['answers'] }))
}

describe('every sentence of a recommendation', () => {
  it('holds the rules of French, and says nothing that the answers deny, over a grid of situations', () => {
    for (const one of grid()) holdTheRules(one)
  })

  it('does at random too, whatever is known', () => {
    fc.assert(fc.property(anySituation, holdTheRules), { numRuns: 300 })
  })

  it('says nothing of a governance or of a network that nobody was asked about', () => {
    const listed = situation({
      answers: { referents: 'pair', roadmap: 'adopted', meetingsPerYear: 6, aim: 'mutual_knowledge' },
      observed: { contactedShare: 1, participationRate: 1, communesCovered: 1 },
    })
    const { reasons } = recommend(listed, rules)
    const said = reasons.map(plain).filter((one) => !CLAIMS_NOTHING.test(one))
    expect(said.join(' ')).not.toMatch(/gouvernance|mise en réseau des acteurs|réseau d'acteurs/)
    expect(said.join(' ')).toContain('un binôme référent est désigné')
  })

  it('tells indicators that differ one by one, those that bring the fit about', () => {
    const unlike = situation({
      answers: { aim: 'mutual_knowledge', network: 'none', meetingsPerYear: 6 },
      observed: { contactedShare: 1, participationRate: 1, communesCovered: 0.6 },
    })
    const said = recommend(unlike, rules).reasons.map(plain)
    expect(said).toContainEqual(
      expect.stringMatching(
        /^À nuancer : les rencontres entre acteurs sont fréquentes et plus des deux tiers des acteurs dont le dernier contact est connu ont été contactés depuis un an \(/u,
      ),
    )
    expect(said.join(' ')).not.toContain('mise en réseau des acteurs est')
  })

  it('is wrong where a clause denies an answer: the test sees it', () => {
    const none = situation({ answers: { network: 'none' } })
    expect(contradictionsOf(none, ["Un réseau d'acteurs est constitué (8 points sur 25)."])).toHaveLength(1)
    expect(contradictionsOf(none, ["Aucun réseau d'acteurs n'existe (20 points sur 25)."])).toEqual([])
    expect(contradictionsOf(none, ['À nuancer : aucune feuille de route n’existe.'])).toHaveLength(1)
  })

  it('has words for every answer and every figure', () => {
    for (const [key, values] of Object.entries(ANSWER_VALUES))
      expect(Object.keys(rules.maturity.says[key as ChoiceKey] ?? {})).toEqual(
        expect.arrayContaining([...values]),
      )
    for (const key of ['meetingsPerYear', ...OBSERVED_KEYS] as const)
      expect(Object.keys(rules.maturity.says[key] ?? {})).toEqual([...FIGURE_BANDS])
  })

  it.each([
    ['a  b', 'doubled'],
    ['Il est là .', 'space before'],
    ['2 point sur 20', 'singular'],
    ['1 cellules', 'plural'],
    ['0 fiche', 'zero'],
    ['parce que le réseau est animé : à voir', 'colon'],
    ['« brut»', 'guillemets'],
    ['The aim', 'nothing', false],
    ['the aim is unknown', 'English'],
  ])('is read by rules that see « %s »', (sentence, fault, seen = true) => {
    expect(frenchFaults(sentence).some((one) => one.includes(fault))).toBe(seen)
  })
})
