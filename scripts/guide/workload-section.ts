import { FACTORS, REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import { HALF, overallMaturity } from '../../src/domain/maturity.ts'
import type { FactorResult } from '../../src/domain/maturity.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import type { Days } from '../../src/domain/workload.ts'
import { finely, meanOf, operation, shown, table } from './arithmetic.ts'
import { EXAMPLE } from './example.ts'

/** The days of each role: bounds of the Hub, what moves them, and the sum done on the example. */
export function workloadSection({ referentials }: ReferentialRules, report: Recommendation): string[] {
  const { recommended, workload, factors } = report
  const { driver } = referentials[recommended]
  const { half } = overallMaturity(factors)
  const means = FACTORS.map((key) => ({ key, value: factorAtHalf(factors[key]), weight: 1 }))
  return [
    '## La charge, en jours',
    '',
    "Les bornes sont celles du document du Hub, en personnes-jours par EPCI (que le document compte chaque référent·e ou le binôme reste à lui demander). L'estimation est celle de **toute la mission** : elle ne baisse pas à mesure que le travail avance. Estimation = bas + (haut − bas) × moteur, à la demi-journée (les moitiés vers le haut), jamais hors des bornes.",
    '',
    ...table(
      [
        'Référentiel',
        'Référent·e·s',
        'Chargé·e de déploiement',
        'Volume',
        '1 à partir de',
        'Part de la maturité',
      ],
      REFERENTIALS.map((key) => {
        const { days, driver: own } = referentials[key]
        const bounds = (one: { readonly low: number; readonly high: number }) =>
          `${shown(one.low)} à ${shown(one.high)}`
        return [
          REFERENTIAL_LABELS[key],
          bounds(days.referents),
          bounds(days.deploymentOfficer),
          own.basis,
          shown(own.full),
          shown(own.maturityWeight),
        ]
      }),
    ),
    '',
    'Le besoin d’appui est 1 − maturité / 100, la maturité étant la moyenne des quatre facteurs, où ce qui est inconnu compte 50. C’est le moteur du ou de la chargé·e de déploiement. Celui des référent·e·s mêle le volume (inconnu : 0,5) et, pour sa part, le besoin d’appui. La participation est la réelle une fois une journée tenue, l’attendue avant. La fourchette dit ce que l’estimation serait si tout l’inconnu était au plus bas, puis au plus haut.',
    '',
    `Exemple, « ${REFERENTIAL_LABELS[recommended]} » :`,
    '',
    ...means.map(({ key }) => `- ${FACTOR_LABELS[key]}, l'inconnu à ${HALF} : ${factorSum(factors[key])}`),
    `- maturité : ${operation(meanOf(means), half)} ; besoin d'appui : ${operation(`1 − ${shown(half)} / 100`, workload.deploymentOfficer.driver)} ;`,
    `- chargé·e de déploiement : ${daysText(workload.deploymentOfficer)} ;`,
    ...referentLines(report, driver),
    '',
  ]
}

function referentLines(
  { workload }: Recommendation,
  driver: ReferentialRules['referentials']['outil']['driver'],
): string[] {
  const { actors } = EXAMPLE.drivers
  if (driver.key !== 'actors' || actors === null) return []
  const volume = Math.min(1, actors / driver.full)
  const support = workload.deploymentOfficer.driver
  const [own, other] = [finely(1 - driver.maturityWeight), finely(driver.maturityWeight)]
  return [
    `- volume : ${driver.basis}, ${operation(`${shown(actors)} / ${shown(driver.full)}`, volume)} ; moteur ${operation(`${own} × ${finely(volume)} + ${other} × ${finely(support)}`, workload.referents.driver)} ;`,
    `- référent·e·s : ${daysText(workload.referents)}.`,
  ]
}

function factorAtHalf({ indicators }: FactorResult): number {
  const total = indicators.reduce((sum, { weight }) => sum + weight, 0)
  return indicators.reduce((sum, { score, weight }) => sum + (score ?? HALF) * weight, 0) / total
}

function factorSum(factor: FactorResult): string {
  const parts = factor.indicators.map(({ score, weight }) => ({ value: score ?? HALF, weight }))
  return operation(meanOf(parts), factorAtHalf(factor))
}

function daysText({ low, high, driver, estimate, range }: Days): string {
  const exact = low + (high - low) * driver
  return `${operation(`${shown(low)} + (${shown(high)} − ${shown(low)}) × ${finely(driver)}`, exact)}, soit **${shown(estimate)} jours** (entre ${shown(range[0])} et ${shown(range[1])})`
}
