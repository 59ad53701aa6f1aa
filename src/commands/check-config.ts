import { configDirectory, readSettings } from '../app.ts'
import { readEnvironment } from '../config/environment.ts'
import { PortreaError } from '../errors.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea check-config`: every fault of the environment and of config/ at once. */
export async function checkConfig({ json }: CommonOptions): Promise<number> {
  const faults: string[] = []
  const gather = <Value>(read: () => Value): Value | null => {
    try {
      return read()
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      faults.push(...(cause.faults.length > 0 ? cause.faults : [cause.message]))
      return null
    }
  }
  gather(() => readEnvironment(['NOCODB_URL', 'NOCODB_TOKEN']))
  const directory = configDirectory({ PORTREA_CONFIG_DIR: process.env['PORTREA_CONFIG_DIR'] })
  const settings = gather(() => readSettings(directory))
  if (faults.length > 0) throw new PortreaError('CONFIG_INVALID', 'Configuration à corriger :', { faults })
  if (json) print({ rules: settings?.rules.fingerprint, directory, faults: [] })
  else say(`Configuration valide (${directory}).`, `Règles : ${settings?.rules.fingerprint}`)
  return 0
}
