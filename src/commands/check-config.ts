import { configDirectory, faultList, readSettings } from '../app.ts'
import type { Settings } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { readFragility } from '../config/fragility-file.ts'
import { readRetention } from '../config/retention-file.ts'
import { readSources } from '../config/sources.ts'
import { readRefusals } from '../config/refusals.ts'
import { readTargets } from '../config/webhook-targets.ts'
import { namedActors } from '../config/columns-file.ts'
import { mappingsOf } from '../domain/mapping/mapping-text.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { checkCron } from '../engine/schedule.ts'
import { openPrintShop } from '../papers/print-shop.ts'
import { mailSetup } from '../work/mail-parts.ts'
import { environmentOf } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { refusedLines } from './adopt-text.ts'
import { print, say } from './output.ts'
import { namesIn } from './shown-title.ts'

/** `portrea check-config`: every fault of the environment and of config/ at once. */
export async function checkConfig({ json, demo }: CommonOptions): Promise<number> {
  const { faults, attempt } = faultList()
  const environment = attempt(() => environmentOf(demo, ['NOCODB_URL', 'NOCODB_TOKEN']))
  if (environment !== null) attempt(() => checkCron(environment.PORTREA_CRON))
  const outside = faults.length
  const directory = configDirectory()
  const settings = attempt(() => readSettings(directory))
  attempt(() => readAdoption(directory))
  attempt(() => readRetention(directory))
  attempt(() => readSources(directory, settings?.rules ?? null))
  const templates = settings === null ? [] : await templateFaults(settings)
  const filesAreRight = faults.length === outside && templates.length === 0
  if (settings !== null) attempt(() => readTargets(settings.webhooks))
  if (environment !== null && settings?.mail?.enabled === true)
    attempt(() => mailSetup({ PORTREA_API_TOKEN: '', ...environment }, settings))
  const fragility = environment?.PORTREA_FRAGILITY_FILE
  if (settings !== null && fragility !== undefined)
    attempt(() => readFragility(fragility, settings.rules.indicators.fragility))
  const all = [...faults, ...templates]
  if (all.length > 0) throw new PortreaError('CONFIG_INVALID', heading(filesAreRight), { faults: all })
  const mapped = settings === null ? [] : namedActors(settings.columns).flatMap(mappingsOf)
  const refusals = readRefusals(directory)
  const refused = settings === null ? [] : refusedLines(refusals, namesIn(settings.columns))
  if (json) print({ rules: settings?.rules.fingerprint, directory, mapped, refused: refusals, faults: [] })
  else say(...validLines(directory, settings?.rules.fingerprint, mapped), ...refused)
  return 0
}

/** A paper whose template is at fault is not printed; the others are. */
async function templateFaults(settings: Settings): Promise<string[]> {
  const shop = openPrintShop(settings)
  try {
    return await shop.faults()
  } finally {
    shop.close()
  }
}

function validLines(directory: string, rules: string | undefined, mapped: readonly string[]): string[] {
  const own =
    mapped.length === 0 ? [] : ['Lu à la manière de votre base :', ...mapped.map((line) => `  • ${line}`)]
  return [`Configuration valide (${directory}).`, ...[`Règles : ${rules}`, ...own].map(typeset)]
}

function heading(filesAreRight: boolean): string {
  return typeset(
    filesAreRight
      ? "Les règles de config/ sont valides ; l'environnement est à compléter :"
      : 'Configuration à corriger :',
  )
}
