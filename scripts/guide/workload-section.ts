import { FACTORS, REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import type { TerritoryReport } from '../../src/domain/territory-report.ts'
import { frenchList } from '../../src/domain/typography.ts'
import type { Days } from '../../src/domain/workload.ts'
import { meanOf, operation, shown, table } from './arithmetic.ts'
import { EXAMPLE } from './example.ts'

/** The days of each role: bounds of the Hub, what moves them, and the sum done on the example. */
export function workloadSection({ referentials }: ReferentialRules, report: TerritoryReport): string[] {
  const { recommended, workload, factors } = report
  const { driver } = referentials[recommended]
  const known = FACTORS.flatMap((key) => {
    const { score } = factors[key]
    return score === null ? [] : [{ key, value: score, weight: 1 }]
  })
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length
  const raw = EXAMPLE.drivers[driver.key]
  return [
    '## La charge, en jours',
    '',
    'Les bornes sont celles du document du Hub. Estimation = bas + (haut − bas) × moteur, à la demi-journée (les moitiés vers le haut), jamais hors des bornes. Un moteur inconnu place au milieu, et le dit.',
    '',
    ...table(
      ['Référentiel', 'Référent·e·s', 'Chargé·e de déploiement', 'Moteur des référent·e·s', '1 à partir de'],
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
        ]
      }),
    ),
    '',
    `Le moteur du ou de la chargé·e de déploiement est le manque de maturité : 1 − moyenne des facteurs connus / 100.`,
    '',
    `Exemple, « ${REFERENTIAL_LABELS[recommended]} » :`,
    '',
    ...(raw === null || driver.maturityWeight > 0
      ? []
      : [
          `- référent·e·s : ${driver.basis}, ${shown(raw)} ; moteur ${operation(`${shown(raw)} / ${shown(driver.full)}`, workload.referents.driver ?? 0.5)} ; ${daysText(workload.referents)}.`,
        ]),
    `- chargé·e de déploiement : facteurs connus (${frenchList(known.map(({ key }) => FACTOR_LABELS[key]))}), ${operation(meanOf(known), mean)} ; moteur ${operation(`1 − ${shown(mean)} / 100`, workload.deploymentOfficer.driver ?? 0.5)} ; ${daysText(workload.deploymentOfficer)}.`,
    '',
  ]
}

function daysText({ low, high, driver, estimate }: Days): string {
  const at = driver ?? 0.5
  const exact = low + (high - low) * at
  return `${operation(`${shown(low)} + (${shown(high)} − ${shown(low)}) × ${shown(at)}`, exact)}, soit **${shown(estimate)} jours**`
}
