import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportLines } from '../../src/commands/report-text.ts'
import { ANSWER_VALUES, REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { ChoiceKey, Situation } from '../../src/domain/diagnostic.ts'
import { disagreement } from '../../src/domain/disagreement.ts'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import type { TerritoryReport } from '../../src/domain/territory-report.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

/** Every sentence that a recommendation gives to people. */
function sentencesOf(one: Situation, report: TerritoryReport): string[] {
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

/**
 * What a clause claims, and when that is so. What is only asked, supposed or listed as unknown claims nothing: those
 * sentences are left out.
 */
const CLAIMS: readonly (readonly [RegExp, (one: Situation) => boolean])[] = [
  [/gouvernance locale (?:est|n'est|peut|ne peut)/, ({ answers }) => answers.governance !== null],
  [/mise en réseau des acteurs (?:est|n'est)/, ({ answers }) => answers.network !== null],
  [/l'objectif est l'interconnaissance/, ({ answers }) => answers.aim === 'mutual_knowledge'],
  [/l'objectif est une base/, ({ answers }) => answers.aim === 'database'],
  [/l'objectif est la mise en réseau/, ({ answers }) => answers.aim === 'networking'],
  [/objectif (?:reste ouvert|précis n'est encore fixé)/, ({ answers }) => answers.aim === 'none'],
  [/un réseau constitué permet/, ({ answers }) => answers.network === 'constituted'],
  [/le réseau, déjà animé/, ({ answers }) => answers.network === 'facilitated'],
  [/le réseau n'est encore qu'informel/, ({ answers }) => answers.network === 'informal'],
  [/aucun réseau ne permet/, ({ answers }) => answers.network === 'none'],
  [/engagement politique est déjà financé/, ({ answers }) => answers.commitment === 'funded'],
  [/engagement politique a déjà fait/, ({ answers }) => answers.commitment === 'deliberated'],
  [/engagement politique n'est qu'exprimé/, ({ answers }) => answers.commitment === 'voiced'],
  [/engagement politique reste à obtenir/, ({ answers }) => answers.commitment === 'none'],
  [
    /un outil est déjà en place et en usage/,
    ({ answers: { tool, use } }) => ![tool, use].some((said) => said === null || said === 'none'),
  ],
  [
    /peu contactés ou participent peu/,
    ({ observed }) => Math.min(observed.contactedShare ?? 1, observed.participationRate ?? 1) < 1 / 3,
  ],
  [
    /la plupart des acteurs/,
    ({ observed }) => Math.max(observed.contactedShare ?? 0, observed.participationRate ?? 0) > 2 / 3,
  ],
  [
    /fiches sont très incomplètes ou anciennes/,
    ({ observed }) => Math.min(observed.completeness ?? 100, observed.freshness ?? 100) < 100 / 3,
  ],
]
const CLAIMS_NOTHING = /^(?:Pas encore connu|Demandez|Préalable|Si )/u

function contradictionsOf(one: Situation, report: TerritoryReport): string[] {
  return [...report.reasons, ...report.why]
    .map(plain)
    .filter((sentence) => !CLAIMS_NOTHING.test(sentence))
    .flatMap((sentence) =>
      CLAIMS.filter(([claim, holds]) => claim.test(lowered(sentence)) && !holds(one)).map(() => sentence),
    )
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

const holdTheRules = (one: Situation) => {
  const report = assessTerritory(one, rules)
  expect(sentencesOf(one, report).flatMap(frenchFaults)).toEqual([])
  expect(contradictionsOf(one, report)).toEqual([])
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
    fc.assert(fc.property(anySituation, holdTheRules), { numRuns: 1500 })
  })

  it('says nothing of a governance or of a network that nobody was asked about', () => {
    const listed = situation({
      answers: { referents: 'pair', roadmap: 'adopted', meetingsPerYear: 6, aim: 'mutual_knowledge' },
      observed: { contactedShare: 1, participationRate: 1, communesCovered: 1 },
    })
    const { reasons } = assessTerritory(listed, rules)
    const claims = reasons.map(plain).filter((one) => !CLAIMS_NOTHING.test(one))
    expect(claims.join(' ')).not.toMatch(/gouvernance|mise en réseau des acteurs/)
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
