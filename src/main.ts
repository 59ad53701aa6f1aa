import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { connectionOf, openNamed } from './app.ts'
import type { Settings } from './app.ts'
import type { Environment } from './config/environment.ts'
import { loadDepartments, loadGeography } from './config/geography.ts'
import { readFragility } from './config/fragility-file.ts'
import { parisDay } from './domain/days.ts'
import type { Fragility } from './domain/fragility.ts'
import { journeesOf } from './day-desk.ts'
import { diaryOf } from './diary.ts'
import { formDeskOf } from './form-desk.ts'
import { PortreaError } from './errors.ts'
import { keptContours } from './files/contours-file.ts'
import { fieldTitles, readExports } from './exports/read-exports.ts'
import { servedExports } from './exports/served-exports.ts'
import { buildServer } from './http/server.ts'
import type { ServerDependencies } from './http/server.ts'
import type { Readiness } from './http/health-routes.ts'
import { addDiagnostic } from './nocodb/add-diagnostic.ts'
import type { KeptDiagnostic, NewDiagnostic } from './domain/new-answers.ts'
import { openHttp } from './nocodb/http.ts'
import type { Http } from './nocodb/http.ts'
import { assertFits, assertMayWrite } from './nocodb/drift.ts'
import { openPeople } from './nocodb/people.ts'
import { listHeld } from './store/brake.ts'
import { checkStore, openStore, watchStore } from './store/database.ts'
import type { Store } from './store/database.ts'
import type { StoreLoss } from './store/engine.ts'
import { keepMended, takeStore } from './store/mend.ts'
import { openPrintShop } from './papers/print-shop.ts'
import type { PrintShop } from './papers/print-shop.ts'
import { failingReceivers } from './store/receivers.ts'
import { startWorker } from './work/worker-host.ts'
import { baseConnection, baseNow } from './engine/base-connection.ts'
import { daySource } from './engine/day-source.ts'
import type { BaseConnection } from './engine/base-connection.ts'
import { pageAnswers } from './engine/page-answers.ts'

/** The running service; `stop` ends it in reverse order: a run in progress is interrupted, the next start takes it up. */
export type Service = {
  readonly url: string
  /** Settles when its store is gone or damaged: it is to be stopped and started again, which mends that. */
  readonly lost: Promise<StoreLoss>
  stop(): Promise<void>
}

type Given = { readonly environment: Environment; readonly settings: Settings; readonly log: Logger }

/**
 * Starts the service: its store and its HTTP server here, its work (live, nightly, what others are told) in a thread
 * beside. NocoDB may be away: the service starts all the same, and /health/ready says so.
 */
export async function startService(
  environment: Environment,
  settings: Settings,
  log: Logger,
): Promise<Service> {
  const apiToken = environment.PORTREA_API_TOKEN
  if (apiToken === undefined) throw new PortreaError('CONFIG_INVALID', 'Donnez PORTREA_API_TOKEN.')
  const options = { dataDir: environment.PORTREA_DATA_DIR, databaseUrl: environment.DATABASE_URL }
  const taken = await takeStore(options, new Date(), PATIENCE_MS)
  try {
    const store = await openStore(options)
    const released = { ...store, close: () => store.close().then(() => taken.release()) }
    try {
      if (taken.mended !== null) await keepMended(store, taken.mended)
      if (taken.mended !== null) log.error(taken.mended, 'the store was lost: it is mended')
      return await startOn(released, apiToken, { environment, settings, log })
    } catch (cause) {
      await store.close()
      throw cause
    }
  } catch (cause) {
    await taken.release()
    throw cause
  }
}

/** How long the service that stops may keep the store from the one that takes its place. */
const PATIENCE_MS = 15_000

async function startOn(
  store: Store,
  apiToken: string,
  { environment, settings, log }: Given,
): Promise<Service> {
  const { url: nocodbUrl, token } = connectionOf(environment)
  const http = openHttp(nocodbUrl, token, settings.nocodb, log)
  const { promise: lost, resolve: lose } = Promise.withResolvers<StoreLoss>()
  const work = await startWorker(environment, settings, log.level, lose)
  const unwatch = watchStore(store, lose)
  const base = baseConnection(() => openNamed(environment, settings, log, store))
  const shop = openPrintShop(settings)
  const people = peopleOf(environment, settings, http)
  const asked = { columns: settings.columns, geography: loadGeography, store, notify: work.notify, ...people }
  try {
    const server = await buildServer({
      ...{ store, apiToken, log, work },
      now: () => new Date(),
      cron: environment.PORTREA_CRON,
      readiness: () => ready(environment, settings, store, log),
      legal: settings,
      contours: keptContours(environment.PORTREA_DATA_DIR),
      exports: exportsOf(base, settings, store),
      diary: diaryOf(base, settings, environment),
      papers: papersOf(base, shop, settings, { store, address: people.baseAddress }),
      ...journeesOf(base, settings, store, log),
      ...{ rules: settings.rules, forms: formDeskOf(base, settings, store, log) },
      fragility: fragilityOf(environment, settings),
      departments: loadDepartments(),
      people: {
        ...{ ...people, ...pageAnswers(base, asked) },
        addDiagnostic: (given) => diagnosticIn(base, settings, given),
      },
      trustedProxies: environment.PORTREA_TRUSTED_PROXIES ?? [],
      webhookSecrets: environment.PORTREA_WEBHOOK_SECRET ?? [],
    })
    const url = await listen(server, environment)
    work.begin()
    tellStart(url, { environment, settings, log })
    return {
      url,
      lost,
      async stop() {
        unwatch()
        await work.stop()
        await server.close()
        shop.close()
        base.forget()
        http.close()
        await store.close()
        log.info('service stopped')
      },
    }
  } catch (cause) {
    unwatch()
    http.close()
    await work.stop()
    throw cause
  }
}

