import type { Calibration, Observation, RoleCalibration } from '../domain/calibration.ts'
import type { DriverCalibration } from '../domain/driver-calibration.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import { counted, frenchDay, frenchNumber, typeset } from '../domain/typography.ts'

const ROLE_LABELS = { referents: 'référent·e·s', deploymentOfficer: 'chargé·e de déploiement' } as const

/** Estimates against real days, and drivers against the region, as a person reads them in a terminal, in French. */
export function calibrationLines({ roles, drivers }: Calibration): string[] {
  const known = roles.filter(({ observations }) => observations.length > 0)
  const none =
    'Aucun EPCI ne dit encore ses jours réels (colonnes « Jours référents réels » et « Jours chargé·e réels ») : il est trop tôt pour comparer.'
  return [
    ...(known.length === 0 ? [none, ''] : known.flatMap(roleLines)),
    'Ce qui fait varier les jours des référent·e·s, dans la région :',
    ...drivers.flatMap(driverLines),
    '',
    "Rien n'est appliqué : une proposition se recopie dans config/referentials.yaml, après en avoir décidé.",
  ].map(typeset)
}

function roleLines(one: RoleCalibration): string[] {
  const { referential, role, observations, medianError, bias, bounds } = one
  return [
    `« ${REFERENTIAL_LABELS[referential]} », ${ROLE_LABELS[role]} (de ${frenchNumber(bounds.low)} à ${frenchNumber(bounds.high)} jours) : ${observations.length} EPCI`,
    `  écart médian ${counted(medianError ?? 0, 'jour')} ; ${biasText(bias ?? 0)}`,
    ...observations.map(observationLine),
    '',
  ]
}

function biasText(bias: number): string {
  if (bias === 0) return 'ni sous-estimation ni surestimation en médiane'
  const days = counted(Math.abs(bias), 'jour')
  return bias > 0 ? `sous-estimation médiane de ${days}` : `surestimation médiane de ${days}`
}

const DRIVER_LABELS = { participation: 'participation réelle', actors: 'acteurs du territoire' } as const

function driverLines(one: DriverCalibration): string[] {
  const { referential, driver, full, values, epcis, byPopulation } = one
  const written = (value: number) =>
    driver === 'participation' ? `${frenchNumber(100 * value, 0)} %` : frenchNumber(value)
  const spread =
    values === null
      ? ''
      : `, de ${written(values.least)} à ${written(values.most)}, médiane ${written(values.median)}`
  const rough =
    byPopulation === 0 ? '' : ` (${byPopulation} de plus d'après la population seule, laissés de côté)`
  return [
    `« ${REFERENTIAL_LABELS[referential]} », ${DRIVER_LABELS[driver]}, plafond à ${written(full)} : connu pour ${epcis} EPCI${rough}${spread}`,
    ...verdictLines(one, written),
  ]
}

function verdictLines(
  { verdict, epcis, atLeast, proposal }: DriverCalibration,
  written: (value: number) => string,
): string[] {
  if (verdict === 'too_early')
    return [`  Trop tôt pour proposer un autre plafond : il faut ${atLeast} EPCI, encore ${atLeast - epcis}.`]
  if (proposal === null) return ['  Le plafond actuel convient.']
  const { full, difference, told, errorNow, errorThen } = proposal
  const error =
    errorNow === null || errorThen === null
      ? 'aucun EPCI sous ce référentiel ne dit encore ses jours réels'
      : `pour les ${told} EPCI qui disent leurs jours réels, écart médian de ${counted(errorNow, 'jour')} aujourd'hui, ${frenchNumber(errorThen)} alors`
  if (verdict === 'worse')
    return [`  Pas de proposition : la région donnerait un plafond à ${written(full)}, mais ${error}.`]
  return [
    `  Proposition : un plafond à ${written(full)} ; ${error}.`,
    ...difference.map((line) => `    ${line}`),
  ]
}

function observationLine({ name, siren, actual, estimate, driver, estimatedOn }: Observation): string {
  const gap = actual - estimate
  const sign = gap > 0 ? '+' : ''
  const midpoint = driver === null ? ', milieu de la fourchette' : ''
  return `  • ${name} (${siren}) : ${counted(actual, 'jour réel', 'jours réels')} pour ${frenchNumber(estimate)} estimés (${sign}${frenchNumber(gap)}), estimation du ${frenchDay(estimatedOn)}${midpoint}`
}
