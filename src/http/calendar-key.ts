import { timingSafeEqual } from 'node:crypto'
import { readScope, scopeCode } from '../domain/calendar/scope.ts'
import { officerKey } from '../domain/planning/officer-names.ts'
import type { CalendarScope } from '../domain/calendar/scope.ts'
import { storeDigest } from '../store/digest-key.ts'
import type { Digest } from '../store/digest-key.ts'
import type { Store } from '../store/database.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'

/** Who asks by a secret address, and for what. */
export type CalendarAsked = { readonly account: string; readonly scope: CalendarScope }

/**
 * The secret addresses of calendars: each says whose it is (the account in NocoDB), what it tells of, and is signed. Nothing
 * is kept of a person but how often they renewed theirs, under a digest; to renew makes every former address of theirs dead.
 */
export type CalendarKeys = {
  keyOf(asked: CalendarAsked): Promise<string>
  /** What a key asks for; null: it is none, or was renewed since. */
  read(key: string): Promise<CalendarAsked | null>
  renew(account: string): Promise<void>
  /** What stands for the name of a chargé·e in an address. */
  nameDigest(name: string): Promise<string>
}

/** In `watermarks`, where a base would be named. */
const CALENDARS = 'calendars'

/** @param keyed an HMAC by a secret of the service that is not in its store */
export function calendarKeys(store: Store, keyed: (text: string) => string): CalendarKeys {
  const digest = () => storeDigest(store, keyed)
  const place = (by: Digest, account: string) => by.text(`calendar of ${account}`)
  const signature = async (account: string, code: string) => {
    const by = await digest()
    const renewed = (await readWatermark(store, CALENDARS, place(by, account))) ?? '0'
    return by.text(`calendar ${renewed} ${code} ${account}`)
  }
  return {
    async keyOf({ account, scope }) {
      const code = scopeCode(scope)
      return `${code}.${Buffer.from(account).toString('base64url')}.${await signature(account, code)}`
    },
    async read(key) {
      const [code = '', account64 = '', signed = '', ...more] = key.split('.')
      const scope = readScope(code)
      const account = Buffer.from(account64, 'base64url').toString()
      if (scope === null || account === '' || more.length > 0) return null
      return isSame(signed, await signature(account, code)) ? { account, scope } : null
    },
    async renew(account) {
      const by = await digest()
      const before = Number((await readWatermark(store, CALENDARS, place(by, account))) ?? 0)
      await saveWatermark(store, CALENDARS, place(by, account), String(before + 1))
    },
    nameDigest: async (name) => (await digest()).text(`officer ${officerKey(name)}`),
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
