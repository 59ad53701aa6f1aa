import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import type { Logger } from 'pino'
import { readAccessibility } from './config/accessibility-file.ts'
import { readColumns } from './config/columns-file.ts'
import { mappingFaults } from './config/mapping-check.ts'
import { configDirectoryVariable } from './config/environment.ts'
import type { Environment } from './config/environment.ts'
import { readDaySettings } from './config/day-file.ts'
import { readExportSettings } from './config/exports-file.ts'
import { readFormSettings } from './config/forms-file.ts'
import { loadGeography } from './config/geography.ts'
import { readHub } from './config/hub-file.ts'
import { readInvitation } from './config/invitation-file.ts'
import { readMapSettings } from './config/map-file.ts'
import { readMailSettings } from './config/mail-file.ts'
import { readNocodbSettings } from './config/nocodb-file.ts'
import { readPlanningSettings } from './config/planning-file.ts'
import { readPapersSettings } from './config/papers-file.ts'
import { readRetention } from './config/retention-file.ts'
import { readRules } from './config/rules-file.ts'
import { readViewWords } from './config/views-file.ts'
import { readWebhookSettings } from './config/webhooks-file.ts'
import { PortreaError } from './errors.ts'
import { openBase } from './nocodb/base.ts'
import type { Base, Connection } from './nocodb/base.ts'
import type { Known } from './nocodb/names.ts'
import type { WebhookTarget } from './nocodb/provision/desired-webhooks.ts'
import { desiredSchema } from './nocodb/provision/desired-schema.ts'
import type { DesiredSchema } from './nocodb/provision/desired-schema.ts'
import { openStore } from './store/database.ts'
import type { Store } from './store/database.ts'
import { readKnownColumns } from './store/known-columns.ts'
import { hasSqlite } from './store/sqlite.ts'
import { namesKnownTo, rememberNames } from './engine/known-base.ts'
import type { SyncContext } from './engine/sync-context.ts'

/** What reads each file of config/. */
const READERS = {
  rules: readRules,
  columns: readColumns,
  views: readViewWords,
  nocodb: readNocodbSettings,
  webhooks: readWebhookSettings,
  exports: readExportSettings,
  planning: readPlanningSettings,
  day: readDaySettings,
  invitation: readInvitation,
  forms: readFormSettings,
  map: readMapSettings,
  mail: readMailSettings,
  accessibility: readAccessibility,
  retention: readRetention,
  hub: readHub,
  papers: readPapersSettings,
  /** The folder that all this was read from. */
  directory: (directory: string) => directory,
}

/** All of config/, read once. */
export type Settings = {
  readonly [File in keyof typeof READERS]: ReturnType<(typeof READERS)[File]>
}

/** Where config/ is: beside the code, or where PORTREA_CONFIG_DIR says. */
export function configDirectory(): string {
  return configDirectoryVariable() ?? join(dirname(dirname(fileURLToPath(import.meta.url))), 'config')
}

/** Reads every file of config/; CONFIG_INVALID lists the faults of all of them at once. */
export function readSettings(directory: string): Settings {
  const { faults, attempt } = faultList()
  const read = Object.entries(READERS).map(([file, reader]) => [file, attempt(() => reader(directory))])
  const settings = Object.fromEntries(read) as Settings
  if (faults.length === 0) faults.push(...mappingFaults(settings.columns, settings.rules))
  if (faults.length > 0)
    throw new PortreaError('CONFIG_INVALID', `La configuration de ${directory} est à corriger.`, { faults })
  return settings
}

/** Where the base leads to: the pages of the service, and its webhooks. */
export type Leads = { readonly publicUrl?: string | undefined; readonly target?: WebhookTarget | null }

/** Where they lead by this environment. */
export function leadsOf(environment: Environment): Leads {
  return { publicUrl: environment.PORTREA_PUBLIC_URL, target: webhookTarget(environment) }
}

/** The base that these settings ask for; its buttons and webhooks lead to the service where its addresses are known. */
export function desiredBase({ columns, rules, views }: Settings, leads: Leads = {}): DesiredSchema {
  return desiredSchema(columns, rules, { words: views, ...leads })
}

/** Logs go to standard error as JSON lines: standard output belongs to results. */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }))
}

/** Where NocoDB is, from an environment in which NOCODB_URL and NOCODB_TOKEN were required. */
export function connectionOf({ NOCODB_URL, NOCODB_TOKEN, NOCODB_BASE }: Environment): Connection {
  if (NOCODB_URL === undefined || NOCODB_TOKEN === undefined)
    throw new PortreaError('CONFIG_INVALID', 'Donnez NOCODB_URL et NOCODB_TOKEN.')
  return { url: NOCODB_URL, token: NOCODB_TOKEN, base: NOCODB_BASE }
}

