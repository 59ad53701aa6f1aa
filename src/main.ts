import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { connectionOf, withBase } from './app.ts'
import type { Settings } from './app.ts'
import type { Environment } from './config/environment.ts'
import { loadGeography } from './config/geography.ts'
import { readFragility } from './config/fragility-file.ts'
import { readTargets } from './config/webhook-targets.ts'
import type { Target } from './config/webhook-targets.ts'
import type { Fragility } from './domain/fragility.ts'
import { PortreaError } from './errors.ts'
import { buildServer } from './http/server.ts'
import type { ServerParts } from './http/server.ts'
import type { Readiness } from './http/health-routes.ts'
import { openBase } from './nocodb/base.ts'
import type { Base } from './nocodb/base.ts'
import { signIn } from './nocodb/sign-in.ts'
import { startDeliveries } from './outbox/deliver.ts'
import { checkStore, openStore } from './store/database.ts'
import type { Store } from './store/database.ts'
import { lastDoneRun, lastWholeRun } from './store/runs.ts'
import { startLive } from './sync/live.ts'
import { checkCron, startSchedule } from './sync/schedule.ts'
import type { Schedule } from './sync/schedule.ts'
import { startSync } from './sync/run-sync.ts'
import type { StartedSync, SyncOptions } from './sync/run-sync.ts'

/** The running service; `stop` ends it in reverse order, and waits for a run in progress. */
export type Service = { readonly url: string; stop(): Promise<void> }

/**
 * Starts the service: store, HTTP, nightly schedule (a night missed while stopped is caught up at once).
 * NocoDB may be away: the service starts all the same, and /health/ready says so.
 */
export async function startService(
  environment: Environment,
  settings: Settings,
  log: Logger,
): Promise<Service> {
  const apiToken = environment.PORTREA_API_TOKEN
  if (apiToken === undefined) throw new PortreaError('CONFIG_INVALID', 'Donnez PORTREA_API_TOKEN.')
  checkCron(environment.PORTREA_CRON)
  const targets = readTargets(settings.webhooks)
  const store = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    return await startOn({ store, apiToken, targets }, environment, settings, log)
  } catch (cause) {
    await store.close()
    throw cause
  }
}

type Opened = { readonly store: Store; readonly apiToken: string; readonly targets: readonly Target[] }

async function startOn(
  { store, apiToken, targets }: Opened,
  environment: Environment,
  settings: Settings,
  log: Logger,
): Promise<Service> {
  const runs = syncRunner(environment, settings, store, log)
  const start = async (epcis: readonly string[] | null) => {
    const { id, finished } = await runs.start({ trigger: 'api', dryRun: false, epcis })
    finished.catch(() => undefined) // already logged and recorded by the run itself
    return { id }
  }
  const readiness = () => ready(environment, settings, store, log)
  const now = () => new Date()
  let schedule: Schedule | null = null
  const live = startLive({
    ...{ store, log, now, geography: loadGeography() },
    ...{ rules: settings.rules, columns: settings.columns, webhooks: settings.webhooks },
    settings: settings.nocodb.live,
    open: () => openBase(connectionOf(environment), settings.nocodb, log),
    abandoned: () => schedule?.catchUp(),
  })
  const deliveries = startDeliveries({ store, targets, settings: settings.webhooks, log, now })
  const server = await buildServer({
    ...{ store, apiToken, log, readiness, live, now },
    rules: settings.rules,
    fragility: fragilityOf(environment, settings),
    people: peopleOf(environment, settings, log),
    syncs: { start },
    webhookSecrets: environment.PORTREA_WEBHOOK_SECRET ?? [],
    attempts: deliveries.counts,
  })
  const url = await listen(server, environment).catch(async (cause: unknown) => {
    await live.stop()
    await deliveries.stop()
    throw cause
  })
  schedule = startSchedule({
    cron: environment.PORTREA_CRON,
    timezone: 'Europe/Paris',
    run: async (trigger) => void (await (await runs.start({ trigger, dryRun: false, epcis: null })).finished),
    lastDone: async () => lastEnd(store, settings.rules.fingerprint),
    now,
    log,
  })
  log.info({ url }, 'service started')
  return {
    url,
    async stop() {
      await schedule?.stop()
      await server.close()
      await live.stop()
      await runs.settled()
      await deliveries.stop()
      await store.close()
      log.info('service stopped')
    },
  }
}

/** Who may see the pages: those whose NocoDB account may see the base. */
function peopleOf(environment: Environment, settings: Settings, log: Logger): ServerParts['people'] {
  return {
    signIn: (who) => withBase(environment, settings, log, ({ id, http }) => signIn(http.url, id, who)),
    secret: environment.PORTREA_SESSION_SECRET ?? null,
    secure: environment.PORTREA_PUBLIC_URL?.startsWith('https:') ?? false,
  }
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
      `Cannot listen on ${HOST}, port ${PORT} (${code ?? String(cause)}); set HOST and PORT to an address that is free.`,
      { cause },
    )
  }
}

/** Opens the base anew for each run: its tables may have changed since the last one. */
function syncRunner(environment: Environment, settings: Settings, store: Store, log: Logger) {
  const geography = loadGeography()
  const { rules, columns, webhooks } = settings
  const running = new Set<Promise<unknown>>()
  return {
    async start(options: SyncOptions): Promise<StartedSync> {
      const base = await openBase(connectionOf(environment), settings.nocodb, log)
      try {
        const started = await startSync(
          { base, store, log, rules, columns, webhooks, geography, now: () => new Date() },
          options,
        )
        const finished = closing(base, started.finished)
        const settled = finished.catch(() => undefined) // told by whoever awaits `finished`
        running.add(settled)
        void settled.finally(() => running.delete(settled))
        return { id: started.id, finished }
      } catch (cause) {
        await base.close()
        throw cause
      }
    },
    settled: async () => void (await Promise.all(running)),
  }
}

async function closing<Result>(base: Base, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } finally {
    await base.close()
  }
}

/** When the base was last brought up to date as a whole; null, too, where the last run did not end well, or followed other rules. */
async function lastEnd(store: Store, rules: string): Promise<Date | null> {
  const [done, last] = [await lastDoneRun(store), await lastWholeRun(store)]
  if (
    done?.finishedAt !== undefined &&
    done.finishedAt !== null &&
    done.id === last?.id &&
    done.rules === rules
  )
    return new Date(done.finishedAt)
  return null
}

async function ready(
  environment: Environment,
  settings: Settings,
  store: Store,
  log: Logger,
): Promise<Readiness> {
  const [nocodb, embedded] = await Promise.all([
    check(async () => {
      const base = await openBase(connectionOf(environment), settings.nocodb, log)
      await base.close()
      return `NocoDB ${base.capabilities.version}`
    }),
    check(async () => {
      await checkStore(store)
      return 'open'
    }),
  ])
  return { ready: nocodb.ok && embedded.ok, checks: { nocodb, store: embedded } }
}

async function check(look: () => Promise<string>): Promise<{ ok: boolean; detail: string }> {
  try {
    return { ok: true, detail: await look() }
  } catch (cause) {
    return { ok: false, detail: cause instanceof PortreaError ? cause.code : 'INTERNAL' }
  }
}
