import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential } from '../../src/domain/diagnostic.ts'
import { ANSWER_SUBJECTS, FACTOR_LABELS, REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import type { Contribution } from '../../src/domain/scoring.ts'
import type { IndicatorKey, MaturityRules } from '../../src/domain/rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { answerLabel } from '../../src/domain/subjects.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import { frenchList } from '../../src/domain/typography.ts'
import { finely, operation, shown, sumOf, table } from './arithmetic.ts'

const CONFIDENCE = { low: 'faible', medium: 'moyenne', high: 'élevée' } as const

/** The three scores done on the example, how sure they are, and what would change them. */
export function choiceSection(
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
  report: Recommendation,
): string[] {
  return [
    '## Le référentiel recommandé',
    '',
    `Chaque référentiel a ses critères ; leurs poids font 100. Points d'un critère = poids × adéquation, l'adéquation allant de 0 (rien ne va dans ce sens) à 1 (tout y va). **Ce qui n'est pas connu compte pour moitié, indicateur par indicateur** : un facteur dont un indicateur sur six est connu reste ouvert aux cinq sixièmes. Le score est la somme des points. L'intervalle dit ce que le score serait si tout l'inconnu était au pire, puis au mieux.`,
    '',
    "Les phrases d'un critère sont dans « referentials.yaml » : « yes » au-delà de deux tiers d'adéquation, « rather » dès la moitié, « hardly » au-dessous, « no » sous un tiers. Un critère fait de plusieurs indicateurs ne les dit que si tous sont connus et que chacun, seul, y mènerait ; sinon ceux qui font pencher l'adéquation sont dits un à un, avec les mots de « says » dans « maturity.yaml ».",
    '',
    ...REFERENTIALS.flatMap((key) => scoreLines(key, rules, report)),
    ...confidenceLines(rules.referentials, report),
    ...sensitivityLines(report),
  ]
}

function scoreLines(
  key: Referential,
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
  { contributions, scores, intervals }: Recommendation,
): string[] {
  const { criteria } = rules.referentials.referentials[key]
  const own = contributions.filter(({ referential }) => referential === key)
  const [low, high] = intervals[key]
  const rows = criteria.map((rule, index) => {
    const one = own[index]!
    return [
      criterionText(rule, rules.maturity),
      shown(rule.weight),
      fitText(rule),
      exampleText(one),
      operation(`${shown(one.weight)} × ${finely(one.fit)}`, one.points),
    ]
  })
  return [
    `### « ${REFERENTIAL_LABELS[key]} »`,
    '',
    ...table(['Critère', 'Poids', "D'où vient l'adéquation", 'Exemple', 'Points'], rows),
    '',
    `Score : ${operation(sumOf(own.map(({ points }) => points)), scores[key])}. Intervalle : de ${shown(low)} à ${shown(high)}.`,
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
  const fit = rule.inverted ? `1 − (${source})` : source
  if (!('mean' in rule) || rule.unless === undefined) return fit
  const { answer, is } = rule.unless
  return `${fit} ; 0 si ${ANSWER_SUBJECTS[answer]} est « ${answerLabel(answer, is)} »`
}

function sourceText(rule: CriterionRule): string {
  if ('answer' in rule)
    return Object.entries(rule.fits)
      .map(([value, fit]) => `${answerLabel(rule.answer, value)} ${shown(fit)}`)
      .join(', ')
  if ('factor' in rule) return "score / 100, l'inconnu à 50"
  return rule.mean.length === 1 ? 'score / 100' : "moyenne des scores / 100, l'inconnu à 50"
}

function exampleText({ fit, range: [low, high], known, knownShare }: Contribution): string {
  if (known) return finely(fit)
  const part = knownShare === 0 ? 'inconnu' : 'en partie connu'
  return `${finely(fit)} (${part} : de ${shown(low)} à ${shown(high)})`
}

function confidenceLines(
  { confidence, general, referentials }: ReferentialRules,
  { recommended, scores, confidence: found, contributions, aPriori, preconditions }: Recommendation,
): string[] {
  const others = REFERENTIALS.filter((key) => key !== recommended)
  const best = others.reduce((first, key) => (scores[key] > scores[first] ? key : first))
  const coverages = REFERENTIALS.map((key) => {
    const own = contributions.filter((one) => one.referential === key)
    return own.reduce((sum, { weight, knownShare }) => sum + weight * knownShare, 0) / 100
  })
  const name = (key: Referential) => `« ${REFERENTIAL_LABELS[key]} »`
  const asked = REFERENTIALS.filter((key) => referentials[key].requires.length > 0)
  return [
    '### Lequel, et avec quelle confiance',
    '',
    `Deux lectures sont faites. **Avec l'objectif** : tous les critères. **A priori** : sans le critère de l'objectif, les autres poids ramenés à 100 ; c'est elle qui décide tant que l'objectif n'est pas connu. Où les deux diffèrent, c'est dit : c'est la conversation à avoir. Le plus haut score l'emporte ; à égalité, dans l'ordre ${frenchList(REFERENTIALS.map(name))}. Deux exceptions mènent à ${name('generaliste')} quels que soient les points : l'objectif est volontairement laissé ouvert (« ${answerLabel('aim', 'none')} », tirée du document du Hub), ou il est inconnu et la couverture n'atteint pas ${shown(general.coverage)} (la nôtre).`,
    '',
    `Exemple : ${name(recommended)} ; a priori, ${name(aPriori.recommended)} (${frenchList(REFERENTIALS.map((key) => `${REFERENTIAL_LABELS[key]} ${shown(aPriori.scores[key])}`))}).`,
    '',
    `- **Marge** : son score moins le meilleur des autres (${name(best)}), ${operation(`${shown(scores[recommended])} − ${shown(scores[best])}`, found.margin)}.`,
    `- **Garantie** : la plus petite marge sur toutes les manières de compléter l'inconnu, le même inconnu jouant sur les trois à la fois : ici ${shown(found.guaranteed)}. Au-dessus de 0, rien de ce qui reste inconnu ne changerait la recommandation.`,
    `- **Couverture** : la moyenne des parts de poids connues (${frenchList(coverages.map(finely))}), soit ${operation(`(${coverages.map(finely).join(' + ')}) / 3`, found.coverage)}.`,
    `- **Préalables** (${frenchList(asked.map(name))} en ont un) : ${preconditions
      .filter(({ key }) => key.startsWith(`${recommended}.`))
      .map(({ sentence }) => sentence.replace(/^Préalable.: /u, ''))
      .join(' ')}`,
    '',
    `Confiance **faible** si la couverture n'atteint pas ${shown(confidence.coverage)}, si la marge n'atteint pas ${shown(confidence.low)}, ou si une exception l'a emporté sur les points ; **élevée** si la garantie dépasse 0, si la marge atteint ${shown(confidence.high)}, si l'objectif est connu et va dans ce sens, si les préalables sont remplis et si aucune réponse n'en contredit une autre ; **moyenne** sinon. Ici : **${CONFIDENCE[found.level]}**.`,
    '',
  ]
}

function sensitivityLines({ sensitivity, nextQuestions }: Recommendation): string[] {
  const [first] = nextQuestions
  return [
    '### Ce qui la ferait changer, et quoi demander ensuite',
    '',
    `Chaque réponse est essayée à chacune de ses autres valeurs, chaque chiffre observé à celle où la recommandation bascule ; le plus petit déplacement d'abord, puis le résultat le plus net, l'objectif en dernier. Exemple : ${sensitivity.sentence}`,
    '',
    ...sensitivity.changes.map(({ sentence }) => `- ${sentence}`),
    '',
    `La question la plus utile est celle dont la réponse, en moyenne sur toutes ses valeurs possibles (chacune comptant autant), donnerait la meilleure confiance, puis la plus grande garantie, puis la plus grande couverture. ${first === undefined ? '' : `Exemple : ${first.sentence}`}`,
    '',
  ]
}
