import { isSignedBy, storeDigest } from '../store/digest-key.ts'
import type { Store } from '../store/database.ts'
import { countRenewals, renew } from '../store/renewals.ts'

/** What a link of the day opens: the records of the groups, or those and the door, where names are read. */
export const LINK_KINDS = ['groups', 'door'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** What a link says; whether it is the day for it is for who opens it to see. */
export type DayLink = { readonly kind: LinkKind; readonly journee: number; readonly date: string }

/** The links that open one journée, on its day only. Nothing is kept but how often those of a journée were renewed. */
export type DayLinks = {
  keyOf(link: DayLink): Promise<string>
  /** What a key opens; null: it is none, or was renewed since. */
  read(key: string): Promise<DayLink | null>
  renew(journee: number): Promise<void>
}

/** In `watermarks`, where a base would be named. */
const LINKS = 'day links'
const LETTERS: Readonly<Record<LinkKind, string>> = { groups: 'g', door: 'a' }

/** @param keyed an HMAC by a secret of the service that is not in its store */
export function dayLinks(store: Store, keyed: (text: string) => string): DayLinks {
  const digest = () => storeDigest(store, keyed)
  const signed = async ({ kind, journee, date }: DayLink) =>
    `day link ${await countRenewals(store, LINKS, String(journee))} ${kind} ${journee} ${date}`
  return {
    keyOf: async (link) =>
      `${LETTERS[link.kind]}${link.journee}.${link.date.replaceAll('-', '')}.${(await digest()).text(await signed(link))}`,
    async read(key) {
      const [, letter = '', journee = '', year, month, day, signature = ''] =
        /^([ag])(\d{1,9})\.(\d{4})(\d\d)(\d\d)\.([\w-]{16})$/u.exec(key) ?? []
      const kind = LINK_KINDS.find((one) => LETTERS[one] === letter)
      if (kind === undefined) return null
      const link = { kind, journee: Number(journee), date: `${year}-${month}-${day}` }
      return isSignedBy(await digest(), signature, await signed(link)) ? link : null
    },
    renew: (journee) => renew(store, LINKS, String(journee)),
  }
}
