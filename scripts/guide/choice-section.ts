import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential } from '../../src/domain/diagnostic.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import type { Contribution } from '../../src/domain/recommendation.ts'
import type { IndicatorKey, MaturityRules } from '../../src/domain/rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { answerLabel } from '../../src/domain/sentences.ts'
import type { TerritoryReport } from '../../src/domain/territory-report.ts'
import { frenchList } from '../../src/domain/typography.ts'
import { operation, shown, sumOf, table } from './arithmetic.ts'

const CONFIDENCE = { low: 'faible', medium: 'moyenne', high: 'élevée' } as const

/** The three scores done on the example, how sure they are, and what would change them. */
export function choiceSection(
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
  report: TerritoryReport,
): string[] {
  return [
    '## Le référentiel recommandé',
    '',
    `Chaque référentiel a ses critères ; leurs poids font 100. Points d'un critère = poids × adéquation, l'adéquation allant de 0 (rien ne va dans ce sens) à 1 (tout y va). **Une adéquation inconnue compte pour moitié.** Le score est la somme des points. L'intervalle dit ce que le score serait si tout l'inconnu valait 0, puis 1.`,
    '',
    ...REFERENTIALS.flatMap((key) => scoreLines(key, rules, report)),
    ...confidenceLines(rules.referentials, report),
    ...sensitivityLines(report),
  ]
}

function scoreLines(
  key: Referential,
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
  { contributions, scores, intervals }: TerritoryReport,
): string[] {
  const { criteria } = rules.referentials.referentials[key]
  const own = contributions.filter(({ referential }) => referential === key)
  const [low, high] = intervals[key]
  const at = (half: number) => own.map(({ known, points, weight }) => (known ? points : weight * half))
  const rows = criteria.map((rule, index) => {
    const one = own[index]!
    const operands =
      one.fit === null ? `${shown(one.weight)} / 2` : `${shown(one.weight)} × ${shown(one.fit)}`
    return [
      criterionText(rule, rules.maturity),
      shown(rule.weight),
      fitText(rule),
      exampleText(one),
      operation(operands, one.points),
    ]
  })
  return [
    `### « ${REFERENTIAL_LABELS[key]} »`,
    '',
    ...table(['Critère', 'Poids', "D'où vient l'adéquation", 'Exemple', 'Points'], rows),
    '',
    `Score : ${operation(sumOf(at(0.5)), scores[key])}. Intervalle : de ${shown(low)} à ${shown(high)}.`,
    '',
  ]
}

/** What a criterion looks at, in the words of the other tables. */
function criterionText(rule: CriterionRule, maturity: MaturityRules): string {
  if ('factor' in rule) return `facteur ${FACTOR_LABELS[rule.factor]}`
  return frenchList(labelsOf('answer' in rule ? [rule.answer] : rule.mean, maturity))
}

function labelsOf(keys: readonly IndicatorKey[], maturity: MaturityRules): string[] {
  return Object.values(maturity.factors)
    .flatMap(({ indicators }) => indicators)
    .filter(({ key }) => keys.includes(key))
    .map(({ label }) => label)
}

function fitText(rule: CriterionRule): string {
  const source = sourceText(rule)
  return rule.inverted ? `1 − (${source})` : source
}

function sourceText(rule: CriterionRule): string {
  if ('answer' in rule)
    return Object.entries(rule.fits)
      .map(([value, fit]) => `${answerLabel(rule.answer, value)} ${shown(fit)}`)
      .join(', ')
  if ('factor' in rule) return 'score / 100'
  return rule.mean.length === 1 ? 'score / 100' : 'moyenne des scores connus / 100'
}

function exampleText({ fit }: Contribution): string {
  return fit === null ? 'inconnu' : shown(fit)
}

function confidenceLines(
  { confidence, general }: ReferentialRules,
  { recommended, scores, intervals, confidence: found, contributions }: TerritoryReport,
): string[] {
  const others = REFERENTIALS.filter((key) => key !== recommended)
  const best = others.reduce((first, key) => (scores[key] > scores[first] ? key : first))
  const widest = others.reduce((first, key) => (intervals[key][1] > intervals[first][1] ? key : first))
  const coverages = REFERENTIALS.map((key) => {
    const known = contributions.filter((one) => one.referential === key && one.known)
    return known.reduce((sum, { weight }) => sum + weight, 0) / 100
  })
  return [
    '### Lequel, et avec quelle confiance',
    '',
    `Le plus haut score l'emporte ; à égalité, dans l'ordre ${frenchList(REFERENTIALS.map((key) => `« ${REFERENTIAL_LABELS[key]} »`))}. Deux exceptions, tirées du document du Hub, mènent à « ${REFERENTIAL_LABELS.generaliste} » quels que soient les points : l'objectif est volontairement laissé ouvert (« ${answerLabel('aim', 'none')} »), ou il est inconnu et la couverture n'atteint pas ${shown(general.coverage)}.`,
    '',
    `Exemple : « ${REFERENTIAL_LABELS[recommended]} ».`,
    '',
    `- **Marge** : son score moins le meilleur des autres (« ${REFERENTIAL_LABELS[best]} »), ${operation(`${shown(scores[recommended])} − ${shown(scores[best])}`, found.margin)}.`,
    `- **Garantie** : le bas de son intervalle moins le haut du plus haut des autres (« ${REFERENTIAL_LABELS[widest]} »), ${operation(`${shown(intervals[recommended][0])} − ${shown(intervals[widest][1])}`, found.guaranteed)}. Au-dessus de 0, rien de ce qui reste inconnu ne peut renverser les points.`,
    `- **Couverture** : la plus petite des trois parts de poids connues (${frenchList(coverages.map(shown))}), soit ${shown(found.coverage)}.`,
    '',
    `Confiance **élevée** si la garantie dépasse 0 et si la marge atteint ${shown(confidence.high)} ; **faible** si la couverture n'atteint pas ${shown(confidence.coverage)}, si la marge n'atteint pas ${shown(confidence.low)}, ou si une exception l'a emporté sur les points ; **moyenne** sinon. Ici : **${CONFIDENCE[found.level]}**. Une confiance élevée parle des points : laisser l'objectif volontairement ouvert reste une décision, que les règles suivent.`,
    '',
  ]
}

function sensitivityLines({ sensitivity, nextQuestions }: TerritoryReport): string[] {
  const [first] = nextQuestions
  return [
    '### Ce qui la ferait changer, et quoi demander ensuite',
    '',
    `Chaque réponse est essayée à chacune de ses autres valeurs ; la plus petite marche d'abord, puis le résultat le plus net. Exemple : ${sensitivity.sentence}`,
    '',
    ...sensitivity.changes.map(({ sentence }) => `- ${sentence}`),
    '',
    `La question la plus utile est celle dont la réponse, en moyenne sur toutes ses valeurs possibles (chacune comptant autant), donnerait la meilleure confiance, puis la plus grande garantie, puis la plus grande couverture. ${first === undefined ? '' : `Exemple : ${first.sentence}`}`,
    '',
  ]
}
