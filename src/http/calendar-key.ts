import { readScope, scopeCode } from '../domain/calendar/scope.ts'
import { officerKey } from '../domain/planning/officer-names.ts'
import type { CalendarScope } from '../domain/calendar/scope.ts'
import { isSignedBy, storeDigest } from '../store/digest-key.ts'
import type { Digest } from '../store/digest-key.ts'
import type { Store } from '../store/database.ts'
import { countRenewals, renew } from '../store/renewals.ts'

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
  const signed = async (by: Digest, account: string, code: string) =>
    `calendar ${await countRenewals(store, CALENDARS, place(by, account))} ${code} ${account}`
  return {
    async keyOf({ account, scope }) {
      const [by, code] = [await digest(), scopeCode(scope)]
      const signature = by.text(await signed(by, account, code))
      return `${code}.${Buffer.from(account).toString('base64url')}.${signature}`
    },
    async read(key) {
      const [code = '', account64 = '', signature = '', ...more] = key.split('.')
      const scope = readScope(code)
      const account = Buffer.from(account64, 'base64url').toString()
      if (scope === null || account === '' || more.length > 0) return null
      const by = await digest()
      return isSignedBy(by, signature, await signed(by, account, code)) ? { account, scope } : null
    },
    async renew(account) {
      await renew(store, CALENDARS, place(await digest(), account))
    },
    nameDigest: async (name) => (await digest()).text(`officer ${officerKey(name)}`),
  }
}
