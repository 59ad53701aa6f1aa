import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { configDirectory, createLog, readSettings } from '../app.ts'
import type { Settings } from '../app.ts'
import { readEnvironment } from '../config/environment.ts'
import type { Environment, VariableName } from '../config/environment.ts'
import { PortreaError } from '../errors.ts'

/** Options of every command; `demo` of those that need a base. */
export type CommonOptions = { readonly json?: true; readonly demo?: true }

/** What a command that needs a base begins with. */
export type Opening = {
  readonly environment: Environment
  readonly settings: Settings
  readonly log: ReturnType<typeof createLog>
}

const DEMO_FILE = 'var/demo.json'
const Demo = z.object({
  nocodbUrl: z.string(),
  token: z.string(),
  baseId: z.string(),
  serviceUrl: z.string(),
  apiToken: z.string(),
  webhookSecret: z.string(),
})

/** Reads environment (or the demo's) and configuration; a command tells what counts itself: it logs only where LOG_LEVEL is set. */
export function open({ demo }: CommonOptions, required: readonly VariableName[], quiet = true): Opening {
  const environment = environmentOf(demo, required)
  const settings = readSettings(configDirectory())
  return { environment, settings, log: createLog(environment.LOG_LEVEL ?? (quiet ? 'fatal' : 'info')) }
}

/** The checked environment, the demo's where asked for. Throws CONFIG_INVALID. */
export function environmentOf(demo: true | undefined, required: readonly VariableName[]): Environment {
  return readEnvironment(required, undefined, demo ? demoEnvironment() : {})
}

function demoEnvironment(): Record<string, string> {
  let text: string
  try {
    text = readFileSync(DEMO_FILE, 'utf8')
  } catch (cause) {
    throw new PortreaError(
      'CONFIG_INVALID',
      `${DEMO_FILE} ne peut pas être lu : lancez d’abord \`npm run demo\`, depuis ce dossier.`,
      { cause },
    )
  }
  const demo = Demo.safeParse(jsonOf(text))
  if (!demo.success)
    throw new PortreaError('CONFIG_INVALID', `${DEMO_FILE} n’est pas entier : relancez \`npm run demo\`.`)
  const { nocodbUrl, token, baseId, serviceUrl, apiToken, webhookSecret } = demo.data
  return {
    NOCODB_URL: nocodbUrl,
    NOCODB_TOKEN: token,
    NOCODB_BASE: baseId,
    PORTREA_API_TOKEN: apiToken,
    PORTREA_WEBHOOK_SECRET: webhookSecret,
    PORTREA_PUBLIC_URL: serviceUrl,
    PORTREA_WEBHOOK_URL: '',
    PORTREA_DATA_DIR: 'var/demo/data',
    DATABASE_URL: '', // the demo keeps its reports in its own store, never in that of the real service
    DATABASE_URL_FILE: '',
  }
}

/** null where the text is no JSON: a file cut while it was written is not whole either. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
