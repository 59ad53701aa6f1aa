import { createTask, parse, validateDetailed } from 'node-cron'
import type { ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import { PortreaError } from '../errors.ts'

/** The nights are those of the Hub. */
export const TIMEZONE = 'Europe/Paris'

/** What the schedule needs; the caller owns the run and the store. */
export type ScheduleParts = {
  /** PORTREA_CRON: five fields, or six with seconds first. */
  readonly cron: string
  /** An IANA name: 'Europe/Paris'. */
  readonly timezone: string
  /**
   * Does the whole job; its failure is logged here, and it is tried again later. Throws SYNC_RUNNING where `needed`, asked
   * when no other run can begin any more, says that another has done it meanwhile.
   */
  readonly run: (trigger: Trigger, needed: () => Promise<boolean>) => Promise<void>
  /** When the whole job was last done; null: never, or it is to be done again. */
  readonly lastDone: () => Promise<Date | null>
  readonly now: () => Date
  readonly log: Logger
}

/** A schedule at work. `stop` starts nothing more and waits for the run that it started. */
export type Schedule = {
  stop(): Promise<void>
  /** Runs the job now. */
  catchUp(): void
  /** A run of the whole job that somebody else started has failed: it is tried again, as those started here. */
  failed(): void
}

/**
 * Runs the job at the times of `cron`, never two at once. At start, a night missed while the service was stopped is
 * caught up, and so is the very first one: a new install has figures at once. Throws CONFIG_INVALID.
 */
export function startSchedule(parts: ScheduleParts): Schedule {
  const { cron, timezone, log } = parts
  const attempt = oneAtATime(parts)
  const task = taskOf(cron, () => void attempt.start('night'), parts)
  task.on('execution:missed', () => {
    log.warn({ cron }, 'the machine slept or was too busy at the time of the nightly sync: caught up now')
    void attempt.start('catch-up')
  })
  void task.start()
  log.info({ cron, timezone, next: task.getNextRun() }, 'nightly sync scheduled')
  const caughtUp = catchUp(task, attempt, parts)
  return {
    catchUp: () => void attempt.start('catch-up', { since: parts.now(), anew: true }),
    failed: () => attempt.again(),
    async stop() {
      attempt.end()
      await task.destroy()
      await caughtUp
      await attempt.settled()
    },
  }
}

/** The last due time of a task in ]since, now], to the second; null: none. By the very matcher that fires the task. */
export function lastDue(task: ScheduledTask, since: Date, now: Date): Date | null {
  const seconds = parse(task.getPattern()).second.toSorted((one, other) => other - one)
  for (
    let minute = now.getTime() - (now.getTime() % MINUTE);
    minute + MINUTE > since.getTime();
    minute -= MINUTE
  )
    for (const second of seconds) {
      const at = new Date(minute + second * 1000)
      if (at <= now && at > since && task.match(at)) return at
    }
  return null
}

const MINUTE = 60_000

async function catchUp(
  task: ScheduledTask,
  attempt: Attempt,
  { lastDone, now, log }: ScheduleParts,
): Promise<void> {
  const wish = { since: now(), anew: false } // of before it is asked: another replica may be at its end
  try {
    const last = await lastDone()
    const due = last === null ? null : lastDue(task, last, now())
    if (last !== null && due === null) return
    if (last === null) log.info('no whole sync stands, by these rules: one starts now')
    else log.warn({ due, last }, 'a nightly sync was missed while the service was stopped: caught up now')
    void attempt.start('catch-up', wish)
  } catch (cause) {
    log.error({ err: cause }, 'cannot tell whether a nightly sync was missed')
  }
}

type Trigger = 'night' | 'catch-up'
type Outcome = 'done' | 'elsewhere' | 'failed'

/** When a run was first asked for; `anew`: by what has changed since the other began, so that it does not count. */
type Wish = { readonly since: Date; readonly anew: boolean }

type Attempt = {
  start(trigger: Trigger, wish?: Wish): Promise<void>
  again(): void
  end(): void
  settled(): Promise<void>
}

/** An outage must not cost a day, nor a short one ten minutes: each wait is twice the one before. */
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 10 * 60_000
/** While a run that somebody else started is in progress. */
const ASIDE_MS = 2000

/**
 * Starts a run unless one is in progress here; where one is elsewhere, it waits for its end: that one may be dry, of some
 * EPCI, or have begun before what is to be caught up with. One that fails is tried again later; never fails.
 */
function oneAtATime({ run, lastDone, now, log }: ScheduleParts): Attempt {
  let running: Promise<Outcome> | null = null
  let again: NodeJS.Timeout | undefined
  let ended = false
  let failures = 0
  let asked = false
  const aside = (trigger: Trigger, wish: Wish) => {
    if (ended) return
    again = setTimeout(() => void afterOther(trigger, wish), ASIDE_MS)
  }
  const stillDue = async (wish: Wish) => {
    const last = wish.anew ? null : await lastDone().catch(() => null)
    return last === null || last < wish.since
  }
  const afterOther = async (trigger: Trigger, wish: Wish) => {
    if (await stillDue(wish)) await attempt.start(trigger, wish)
  }
  const attempt: Attempt = {
    again() {
      if (ended || running !== null) return
      clearTimeout(again)
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
      failures += 1
      log.info({ seconds: wait / 1000 }, 'the whole sync is tried again soon')
      again = setTimeout(() => void attempt.start('catch-up'), wait)
    },
    async start(trigger, wish = { since: now(), anew: false }) {
      clearTimeout(again)
      if (ended) return
      if (running !== null) {
        asked ||= trigger === 'catch-up' // what it is to catch up with came after the other had begun
        log.warn({ trigger }, 'sync skipped: the one before is still in progress')
        return
      }
      running = attemptRun(() => run(trigger, () => stillDue(wish)), trigger, log)
      const outcome = await running
      running = null
      if (outcome === 'done') failures = 0
      else if (outcome === 'elsewhere') aside(trigger, wish)
      else attempt.again()
      if (!asked) return
      asked = false
      await attempt.start('catch-up', { since: now(), anew: true })
    },
    end: () => {
      ended = true
      clearTimeout(again)
    },
    settled: async () => void (await running),
  }
  return attempt
}

async function attemptRun(run: () => Promise<void>, trigger: Trigger, log: Logger): Promise<Outcome> {
  try {
    await run()
    return 'done'
  } catch (cause) {
    const elsewhere = cause instanceof PortreaError && cause.code === 'SYNC_RUNNING'
    if (elsewhere) log.debug({ trigger }, 'sync waits: another run is in progress')
    else log.error({ trigger, err: cause }, 'the scheduled sync failed')
    return elsewhere ? 'elsewhere' : 'failed'
  }
}

/** When it comes next; null: never. Throws CONFIG_INVALID. */
export async function nextRun(cron: string): Promise<Date | null> {
  checkCron(cron)
  const task = createTask(cron, () => undefined, { timezone: TIMEZONE })
  try {
    await task.start() // one that is not started does not tell
    return task.getNextRun()
  } finally {
    await task.destroy()
  }
}

/** Throws CONFIG_INVALID where `cron` is not a schedule. */
export function checkCron(cron: string): void {
  const { valid, errors } = validateDetailed(cron)
  if (valid) return
  throw new PortreaError(
    'CONFIG_INVALID',
    `PORTREA_CRON « ${cron} » n’est pas un horaire ; écrivez-le comme 0 3 * * *.`,
    { faults: errors.map(({ field, message }) => `PORTREA_CRON : ${field} : ${message}`) },
  )
}

function taskOf(cron: string, tick: () => void, { timezone, log }: ScheduleParts): ScheduledTask {
  checkCron(cron)
  return createTask(cron, tick, { timezone, logger: nodeCronLog(log) })
}

/** What node-cron has to say goes where the rest goes. */
function nodeCronLog(log: Logger) {
  return {
    info: (message: string) => log.debug(message),
    debug: (message: string | Error) => log.debug(message),
    warn: (message: string) => log.warn(message),
    error: (message: string | Error) => log.error({ err: message }, 'the schedule failed'),
  }
}
