import { withSyncParts } from '../app.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readBase } from '../sync/read-base.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { reportLines } from './report-text.ts'

/** What the expected number of records rests on. */
const BASIS = {
  declared: 'votre objectif',
  regional_ratio: "d'après la population et les EPCI dont le pré-remplissage est terminé",
  default_ratio: "d'après la population, ratio par défaut",
} as const

/** `portrea explain SIREN`: reads the base as it is now, writes nothing, and says why. */
export async function explain(siren: string, options: CommonOptions): Promise<number> {
  if (!/^\d{9}$/.test(siren)) throw new PortreaError('USAGE', `${siren}: a SIREN has 9 digits.`)
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const reading = await withSyncParts(environment, settings, log, (parts) =>
    readBase(parts, { epcis: [siren], remember: false, onActorChanges: async () => undefined }),
  )
  const report = reading.reports.find((one) => one.siren === siren)
  if (report === undefined)
    throw new PortreaError(
      'EPCI_NOT_FOUND',
      `No EPCI of the base has the SIREN ${siren}; check the table EPCI.`,
    )
  if (options.json) print(report)
  else say(...headLines(report), ...reportLines(report.recommendation))
  return 0
}

function headLines({
  name,
  siren,
  actors,
  completeness,
  validity,
  freshness,
  prefill,
  retained,
}: EpciReport): string[] {
  const percent = (value: number | null) => (value === null ? 'inconnue' : `${frenchNumber(value)} %`)
  const expected =
    prefill.expected === null
      ? 'nombre attendu inconnu'
      : `${counted(prefill.expected, 'attendue')} (${BASIS[prefill.basis ?? 'declared']})`
  return [
    `${name} (${siren})`,
    `${counted(actors, 'fiche')}, ${expected} ; complétude ${percent(completeness)}, validité ${percent(validity)}, fraîcheur ${percent(freshness)}`,
    ...(retained === null
      ? []
      : [`Référentiel retenu par le Hub : « ${REFERENTIAL_LABELS[retained]} » (la charge le suit)`]),
    '',
  ].map(typeset)
}
