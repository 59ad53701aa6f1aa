import { dueWeek, parisHour } from '../domain/mail/mail-week.ts'
import { sendWeek } from './send-week.ts'
import type { SendParts } from './send-week.ts'

/** The mails of each week, at their hour. `stop` sends no further one, and waits for that in hand. */
export type MailRounds = { stop(): Promise<void> }

/** How often it is looked whether mails are due. */
const LOOK_MS = 60_000
/** What surely did not leave is tried again after so long, then after so much longer, then never in that week. */
const WAITS_MS = [60_000, 5 * 60_000, 30 * 60_000, 2 * 60 * 60_000]

/** Sends the mails of a week once they are due; who is written to once is not again, whoever sends. */
export function startMailRounds(
  parts: Omit<SendParts, 'signal'>,
  { lookMs = LOOK_MS, waitsMs = WAITS_MS }: { lookMs?: number; waitsMs?: readonly number[] } = {},
): MailRounds {
  const ending = new AbortController()
  const round = { week: '', failures: 0, notBefore: 0, done: false }
  let under: Promise<void> | null = null
  const look = () => {
    const { settings, now } = parts
    const week = dueWeek(parisHour(now()), settings)
    if (week === null || under !== null) return
    if (week !== round.week) Object.assign(round, { week, failures: 0, notBefore: 0, done: false })
    if (round.done || now().getTime() < round.notBefore) return
    under = once(week).finally(() => {
      under = null
    })
  }
  const once = async (week: string) => {
    const ended = await attempt({ ...parts, signal: ending.signal }, week)
    if (ended === 'elsewhere') return
    round.done = ended === 'done'
    if (ended === 'done' || ending.signal.aborted) return
    const wait = waitsMs[round.failures]
    round.failures += 1
    round.done = wait === undefined
    round.notBefore = parts.now().getTime() + (wait ?? 0)
    if (wait === undefined) parts.log.error({ week }, 'mails of the week were given up')
  }
  const timer = setInterval(look, lookMs)
  look()
  return {
    async stop() {
      clearInterval(timer)
      ending.abort()
      await under
    },
  }
}

async function attempt(parts: SendParts, week: string): Promise<'done' | 'elsewhere' | 'failed'> {
  try {
    const { outcome } = await sendWeek(parts, week)
    if (outcome === 'unfinished') return 'failed'
    return outcome === 'elsewhere' ? 'elsewhere' : 'done'
  } catch (err) {
    parts.log.error({ err }, 'the mails of the week could not be sent')
    return 'failed'
  }
}