/** Behind a proxy that is not named, all who answer the forms come from one network. */
function tellStart(url: string, { environment, settings, log }: Given): void {
  log.info({ url }, 'service started')
  const { PORTREA_PUBLIC_URL: publicUrl, PORTREA_TRUSTED_PROXIES: proxies = [] } = environment
  if (settings.forms.enabled && publicUrl !== undefined && proxies.length === 0)
    log.warn('forms are open and PORTREA_TRUSTED_PROXIES names no proxy: all count as one network')
}

/** What others may harvest, read from the base as it is named now; null: config/exports.yaml serves nothing. */
function exportsOf(base: BaseConnection, settings: Settings, store: Store): ServerDependencies['exports'] {
  if (!settings.exports.served) return null
  const { columns, rules } = settings
  const now = () => new Date()
  const read = async () => {
    const opened = await baseNow(base)
    assertFits(opened)
    return readExports({ ...{ base: opened, columns, rules, store, now }, geography: loadGeography() })
  }
  const about = { ...settings.exports, titles: fieldTitles(columns) }
  return {
    settings: settings.exports,
    exports: servedExports({ read, about, minutes: settings.exports.minutes, now }),
  }
}

/** How papers are printed, and where they ask what they show. */
function papersOf(
  base: BaseConnection,
  shop: PrintShop,
  { papers, columns }: Settings,
  { store, address }: { readonly store: Store; readonly address: () => Promise<string> },
): ServerDependencies['papers'] {
  return { shop, settings: papers, days: daySource(base, columns, store, address) }
}

/** Who may see the pages: those whose NocoDB account may see the base. */
function peopleOf(environment: Environment, { nocodb }: Settings, http: Http): ServerDependencies['people'] {
  return {
    ...openPeople(http, environment.NOCODB_BASE),
    settings: nocodb.people,
    secret: environment.PORTREA_SESSION_SECRET ?? null,
    secure: environment.PORTREA_PUBLIC_URL?.startsWith('https:') ?? false,
  }
}

/** Adds a diagnostic of today, under the names that the base has now. */
async function diagnosticIn(
  base: BaseConnection,
  { columns, rules }: Settings,
  given: NewDiagnostic,
): Promise<KeptDiagnostic> {
  const opened = await baseNow(base)
  assertFits(opened)
  const reading = { columns, geography: loadGeography(), rules: rules.maturity.declared }
  return addDiagnostic(opened, reading, { ...given, day: parisDay(new Date()) })
}

function fragilityOf({ PORTREA_FRAGILITY_FILE: path }: Environment, { rules }: Settings): Fragility {
  return path === undefined ? null : readFragility(path, rules.indicators.fragility)
}

/** The address listened on; an address that cannot be had is a fault of HOST or PORT. */
async function listen(server: FastifyInstance, { HOST, PORT }: Environment): Promise<string> {
  try {
    return await server.listen({ host: HOST, port: PORT })
  } catch (cause) {
    await server.close()
    const { code } = cause as NodeJS.ErrnoException
    throw new PortreaError(
      'CONFIG_INVALID',
      `Impossible d’écouter sur ${HOST}, port ${PORT} (${code ?? String(cause)}) : mettez dans HOST et PORT une adresse libre.`,
      { cause },
    )
  }
}

async function ready(
  environment: Environment,
  settings: Settings,
  store: Store,
  log: Logger,
): Promise<Readiness> {
  const [nocodb, embedded, webhooks, brake] = await Promise.all([
    check(async () => {
      const base = await openNamed(environment, settings, log, store)
      await base.close()
      assertFits(base)
      assertMayWrite(base)
      return `NocoDB ${base.capabilities.version}`
    }),
    check(async () => {
      await checkStore(store)
      return 'open'
    }),
    receivers(store),
    check(() => released(store)),
  ])
  // A receiver that takes nothing keeps the service from none of its other work.
  return { ready: nocodb.ok && embedded.ok, checks: { nocodb, store: embedded, webhooks, brake } }
}

/** How many receivers of outgoing webhooks take nothing any more: their names are not for all. */
async function receivers(store: Store): Promise<{ ok: boolean; detail: string }> {
  try {
    const all = await failingReceivers(store)
    const disabled = all.filter(({ disabledAt }) => disabledAt !== null).length
    const failing = all.filter(
      ({ notifiedAt, disabledAt }) => notifiedAt !== null && disabledAt === null,
    ).length
    return { ok: failing + disabled === 0, detail: `receivers: ${failing} failing, ${disabled} disabled` }
  } catch {
    return { ok: false, detail: 'STORE_UNAVAILABLE' }
  }
}

/** A held base keeps the service ready: it shows the last right figures, hears of changes, and waits for a person. */
async function released(store: Store): Promise<string> {
  const [held] = await listHeld(store)
  if (held === undefined) return 'released'
  throw new PortreaError('SYNC_HELD', held.message)
}

async function check(look: () => Promise<string>): Promise<{ ok: boolean; detail: string }> {
  try {
    return { ok: true, detail: await look() }
  } catch (cause) {
    return { ok: false, detail: cause instanceof PortreaError ? detailOf(cause) : 'INTERNAL' }
  }
}

/** What a person can mend is told whole: names of tables and columns, never a cell, an address or a token. */
function detailOf({ code, message }: PortreaError): string {
  return code === 'SCHEMA_MISMATCH' || code === 'NOCODB_FORBIDDEN' ? `${code}: ${message}` : code
}
