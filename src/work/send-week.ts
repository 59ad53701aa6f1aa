import type { Logger } from 'pino'
import type { Columns } from '../config/columns-file.ts'
import { addDays } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Geography } from '../domain/geography.ts'
import { mondayOf, parisHour } from '../domain/mail/mail-week.ts'
import type { Base } from '../nocodb/base.ts'
import { messageOf } from '../outbox/mail/message.ts'
import type { Attached } from '../outbox/mail/message.ts'
import { pdfName } from '../papers/file-name.ts'
import type { PrintShop } from '../papers/print-shop.ts'
import type { Store } from '../store/database.ts'
import { tryLock } from '../store/locks.ts'
import { mailKeys } from '../store/mail-keys.ts'
import type { MailKeys } from '../store/mail-keys.ts'
import {
  claimMail,
  forgetMails,
  giveUpUncertain,
  isSkipped,
  keyStands,
  settleMail,
} from '../store/mailings.ts'
import { readMended } from '../store/mend.ts'
import type { MailSetup } from './mail-parts.ts'
import { writeLetters } from './weekly-mail.ts'
import type { Letter, Letters } from './weekly-mail.ts'

/** What the mails of a week are sent with. */
export type SendParts = MailSetup & {
  readonly store: Store
  readonly columns: Columns
  readonly geography: Geography
  readonly log: Logger
  readonly now: () => Date
  readonly open: () => Promise<Base>
  readonly shop: PrintShop
  readonly signal: AbortSignal
}

/** How many people: of each of them one thing is true. */
export type MailCounts = {
  readonly sent: number
  /** Written to earlier in the week, or it is not known whether they were. */
  readonly before: number
  readonly left: number
  readonly nothing: number
  /** Named for an EPCI without an address, or with none that is one. */
  readonly unreachable: number
  readonly refused: number
  /** The server fell silent: they may have it, and get no second one. */
  readonly perhaps: number
  /** Surely not written to: to be tried again. */
  readonly failed: number
}

/** What came of it; `elsewhere`: another process sends; `held`: nobody may be written to this week, and why. */
export type Sending =
  | { readonly outcome: 'done' | 'unfinished'; readonly counts: MailCounts }
  | { readonly outcome: 'elsewhere' }
  | { readonly outcome: 'held'; readonly why: 'store_mended' | 'another_key' | 'skipped' }

/** So many weeks back what was noted is kept. */
const KEPT_DAYS = 28

/**
 * Sends the mails of a week (named by its Monday), to each person once at most: what a sender who died had in hand is not sent
 * again. One process at a time does it; the log is told counts only. Throws where NocoDB or the store is away.
 */
export async function sendWeek(parts: SendParts, week: string): Promise<Sending> {
  const { store, log } = parts
  const lock = await tryLock(store, 'mail')
  if (lock === null) return { outcome: 'elsewhere' }
  try {
    const keys = mailKeys(store, parts.keyed)
    const why = await holdOf(store, keys, week)
    if (why !== null) {
      log.error({ week, why }, 'the mails of this week are held')
      return { outcome: 'held', why }
    }
    const uncertain = await giveUpUncertain(store, week)
    if (uncertain > 0)
      log.warn({ week, uncertain }, 'mails may or may not have arrived: they are not sent again')
    await forgetMails(store, addDays(week, -KEPT_DAYS))
    const letters = await lettersOf(parts, keys, week)
    const counts = await sendAll(parts, keys, letters, week)
    const outcome = counts.failed > 0 ? 'unfinished' : 'done'
    log[outcome === 'done' ? 'info' : 'warn']({ week, ...counts }, 'the mails of the week')
    return { outcome, counts }
  } finally {
    await lock.release()
  }
}

/** Why nobody may be written to this week: who was already, or who left, is not known; null: they may. */
async function holdOf(
  store: Store,
  keys: MailKeys,
  week: string,
): Promise<'store_mended' | 'another_key' | 'skipped' | null> {
  if (!(await keyStands(store, await keys.id()))) return 'another_key'
  if (await isSkipped(store, week)) return 'skipped'
  const mended = await readMended(store)
  return mended !== null && mondayOf(parisHour(new Date(mended.at)).day) === week ? 'store_mended' : null
}

