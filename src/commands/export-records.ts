import { openNamed, withStore } from '../app.ts'
import { EXPORT_FORMATS } from '../config/exports-file.ts'
import type { ExportFormat } from '../config/exports-file.ts'
import { loadGeography } from '../config/geography.ts'
import { isExported } from '../domain/export/export-record.ts'
import type { NotExported } from '../domain/export/export-record.ts'
import type { CompletenessRules } from '../domain/rules/completeness.ts'
import { counted, frenchList, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { exportFileOf } from '../exports/formats.ts'
import type { ExportFile } from '../exports/formats.ts'
import { fieldTitles, readExports } from '../exports/read-exports.ts'
import { assertFits } from '../nocodb/drift.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { print, say } from './output.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

export type ExportOptions = CommonOptions & {
  readonly format?: string
  readonly epci?: readonly string[]
}

/**
 * `portrea export FILE --format F [--epci SIREN …]`: the records that hold what the standard requires, in a new file; says what is
 * left out, and why.
 */
export async function exportRecords(file: string, options: ExportOptions): Promise<number> {
  const format = formatOf(options.format)
  const sirens = options.epci ?? []
  refuseExisting(file)
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const all = await readAll(opening)
  const own = sirens.length === 0 ? all : all.filter(({ epci }) => epci !== null && sirens.includes(epci))
  const unknown = sirens.filter((siren) => own.every(({ epci }) => epci !== siren))
  if (unknown.length > 0)
    throw new PortreaError(
      'EPCI_NOT_FOUND',
      typeset(
        `Aucune fiche ne compte pour ${frenchList(unknown)} : vérifiez ${unknown.length < 2 ? 'ce SIREN' : 'ces SIREN'}.`,
      ),
    )
  const { settings } = opening
  const about = { ...settings.exports, titles: fieldTitles(settings.columns) }
  const made = await exportFileOf(format, own.filter(isExported), about)
  const kept = own.filter((one): one is NotExported => !isExported(one))
  writeNewFile(file, made.body)
  const { completeness } = settings.rules
  if (options.json)
    print({
      ...{ file, format, records: made.records },
      left: made.left.map(({ record }) => ({ record, why: noRoom(format) })),
      notExported: kept.map((one) => ({
        record: one.record,
        epci: one.epci,
        why: reasonOf(one, completeness),
      })),
      emptied: own
        .filter(isExported)
        .flatMap(({ record, left }) => (left.length === 0 ? [] : [{ record, fields: left }])),
    })
  else say(...lines(file, format, made, own, completeness))
  return kept.some(({ why }) => why !== 'asked') || made.left.length > 0 ? 1 : 0
}

function readAll({ environment, settings, log }: Opening) {
  return withStore(environment, async (store) => {
    const base = await openNamed(environment, settings, log, store)
    try {
      assertFits(base)
      return await readExports({
        ...{ base, store, columns: settings.columns, rules: settings.rules },
        ...{ geography: loadGeography(), now: () => new Date() },
      })
    } finally {
      await base.close()
    }
  })
}

function formatOf(given: string | undefined): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === given)
  if (format !== undefined) return format
  throw new PortreaError(
    'USAGE',
    typeset(`--format ${given ?? ''} : donnez l'un de ceux-ci : ${EXPORT_FORMATS.join(', ')}.`),
  )
}

/** Records named at most, a reason. */
const SHOWN = 10

function lines(
  file: string,
  format: ExportFormat,
  { records, left }: ExportFile,
  all: Awaited<ReturnType<typeof readAll>>,
  rules: CompletenessRules,
): string[] {
  const given = all.filter(isExported)
  const emptied = given.filter((one) => one.left.length > 0)
  const kept = all.filter((one): one is NotExported => !isExported(one))
  const reasons = Map.groupBy(kept, (one) => reasonOf(one, rules))
  const byReason = [...reasons].sort(([, one], [, other]) => other.length - one.length)
  return [
    `${counted(records, 'fiche')} dans ${file} (${format}), sur ${counted(all.length, 'fiche')}.`,
    ...(left.length === 0
      ? []
      : [`• ${counted(left.length, 'fiche')} : ${noRoom(format)} (${listed(left)}).`]),
    ...byReason.map(([why, some]) => `• ${counted(some.length, 'fiche')} : ${why} (${listed(some)}).`),
    ...(emptied.length === 0
      ? []
      : [
          `• ${counted(emptied.length, 'fiche exportée', 'fiches exportées')} sans une valeur que le standard ne prend pas : ${frenchList(labels([...new Set(emptied.flatMap((one) => one.left))], rules))} (${listed(emptied)}).`,
        ]),
  ].map(typeset)
}

function listed(records: readonly { readonly record: string }[]): string {
  const names = records.slice(0, SHOWN).map(({ record }) => record)
  return `n° ${names.join(', ')}${records.length > SHOWN ? '…' : ''}`
}

/** Why a record is not given, to a person: « il manque la commune ; le code postal est à corriger ». */
function reasonOf({ why, missing, wrong }: NotExported, rules: CompletenessRules): string {
  if (why === 'asked') return typeset('« Ne pas publier » est coché, ou rempli')
  if (why === 'twice') return typeset('une autre fiche porte le même « Identifiant »')
  const parts = [
    ...(missing.length === 0 ? [] : [`il manque ${frenchList(labels(missing, rules))}`]),
    ...(wrong.length === 0 ? [] : [`à corriger : ${frenchList(labels(wrong, rules))}`]),
  ]
  return typeset(parts.join(' ; '))
}

function labels(fields: NotExported['missing'], { fields: rules }: CompletenessRules): string[] {
  return fields.map((field) => rules.find((rule) => rule.field === field)?.label ?? field)
}

function noRoom(format: ExportFormat): string {
  return format === 'data-inclusion'
    ? 'nom trop court ou trop long pour ce format'
    : 'sans coordonnées, donc sans place sur une carte'
}
