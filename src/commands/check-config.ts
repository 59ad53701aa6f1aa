import { configDirectory, faultList, readSettings } from '../app.ts'
import { readEnvironment } from '../config/environment.ts'
import { readFragility } from '../config/fragility-file.ts'
import { PortreaError } from '../errors.ts'
import { checkCron } from '../sync/schedule.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea check-config`: every fault of the environment and of config/ at once. */
export async function checkConfig({ json }: CommonOptions): Promise<number> {
  const { faults, attempt } = faultList()
  const environment = attempt(() => readEnvironment(['NOCODB_URL', 'NOCODB_TOKEN']))
  if (environment !== null) attempt(() => checkCron(environment.PORTREA_CRON))
  const directory = configDirectory()
  const settings = attempt(() => readSettings(directory))
  const fragility = environment?.PORTREA_FRAGILITY_FILE
  if (settings !== null && fragility !== undefined)
    attempt(() => readFragility(fragility, settings.rules.indicators.fragility))
  if (faults.length > 0) throw new PortreaError('CONFIG_INVALID', 'Configuration à corriger :', { faults })
  if (json) print({ rules: settings?.rules.fingerprint, directory, faults: [] })
  else say(`Configuration valide (${directory}).`, `Règles : ${settings?.rules.fingerprint}`)
  return 0
}
