import type { Columns } from '../config/columns-file.ts'
import type { MailSettings } from '../config/mail-file.ts'
import { calendarEvents } from '../domain/calendar/events.ts'
import type { Deadlines } from '../domain/calendar/events.ts'
import { addDays } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Geography } from '../domain/geography.ts'
import { recipients } from '../domain/mail/recipients.ts'
import type { Recipient, Unreachable } from '../domain/mail/recipients.ts'
import { weekTeller } from '../domain/mail/weekly-mail.ts'
import type { PersonWeek } from '../domain/mail/weekly-mail.ts'
import { reports } from '../http/stored-report.ts'
import { calendarDays } from '../nocodb/calendar-days.ts'
import type { Base } from '../nocodb/base.ts'
import { readContacts } from '../nocodb/read-contacts.ts'
import type { Store } from '../store/database.ts'
import type { Standing } from '../domain/since.ts'
import { historyAt } from '../store/history.ts'
import { snapshotsAt } from '../store/snapshots.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { MailKeys } from '../store/mail-keys.ts'
import { hasLeft, mailState } from '../store/mailings.ts'
import type { MailState } from '../store/mailings.ts'

/** What a person would get, and what stands against it. */
export type Letter = {
  readonly recipient: Recipient
  readonly week: PersonWeek
  /** The keyed digest that stands for them in the store. */
  readonly person: string
  readonly left: boolean
  /** How far this week's mail to them is; null: not begun. */
  readonly state: MailState | null
}

/** The letters of a week; they go no further than memory. */
export type Letters = {
  readonly letters: readonly Letter[]
  readonly unreachable: readonly Unreachable[]
  readonly reports: ReadonlyMap<string, EpciReport>
  /** The day with which today is compared. */
  readonly since: string
}

/** What letters are written from. */
export type LetterSources = {
  readonly base: Base
  readonly store: Store
  readonly columns: Columns
  readonly geography: Geography
  readonly keys: MailKeys
  readonly settings: MailSettings
  readonly deadlines: Deadlines
  /** Today, and the week that is written, by its Monday; 'YYYY-MM-DD'. */
  readonly today: string
  readonly week: string
}

const WEEK_DAYS = 7

/** Writes to everyone, by the addresses that NocoDB has at this moment, sends nothing. Throws where NocoDB is away. */
export async function writeLetters(sources: LetterSources): Promise<Letters> {
  const { base, store, columns, geography, keys, settings, deadlines, today, week } = sources
  const since = addDays(today, -WEEK_DAYS)
  const [all, past, contacts, days] = await Promise.all([
    reports(store),
    historyAt(store, since),
    readContacts(base, columns, geography),
    calendarDays(base, columns, geography),
  ])
  const bySiren = new Map(all.map((report) => [report.siren, report]))
  const kept = await snapshotsAt(store, since)
  const weekOf = weekTeller({
    ...{ reports: all, today, horizon: settings.horizon },
    before: new Map(past.map((one) => [one.siren, { ...one, ...saidIn(kept.get(one.siren)) }])),
    // A report may be of yesterday: what is past is past today.
    events: calendarEvents(
      all.map((report) => ({ ...report, day: today })),
      days,
      deadlines,
    ),
  })
  const { reachable, unreachable } = recipients(contacts, new Set(bySiren.keys()))
  const letters: Letter[] = []
  for (const recipient of reachable) {
    const person = await keys.person(recipient.address)
    const [left, state] = [await hasLeft(store, person), await mailState(store, person, week)]
    letters.push({ recipient, week: weekOf(recipient), person, left, state })
  }
  return { letters, unreachable, reports: bySiren, since }
}

/** What people had said of an EPCI by then, by the last result that was kept of it; nothing where none was. */
function saidIn(snapshot: Snapshot | undefined): Pick<Standing, 'said'> {
  if (snapshot === undefined) return {}
  return { said: { retained: snapshot.retained, answers: snapshot.situation.answers } }
}