async function lettersOf(parts: SendParts, keys: MailKeys, week: string): Promise<Letters> {
  const base = await parts.open()
  try {
    return await writeLetters({ ...parts, base, keys, week, today: parisHour(parts.now()).day })
  } finally {
    await base.close()
  }
}

type Tally = { -readonly [Name in keyof MailCounts]: MailCounts[Name] }

async function sendAll(
  parts: SendParts,
  keys: MailKeys,
  { letters, unreachable, reports, since }: Letters,
  week: string,
): Promise<MailCounts> {
  const { store, post, log, signal } = parts
  const tally: Tally = {
    ...{ sent: 0, before: 0, left: 0, nothing: 0, refused: 0, perhaps: 0, failed: 0 },
    unreachable: unreachable.length,
  }
  let listening: boolean | null = null // whether the server answered when it was last asked; null: it is to be asked
  for (const letter of letters) {
    const known = knownOf(letter)
    if (known !== null) {
      tally[known] += 1
      continue
    }
    if (letter.week.epcis.length === 0) {
      await settleMail(store, letter.person, week, 'nothing')
      tally.nothing += 1
      continue
    }
    listening ??= await isListening(parts)
    if (!listening || signal.aborted) {
      tally.failed += 1
      continue
    }
    const content = { letter, reports, since, link: await keys.link(letter.person), week }
    const message = await letterMessage(parts, content).catch((err: unknown) => {
      log.error({ err }, 'a mail could not be made')
      return null
    })
    if (message === null) {
      tally.failed += 1
      continue
    }
    if (!(await claimMail(store, letter.person, week))) {
      tally.before += 1
      continue
    }
    const sent = await post.send(message)
    const state = sent === 'away' || sent === 'later' ? 'failed' : sent
    await settleMail(store, letter.person, week, state)
    tally[state] += 1
    if (sent === 'away') listening = false
    else if (sent === 'perhaps') listening = null
  }
  return tally
}

/** What is already true of them; null: they are to be written to. */
function knownOf({ left, state }: Letter): 'left' | 'before' | 'nothing' | 'refused' | 'perhaps' | null {
  if (left) return 'left'
  switch (state) {
    case null:
    case 'failed':
      return null
    case 'sent':
    case 'sending':
      return 'before'
    case 'nothing':
    case 'refused':
    case 'perhaps':
      return state
  }
}

async function isListening({ post, log }: SendParts): Promise<boolean> {
  const answer = await post.ready()
  if (!answer.ready) log.warn({ reason: answer.reason }, 'the mail server takes nothing now')
  return answer.ready
}

/** A letter with its sheets, as it is sent; also one that only tries the way. */
export async function letterMessage(
  { settings, publicUrl, hub, shop, now }: Pick<SendParts, 'settings' | 'publicUrl' | 'hub' | 'shop' | 'now'>,
  {
    letter: { recipient, week: told, person },
    reports,
    since,
    link,
    week,
  }: {
    readonly letter: Pick<Letter, 'recipient' | 'week' | 'person'>
    readonly reports: ReadonlyMap<string, EpciReport>
    readonly since: string
    readonly link: string
    readonly week: string
  },
) {
  const sheets: Attached[] = []
  for (const { siren } of settings.attach ? told.epcis.slice(0, settings.attachAtMost) : []) {
    const report = reports.get(siren)
    if (report === undefined) continue
    const { pdf } = await shop.sheet(report)
    sheets.push({ siren, pdf, filename: pdfName('fiche territoire', report.name, siren) })
  }
  const content = {
    ...{ to: recipient, week: told, sheets, since, hub, publicUrl },
    ...{ today: parisHour(now()).day, leave: `${publicUrl}courriels/${link}`, id: `${week}.${person}` },
  }
  return messageOf(content, settings)
}