/** Where NocoDB's webhooks are to go; null where address or secret is not known. The first secret is the one in use. */
export function webhookTarget({
  PORTREA_WEBHOOK_URL,
  PORTREA_PUBLIC_URL,
  PORTREA_WEBHOOK_SECRET,
}: Environment): WebhookTarget | null {
  const address = PORTREA_WEBHOOK_URL ?? PORTREA_PUBLIC_URL
  const secret = PORTREA_WEBHOOK_SECRET?.[0]
  if (address === undefined || secret === undefined) return null
  return { url: new URL('webhooks/nocodb', address.replace(/\/*$/, '/')).href, secret }
}

/** Opens the store and closes it after `use`. */
export async function withStore<Result>(
  environment: Environment,
  use: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** Opens what a synchronisation works with, and closes it in reverse order after `use`. */
export async function withSyncParts<Result>(
  environment: Environment,
  settings: Settings,
  log: Logger,
  use: (parts: SyncContext) => Promise<Result>,
): Promise<Result> {
  return withStore(environment, async (store) => {
    const base = await openNamed(environment, settings, log, store)
    try {
      await rememberNames(store, base)
      return await use({
        base,
        store,
        log,
        rules: settings.rules,
        columns: settings.columns,
        webhooks: settings.webhooks,
        brake: settings.nocodb.brake,
        geography: loadGeography(),
        now: () => new Date(),
      })
    } finally {
      await base.close()
    }
  })
}

/** Opens the base under the names of config/columns.yaml, by what the store remembers; whether it fits is for `assertFits`. */
export function openNamed(
  environment: Environment,
  settings: Settings,
  log: Logger,
  store: Store,
): Promise<Base> {
  return openBase(connectionOf(environment), settings.nocodb, log, namesKnownTo(store, desiredBase(settings)))
}

/** Opens the base under NocoDB's own names, with what the store remembers of it, and closes it after `use`. */
export async function withBase<Result>(
  environment: Environment,
  settings: Settings,
  log: Logger,
  use: (base: Base) => Promise<Result>,
): Promise<Result> {
  const recall = (id: string) => recalled(environment, log, id)
  const base = await openBase(connectionOf(environment), settings.nocodb, log, { desired: null, recall })
  try {
    return await use(base)
  } finally {
    await base.close()
  }
}

/** The same under the names of config/columns.yaml; it may not fit. */
export async function withNamedBase<Result>(
  environment: Environment,
  settings: Settings,
  log: Logger,
  use: (base: Base) => Promise<Result>,
): Promise<Result> {
  const base = await openRecalled(environment, settings, log)
  try {
    return await use(base)
  } finally {
    await base.close()
  }
}

/** Opens the base under the names of config/columns.yaml, by what the store remembers where there is one. */
export function openRecalled(environment: Environment, settings: Settings, log: Logger): Promise<Base> {
  const recall = (id: string) => recalled(environment, log, id)
  return openBase(connectionOf(environment), settings.nocodb, log, { desired: desiredBase(settings), recall })
}

/** What bears the names of config/columns.yaml now is what is followed from now on; nothing where there is no store yet. */
export async function acceptNames(environment: Environment, settings: Settings, log: Logger): Promise<void> {
  const { PORTREA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = environment
  if (databaseUrl === undefined && !hasSqlite(dataDir)) return
  const naming = { desired: desiredBase(settings), recall: async () => ({}) }
  const base = await openBase(connectionOf(environment), settings.nocodb, log, naming)
  await base.close()
  await withStore(environment, (store) => rememberNames(store, base))
}

/** What the store remembers of a base; nothing where there is no store: a command that only looks makes none. */
async function recalled(environment: Environment, log: Logger, base: string): Promise<Known> {
  const { PORTREA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = environment
  if (databaseUrl === undefined && !hasSqlite(dataDir)) return {}
  return withStore(environment, (store) => readKnownColumns(store, base)).catch((err: unknown) => {
    log.warn({ err }, 'the store does not tell which columns are ours')
    return {}
  })
}

/** Gathers the faults of several readings, so that one restart is enough; `attempt` gives null for one that failed. */
export function faultList(): {
  readonly faults: string[]
  attempt<Value>(read: () => Value): Value | null
} {
  const faults: string[] = []
  return {
    faults,
    attempt(read) {
      try {
        return read()
      } catch (cause) {
        if (!(cause instanceof PortreaError)) throw cause
        faults.push(...(cause.faults.length > 0 ? cause.faults : [cause.message]))
        return null
      }
    },
  }
}
