import { REFERENTIALS } from '../domain/diagnostic.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { TypologyRules } from '../domain/rules/typology.ts'
import type { Shares, TypeDays, TypeOverview } from '../domain/typology-overview.ts'
import { typologySentences } from '../domain/typology-sentences.ts'
import type { Typology } from '../domain/typology.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'

/** The type of one EPCI, as `explain` says it. */
export function typologyLines(typology: Typology, rules: TypologyRules): string[] {
  const degrees = typology.degrees.map(({ label, degree, range: [low, high] }) => {
    const open = `[${frenchNumber(low, 2)} – ${frenchNumber(high, 2)}]`
    return `  ${label.padEnd(24)} ${frenchNumber(degree, 2).padStart(5)}  ${open}`
  })
  return [
    '',
    `Type de territoire : ${typology.label === null ? 'aucun' : `« ${typology.label} »`}`,
    ...typologySentences(typology, rules).map((sentence) => `  • ${sentence}`),
    'Degré d’appartenance à chaque type (et selon ce qui reste inconnu) :',
    ...degrees,
  ].map(typeset)
}

/** Every type with its EPCI, and what the Hub does there. */
export function overviewLines(types: readonly TypeOverview[]): string[] {
  const shown = types.filter(({ key, epcis }) => key !== null || epcis.length > 0)
  const open = shown.some(({ epcis }) => epcis.some(({ degree, firm }) => degree !== null && !firm))
  return [
    ...shown.flatMap(typeLines),
    ...(open ? [typeset('? : ce qui reste inconnu pourrait donner un autre type.')] : []),
  ]
}

function typeLines({
  label,
  definition,
  epcis,
  aPriori,
  recommended,
  retained,
  days,
}: TypeOverview): string[] {
  const head = label === null ? 'Aucun type assez proche' : `« ${label} »`
  const members = epcis.map(({ siren, name, degree, firm }) => {
    const far = degree === null ? '' : ` ${frenchNumber(degree, 2).padStart(5)}${firm ? '' : ' ?'}`
    return `    ${siren}${far}  ${name}`
  })
  const facts =
    epcis.length === 0
      ? []
      : [
          `  A priori : ${sharesText(aPriori, 'trop peu connu')}`,
          `  Recommandé : ${sharesText(recommended, 'aucun')}`,
          `  Retenu : ${sharesText(retained, 'pas encore')}`,
          `  Jours référent·e·s : ${daysText(days.referents)}`,
          `  Jours chargé·e de déploiement : ${daysText(days.deploymentOfficer)}`,
        ]
  return [
    `${head} : ${counted(epcis.length, 'EPCI', 'EPCI')}`,
    ...(definition === null ? [] : [`  ${definition}`]),
    ...facts,
    ...members,
    '',
  ].map(typeset)
}

function sharesText(shares: Shares, none: string): string {
  const each = REFERENTIALS.filter((key) => shares[key] > 0).map(
    (key) => `${REFERENTIAL_LABELS[key]} ${shares[key]}`,
  )
  return [...each, ...(shares.none === 0 ? [] : [`${none} ${shares.none}`])].join(', ')
}

function daysText({ estimated, range: [low, high], spent, told }: TypeDays): string {
  const open = low === high ? '' : ` (de ${frenchNumber(low)} à ${frenchNumber(high)})`
  const real =
    spent === null
      ? 'réels : pas encore dits'
      : `réels : ${frenchNumber(spent)} dans ${counted(told, 'EPCI', 'EPCI')}`
  return `estimés : ${frenchNumber(estimated)}${open} ; ${real}`
}
