import type { Calibration, Observation, RoleCalibration } from '../domain/calibration.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import { counted, frenchDay, frenchNumber, typeset } from '../domain/typography.ts'

const ROLE_LABELS = { referents: 'référent·e·s', deploymentOfficer: 'chargé·e de déploiement' } as const

/** Estimates against real days as a person reads them in a terminal, in French. */
export function calibrationLines({ roles, atLeast }: Calibration): string[] {
  const known = roles.filter(({ observations }) => observations.length > 0)
  const none =
    'Aucun EPCI ne dit encore ses jours réels (colonnes « Jours référents réels » et « Jours chargé·e réels ») : il est trop tôt pour comparer.'
  if (known.length === 0) return [typeset(none)]
  return [
    ...known.flatMap((one) => roleLines(one, atLeast)),
    "Rien n'est appliqué : les volumes se changent dans config/referentials.yaml (days), après en avoir décidé.",
  ].map(typeset)
}

function roleLines(one: RoleCalibration, atLeast: number): string[] {
  const { referential, role, observations, medianError, bias, bounds } = one
  return [
    `« ${REFERENTIAL_LABELS[referential]} », ${ROLE_LABELS[role]} (de ${frenchNumber(bounds.low)} à ${frenchNumber(bounds.high)} jours) : ${observations.length} EPCI`,
    `  écart médian ${counted(medianError ?? 0, 'jour')} ; ${biasText(bias ?? 0)}`,
    `  ${verdictText(one, atLeast)}`,
    ...observations.map(observationLine),
    '',
  ]
}

function biasText(bias: number): string {
  if (bias === 0) return 'ni sous-estimation ni surestimation en médiane'
  const days = counted(Math.abs(bias), 'jour')
  return bias > 0 ? `sous-estimation médiane de ${days}` : `surestimation médiane de ${days}`
}

function verdictText({ verdict, observations, proposal }: RoleCalibration, atLeast: number): string {
  const left = atLeast - observations.length
  switch (verdict) {
    case 'too_early':
      return `Trop tôt pour proposer d'autres volumes : il faut ${atLeast} EPCI, encore ${left}.`
    case 'fits':
      return "Les volumes actuels conviennent : d'autres n'auraient pas mieux estimé ces territoires."
    case 'proposed':
      return proposal === null
        ? ''
        : `Proposition : de ${frenchNumber(proposal.low)} à ${frenchNumber(proposal.high)} jours ; l'écart médian passerait de ${frenchNumber(proposal.errorNow)} à ${counted(proposal.errorThen, 'jour')} sur des territoires qui n'ont pas servi à la calculer.`
  }
}

function observationLine({ name, siren, actual, estimate, driver, estimatedOn }: Observation): string {
  const gap = actual - estimate
  const sign = gap > 0 ? '+' : ''
  const midpoint = driver === null ? ', milieu de la fourchette' : ''
  return `  • ${name} (${siren}) : ${counted(actual, 'jour réel', 'jours réels')} pour ${frenchNumber(estimate)} estimés (${sign}${frenchNumber(gap)}), estimation du ${frenchDay(estimatedOn)}${midpoint}`
}
