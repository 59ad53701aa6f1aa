import { isSignedBy, storeDigest } from '../store/digest-key.ts'
import type { Store } from '../store/database.ts'
import { countRenewals, renew } from '../store/renewals.ts'

/** What anybody may answer without an account: the diagnostic of an EPCI, or a place of it to report. */
export const FORM_KINDS = ['diagnostic', 'place'] as const
export type FormKind = (typeof FORM_KINDS)[number]

/** What an address opens, and the last day on which it does, 'YYYY-MM-DD'. */
export type FormLink = { readonly kind: FormKind; readonly siren: string; readonly until: string }

/** The secret addresses of forms. Nothing is kept but how often those of an EPCI were renewed. */
export type FormLinks = {
  keyOf(link: FormLink): Promise<string>
  /** What a key opens, whether it has ended or not; null: it is none, or was renewed since. */
  read(key: string): Promise<FormLink | null>
  renew(siren: string): Promise<void>
  /** Says that a page was shown at this time (milliseconds), by this address. */
  stamp(key: string, at: number): Promise<string>
  /** When the page of a stamp was shown; null: it is none of this address. */
  shownAt(key: string, stamp: string): Promise<number | null>
}

/** In `watermarks`, where a base would be named. */
const FORMS = 'forms'
const LETTERS: Readonly<Record<FormKind, string>> = { diagnostic: 'd', place: 'l' }

/** @param keyed an HMAC by a secret of the service that is not in its store */
export function formLinks(store: Store, keyed: (text: string) => string): FormLinks {
  const digest = () => storeDigest(store, keyed)
  const signed = async ({ kind, siren, until }: FormLink) =>
    `form ${await countRenewals(store, FORMS, siren)} ${kind} ${siren} ${until}`
  const stamped = (key: string, at: string) => `form page ${at} ${key}`
  return {
    keyOf: async (link) =>
      `${LETTERS[link.kind]}${link.siren}.${link.until.replaceAll('-', '')}.${(await digest()).text(await signed(link))}`,
    async read(key) {
      const [, letter = '', siren = '', year, month, day, signature = ''] =
        /^([dl])(\d{9})\.(\d{4})(\d\d)(\d\d)\.([\w-]{16})$/u.exec(key) ?? []
      const kind = FORM_KINDS.find((one) => LETTERS[one] === letter)
      if (kind === undefined) return null
      const link = { kind, siren, until: `${year}-${month}-${day}` }
      return isSignedBy(await digest(), signature, await signed(link)) ? link : null
    },
    renew: (siren) => renew(store, FORMS, siren),
    stamp: async (key, at) => `${at.toString(36)}.${(await digest()).text(stamped(key, at.toString(36)))}`,
    async shownAt(key, stamp) {
      const [, at = '', signature = ''] = /^([0-9a-z]{1,12})\.([\w-]{16})$/u.exec(stamp) ?? []
      return at !== '' && isSignedBy(await digest(), signature, stamped(key, at))
        ? Number.parseInt(at, 36)
        : null
    },
  }
}
