import type { Store } from './database.ts'
import { readWatermark, saveWatermark } from './watermarks.ts'

/**
 * How far the mail of a week is to one person. `sending`: it is in hand, or its sender died; `perhaps`: nobody knows whether
 * it arrived, so it is not sent again; `failed`: it surely did not, and is tried again; `refused`: its address is taken by nobody.
 */
export type MailState = 'sending' | 'sent' | 'nothing' | 'perhaps' | 'failed' | 'refused'

/** In `watermarks`, where a base would be named; of people it holds keyed digests only. */
const MAIL = 'mail'
const KEY = 'key'
const of = (person: string) => `of ${person}`
const left = (person: string) => `left ${person}`

/**
 * Takes in hand the mail of a person for a week (named by its Monday); false: it is in hand, sent, or not to be sent again.
 * Of several that ask at once, one gets it.
 */
export async function claimMail({ db }: Store, person: string, week: string): Promise<boolean> {
  const value = valueOf(week, 'sending')
  const row = await db
    .insertInto('watermarks')
    .values({ base: MAIL, name: of(person), value })
    .onConflict((conflict) =>
      conflict
        .columns(['base', 'name'])
        .doUpdateSet({ value })
        .where((eb) =>
          eb.or([
            eb('watermarks.value', 'not like', `${week} %`),
            eb('watermarks.value', '=', valueOf(week, 'failed')),
          ]),
        ),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Says what became of a mail that was taken in hand. */
export async function settleMail(
  store: Store,
  person: string,
  week: string,
  state: Exclude<MailState, 'sending'>,
): Promise<void> {
  await saveWatermark(store, MAIL, of(person), valueOf(week, state))
}

/** Mails that a sender who died had in hand: whether they arrived is not known. Answers how many; to be asked by the only sender. */
export async function giveUpUncertain({ db }: Store, week: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('watermarks')
    .set({ value: valueOf(week, 'perhaps') })
    .where('base', '=', MAIL)
    .where('name', 'like', of('%'))
    .where('value', '=', valueOf(week, 'sending'))
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** How far the mail of this week is to a person; null: not begun. */
export async function mailState(store: Store, person: string, week: string): Promise<MailState | null> {
  const value = await readWatermark(store, MAIL, of(person))
  return value?.startsWith(`${week} `) ? (value.slice(week.length + 1) as MailState) : null
}

/** Forgets what was noted of weeks before this one: people who are gone leave nothing. */
export async function forgetMails({ db }: Store, before: string): Promise<void> {
  await db
    .deleteFrom('watermarks')
    .where('base', '=', MAIL)
    .where('name', 'like', of('%'))
    .where('value', '<', before)
    .execute()
}

/** Whether a person wants no mail. */
export async function hasLeft(store: Store, person: string): Promise<boolean> {
  return (await readWatermark(store, MAIL, left(person))) !== null
}

/** Keeps that they want none. */
export async function leaveMail(store: Store, person: string): Promise<void> {
  await saveWatermark(store, MAIL, left(person), 'yes')
}

/** They want it again. */
export async function rejoinMail({ db }: Store, person: string): Promise<void> {
  await db.deleteFrom('watermarks').where('base', '=', MAIL).where('name', '=', left(person)).execute()
}

/** Whether what is kept was made with this key; where nothing is kept yet, it is from now on. */
export async function keyStands(store: Store, id: string): Promise<boolean> {
  const known = await readWatermark(store, MAIL, KEY)
  if (known === null) await saveWatermark(store, MAIL, KEY, id)
  return known === null || known === id
}

/** Forgets who left and who was written to, which another key made; nobody is written to in `week` any more. */
export async function beginAnew(store: Store, id: string, week: string): Promise<void> {
  await store.db.deleteFrom('watermarks').where('base', '=', MAIL).execute()
  await saveWatermark(store, MAIL, KEY, id)
  await saveWatermark(store, MAIL, SKIPPED, week)
}

/** A week in which nobody is written to: who was already is not known any more. */
export async function isSkipped(store: Store, week: string): Promise<boolean> {
  return (await readWatermark(store, MAIL, SKIPPED)) === week
}

const SKIPPED = 'skipped'

function valueOf(week: string, state: MailState): string {
  return `${week} ${state}`
}
