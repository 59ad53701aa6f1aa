import { timingSafeEqual } from 'node:crypto'
import { storeDigest } from '../store/digest-key.ts'
import type { Store } from '../store/database.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'

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
  const signature = async ({ kind, journee, date }: DayLink) => {
    const by = await storeDigest(store, keyed)
    const renewed = (await readWatermark(store, LINKS, String(journee))) ?? '0'
    return by.text(`day link ${renewed} ${kind} ${journee} ${date}`)
  }
  return {
    keyOf: async (link) =>
      `${LETTERS[link.kind]}${link.journee}.${link.date.replaceAll('-', '')}.${await signature(link)}`,
    async read(key) {
      const [, letter = '', journee = '', year, month, day, signed = ''] =
        /^([ag])(\d{1,9})\.(\d{4})(\d\d)(\d\d)\.([\w-]{16})$/u.exec(key) ?? []
      const kind = LINK_KINDS.find((one) => LETTERS[one] === letter)
      if (kind === undefined) return null
      const link = { kind, journee: Number(journee), date: `${year}-${month}-${day}` }
      return isSame(signed, await signature(link)) ? link : null
    },
    async renew(journee) {
      const before = Number((await readWatermark(store, LINKS, String(journee))) ?? 0)
      await saveWatermark(store, LINKS, String(journee), String(before + 1))
    },
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
