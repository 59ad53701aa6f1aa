import type { EpciReport } from './epci-report.ts'
import type { EpciFragility } from './fragility.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from './labels.ts'
import type { Region } from './region.ts'
import { BLOCKS, NEEDS } from './rules/indicators.ts'
import type { CompletenessRules } from './rules/completeness.ts'
import type { ComparedKey, IndicatorRules } from './rules/indicators.ts'
import type { SimilarEpci } from './similar.ts'
import type { Share } from './indicators/shares.ts'
import type { SourceFigures } from './indicators/sources.ts'
import { shownName } from './shown-name.ts'
import { counted, frenchList, frenchNumber } from './typography.ts'

/** How many communes are named. */
const COMMUNES_SHOWN = 12

const COMPARED_LABELS: Readonly<Record<ComparedKey, string>> = { ...FACTOR_LABELS, population: 'Population' }

/** « CC Y, semblable à 92 % (gouvernance et outillage) : « Outil » retenu » */
export function similarSentence({ name, similarity, compared, recommended, retained }: SimilarEpci): string {
  const choice =
    retained === null
      ? `« ${REFERENTIAL_LABELS[recommended]} » recommandé, rien de retenu`
      : `« ${REFERENTIAL_LABELS[retained]} » retenu${retained === recommended ? '' : ` (« ${REFERENTIAL_LABELS[recommended]} » recommandé)`}`
  const on = frenchList(compared.map((key) => COMPARED_LABELS[key].toLowerCase()))
  return `${name}, semblable à ${frenchNumber(similarity * 100, 0)} % (${on}) : ${choice}`
}

/** Who meets each of the four needs. */
export function needSentences({ needs, actors: records }: EpciReport, rules: IndicatorRules): string[] {
  return NEEDS.map((key) => {
    const { status, actors, communes } = needs[key]
    const { label } = rules.needs[key]
    if (records === 0) return `${label} : inconnu, faute de fiche`
    if (status === 'nobody') return `${label} : personne`
    if (status === 'unknown')
      return `${label} : personne de connu, mais des fiches ne disent pas leurs services`
    const places = communes === null ? '' : `, dans ${frenchNumber(communes * 100, 0)} % des communes`
    return `${label} : ${counted(actors, 'acteur')}${places}`
  })
}

/** How full each block of fields is; none without records. */
export function blockSentences({ byBlock, actors }: EpciReport, rules: IndicatorRules): string[] {
  if (actors === 0) return []
  return BLOCKS.map((key) => {
    const { completeness, filled } = byBlock[key]
    const percent = (value: number | null) => (value === null ? 'facultatif' : `${frenchNumber(value, 0)} %`)
    const cells = filled === null ? '' : ` (${frenchNumber(filled * 100, 0)} % des cases)`
    return `${rules.blocks[key].label} : ${percent(completeness)}${cells}`
  })
}

/** What the shares of an EPCI are made of, each with its count, and the records that count once. */
export function countSentences({ actors, records, shares, sources }: Counted): string[] {
  if (records === 0) return []
  const { publishable, freshness, contactedShare, communesCovered } = shares
  const repeated = records - actors
  return [
    ...(repeated === 0
      ? []
      : [
          `${counted(records, 'fiche')} pour ${counted(actors, 'acteur')} : ${counted(repeated, 'doublon possible', 'doublons possibles')}, chaque lieu compté une fois`,
        ]),
    ...shareLine('publiables', publishable),
    ...shareLine("à jour, parmi les fiches dont l'âge est connu", freshness),
    ...shareLine('contactés depuis un an', contactedShare),
    ...(communesCovered.of === 0 ? [] : [`communes avec un acteur : ${ofText(communesCovered)}`]),
    ...sourceLines(sources),
  ]
}

type Counted = Pick<EpciReport, 'actors' | 'records' | 'shares' | 'sources'>

/** « publiables : 2 sur 3 (peu de fiches : à lire avec prudence) » */
function shareLine(what: string, share: Share): string[] {
  if (share.of === 0) return []
  const little = share.little ? ' (peu de fiches, à lire avec prudence)' : ''
  return [`${what} : ${ofText(share)}${little}`]
}

function ofText({ count, of }: Share): string {
  return `${frenchNumber(count)} sur ${frenchNumber(of)}`
}

/** The figures of each source, where more than one is named. */
export function sourceLines(sources: readonly SourceFigures[]): string[] {
  return sources.map(sourceLine)
}

function sourceLine({ source, records, completeness, publishable, freshness }: SourceFigures): string {
  const name = source === null ? 'sans source' : `source « ${shownName(source)} »`
  const percent = (value: number) => `${frenchNumber(value, 0)} %`
  const current = freshness === null ? 'âge inconnu' : `à jour ${percent(freshness)}`
  return `${name} : ${counted(records, 'fiche')}, complétude ${percent(completeness)}, publiables ${percent(publishable)}, ${current}`
}

/** What an EPCI is held beside. */
export type Beside = { readonly region: Region; readonly fragility: EpciFragility | null }

/** The territory: density, kinds, communes without an actor, fragility. */
export function placeSentences(
  report: EpciReport,
  { region, fragility }: Beside,
  fields: CompletenessRules['fields'],
): string[] {
  const { actorsPer10000, communesWithoutActor, byCommune, elsewhere } = report
  const lines: string[] = []
  if (actorsPer10000 !== null) {
    const beside =
      region.actorsPer10000 === null
        ? ''
        : ` (médiane sur ${region.epcis} EPCI : ${frenchNumber(region.actorsPer10000)})`
    // Rounded to nothing, it is not nothing.
    const density = actorsPer10000 < 0.05 ? 'moins de 0,1 acteur' : counted(actorsPer10000, 'acteur')
    lines.push(`${density} pour 10\u202f000 habitants${beside}`)
  }
  lines.push(...kindLines(report, fields))
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

/** « 5 types d'acteurs pour 6 fiches : … » */
function kindLines({ kinds, actors }: EpciReport, fields: CompletenessRules['fields']): string[] {
  const { counts, named, distinct } = kinds
  if (named === 0) return []
  const words = fields.find(({ field }) => field === 'typologie')?.accepted ?? {}
  const shown = counts
    .slice(0, KINDS_SHOWN)
    .map(({ kind, records }) => `${words[kind]?.[0] ?? kind} (${records})`)
  const list = shown.length === 0 ? '' : ` : ${shown.join(', ')}`
  const silent = actors - named
  const others = silent === 0 ? '' : ` ; ${counted(silent, "n'en dit", "n'en disent")} aucun`
  return [
    `${counted(distinct, "type d'acteurs", "types d'acteurs")} pour ${counted(named, 'fiche')}${list}${others}`,
  ]
}

function communeNames({ communesWithoutActor }: EpciReport): string {
  const names = communesWithoutActor.slice(0, COMMUNES_SHOWN).map(({ name }) => name)
  const left = communesWithoutActor.length - names.length
  return left === 0 ? frenchList(names) : `${names.join(', ')} et ${counted(left, 'autre')}`
}
