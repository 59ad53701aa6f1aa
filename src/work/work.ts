import type { Logger } from 'pino'
import { configDirectory, openNamed } from '../app.ts'
import type { Settings } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import type { Environment } from '../config/environment.ts'
import { headerReader } from '../config/headers.ts'
import { readSources } from '../config/sources.ts'
import { loadGeography } from '../config/geography.ts'
import { readTargets } from '../config/webhook-targets.ts'
import type { WorkCounts } from '../http/metrics.ts'
import type { StartSync } from '../http/sync-routes.ts'
import type { ChangeListener } from '../http/webhook-routes.ts'
import { startDeliveries } from '../outbox/deliver.ts'
import { openStore, watchStore } from '../store/database.ts'
import type { Store } from '../store/database.ts'
import type { StoreLoss } from '../store/engine.ts'
import { readMended } from '../store/mend.ts'
import { lastDoneRun, lastWholeRun } from '../store/runs.ts'
import { startLive } from '../engine/live.ts'
import { checkCron, startSchedule, TIMEZONE } from '../engine/schedule.ts'
import type { Schedule } from '../engine/schedule.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import { sourcesFolder } from '../files/fetch-source.ts'
import type { Base } from '../nocodb/base.ts'
import { openPrintShop } from '../papers/print-shop.ts'
import { NOTHING_DONE } from './counts.ts'
import { keepInvitations } from './keep-invitations.ts'
import { keepMerges } from './keep-merges.ts'
import { keepSources } from './keep-sources.ts'
import { mailSetup } from './mail-parts.ts'
import type { MailSetup } from './mail-parts.ts'
import { startMailRounds } from './mail-rounds.ts'
import type { MailRounds } from './mail-rounds.ts'
import { syncRunner } from './sync-runner.ts'

/** All that the service does of itself: changes in NocoDB, runs that are asked for or due, messages to subscribers. */
export type Work = ChangeListener & {
  readonly start: StartSync
  readonly counts: () => Promise<WorkCounts>
  /** Takes up what waits, what is due to others, and the nightly schedule (a night missed while stopped is caught up at once). */
  readonly begin: () => void
  /** Ends it in order, a run in progress soon; answers the last counts. */
  readonly stop: () => Promise<WorkCounts>
}

/** Opens a store of its own; nothing is done before `begin`. NocoDB may be away. Throws CONFIG_INVALID, STORE_UNAVAILABLE. */
export async function openWork(
  environment: Environment,
  settings: Settings,
  log: Logger,
  lost: (loss: StoreLoss) => void,
): Promise<Work> {
  checkCron(environment.PORTREA_CRON)
  const targets = readTargets(settings.webhooks)
  const { PORTREA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = environment
  const store = await openStore({ dataDir, databaseUrl })
  const unwatch = watchStore(store, lost)
  const { rules, columns, webhooks, nocodb } = settings
  const now = () => new Date()
  const parts = { store, log, now, geography: loadGeography(), rules, columns, webhooks, brake: nocodb.brake }
  const open = () => openNamed(environment, settings, log, store)
  const runs = syncRunner(parts, open)
  const ending = new AbortController()
  const keeping = oneAtATime(() => keepUp(environment, settings, { ...parts, open, signal: ending.signal }))
  const mailing = mailerOf(environment, settings, { ...parts, open })
  const begun = () => {
    // Beside the nights: a list that comes slowly keeps none of them waiting.
    const schedule = nightly(environment, parts, runs, keeping.begin)
    const live = startLive({
      ...{ ...parts, settings: nocodb.live, open },
      ...{ abandoned: schedule.catchUp, suspected: schedule.catchUp, drifted: schedule.catchUp },
    })
    const deliveries = startDeliveries({ store, targets, settings: webhooks, log, now })
    return { schedule, live, deliveries, mail: mailing() }
  }
  let under: ReturnType<typeof begun> | null = null
  const counts = async () =>
    under === null ? NOTHING_DONE : { live: under.live.counts(), attempts: under.deliveries.counts() }
  return {
    notify: () => under?.live.notify(),
    resync: () => under?.live.resync(),
    counts,
    async start(wish) {
      const { id, finished } = await runs.start({ trigger: 'api', dryRun: false, ...wish })
      // The run itself has logged and recorded it.
      finished.catch(() => (wish.epcis ?? null) === null && under?.schedule.failed())
      return { id }
    },
    begin() {
      under ??= begun()
    },
    async stop() {
      unwatch()
      ending.abort()
      await runs.interrupt()
      await under?.schedule.stop()
      await keeping.settled()
      await Promise.all([under?.mail?.stop(), under?.live.stop()])
      await runs.settled()
      await under?.deliveries.stop()
      await store.close()
      return counts()
    },
  }
}

/** What starts the weekly mails; null: they are off. Throws CONFIG_INVALID where what they need is not there. */
function mailerOf(
  environment: Environment,
  settings: Settings,
  parts: Omit<Parameters<typeof startMailRounds>[0], 'shop' | keyof MailSetup>,
): () => MailRounds | null {
  if (settings.mail?.enabled !== true) return () => null
  const setup = mailSetup(environment, settings)
  return () => {
    const shop = openPrintShop(settings)
    const rounds = startMailRounds({ ...parts, ...setup, shop })
    return { stop: () => rounds.stop().finally(() => shop.close()) }
  }
}

/** Begins what is asked for, unless it is under way. */
function oneAtATime(work: () => Promise<void>) {
  let under: Promise<void> | null = null
  return {
    begin(): void {
      under ??= work().finally(() => {
        under = null
      })
    },
    async settled(): Promise<void> {
      await under
    },
  }
}

function nightly(
  { PORTREA_CRON: cron }: Environment,
  { store, rules, now, log }: Parameters<typeof syncRunner>[0],
  { start }: ReturnType<typeof syncRunner>,
  after: () => void,
): Schedule {
  return startSchedule({
    ...{ cron, timezone: TIMEZONE, now, log },
    async run(trigger, needed) {
      const { finished } = await start({ trigger, needed, dryRun: false, epcis: null })
      await finished
      after()
    },
    lastDone: () => lastEnd(store, rules.fingerprint),
  })
}

type KeepUp = Omit<SyncContext, 'base'> & {
  readonly open: () => Promise<Base>
  readonly signal: AbortSignal
}

/** Reads the sources that are due, by config/sources/ as it stands now; what fails is told, and keeps no night from its end. */
async function keepUp(
  { PORTREA_DATA_DIR: dataDir }: Environment,
  { rules, invitation }: Settings,
  { open, signal, ...parts }: KeepUp,
): Promise<void> {
  try {
    const base = await open()
    try {
      await keepInvitations({ ...parts, base }, invitation, signal)
      // After: a fault in a source's file keeps nobody from being invited.
      const sources = [...readSources(configDirectory(), rules).values()]
      const headers = headerReader(readAdoption(configDirectory()))
      await keepMerges({ ...parts, base }, signal)
      await keepSources({ ...parts, base }, { sources, headers, folder: sourcesFolder(dataDir), signal })
    } finally {
      await base.close()
    }
  } catch (cause) {
    if (!signal.aborted) parts.log.error({ err: cause }, 'the sources could not be kept up')
  }
}

/** When the base was last brought up to date as a whole; null, too, where the last run did not end well, or followed other rules, and after the store was lost. */
async function lastEnd(store: Store, rules: string): Promise<Date | null> {
  if ((await readMended(store))?.told === false) return null
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
