import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { BLOCKS, NEEDS } from '../domain/rules/indicators.ts'
import type { ComparedKey, IndicatorRules } from '../domain/rules/indicators.ts'
import type { SimilarEpci } from '../domain/similar.ts'
import { counted, frenchList, frenchNumber, typeset } from '../domain/typography.ts'
import type { EpciInsight } from '../sync/insight.ts'

/** How many communes are named. */
const COMMUNES_SHOWN = 12

/** The indicators of an EPCI, what it is held beside, and its past, as a person reads them in a terminal. */
export function insightLines(report: EpciReport & EpciInsight, rules: IndicatorRules): string[] {
  return [
    ...section('Désaccord avec le référentiel retenu :', report.disagreement?.sentences ?? []),
    ...section('Depuis la dernière fois :', report.changes?.sentences ?? []),
    ...turnedLines(report),
    ...section('Territoires les plus semblables :', report.similar.map(similarLine)),
    ...section('Les quatre besoins :', needLines(report, rules)),
    ...section('Remplissage par bloc :', blockLines(report, rules)),
    ...section('Le territoire :', placeLines(report)),
  ].map(typeset)
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  • ${line}`)]
}

/** When it last turned, unless that is what is told just above. */
function turnedLines({ turned, changes }: EpciInsight): string[] {
  if (turned === null || turned.since === changes?.since) return []
  return section('Dernier changement de référentiel recommandé :', turned.sentences)
}

const COMPARED_LABELS: Readonly<Record<ComparedKey, string>> = { ...FACTOR_LABELS, population: 'Population' }

function similarLine({ name, similarity, compared, recommended, retained }: SimilarEpci): string {
  const choice =
    retained === null
      ? `« ${REFERENTIAL_LABELS[recommended]} » recommandé, rien de retenu`
      : `« ${REFERENTIAL_LABELS[retained]} » retenu${retained === recommended ? '' : ` (« ${REFERENTIAL_LABELS[recommended]} » recommandé)`}`
  const on = frenchList(compared.map((key) => COMPARED_LABELS[key].toLowerCase()))
  return `${name}, semblable à ${frenchNumber(similarity * 100, 0)} % (${on}) : ${choice}`
}

function needLines({ needs }: EpciReport, rules: IndicatorRules): string[] {
  return NEEDS.map((key) => {
    const { status, actors, communes } = needs[key]
    const { label } = rules.needs[key]
    if (status === 'nobody') return `${label} : personne`
    if (status === 'unknown')
      return `${label} : personne de connu, mais des fiches ne disent pas leurs services`
    const places = communes === null ? '' : `, dans ${frenchNumber(communes * 100, 0)} % des communes`
    return `${label} : ${counted(actors, 'acteur')}${places}`
  })
}

function blockLines({ byBlock, actors }: EpciReport, rules: IndicatorRules): string[] {
  if (actors === 0) return []
  return BLOCKS.map((key) => {
    const { completeness, filled } = byBlock[key]
    const percent = (value: number | null) => (value === null ? 'facultatif' : `${frenchNumber(value, 0)} %`)
    const cells = filled === null ? '' : ` (${frenchNumber(filled * 100, 0)} % des cases)`
    return `${rules.blocks[key].label} : ${percent(completeness)}${cells}`
  })
}

function placeLines(report: EpciReport & EpciInsight): string[] {
  const { actorsPer10000, region, communesWithoutActor, byCommune, elsewhere, fragility } = report
  const lines: string[] = []
  if (actorsPer10000 !== null) {
    const beside =
      region.actorsPer10000 === null
        ? ''
        : ` (médiane sur ${region.epcis} EPCI : ${frenchNumber(region.actorsPer10000)})`
    lines.push(`${counted(actorsPer10000, 'acteur')} pour 10 000 habitants${beside}`)
  }
  lines.push(...kindLines(report))
  if (communesWithoutActor.length > 0 && byCommune.length > 0)
    lines.push(`${counted(communesWithoutActor.length, 'commune')} sans acteur : ${communeNames(report)}`)
  if (elsewhere > 0) lines.push(`${counted(elsewhere, 'fiche')} sans commune de l'EPCI`)
  if (fragility !== null)
    lines.push(
      `indice de fragilité numérique ${frenchNumber(fragility.score, 2)} (médiane du fichier : ${frenchNumber(fragility.median, 2)}), pour le contexte : il ne compte dans aucun score`,
    )
  return lines
}

/** How many kinds are named. */
const KINDS_SHOWN = 8

function kindLines({ kinds: { diversity, counts } }: EpciReport): string[] {
  if (diversity === null) return []
  const named = counts.slice(0, KINDS_SHOWN).map(({ kind, records }) => `${kind} (${records})`)
  const list = named.length === 0 ? 'aucun du standard' : named.join(', ')
  return [
    `types d'acteurs : ${list} ; diversité ${frenchNumber(diversity, 2)} (0 : un seul type, vers 1 : tous différents)`,
  ]
}

function communeNames({ communesWithoutActor }: EpciReport): string {
  const names = communesWithoutActor.slice(0, COMMUNES_SHOWN).map(({ name }) => name)
  const left = communesWithoutActor.length - names.length
  return left === 0 ? frenchList(names) : `${names.join(', ')} et ${counted(left, 'autre')}`
}
