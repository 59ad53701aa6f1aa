import { configDirectory, withNamedBase, withStore } from '../app.ts'
import { loadGeography } from '../config/geography.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { readNeedFile, yearOf } from '../config/need-file.ts'
import type { NeedFile, RefusedFigure } from '../config/need-file.ts'
import { figureOf } from '../domain/need.ts'
import { median } from '../domain/quantile.ts'
import type { TypologyRules } from '../domain/rules/typology.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readSirens } from '../nocodb/epci-identity.ts'
import { saveNeedFigures } from '../store/need-figures.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** Options of `import --needs`. */
export type NeedOptions = CommonOptions & {
  readonly source?: string
  readonly year?: string
  readonly dryRun?: true
}

type Column = {
  readonly column: string
  /** The figure of config/typology.yaml that reads it; null: kept, and counted for nothing. */
  readonly figure: string | null
  readonly values: number
  readonly low: number | null
  readonly median: number | null
  readonly high: number | null
}
type Document = {
  readonly epcis: number
  readonly columns: readonly Column[]
  readonly leftAside: readonly string[]
  readonly refused: readonly RefusedFigure[]
  readonly saved: boolean
}

/**
 * `portrea import FILE --needs`: keeps figures of need of the EPCI of the base, in the service's own store. What people
 * write in « Fragilité (1–10) » is never touched, and counts first. A file without rows forgets its columns.
 */
export async function importNeeds(path: string, options: NeedOptions): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const { typology, completeness } = settings.rules
  const here = await withNamedBase(environment, settings, log, (base) =>
    readSirens(base, settings.columns, loadGeography()),
  )
  const known = new Set(here.of.values())
  const file = readNeedFile(path, {
    source: options.source?.trim() || null,
    year: options.year === undefined ? null : yearGiven(options.year),
    sirenNames: readAdoption(configDirectory()).tables['epcis']?.columns['siren']?.names ?? [],
    stranger: (siren) =>
      known.has(siren)
        ? null
        : `le SIREN ${siren} n’est pas dans la table « ${settings.columns.epcis.title} »`,
    need: typology.need,
    words: completeness,
  })
  for (const note of file.notes) console.error(note)
  refuseNothing(file, path)
  const { columns, figures } = file
  const sirens = file.rows === 0 ? null : [...figures.keys()]
  if (!options.dryRun)
    await withStore(environment, (store) =>
      saveNeedFigures(store, { columns, sirens }, figures, new Date().toISOString()),
    )
  const document = documentOf(file, typology, !options.dryRun)
  if (options.json) print(document)
  else say(...lines(document))
  return document.refused.length > 0 ? 1 : 0
}

function yearGiven(text: string): number {
  const year = yearOf(text.trim())
  if (year === null) throw new PortreaError('USAGE', `--year ${text} : une année a quatre chiffres.`)
  return year
}

/** A file of which nothing can be kept is the wrong file: it must not look done. */
function refuseNothing({ rows, figures, refused }: NeedFile, path: string): void {
  if (rows === 0 || figures.size > 0) return
  throw new PortreaError('INPUT_INVALID', `${path} ne donne de chiffre pour aucun EPCI de la base.`, {
    faults: refused.map(({ place, reason }) => typeset(`${place} : ${reason}`)),
  })
}

function documentOf(
  { columns, figures, leftAside, refused }: NeedFile,
  rules: TypologyRules,
  saved: boolean,
): Document {
  const all = [...figures.values()].flat()
  const each = columns.map((column) => {
    const values = all.flatMap((one) => (one.column === column ? one.value : []))
    return {
      column,
      figure: figureOf(column, rules.need)?.key ?? null,
      values: values.length,
      low: values.length === 0 ? null : Math.min(...values),
      median: median(values),
      high: values.length === 0 ? null : Math.max(...values),
    }
  })
  return { epcis: figures.size, columns: each, leftAside, refused, saved }
}

/** Of very many faults the first: the whole list is in the JSON. */
const SHOWN = 20

function lines({ epcis, columns, leftAside, refused, saved }: Document): string[] {
  const more = refused.length - SHOWN
  return [
    `Chiffres de besoin de ${counted(epcis, 'EPCI', 'EPCI')} :`,
    ...columns.map(columnLine),
    ...(leftAside.length === 0 ? [] : [`  Sans aucun nombre, laissées de côté : ${leftAside.join(', ')}`]),
    ...refused.slice(0, SHOWN).map(({ place, reason }) => `• ${place} : ${reason}`),
    ...(more > 0 ? [`• et ${more} autres (--json les donne toutes)`] : []),
    saved
      ? 'Ils comptent dès la prochaine synchronisation ; « Fragilité (1–10) », là où une personne l’a remplie, compte d’abord.'
      : 'Rien n’est enregistré (--dry-run).',
  ].map(typeset)
}

function columnLine({ column, figure, values, low, median: middle, high }: Column): string {
  const counts =
    figure === null
      ? 'gardée et affichée, ne compte pas (config/typology.yaml, need.figures)'
      : `compte pour le besoin (${figure})`
  if (low === null || middle === null || high === null) return `  ${column} : aucun chiffre ; ${counts}`
  const [from, mid, to] = [low, middle, high].map((value) => frenchNumber(value, 2))
  return `  ${column} : ${counted(values, 'EPCI', 'EPCI')}, de ${from} à ${to}, médiane ${mid} ; ${counts}`
}
