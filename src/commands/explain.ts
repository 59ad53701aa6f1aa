import { withSyncParts } from '../app.ts'
import { readFragility } from '../config/fragility-file.ts'
import type { Referential } from '../domain/diagnostic.ts'
import { REFERENTIAL_LABELS, STAGE_LABELS } from '../domain/labels.ts'
import { region } from '../domain/region.ts'
import { expectedText } from '../domain/prefill-sentences.ts'
import { ASK_FOR_AXES } from '../domain/sentences.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { countedOrNone, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { placeNames } from '../nocodb/place-names.ts'
import { epciContext } from '../engine/epci-context.ts'

import { readOnly } from '../engine/read-base.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { explainAt } from './explain-at.ts'
import { explainAsPdf } from './explain-pdf.ts'
import { contextLines } from './epci-context-text.ts'
import { print, say } from './output.ts'
import { prefillDetailLines, prefillLines } from './prefill-text.ts'
import { reportLines } from './report-text.ts'
import { typologyLines } from './typology-text.ts'

type Options = CommonOptions & {
  readonly at?: string
  readonly fragility?: string
  readonly prefill?: true
  readonly pdf?: string
}

/**
 * `portrea explain SIREN`: reads the base as it is now, writes nothing, and says why; every EPCI is read, since they
 * are compared. With `--at DATE`, an old result from the store; with `--prefill`, what to do next; with `--pdf`, the fiche
 * territoire as a file.
 */
export async function explain(siren: string | undefined, { at, pdf, ...options }: Options): Promise<number> {
  if (pdf !== undefined) return explainAsPdf(siren, pdf, options)
  if (siren === undefined)
    throw new PortreaError('USAGE', 'Donnez un SIREN ; --pdf DOSSIER se passe de lui, et fait tous les EPCI.')
  if (!/^\d{9}$/.test(siren)) throw new PortreaError('USAGE', `${siren} : un SIREN a 9 chiffres.`)
  if (at !== undefined) return explainAt(siren, at, options)
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const { rules } = settings
  const given = options.fragility ?? environment.PORTREA_FRAGILITY_FILE
  const fragility = given === undefined ? null : readFragility(given, rules.indicators.fragility)
  const { report, names } = await withSyncParts(environment, settings, log, async (parts) => {
    const { reports } = await readOnly(parts)
    const found = reports.find((one) => one.siren === siren)
    if (found === undefined)
      throw new PortreaError(
        'EPCI_NOT_FOUND',
        `Aucun EPCI de la base n’a le SIREN ${siren} : vérifiez la table « EPCI ».`,
      )
    const told = {
      ...found,
      ...(await epciContext(found, {
        store: parts.store,
        rules,
        reports,
        region: region(reports),
        fragility,
      })),
    }
    const next = options.prefill && !options.json ? found.prefillDetail.next : []
    const ids = next.map(({ record }) => record)
    return { report: told, names: await placeNames(parts.base, parts.columns, ids) }
  })
  if (options.json) print(report)
  else
    say(
      ...headLines(report),
      ...prefillLines(report),
      ...(options.prefill ? prefillDetailLines(report, names) : []),
      '',
      ...reportLines(report.recommendation, {
        referential: report.workload.referential,
        workload: report.workload,
        method: rules.referentials.referentials[report.workload.referential].method.map(typeset),
      }),
      ...typologyLines(report.typology, rules.typology),
      ...contextLines(report, rules),
    )
  return 0
}

function headLines({
  name,
  siren,
  records,
  completeness,
  publishable,
  freshness,
  prefill,
  retained,
  atChoice,
  stage,
  workingAxes,
  workload,
}: EpciReport): string[] {
  const percent = (value: number | null, unknown = 'inconnue') =>
    value === null ? unknown : `${frenchNumber(value)} %`
  return [
    `${name} (${siren})`,
    `${countedOrNone(records, 'aucune', 'fiche')}, ${expectedText(prefill)} ; complétude ${percent(completeness)}, part publiable ${percent(publishable)}, fraîcheur ${percent(freshness)}`,
    ...(retained === null
      ? []
      : [`Référentiel retenu par le Hub : « ${REFERENTIAL_LABELS[retained]} » (la charge le suit)`]),
    ...(atChoice === null ? [] : [`Au moment du choix : ${atChoice}`]),
    ...(stage === null ? [] : [`Étape : ${STAGE_LABELS[stage].toLowerCase()}`]),
    ...axesLines(workingAxes, workload.referential),
  ].map(typeset)
}

function axesLines(axes: string | null, referential: Referential): string[] {
  if (axes !== null) return [`Axes de travail : ${axes.replaceAll(/\s*\n\s*/g, ' ; ')}`]
  return referential === 'generaliste' ? [ASK_FOR_AXES] : []
}
