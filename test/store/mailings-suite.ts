import { expect, it } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import {
  beginAnew,
  claimMail,
  forgetMails,
  giveUpUncertain,
  hasLeft,
  isSkipped,
  keyStands,
  leaveMail,
  mailState,
  rejoinMail,
  settleMail,
} from '../../src/store/mailings.ts'

const [WEEK, NEXT] = ['2026-11-23', '2026-11-30']

/** What the store promises of the mails of a week, whatever its engine. */
export function mailTests(store: () => Store): void {
  it('gives the mail of a person and a week to one of those who ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, () => claimMail(store(), 'a', WEEK)))
    expect(asked.filter(Boolean)).toHaveLength(1)
    expect(await claimMail(store(), 'b', WEEK)).toBe(true)
    expect(await claimMail(store(), 'a', NEXT)).toBe(true)
  })

  it.each([
    ['sent', false],
    ['nothing', false],
    ['perhaps', false],
    ['refused', false],
    ['failed', true],
  ] as const)('gives one that is %s again: %s', async (state, again) => {
    await claimMail(store(), 'a', WEEK)
    await settleMail(store(), 'a', WEEK, state)
    expect(await mailState(store(), 'a', WEEK)).toBe(state)
    expect(await mailState(store(), 'a', NEXT)).toBeNull()
    expect(await claimMail(store(), 'a', WEEK)).toBe(again)
  })

  it('tells what a sender who died had in hand, and forgets weeks that are long past', async () => {
    await claimMail(store(), 'a', WEEK)
    await claimMail(store(), 'b', NEXT)
    expect(await giveUpUncertain(store(), WEEK)).toBe(1)
    expect(await giveUpUncertain(store(), WEEK)).toBe(0)
    expect(await mailState(store(), 'a', WEEK)).toBe('perhaps')
    await leaveMail(store(), 'a')
    await forgetMails(store(), NEXT)
    expect(await mailState(store(), 'a', WEEK)).toBeNull()
    expect(await mailState(store(), 'b', NEXT)).toBe('sending')
    expect(await hasLeft(store(), 'a')).toBe(true)
  })

  it('remembers who left until they come back, by one key', async () => {
    expect(await keyStands(store(), 'one')).toBe(true)
    await leaveMail(store(), 'a')
    await leaveMail(store(), 'a')
    expect([await hasLeft(store(), 'a'), await hasLeft(store(), 'b')]).toEqual([true, false])
    expect([await keyStands(store(), 'two'), await keyStands(store(), 'one')]).toEqual([false, true])
    await rejoinMail(store(), 'a')
    expect(await hasLeft(store(), 'a')).toBe(false)
    await leaveMail(store(), 'a')
    await beginAnew(store(), 'two', WEEK)
    expect([await keyStands(store(), 'two'), await hasLeft(store(), 'a')]).toEqual([true, false])
    expect([await isSkipped(store(), WEEK), await isSkipped(store(), NEXT)]).toEqual([true, false])
  })
}
